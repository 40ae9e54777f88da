"""The worksheet: every kind of field live and on paper, and answers that belong to the journal alone."""

import ipywidgets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.journal import Journal
from course.model import Choice, Field, Module, Worksheet, WorksheetAnswer
from widgets import sheet
from widgets.fields import KINDS
from widgets.sheets.common import rich
from widgets.worksheet import WorksheetCard

SECRET = "hemmelig-ord-7391"
CHOICES = (Choice(id="sleep", text="Sove"), Choice(id="calm", text="Få ro"), Choice(id="talk", text="Prate"))
COLUMNS = (Choice(id="what", text="Hva"), Choice(id="when", text="Når"))
FIELDS = (
    Field(id="short", kind="text", label="Ett ord", hint="Det første du tenker på.", example="Ro"),
    Field(id="free", kind="long", label="Med egne ord", lines=4, example="Jeg ville sove."),
    Field(id="one", kind="choice", label="Mest", choices=CHOICES, example="calm"),
    Field(id="several", kind="many", label="Alt som passer", choices=CHOICES, example=("sleep", "talk")),
    Field(id="important", kind="scale", label="Hvor viktig", low="lite", high="svært", example=8),
    Field(id="costs", kind="table", label="Kostet", columns=COLUMNS, rows=3, example=(("Søvn", "Om natta"),)),
)
# What a person does to each control, and what the journal then holds.
ENTRIES = {
    "short": (SECRET, SECRET),
    "free": (f"{SECRET}\n\nog mer", f"{SECRET}\n\nog mer"),
    "one": (["calm"], "calm"),
    "several": (["sleep", "talk"], ("sleep", "talk")),
    "important": (["0"], 0),
    "costs": ([[SECRET, ""], ["", "nå"]], ((SECRET, ""), ("", "nå"))),
}
EMPTY = {"short": "", "free": "", "one": [], "several": [], "important": [], "costs": [["", ""]] * 3}


def worksheet(identifier="costs", answers="", private=True, fields=FIELDS):
    return Worksheet(
        id=identifier,
        title="Mine grunner",
        fields=fields,
        answers=answers,
        private=private,
        ending="Ta med det du vil.",
    )


def card_of(exercise, journal, words, boxes, others=()):
    module = Module(name="01_test", language="nb", title="", summary="", parts=(), exercises=(exercise, *others))
    return WorksheetCard(module, exercise, journal, words, boxes)


def entered(card, field):
    return getattr(card.controls[field.id], KINDS[field.kind].trait)


def enter(card, field, value):
    setattr(card.controls[field.id], KINDS[field.kind].trait, value)


