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
    assert [choice.description for choice in card.choices.values()] == ["Pust", "Se deg rundt"]
    assert shown(card.row)
    assert not shown(card.steering)
    assert len({frozenset(choice._dom_classes) for choice in card.choices.values()}) == 1


@pytest.mark.parametrize("way", LANDING.ways)
def test_a_way_is_taken_step_by_step_to_its_end(card, way, words):
    card.choices[way.id].click()
    for step in way.steps:
        assert step in card.text.value
        assert card.title.text == way.title
        card.on_button.click()
    assert LANDING.ending in card.text.value
    assert card.title.text == words["landing.done"]
    assert shown(card.row)
    assert not shown(card.steering)


def test_it_can_be_stopped_at_any_step(card, words):
    card.choices["room"].click()
    card.on_button.click()
    card.stop_button.click()
    assert card.text.value == ""
    assert not shown(card.title)
    assert shown(card.row)
    assert card.status.text == words["landing.stopped"]
    assert card.status.seen


def test_every_step_is_spoken_and_stands_on_the_page_once(card, words):
    card.choices["breath"].click()
    for number, step in enumerate(LANDING.ways[0].steps, start=1):
        assert card.status.text == f"{words['landing.step_of'].format(number=number, count=2)}. {step}"
        assert not card.status.seen
        card.on_button.click()
    assert card.status.text == LANDING.ending
    assert not card.status.seen


def test_the_focus_moves_only_where_the_pressed_button_goes_away(card):
    card.choices["breath"].click()
    assert card.title.focus == 1
    card.on_button.click()
    assert card.title.focus == 1
    card.on_button.click()
    assert card.title.focus == 2


def test_a_press_too_many_after_the_last_step_changes_nothing(card):
    card.choices["breath"].click()
    for _ in range(5):
        card.on_button.click()
    assert LANDING.ending in card.text.value


def test_nothing_is_kept(card, journal):
    card.choices["breath"].click()
    card.on_button.click()
    assert len(journal) == 0


def test_paper_has_every_way_with_every_step(words, boxes):
    blank = sheet.blank(LANDING, words, boxes)
    for way in LANDING.ways:
        assert way.title in blank
        assert all(step in blank for step in way.steps)


def test_a_clock_is_offered_on_the_way_and_starts_anew_each_time(card):
    assert not shown(card.clock)
    card.choices["room"].click()
    assert shown(card.clock)
    first = card.clock.started
    card.stop_button.click()
    assert not shown(card.clock)
    card.choices["room"].click()
    assert card.clock.started == first + 1
