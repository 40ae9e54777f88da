"""The group board: cards are added, sorted, taken away and undone, printed, and never kept."""

import pytest

from course import content, records
from course.journal import Journal
from course.model import Choice, GroupBoard, GroupBoardAnswer, Module, Tally, frozen
from widgets import sheet
from widgets.group_board import MOST_CARDS, MOST_SIGNS, GroupBoardCard

BOARD = GroupBoard(
    id="board",
    title="Tavla",
    about="opinion",
    question="Hva hjelper?",
    columns=(Choice(id="in", text="Inne"), Choice(id="out", text="Ute")),
    explanation="Små ting teller.",
    example=frozen({"in": ("musikk",)}),
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(BOARD,))
EVERY = [(name, each) for name in content.names("nb") for each in content.load(name).exercises]


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return GroupBoardCard(MODULE, BOARD, journal, words, boxes)


def add(card, text):
    card.entry._handle_custom_msg({"text": text}, [])


def send(card, **content):
    card.board._handle_custom_msg(content, [])


def move(card, text, column):
    send(card, act="move", text=text, column=column)


def click(card, word, words):
    row = next(child for child in card.children if card.reveal in getattr(child, "children", ()))
    next(each for each in row.children if each.description == words[word]).click()


def test_a_new_card_is_not_sorted_and_can_be_moved_to_any_column_and_back(card, words):
    add(card, "  gå   tur ")
    assert card.board.cards == [{"text": "gå tur", "column": ""}]
    for column in ("out", "in", ""):
        move(card, "gå tur", column)
        assert card.answer.columns == {column: ("gå tur",)}
    assert card.status.text == words["group_board.moved"].format(text="gå tur", column=words["group_board.unsorted"])
    assert not card.status.seen


def test_a_card_stands_in_one_place_only(card):
    add(card, "musikk")
    add(card, "tur")
    move(card, "musikk", "in")
    move(card, "tur", "in")
    move(card, "musikk", "out")
    assert card.board.cards == [{"text": "tur", "column": "in"}, {"text": "musikk", "column": "out"}]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("   ", "write_first"), ("Musikk", "twice"), ("x" * (MOST_SIGNS + 1), "long")],
)
def test_a_card_that_is_empty_double_or_long_is_refused_with_the_reason(card, words, typed, said):
    add(card, "musikk")
    add(card, typed)
    assert [each["text"] for each in card.board.cards] == ["musikk"]
    assert card.status.text == words[f"group_board.{said}"].format(most=MOST_SIGNS)
    assert card.status.seen


def test_a_full_board_takes_no_more(card, words):
    for number in range(MOST_CARDS + 1):
        add(card, f"kort {number}")
    assert len(card.board.cards) == MOST_CARDS
    assert card.status.text == words["group_board.full"]


def test_a_card_is_taken_away_and_comes_back_where_it_was(card, words):
    for text in ("a", "b", "c"):
        add(card, text)
        move(card, text, "out")
    send(card, act="remove", text="b")
    assert [each["text"] for each in card.board.cards] == ["a", "c"]
    click(card, "tally.undo", words)
    assert card.answer.columns == {"out": ("a", "b", "c")}


@pytest.mark.parametrize(
    "content",
    [{"act": "none"}, {"act": "move", "text": "ukjent", "column": "in"}, {"act": "remove", "text": "ukjent"}],
)
def test_without_a_card_one_is_asked_for_and_nothing_changes(card, words, content):
    add(card, "a")
    send(card, **content)
    assert card.answer.columns == {"": ("a",)}
    assert card.status.text == words["group_board.choose_first"]


def test_a_column_that_does_not_exist_takes_no_card(card):
    add(card, "a")
    move(card, "a", "elsewhere")
    assert card.answer.columns == {"": ("a",)}


def test_the_explanation_is_shown_when_asked_for(card, words):
    assert card.explanation.value == ""
    click(card, "tally.reveal", words)
    assert BOARD.explanation in card.explanation.value
    assert card.status.text == BOARD.explanation


def test_it_is_not_kept_and_not_downloaded(words):
    name, board = next(each for each in EVERY if isinstance(each[1], GroupBoard))
    answer = GroupBoardAnswer(columns=frozen({board.columns[0].id: ("et hemmelig ord",)}))
    answers = {content.load(name).answer_name(board): answer}
    assert "hemmelig" not in str(records.write(answers, {}, {}))
    assert b"hemmelig" not in records.Scribe().bytes(answers, {}, {}, "nb")
    assert "hemmelig" not in records.readable(answers, {}, {}, words)


def test_the_poster_has_the_cards_in_their_columns_and_escapes_them(words, boxes):
    answer = GroupBoardAnswer(columns=frozen({"out": ("<b>tur</b>",), "": ("usortert",)}))
    filled = sheet.filled(BOARD, answer, words, boxes)
    assert "&lt;b&gt;tur" in filled.split("Ute")[1].split("board-column")[0]
    assert filled.index(words["group_board.unsorted"]) < filled.index("usortert")
    assert BOARD.explanation not in filled


def test_the_blank_poster_is_what_the_wall_shows_and_gives_nothing_away(words, boxes):
    blank = sheet.blank(BOARD, words, boxes)
    assert sheet.projected(BOARD, words, boxes) == blank == sheet.filled(BOARD, GroupBoardAnswer(), words, boxes)
    assert "musikk" not in blank
    assert BOARD.explanation not in blank


def test_the_key_has_the_example_and_what_never_to_ask_about(words, boxes):
    key = sheet.key(BOARD, words, boxes)
    for text in ("musikk", BOARD.explanation, words["tally.print_leader"]):
        assert text in key


def test_every_module_has_something_for_the_group_and_none_of_it_takes_time_from_the_core():
    for name in content.names("nb"):
        made = [each for module, each in EVERY if module == name and isinstance(each, Tally | GroupBoard)]
        assert made, name
        assert {each.layer for each in made} == {"more"}
        assert not any(each.private for each in made)
