"""What was written before an exercise changed: shown, let go, taken back."""

import pytest

from course import content, journal
from course.model import Excerpt
from widgets import door
from widgets.earlier import Earlier

BEFORE = (Excerpt(label="Hva hjalp?", text="<b>En tur</b>"),)


@pytest.fixture
def card(words):
    """A worksheet with something from before."""
    module = content.load("00_velkommen")
    journal.live.keep_earlier("my-goals", BEFORE)
    return door.card(module.exercise("my-goals"), module, words, content.support())


def box(card) -> Earlier:
    return next(child for child in card.children if isinstance(child, Earlier))


def test_it_is_shown_escaped_below_the_exercise(card):
    assert "&lt;b&gt;En tur&lt;/b&gt;" in box(card).list.value
    assert box(card).layout.display is None


def test_it_is_let_go_and_taken_back_by_the_same_button(card, words):
    box(card).button.click()
    assert journal.live.earlier("my-goals") == ()
    assert box(card).list.value == ""
    assert box(card).button.description == words["card.earlier_undo"]
    box(card).button.click()
    assert journal.live.earlier("my-goals") == BEFORE
    assert "En tur" in box(card).list.value


def test_nobody_gets_it_back_after_the_course_was_emptied(card):
    box(card).button.click()
    journal.live.clear()
    assert box(card).layout.display == "none"
    assert box(card).removed == ()


def test_what_comes_from_elsewhere_appears_in_a_card_that_is_open(words):
    module = content.load("00_velkommen")
    card = door.card(module.exercise("my-goals"), module, words, content.support())
    assert not [child for child in card.children if isinstance(child, Earlier)]
    journal.live.keep_earlier("my-goals", BEFORE)
    assert "En tur" in box(card).list.value
