"""The figures that sliders move: every setting draws, says something, and shows no number."""

import itertools
import re

import pytest

from widgets.drawings import EXPLORE

SLIDERS = {
    "tolerance": {"use": (0, 1, 10), "pause": (0, 1, 5, 9)},
    "bus": {"times": (0, 10), "outcome": (0, 1, 2)},
    "signal": {"times": (0, 5, 10)},
    "two_curves": {"support": (0, 3, 10), "stress": (0, 10)},
    "wave": {"height": (0, 10), "returns": (0, 1, 3)},
}


def settings(figure):
    names = list(SLIDERS[figure])
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*SLIDERS[figure].values())]


def test_every_figure_is_tested():
    assert set(SLIDERS) == set(EXPLORE)


@pytest.mark.parametrize("figure", SLIDERS)
def test_no_setting_shows_a_number(figure, words):
    for values in settings(figure):
        picture = EXPLORE[figure].draw(values, words, "med ord", False).svg
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
        assert texts
        assert not any(character.isdigit() for text in texts for character in text)


@pytest.mark.parametrize("figure", SLIDERS)
def test_every_setting_has_a_reading_and_every_reading_a_setting(figure):
    found = {EXPLORE[figure].reading(values) for values in settings(figure)}
    assert found == set(range(EXPLORE[figure].readings))


@pytest.mark.parametrize("figure", SLIDERS)
def test_a_slider_that_moves_changes_the_figure(figure, words):
    pictures = {EXPLORE[figure].draw(values, words, "med ord", False).svg for values in settings(figure)}
    assert len(pictures) == len(settings(figure))


@pytest.mark.parametrize("figure", SLIDERS)
def test_a_printed_figure_is_small(figure, words):
    picture = EXPLORE[figure].draw(settings(figure)[-1], words, "med ord", True)
    assert len(picture.html().encode()) < 12_000
