"""Figures and the models behind them: the same bytes, words for everybody, and no number to read a value from."""

import itertools
import math
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets import figures, models, svg
from widgets.figures import Figure

PLACES = st.floats(min_value=0, max_value=10, allow_nan=False)
USES, PAUSES = (0, 0.5, 1, 2, 5, 10), (0, 0.5, 1, 2, 5, 10)


def test_tolerance_has_the_values_worked_by_hand():
    assert models.tolerance(0) == 0
    assert models.tolerance(models.RISE) == pytest.approx(1 - 1 / math.e)  # 0.632
    assert models.tolerance(models.RISE * math.log(2)) == pytest.approx(0.5)
    assert models.tolerance(models.RISE * math.log(2), models.FALL * math.log(2)) == pytest.approx(0.25)
    assert models.tolerance(10, 10) == pytest.approx(0.0327, abs=1e-4)  # 0.91792 * 0.03567


@settings(deadline=None)  # a busy machine is not a fault
@given(PLACES, PLACES, PLACES)
def test_tolerance_rises_with_use_falls_with_a_pause_and_stays_between_nothing_and_the_ceiling(use, more, pause):
    assert 0 <= models.tolerance(use, pause) < 1
    assert models.tolerance(use + more, pause) >= models.tolerance(use, pause)
    assert models.tolerance(use, pause + more) <= models.tolerance(use, pause)


@settings(deadline=None)  # a busy machine is not a fault
@given(PLACES, PLACES)
def test_the_curve_ends_where_the_model_says_and_never_goes_back_in_time(use, pause):
    across, up = models.tolerance_curve(use, pause)
    assert list(across) == sorted(across)
    assert across[-1] == pytest.approx(use + pause)
    assert up[-1] == pytest.approx(models.tolerance(use, pause))
    assert max(up) == pytest.approx(models.tolerance(use))


def test_every_reading_is_met_and_a_pause_is_never_called_a_rise():
    met = {(use, pause): models.tolerance_reading(use, pause) for use in range(11) for pause in range(11)}
    assert set(met.values()) == set(range(figures.EXPLORE["tolerance"].readings))
    assert all((reading == 0) == (use == 0) for (use, _), reading in met.items())
    assert all((reading >= 3) == (use > 0 and pause > 0) for (use, pause), reading in met.items())


def test_a_figure_without_words_is_refused():
    for alt in ("", "  \n"):
        with pytest.raises(ValueError, match="text alternative"):
            Figure("<svg/>", alt)


def tolerance(words, use=7, pause=4, alt="Kurven faller.", small=False):
    """The figure drawn anew, not remembered."""
    figures._tolerance.cache_clear()
    return figures.tolerance({"use": use, "pause": pause}, words, alt, small)


def test_a_figure_is_the_same_bytes_whenever_and_wherever_it_is_drawn(words, tmp_path, monkeypatch):
    first = tolerance(words).html()
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\naxes.facecolor: red\nsvg.fonttype: path\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path))
    labels = tuple(words[f"explore.tolerance_{name}"] for name in figures.LABELS)
    code = (
        f"from widgets import figures\nprint(figures._tolerance(7.0, 4.0, {labels!r}, 'Kurven faller.', False).html())"
    )
    ran = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert tolerance(words).html() == first == ran.stdout.strip()


def test_no_figure_shows_a_number_or_leaks_a_style(words):
    for use, pause, small in itertools.product(USES, PAUSES, (False, True)):
        figure = tolerance(words, use, pause, small=small)
        root = ElementTree.fromstring(figure.svg)
        said = "".join(element.text or "" for element in root.iter("text"))
        assert said
        assert not re.search(r"\d", said)
        assert not list(root.iter("style"))
        assert not any("style" in element.attrib or "font-family" in element.attrib for element in root.iter())
        assert len(figure.html().encode()) < 12_000


def test_figures_stand_side_by_side_without_sharing_an_id(words):
    page = "".join(tolerance(words, use, pause).html() for use, pause in ((7, 4), (7, 5), (2, 0)))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 3
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', page)) <= set(ids)


def test_a_figure_is_one_image_named_by_its_words(words):
    markup = tolerance(words, alt='Kurven <b>"faller"</b> & stiger').html()
    opening = re.search(r'<svg role="img" aria-labelledby="([^"]+)"', markup)
    assert f'<title id="{opening[1]}">Kurven &lt;b&gt;"faller"&lt;/b&gt; &amp; stiger</title>' in markup


def test_the_words_in_a_figure_never_cover_each_other(words):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas
    from matplotlib.text import Text

    labels = {name: words[f"explore.tolerance_{name}"] for name in figures.LABELS}
    for size, use, pause in itertools.product((figures.WIDE, figures.SMALL), USES, PAUSES):
        canvas = Canvas(figsize=size)
        canvas.set(canvas=FigureCanvasAgg(canvas))
        with_axes = canvas.add_axes(figures.place(size == figures.SMALL))
        figures.draw_tolerance(with_axes, use, pause, labels)
        canvas.draw_without_rendering()
        texts = [text for text in with_axes.findobj(Text) if text.get_text()]
        boxes = {text.get_text(): text.get_window_extent() for text in texts}
        for (one, first), (other, second) in itertools.combinations(boxes.items(), 2):
            assert not first.overlaps(second), (use, pause, one, other)
        assert all(canvas.bbox.contains(*corner) for box in boxes.values() for corner in box.corners()), (use, pause)


def test_tidying_keeps_what_is_seen():
    picture = svg.tidy(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">'
        '<style>*{stroke:red}</style><metadata>x</metadata><g id="unused">'
        '<path d="M 1.26 -0.04 L 3 4" style="stroke: #000; stroke-width: 0.84"/></g>'
        '<defs><path id="dot" d="M 0 0"/></defs><use xlink:href="#dot"/></svg>'
    )
    root = ElementTree.fromstring(picture)
    path, defs, use = root
    assert path.attrib == {"d": "m1.3 0l1.7 4", "stroke": "#000", "stroke-width": "0.84"}
    assert use.attrib == {"href": f"#{defs[0].get('id')}"}


@settings(deadline=None)  # a busy machine is not a fault
@given(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False))
def test_rounding_moves_a_number_by_at_most_half_a_tenth(number):
    assert float(svg.rounded(repr(number))) == pytest.approx(number, abs=0.0501)
