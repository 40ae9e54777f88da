"""The sorting board: every card to any column and back, own cards counted, every step undone, and its printed faces."""

from dataclasses import replace

import html5lib
import pytest

from course import gathering
from course.journal import Journal
from course.model import (
    Choice,
    Column,
    Gathered,
    Module,
    Plan,
    Section,
    SortingBoard,
    SortingBoardAnswer,
    frozen,
)
from widgets import sheet
from widgets.columns import MOST_SIGNS
from widgets.plan import PlanCard
from widgets.sorting_board import SortingBoardCard

BOARD = SortingBoard(
    id="board",
    title="Hva hjelper?",
    private=True,
    answers="what-helps",
    columns=(Column(id="now", title="Hjelper nå"), Column(id="later", title="Hjelper på sikt")),
    cards=(Choice(id="walk", text="Gå tur"), Choice(id="music", text="Musikk"), Choice(id="call", text="Ringe")),
    own_cards=2,
    ending="Velg ett.",
    example=frozen({"now": ("music",), "later": ("walk",)}),
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(BOARD,))
HOSTILE = "</td><script>alert(1)</script>{text}"


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def make(journal, words, boxes):
    return lambda board=BOARD: SortingBoardCard(MODULE, board, journal, words, boxes)


@pytest.fixture
def card(make):
    return make()


def add(card, text):
    card.entry._handle_custom_msg({"text": text}, [])


def send(card, act, identifier, **content):
    card.board._handle_custom_msg({"act": act, "id": identifier, **content}, [])


def move(card, identifier, column):
    send(card, "move", identifier, column=column)


def standing(card):
    """The ids of the cards by the column in which they are shown."""
    shown = {}
    for each in card.board.cards:
        shown.setdefault(each["column"], []).append(each["id"])
    return shown


# The live face.


def test_a_card_goes_to_any_column_and_back_and_the_line_says_where(card, words):
    assert standing(card) == {"": ["walk", "music", "call"]}
    for column in BOARD.columns:
        move(card, "music", column.id)
        assert card.answer.columns == {column.id: ("music",)}
        assert card.near.text == words["sorting_board.moved"].format(text="Musikk", column=column.title)
        assert card.near.seen
    move(card, "music", "")
    assert card.answer == SortingBoardAnswer()
    assert standing(card) == {"": ["walk", "music", "call"]}
    assert card.near.text == words["sorting_board.back"].format(text="Musikk")


def test_cards_stand_in_the_order_they_were_put_there_also_when_the_page_is_opened_again(card, make):
    for identifier in ("call", "walk"):
        move(card, identifier, "later")
    assert standing(card) == standing(make()) == {"": ["music"], "later": ["call", "walk"]}


@pytest.mark.parametrize("wrong", [("walk", "elsewhere"), ("unknown", "now"), ("walk", "")])
def test_what_is_not_there_moves_nothing(card, wrong):
    move(card, *wrong)
    assert card.answer == SortingBoardAnswer()
    assert card.near.text == ""
    assert card.before == ()


def test_own_cards_are_counted_sorted_and_no_more_than_there_is_room_for(card, words):
    entry = words["sorting_board.entry"]
    assert card.entry.label == entry.format(count=0, most=2)
    add(card, "  Synge   i koret ")
    add(card, "Hagen")
    assert [each.text for each in card.answer.own] == ["Synge i koret", "Hagen"]
    assert card.entry.label == entry.format(count=2, most=2)
    assert card.near.text == words["sorting_board.added"].format(text="Hagen")
    move(card, "own-2", "now")
    card.entry.draft = "Fjellet"
    add(card, "Fjellet")
    assert card.near.text == words["sorting_board.full"].format(most=2)
    assert card.entry.draft == "Fjellet"
    assert standing(card) == {"": ["walk", "music", "call", "own-1"], "now": ["own-2"]}