@pytest.fixture
def journal():
    return Journal()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_an_entry_is_kept_and_shown_again_and_can_be_taken_back(field, journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    assert entered(card, field) == EMPTY[field.id]
    typed, kept = ENTRIES[field.id]
    enter(card, field, typed)
    assert dict(card.answer.values) == {field.id: kept}
    again = card_of(worksheet(), journal, words, boxes)
    assert entered(again, field) == typed
    if field.kind != "table":
        enter(again, field, EMPTY[field.id])
        assert dict(again.answer.values) == {}


def test_opening_a_worksheet_enters_nothing(journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    card.refresh()
    assert len(journal) == 0


def test_two_exercises_with_one_answer_name_follow_each_other_without_echo(journal, words, boxes):
    first = card_of(worksheet("one", answers="reasons"), journal, words, boxes)
    second = card_of(worksheet("two", answers="reasons"), journal, words, boxes)
    for field in FIELDS:
        enter(first, field, ENTRIES[field.id][0])
        assert entered(second, field) == ENTRIES[field.id][0]
    assert first.status.text  # a table row went
    assert second.status.text == ""


def test_fields_that_another_exercise_wrote_under_the_same_name_are_left_alone(journal, words, boxes):
    journal.put("reasons", WorksheetAnswer(values={"elsewhere": "blir stående", "important": "not a number"}))
    card = card_of(worksheet(answers="reasons"), journal, words, boxes)
    assert entered(card, FIELDS[4]) == []
    enter(card, FIELDS[0], "hei")
    assert card.answer.values["elsewhere"] == "blir stående"


def test_adding_and_removing_a_row_is_said_aloud_and_writing_in_one_is_not(journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    table = card.controls["costs"]
    table.rows = [["Søvn", ""], ["", ""], ["", ""]]
    assert card.status.text == ""
    table.rows = [*table.rows, ["", ""]]
    assert card.status.text == words["worksheet.added"].format(count=4)
    table.rows = table.rows[1:]
    assert card.status.text == words["worksheet.removed"].format(count=3)


def test_every_control_is_named_by_its_visible_label(journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    for field in FIELDS:
        control = card.controls[field.id]
        name = control.description if field.kind in ("text", "long") else control.legend
        assert name.startswith(field.label)
    assert "{column}" in words["worksheet.cell"]
    assert "{row}" in words["worksheet.cell"]
    assert "{row}" in words["worksheet.remove_row"]


def test_half_typed_words_are_sent_at_every_keystroke(journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    assert card.controls["short"].continuous_update
    assert card.controls["free"].continuous_update


@pytest.mark.parametrize(("count", "notes"), [(1, 1), (4, 1), (5, 2), (9, 3)])
def test_private_words_are_never_more_than_four_fields_away_on_screen_and_paper(count, notes, journal, words, boxes):
    said = rich(boxes["private"].paragraphs[0])
    fields = tuple(Field(id=f"f{number}", kind="text", label=f"Felt {number}") for number in range(count))
    for private in (True, False):
        exercise = worksheet(private=private, fields=fields)
        card = card_of(exercise, Journal(), words, boxes)
        shown = [child.value for child in card.children if isinstance(child, ipywidgets.HTML)]
        blank, filled = sheet.blank(exercise, words, boxes), sheet.filled(exercise, WorksheetAnswer(), words, boxes)
        assert [face.count(said) for face in ("".join(shown), blank, filled)] == [notes * private] * 3
        assert (blank.index(said) < blank.index("Felt 0")) if private else True


def test_what_is_stored_with_a_notebook_never_holds_an_entry(journal, words, boxes):
    card = card_of(worksheet(), journal, words, boxes)
    for field in FIELDS:
        enter(card, field, ENTRIES[field.id][0])
    assert SECRET not in repr(card)
    assert SECRET not in repr(card._repr_mimebundle_())
    assert card._repr_mimebundle_()["text/html"] == sheet.blank(worksheet(), words, boxes)


def test_a_filled_sheet_shows_every_entry_and_is_otherwise_the_blank_one(words, boxes):
    answer = WorksheetAnswer(values={name: kept for name, (_, kept) in ENTRIES.items()})
    filled = sheet.filled(worksheet(), answer, words, boxes)
    assert filled.count(SECRET) == 3
    assert filled.count("ticked") == 3
    assert '<li class="chosen">0</li>' in filled
    assert sheet.filled(worksheet(), WorksheetAnswer(), words, boxes) == sheet.blank(worksheet(), words, boxes)


def test_a_blank_sheet_has_room_for_the_pen_and_no_trace_of_the_example(words, boxes):
    blank = sheet.blank(worksheet(), words, boxes)
    assert blank.count('class="line"') == 1 + 4
    assert blank.count('class="tick"') == 6
    assert blank.count("<li>") == 11
    assert blank.count("<tr>") == 1 + 3
    assert "Jeg ville sove" not in blank
    assert "Om natta" not in blank


def test_the_leaders_key_shows_the_example_and_nothing_when_there_is_none(words, boxes):
    key = sheet.key(worksheet(), words, boxes)
    for said in ("Ro", "Jeg ville sove.", "Få ro", "Sove; Prate", "8, på en skala", "Søvn – Om natta"):
        assert said in key
    assert sheet.key(worksheet(fields=(Field(id="a", kind="text", label="A"),)), words, boxes) == ""


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "</td></div>", "&lt;b&gt;", "**a<b>**"]
)


@settings(deadline=None)  # a busy machine is not a fault
@given(HOSTILE | st.text())
def test_hostile_words_stay_words_on_the_filled_sheet(words, boxes, text):
    values = {"short": text, "free": text, "one": text, "several": (text,), "costs": ((text, text),)}
    filled = sheet.filled(worksheet(), WorksheetAnswer(values=values), words, boxes)
    for tag in ("<script", "<img", "<b>"):
        assert tag not in filled
    assert filled.count("</td>") == 3 * 2
