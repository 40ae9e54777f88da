"""The tally: hands are counted within bounds, undone, explained, printed, and never kept."""

import json

import pytest

from course import content, records
from course.journal import Journal
from course.model import Module, Tally, TallyAnswer, TallyOption, frozen
from widgets import sheet
from widgets.tally import MOST, TallyCard

TALLY = Tally(
    id="hands",
    title="Hender",
    about="knowledge",
    question="Hva tror folk?",
    options=(
        TallyOption(id="one", text="Det <ene>", reply="Mange tenker det."),
        TallyOption(id="two", text="Det andre", reply="Det stemmer best.", fitting=True),
    ),
    explanation="Slik henger det sammen.",
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(TALLY,))
NAME = MODULE.answer_name(TALLY)


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return TallyCard(MODULE, TALLY, journal, words, boxes)


def press(card, name, by=1, times=1):
    for _ in range(times):
        card.board._handle_custom_msg({"id": name, "by": by}, [])


def click(card, word, words):
    row = next(child for child in card.children if card.reveal in getattr(child, "children", ()))
    next(each for each in row.children if each.description == words[word]).click()


def test_hands_are_counted_for_their_own_option(card):
    press(card, "two", times=3)
    press(card, "one")
    press(card, "two", by=-1)
    assert card.board.counts == {"one": 1, "two": 2}
    assert card.answer.counts == {"one": 1, "two": 2}


def test_a_count_never_goes_below_zero_or_above_ninety_nine(card, words):
    press(card, "one", by=-1)
    assert card.board.counts["one"] == 0
    assert card.status.text == words["tally.none"].format(text="Det <ene>")
    press(card, "one", times=MOST + 5)
    assert card.board.counts["one"] == MOST == 99


@pytest.mark.parametrize("by", [5, 1000, -7])
def test_one_press_is_one_hand_whatever_is_sent(card, by):
    press(card, "one", times=2)
    press(card, "one", by=by)
    assert card.board.counts["one"] == (3 if by > 0 else 1)


def test_every_count_is_spoken_once_and_not_shown_twice(card, words):
    turn = card.status.turn
    press(card, "two")
    assert card.status.text == words["tally.counted"].format(text="Det andre", count=1)
    assert not card.status.seen
    assert card.status.turn == turn + 1


def test_nothing_that_fits_is_on_the_page_before_it_is_asked_for(card, words):
    press(card, "one")
    assert card.board.replies == {}
    assert TALLY.explanation not in card.explanation.value
    assert "fitting" not in json.dumps(card.board.get_state(["options", "counts", "replies"]))
    click(card, "tally.reveal", words)
    assert card.board.replies["two"] == {"text": "Det stemmer best.", "mark": words["tally.fitting"]}
    assert card.board.replies["one"]["mark"] == ""
    assert TALLY.explanation in card.explanation.value
    assert TALLY.explanation in card.status.text
    assert "Det andre" in card.status.text
    click(card, "tally.hide", words)
    assert card.board.replies == {}
    assert card.explanation.value == ""


def test_every_step_can_be_undone_also_a_new_start(card, words):
    press(card, "two", times=2)
    click(card, "tally.again", words)
    assert card.board.counts == {"one": 0, "two": 0}
    click(card, "tally.undo", words)
    assert card.board.counts["two"] == 2
    click(card, "tally.undo", words)
    click(card, "tally.undo", words)
    assert card.board.counts["two"] == 0
    click(card, "tally.undo", words)
    assert card.status.text == words["tally.nothing"]


def test_what_was_emptied_elsewhere_cannot_be_brought_back(card, journal, words):
    press(card, "two")
    journal.clear()
    assert card.board.counts["two"] == 0
    click(card, "tally.undo", words)
    assert card.board.counts["two"] == 0


@pytest.mark.faults_expected
def test_an_option_that_does_not_exist_changes_nothing(card, words):
    press(card, "three")
    assert card.answer == TallyAnswer()
    assert card.status.text == words["card.fault"]


def test_it_is_not_kept_and_not_downloaded(words):
    name = "01_avhengighet"
    module = content.load(name)
    exercise = next(each for each in module.exercises if isinstance(each, Tally))
    answers = {module.answer_name(exercise): TallyAnswer(counts=frozen({exercise.options[0].id: 7}))}
    assert records.write(answers, {}, {})["answers"] == {}
    assert json.loads(records.Scribe().bytes(answers, {}, {}, "nb"))["answers"] == {}
    assert words["journal.nothing"] in records.readable(answers, {}, {}, words)


def test_the_blank_poster_and_the_wall_hold_no_trace_of_what_fits(words, boxes):
    blank = sheet.blank(TALLY, words, boxes)
    assert sheet.projected(TALLY, words, boxes) == blank
    assert "Det &lt;ene&gt;" in blank
    for secret in ("stemmer best", TALLY.explanation, words["sheet.expected"]):
        assert secret not in blank


def test_the_poster_shows_what_the_group_answered(words, boxes):
    filled = sheet.filled(TALLY, TallyAnswer(counts=frozen({"two": 8})), words, boxes)
    assert '<span class="tally-count">8</span>' in filled
    assert 'width="80"' in filled
    assert sheet.filled(TALLY, TallyAnswer(), words, boxes) == sheet.blank(TALLY, words, boxes)


def test_the_key_has_what_fits_and_what_never_to_ask_about(words, boxes):
    key = sheet.key(TALLY, words, boxes)
    for text in ("Det stemmer best.", "Mange tenker det.", TALLY.explanation, words["tally.print_leader"]):
        assert text in key
    assert key.count(words["sheet.expected"]) == 1
