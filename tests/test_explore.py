"""The explore exercise: sliders that move a drawing, the same in words, and the captions that must follow it."""

import re

import pytest

from course import content
from course.journal import Journal
from course.model import Explore, ExploreAnswer, Module, Parameter, Scene
from widgets import drawings, explore, sheet
from widgets.explore import ExploreCard
from widgets.sheets.common import rich

READINGS = tuple(f"lesning {name}" for name in ("ingen", "litt", "mye", "lavere", "langt lavere", "nesten nede"))
EXERCISE = Explore(
    id="tolerance",
    title="Toleranse",
    figure="tolerance",
    parameters=tuple(
        Parameter(id=name, label=label, minimum=0, maximum=10, step=1, start=start, low="ingen", high="lenge")
        for name, label, start in (("use", "Gjentatt bruk", 6), ("pause", "Pause", 0))
    ),
    scenes=(
        Scene(title="Bruk", values={"use": 8, "pause": 0}, alt="Kurven stiger."),
        Scene(title="En pause", values={"use": 8, "pause": 2}, alt="Kurven begynner å falle."),
        Scene(title="Lengre pause", values={"use": 8, "pause": 8}, alt="Kurven har falt langt."),
    ),
    captions=("drawing-caption", "tolerance-caption"),
    readings=READINGS,
)
MODULE = Module(name="01_test", language="nb", title="", summary="", parts=(), exercises=(EXERCISE,))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return ExploreCard(MODULE, EXERCISE, journal, words, boxes)


def test_a_slider_moves_the_figure_and_its_words_and_is_kept(card, journal, words, boxes):
    before = card.figure.value
    assert "lesning mye" in before
    card.sliders["pause"].value = 9
    assert card.figure.value != before
    assert "lesning nesten nede" in card.figure.value
    assert dict(card.answer.values) == {"use": 6, "pause": 9}
    again = ExploreCard(MODULE, EXERCISE, journal, words, boxes)
    assert again.sliders["pause"].value == 9
    assert again.figure.value == card.figure.value


def test_opening_it_enters_nothing(card, journal):
    assert len(journal) == 0


def test_what_it_shows_is_said_when_a_slider_has_come_to_rest_and_not_for_every_step(card):
    for place in range(1, 8):
        card.sliders["pause"].value = place
    assert card.status.turn == 0
    card.sliders["pause"].rested += 1
    assert (card.status.text, card.status.turn) == ("lesning nesten nede", 1)


def test_a_scene_sets_the_sliders_and_says_what_is_seen(card):
    for scene, button in zip(EXERCISE.scenes, card.scenes, strict=True):
        button.click()
        assert {name: slider.value for name, slider in card.sliders.items()} == dict(scene.values)
        assert card.status.text == card.reading
        assert card.reading in card.figure.value
    assert card.status.turn == 3


def test_two_cards_with_one_answer_follow_each_other(card, journal, words, boxes):
    other = ExploreCard(MODULE, EXERCISE, journal, words, boxes)
    card.sliders["use"].value = 2
    assert other.sliders["use"].value == 2
    assert other.figure.value == card.figure.value


def test_an_answer_outside_the_sliders_is_brought_inside(journal, words, boxes):
    journal.put("01_test/tolerance", ExploreAnswer(values={"use": 400, "gone": 3}))
    assert ExploreCard(MODULE, EXERCISE, journal, words, boxes).values == {"use": 10, "pause": 0}


def test_every_place_of_the_sliders_has_words(words):
    without = Explore(**{**vars(EXERCISE), "readings": ()})
    for use in range(11):
        for pause in range(11):
            values = {"use": use, "pause": pause}
            assert explore.reading(EXERCISE, values) in READINGS
            assert explore.reading(without, values) in {scene.alt for scene in EXERCISE.scenes}
    assert explore.reading(without, {"use": 7, "pause": 7}) == "Kurven har falt langt."


def test_the_slider_speaks_words_and_no_number(card, words):
    for name in ("middle", "close", "nearer"):
        assert not re.search(r"\d", words[f"explore.{name}"])
    for slider in card.sliders.values():
        assert slider.label
        assert slider.low == "ingen"


def test_it_prints_as_three_small_figures_with_both_captions(words, boxes):
    blank = sheet.blank(EXERCISE, words, boxes)
    assert blank.count("<svg") == blank.count("<title") == 3
    for scene in EXERCISE.scenes:
        assert f">{scene.alt}</title>" in blank
        assert f"<figcaption>{scene.title}</figcaption>" in blank
    for caption in ("drawing-caption", "tolerance-caption"):
        assert rich(boxes[caption].paragraphs[0]) in blank
    assert len(set(re.findall(r'\bid="([^"]+)"', blank))) == len(re.findall(r'\bid="([^"]+)"', blank))
    assert sheet.filled(EXERCISE, ExploreAnswer(values={"use": 1}), words, boxes) == blank


def test_the_same_captions_stand_under_the_live_figure(card, boxes):
    below = card.children[card.children.index(card.figure) + 1].value
    for caption in ("drawing-caption", "tolerance-caption"):
        assert rich(boxes[caption].paragraphs[0]) in below


def test_the_leaders_key_says_what_each_figure_shows(words, boxes):
    key = sheet.key(EXERCISE, words, boxes)
    assert all(scene.alt in key for scene in EXERCISE.scenes)


def test_hostile_words_stay_words(words, boxes):
    hostile = '"><script>alert(1)</script>'
    scenes = tuple(Scene(title=hostile, values=scene.values, alt=hostile) for scene in EXERCISE.scenes)
    exercise = Explore(**{**vars(EXERCISE), "scenes": scenes, "captions": (hostile,), "title": hostile})
    assert "<script" not in sheet.blank(exercise, words, boxes) + sheet.key(exercise, words, boxes)


def explores():
    return [
        pytest.param(exercise, id=f"{name}/{exercise.id}")
        for name in content.names("nb")
        for exercise in content.load(name, "nb").exercises
        if isinstance(exercise, Explore)
    ]


@pytest.mark.parametrize("exercise", explores())
def test_every_figure_of_the_course_can_be_drawn_and_every_tolerance_figure_has_its_captions(exercise, words, boxes):
    blank = sheet.blank(exercise, words, boxes)
    assert blank.count("<svg") == 3
    assert len(exercise.readings) == drawings.EXPLORE[exercise.figure].readings
    if exercise.figure == "tolerance":
        for caption in ("drawing-caption", "tolerance-caption"):
            assert rich(boxes[caption].paragraphs[0]) in blank


def test_rehearsing_makes_matplotlib_ready():
    explore.rehearse()
    import sys

    assert "matplotlib.figure" in sys.modules
    assert "matplotlib.pyplot" not in sys.modules