@pytest.mark.parametrize(("typed", "said"), [("   ", "write_first"), ("gå TUR", "twice"), ("x" * 61, "long")])
def test_an_own_card_that_is_empty_double_or_long_is_refused_with_the_reason(card, words, typed, said):
    add(card, typed)
    assert card.answer.own == ()
    assert card.near.text == words[f"group_board.{said}"].format(most=MOST_SIGNS)


def test_a_board_without_room_for_own_cards_asks_for_none(make):
    assert make(replace(BOARD, own_cards=0)).entry.layout.display == "none"


def test_an_own_card_that_is_taken_away_comes_back_where_it_was(card, words):
    add(card, "Hagen")
    for identifier in ("own-1", "walk"):
        move(card, identifier, "now")
    before = card.answer
    send(card, "remove", "own-1")
    assert card.answer == SortingBoardAnswer(columns=frozen({"now": ("walk",)}))
    assert card.near.text == words["sorting_board.removed"].format(text="Hagen")
    card.undo()
    assert card.answer == before
    assert card.near.text == words["tally.undone"]


def test_a_card_of_the_exercise_is_not_taken_away(card, words):
    send(card, "remove", "walk")
    assert "walk" in standing(card)[""]
    assert card.near.text == words["sorting_board.not_own"]


def test_every_step_can_be_undone_back_to_the_beginning_and_no_further(card, words):
    move(card, "walk", "now")
    move(card, "walk", "later")
    add(card, "Hagen")
    for expected in ({"later": ("walk",)}, {"now": ("walk",)}, {}):
        card.undo()
        assert card.answer == SortingBoardAnswer(columns=frozen(expected))
    card.undo()
    assert card.near.text == words["tally.nothing"]


def test_what_another_page_did_is_shown_and_is_not_this_pages_to_undo(card, make):
    other = make()
    move(card, "walk", "now")
    move(other, "music", "now")
    assert standing(card) == {"": ["call"], "now": ["walk", "music"]}
    card.undo()
    assert standing(card) == {"": ["call"], "now": ["walk", "music"]}


def test_a_new_own_card_never_takes_the_id_of_another(card):
    for text in ("en", "to"):
        add(card, text)
    send(card, "remove", "own-1")
    add(card, "tre")
    assert [each.id for each in card.answer.own] == ["own-2", "own-3"]


def test_the_output_never_holds_an_entry(card):
    before = card._repr_mimebundle_()
    add(card, "hemmelig sak")
    move(card, "own-1", "now")
    after = card._repr_mimebundle_()
    for mime in ("text/html", "text/plain", "application/vnd.nykurs.card+json"):
        assert after[mime] == before[mime]


# The printed faces.

ANSWER = SortingBoardAnswer(
    columns=frozen({"later": ("own-1", "walk"), "gone": ("call",)}), own=(Choice(id="own-1", text=HOSTILE),)
)


def rows(html):
    """The table of a sheet: in each row the words of the card, and which of the boxes has a cross."""
    body = html5lib.parse(html, namespaceHTMLElements=False)
    cells = [["".join(cell.itertext()) for cell in row] for row in body.iter("tr")]
    return [(first, *(bool(each) for each in others)) for first, *others in cells[1:]]


def test_the_blank_sheet_has_every_card_a_box_for_each_column_and_room_for_own_cards(words, boxes):
    blank = sheet.blank(BOARD, words, boxes)
    assert rows(blank) == [(card.text, False, False) for card in BOARD.cards] + [("", False, False)] * 2
    assert "Ingen leser det du skriver her" in blank
    assert words["sorting_board.print_own"] in blank
    assert BOARD.ending in blank


def test_the_filled_sheet_has_the_crosses_where_the_cards_stand_and_escapes_own_words(words, boxes):
    filled = sheet.filled(BOARD, ANSWER, words, boxes)
    assert rows(filled) == [
        ("Gå tur", False, True), ("Musikk", False, False), ("Ringe", False, False), (HOSTILE, False, True),
        ("", False, False),
    ]  # fmt: skip
    assert "<script" not in filled
    assert filled.count(f'aria-label="{words["sorting_board.chosen"]}"') == 2


