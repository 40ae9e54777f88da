"""The landing: choose a way, one step at a time, stop at any time."""

import pytest

from course.journal import Journal
from course.model import Landing, Module, Way
from widgets import sheet
from widgets.landing import LandingCard

LANDING = Landing(
    id="landing",
    title="Pust eller landing",
    ways=(
        Way(id="breath", title="Pust", steps=("Kjenn at du puster.", "Pust rolig ut.")),
        Way(id="room", title="Se deg rundt", steps=("Kjenn føttene.", "Se fem ting.", "Hør to lyder.")),
    ),
    ending="Hva vil du gjøre nå?",
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(LANDING,))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return LandingCard(MODULE, LANDING, journal, words, boxes)


def shown(widget):
    return widget.layout.display != "none"


def test_all_ways_are_offered_alike_from_the_first_screen(card):
    assert [choice.description for choice in card.choices] == ["Pust", "Se deg rundt"]
    assert shown(card.row)
    assert not shown(card.steering)
    assert len({frozenset(choice._dom_classes) for choice in card.choices}) == 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_way_is_taken_step_by_step_to_its_end(card, place):
    way = LANDING.ways[place]
    card.choices[place].click()
    for step in way.steps:
        assert step in card.text.value
        assert card.title.legend == way.title
        card.on_button.click()
    assert LANDING.ending in card.text.value
    assert shown(card.row)


def test_it_can_be_stopped_at_any_step(card, words):
    card.choices[1].click()
    card.on_button.click()
    card.stop_button.click()
    assert card.text.value == ""
    assert shown(card.row)
    assert card.status.text == words["landing.stopped"]


def test_the_focus_follows_every_step(card):
    card.choices[0].click()
    first = card.title.focus
    card.on_button.click()
    assert card.title.focus == first + 1


def test_nothing_is_kept(card, journal):
    card.choices[0].click()
    card.on_button.click()
    assert len(journal) == 0


def test_paper_has_every_way_with_every_step(words, boxes):
    blank = sheet.blank(LANDING, words, boxes)
    for way in LANDING.ways:
        assert way.title in blank
        assert all(step in blank for step in way.steps)
