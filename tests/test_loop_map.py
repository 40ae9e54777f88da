"""The loop map: live face, drawing and printed face."""

import pytest

from course.journal import Journal
from course.model import Choice, LoopMap, LoopMapAnswer, Module
from widgets import sheet
from widgets.loop_figure import (
    BOX_WIDTH,
    EMPTY,
    LETTERS_A_LINE,
    LINE_HEIGHT,
    MOST_LINES,
    PADDING,
    ROOM,
    _points,
    circle,
    layout,
    wrapped,
)
from widgets.loop_map import LoopMapCard
from widgets.sheets.loop_map import EMPTY_CIRCLE

SUGGESTIONS = tuple(
    Choice(id=name, text=text)
    for name, text in [
        ("unrest", "Uro"),
        ("use", "Ruser meg"),
        ("shame", "Skam"),
        ("alone", "Alene"),
        ("sleep", "Lite søvn"),
    ]
)
LOOP = LoopMap(
    id="my-loop", title="Min sirkel", suggestions=SUGGESTIONS, most=4, private=True, example=("unrest", "use")
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(LOOP,))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def make(journal, words, boxes):
    return lambda: LoopMapCard(MODULE, LOOP, journal, words, boxes)


def add(card, text):
    """What a press of the button sends."""
    card.own.draft = text
    card.own._handle_custom_msg({"text": text}, [])


def ids(card):
    return [item.id for item in card.answer.items]


def test_nothing_is_drawn_before_there_is_a_circle(make):
    card = make()
    card.choices.chosen = ["unrest"]
    assert card.figure.value == ""
    card.choices.chosen = ["unrest", "use"]
    assert "Uro → Ruser meg; Ruser meg → Uro" in card.figure.value


def test_what_is_chosen_is_kept_in_the_order_it_was_given(make):
    card = make()
    card.choices.chosen = ["unrest", "use", "shame"]
    card.order.items = list(reversed(card.order.items))
    assert ids(card) == ["shame", "use", "unrest"]
    card.choices.chosen = ["alone", "use", "shame"]
    assert ids(card) == ["shame", "use", "alone"]
    assert ids(make()) == ["shame", "use", "alone"]


def test_own_words_join_the_circle_and_can_be_taken_away(make, words):
    card = make()
    card.choices.chosen = ["unrest"]
    add(card, "  Krangel   hjemme ")
    assert card.answer.items[-1].text == "Krangel hjemme"
    assert card.own.draft == ""
    assert card.near.text == words["loop_map.added"].format(text="Krangel hjemme")
    card.choices.chosen = ["unrest"]
    assert ids(card) == ["unrest"]
    assert card.near.text == words["loop_map.removed"].format(text="Krangel hjemme")
    card.choices.chosen = ["unrest", "use"]
    assert card.near.text == ""


def test_two_own_words_never_share_an_id(make):
    card = make()
    for text in ("en", "to", "tre"):
        add(card, text)
    card.choices.chosen = ["own-1", "own-3"]
    add(card, "fire")
    assert ids(card) == ["own-1", "own-3", "own-4"]


def test_a_full_circle_says_so_and_stays_as_it_was(make, words):
    card = make()
    card.choices.chosen = ["unrest", "use", "shame", "alone"]
    card.choices.chosen = ["unrest", "use", "shame", "alone", "sleep"]
    assert card.near.text == words["loop_map.full"].format(most=4)
    assert card.choices.chosen == ["unrest", "use", "shame", "alone"]
    add(card, "mer")
    assert len(card.answer.items) == 4
    assert card.own.draft == "mer"


def test_the_broken_arrow_is_drawn_said_and_kept(make, words):
    card = make()
    card.choices.chosen = ["unrest", "use"]
    card.broken.chosen = ["use"]
    card.plan.value = "Ringe Kari"
    assert words["loop_map.alt_broken"].format(arrow="Ruser meg → Uro") in card.figure.value
    assert words["loop_map.here"] in card.text.value
    again = make()
    assert again.broken.chosen == ["use"]
    assert again.plan.value == "Ringe Kari"


def test_taking_away_an_item_takes_its_broken_arrow_with_it(make):
    card = make()
    card.choices.chosen = ["unrest", "use", "shame"]
    card.broken.chosen = ["use"]
    card.choices.chosen = ["unrest", "shame"]
    assert card.answer.broken == ""


def test_the_output_never_holds_an_entry(make):
    card = make()
    before = card._repr_mimebundle_()
    add(card, "hemmelig sak")
    card.plan.value = "hemmelig plan"
    after = card._repr_mimebundle_()
    for mime in ("text/html", "text/plain", "application/vnd.nykurs.card+json"):
        assert after[mime] == before[mime]


def test_a_filled_sheet_shows_the_circle_and_escapes_it(words, boxes):
    bad = "<script>alert(1)</script>"
    answer = LoopMapAnswer(items=(Choice(id="own-1", text=bad), SUGGESTIONS[1]), broken="own-1", plan=bad)
    filled = sheet.filled(LOOP, answer, words, boxes)
    assert "<script" not in filled
    assert "&lt;script&gt;" in filled
    assert words["loop_map.here"] in filled


def test_the_blank_sheet_has_room_and_the_private_words(words, boxes):
    blank = sheet.blank(LOOP, words, boxes)
    assert 'class="line"' in blank
    assert all(choice.text in blank for choice in SUGGESTIONS)
    assert "Ingen leser det du skriver her" in blank


def test_the_key_shows_the_fictional_circle(words, boxes):
    assert "Uro → Ruser meg" in sheet.key(LOOP, words, boxes)


@pytest.mark.parametrize(
    "text", ["", "Uro", "x" * 60, "Holder meg for meg selv hele dagen uten å si det til noen jeg bryr meg om"]
)
def test_no_line_is_wider_than_its_box_and_no_box_higher_than_its_lines(text):
    lines = wrapped(text)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(len(line) <= LETTERS_A_LINE for line in lines)


@pytest.mark.parametrize(
    ("count", "place", "size"),
    [(count, layout(count), (BOX_WIDTH, MOST_LINES * LINE_HEIGHT + PADDING)) for count in range(2, 7)]
    + [(EMPTY_CIRCLE, EMPTY, ROOM)],
)
def test_items_never_stand_on_each_other_or_outside(count, place, size):
    """Measured in the drawing's own units, with every box as high as a box can be."""
    width, height = size
    points = _points(count, place)
    for number, (x, y) in enumerate(points):
        assert abs(x) + width / 2 <= place.aside
        assert -place.down <= y - height / 2
        assert y + height / 2 <= place.up
        for other_x, other_y in points[number + 1 :]:
            assert abs(x - other_x) >= width or abs(y - other_y) >= height


def test_the_drawing_is_the_same_every_time():
    assert circle(SUGGESTIONS, "use", "ord", "her").html() == circle(SUGGESTIONS, "use", "ord", "her").html()