def test_a_board_without_own_cards_has_no_empty_rows_and_does_not_speak_of_them(words, boxes):
    blank = sheet.blank(replace(BOARD, own_cards=0), words, boxes)
    assert len(rows(blank)) == len(BOARD.cards)
    assert words["sorting_board.print_own"] not in blank


def test_the_room_and_the_leader_see_the_fictional_persons_board(words, boxes):
    shown, key = sheet.projected(BOARD, words, boxes), sheet.key(BOARD, words, boxes)
    assert words["sheet.projected"] in shown
    for face in (shown, key):
        assert face.index("Hjelper nå") < face.index("Musikk") < face.index("Hjelper på sikt") < face.index("Gå tur")
        assert "Ringe" not in face
    assert words["sorting_board.key_note"] in key


def test_without_an_example_the_room_sees_a_blank_sheet_and_the_leader_no_key(words, boxes):
    board = replace(BOARD, example=frozen({}))
    assert sheet.projected(board, words, boxes) == sheet.blank(board, words, boxes)
    assert sheet.key(board, words, boxes) == ""


# In «Min plan».


def section(*columns):
    found = tuple(column for column in BOARD.columns if not columns or column.id in columns)
    source = replace(BOARD, columns=found)
    return Section(
        id="-".join(("helps", *columns)), title="Dette hjelper", exercise="05_test/board", fields=columns,
        source=source, answers="what-helps",
    )  # fmt: skip


def plan(*sections):
    return Plan(id="plan", title="Min plan", private=True, sections=sections)


def test_a_section_names_a_board_and_its_columns_in_the_authors_order():
    module = replace(MODULE, name="05_test")
    named = replace(section(), source=None, answers="", fields=("later", "now"))
    resolved = gathering.resolve(replace(MODULE, exercises=(plan(named),)), {"05_test": module}, ())
    (found,) = resolved.exercises[0].sections
    assert [column.id for column in found.source.columns] == ["later", "now"]
    assert found.answers == "what-helps"


def test_the_plan_shows_the_cards_of_a_column_as_they_are_now(journal, card, words, boxes):
    mine = plan(section("later"))
    live = PlanCard(replace(MODULE, exercises=(mine,)), mine, journal, words, boxes)
    listed = live.parts["helps-later"].list
    assert words["plan.no_cards"] in listed.value
    move(card, "walk", "later")
    move(card, "music", "now")
    add(card, HOSTILE)
    move(card, "own-1", "later")
    assert listed.value.index("Gå tur") < listed.value.index("alert(1)")
    assert "<script" not in listed.value
    assert "Musikk" not in listed.value
    assert words["plan.cards"].format(title=BOARD.title) in listed.value
    assert live.answer == Gathered(answers=frozen({"what-helps": card.answer}))


def test_the_printed_plan_has_the_cards_and_lines_for_more_and_its_key_the_example(words, boxes):
    mine = plan(section("later"))
    filled = sheet.filled(mine, Gathered(answers=frozen({"what-helps": ANSWER})), words, boxes)
    assert "<li>Gå tur</li>" in filled
    assert "<script" not in filled
    assert 'class="line"' in filled
    assert words["plan.no_cards"] not in sheet.blank(mine, words, boxes)
    key = sheet.key(mine, words, boxes)
    assert "Gå tur" in key
    assert "Musikk" not in key


def test_the_titles_of_columns_stand_in_the_plan_where_a_section_has_several(words, boxes):
    gathered = Gathered(answers=frozen({"what-helps": ANSWER}))
    assert "Hjelper på sikt" in sheet.filled(plan(section()), gathered, words, boxes)
    assert "Hjelper på sikt" not in sheet.filled(plan(section("later")), gathered, words, boxes)
