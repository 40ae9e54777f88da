"""«Min plan»: every field is its own exercise's field, no plan lands on another trigger, and nothing is kept twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import content, gathering
from course.journal import Journal
from course.model import (
    Category,
    Choice,
    Field,
    Gathered,
    Module,
    Plan,
    Section,
    Trigger,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
)
from widgets import sheet
from widgets.example import example
from widgets.plan import PlanCard
from widgets.plan_rows import LEAST, MADE, PlanRows
from widgets.trigger_edits import find
from widgets.trigger_map import TriggerMapCard
from widgets.worksheet import WorksheetCard

SECRET = "hemmelig-ord-7391"
HOSTILE = "</td><script>alert(1)</script>\"'&{column}"
PEOPLE = Field(
    id="contact",
    kind="table",
    label="Folk",
    columns=(Choice(id="who", text="Navn"), Choice(id="number", text="Nummer")),
    example=(("Anne", "ligger i telefonen"),),
)
WORD = Field(id="word", kind="text", label="Ett ord", example="Ro")
GOALS = Field(
    id="goals", kind="many", label="Mål", choices=(Choice(id="calm", text="Få ro"), Choice(id="sleep", text="Sove"))
)
HOUR = Worksheet(id="first-hour", title="Første time", fields=(WORD, PEOPLE, GOALS), answers="hour", private=True)
MAP = TriggerMap(
    id="triggers",
    title="Utløserne mine",
    answers="my-triggers",
    private=True,
    categories=(Category(id="people", label="Folk"), Category(id="feelings", label="Følelser", suggestions=("uro",))),
    example=(Trigger(id="pay", text="lønn", category="people", if_text="lønna kommer", then_text="ringer jeg Anne"),),
)
NAME = "07_test"


def section(identifier, source, *fields, title=""):
    chosen = [field for field in getattr(source, "fields", ()) if not fields or field.id in fields]
    return Section(
        id=identifier,
        title=title or f"Del {identifier}",
        exercise=f"{NAME}/{source.id}",
        fields=fields,
        source=replace(source, fields=tuple(chosen)) if chosen else source,
        answers=source.answers,
    )


PLAN = Plan(
    id="my-plan",
    title="Min plan",
    private=True,
    sections=(section("word", HOUR, "word"), section("plans", MAP), section("people", HOUR, "contact", "goals")),
    ending="Velg én ting.",
)
SOURCES = Module(name=NAME, language="nb", title="", summary="", parts=(), exercises=(HOUR, MAP))
MODULE = Module(name="08_test", language="nb", title="", summary="", parts=(), exercises=(PLAN,))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return PlanCard(MODULE, PLAN, journal, words, boxes)


def put_triggers(journal, *triggers):
    journal.put("my-triggers", TriggerMapAnswer(triggers=tuple(triggers)))


def trigger(identifier, **values):
    return Trigger(**{"id": identifier, "text": f"utløser {identifier}", "category": "people", **values})


def triggers(journal):
    return journal.get("my-triggers", TriggerMapAnswer).triggers


def rows(card):
    return card.parts["plans"].table.shown["rows"]


def cells(card):
    return [tuple(row["cells"]) for row in rows(card)]


def act(card, action, **values):
    """What the table in the browser sends."""
    table = card.parts["plans"].table
    table._handle_custom_msg({"turn": table.shown["turn"] + 1, "action": action, **values}, [])


def write(card, identifier, column, text):
    act(card, "write", id=identifier, column=column, text=text)


# Fields: one answer, wherever it is written.


def test_what_is_written_in_the_plan_stands_in_its_exercise_and_the_other_way(card, journal, words, boxes):
    own = WorksheetCard(SOURCES, HOUR, journal, words, boxes)
    word, people = card.parts["word"].controls["word"], card.parts["people"].controls["contact"]
    word.value = SECRET
    assert own.controls["word"].value == SECRET
    own.controls["word"].value = "noe annet"
    assert word.value == "noe annet"
    own.controls["contact"].rows = [["Anne", "415"]]
    assert people.rows == [["Anne", "415"]]
    people.rows = [["Anne", "415"], ["Per", ""]]
    card.parts["people"].controls["goals"].chosen = ["calm"]
    assert dict(own.answer.values) == {
        "word": "noe annet", "contact": (("Anne", "415"), ("Per", "")), "goals": ("calm",),
    }  # fmt: skip


def test_two_parts_that_show_the_same_field_follow_each_other(journal, words, boxes):
    twice = replace(PLAN, sections=(section("one", HOUR, "word"), section("two", HOUR, "word")))
    card = PlanCard(replace(MODULE, exercises=(twice,)), twice, journal, words, boxes)
    card.parts["one"].controls["word"].value = "ro"
    assert card.parts["two"].controls["word"].value == "ro"
    card.parts["two"].controls["word"].value = ""
    assert card.parts["one"].controls["word"].value == ""
    assert dict(journal.get("hour", WorksheetAnswer).values) == {}


def test_opening_and_refreshing_a_plan_enters_nothing(card, journal):
    card.refresh()
    assert len(journal) == 0
    assert cells(card) == [("", "")] * LEAST


def test_the_plan_keeps_nothing_under_its_own_name(card, journal):
    card.parts["word"].controls["word"].value = SECRET
    write(card, rows(card)[0]["id"], "then_text", SECRET)
    card.keep(card.answer)
    kept, _ = journal.snapshot()
    assert set(kept) == {"hour", "my-triggers"}


def test_what_is_gathered_is_what_the_exercises_hold(card, journal):
    journal.put("hour", WorksheetAnswer(values={"word": "ro"}))
    put_triggers(journal, trigger("t1"))
    assert dict(card.answer.answers) == {
        "hour": WorksheetAnswer(values={"word": "ro"}), "my-triggers": TriggerMapAnswer(triggers=(trigger("t1"),)),
    }  # fmt: skip


def test_a_restored_or_emptied_journal_is_shown_at_once(card, journal):
    journal.restore({"hour": WorksheetAnswer(values={"word": "ro"})}, {})
    assert card.parts["word"].controls["word"].value == "ro"
    write(card, rows(card)[0]["id"], "if_text", "bussen")
    journal.clear()
    assert card.parts["word"].controls["word"].value == ""
    assert cells(card) == [("", "")] * LEAST


def test_every_control_is_named_with_its_part(card):
    assert (
        card.parts["word"].controls["word"].description.startswith('<span class="nykurs-hidden">Del word: </span>Ett')
    )
    for control in card.parts["people"].controls.values():
        assert control.part == "Del people"
    assert card.parts["plans"].table.part == "Del plans"


def test_hostile_titles_are_escaped_in_labels(journal, words, boxes):
    plan = replace(PLAN, sections=(section("word", HOUR, "word", title=HOSTILE),))
    card = PlanCard(replace(MODULE, exercises=(plan,)), plan, journal, words, boxes)
    assert "<script>" not in card.parts["word"].controls["word"].description
    assert not any("<script>" in getattr(child, "value", "") for child in card.children)


# If-then plans: each on its own trigger.


def test_only_triggers_with_a_plan_are_shown_and_their_own_words_stand_for_a_missing_if(card, journal):
    third = trigger("t3", if_text="bussen", then_text="hopper jeg av")
    put_triggers(journal, trigger("t1"), trigger("t2", then_text="går jeg"), third)
    assert cells(card) == [("utløser t2", "går jeg"), ("bussen", "hopper jeg av"), ("", "")]
    assert [row["id"] for row in rows(card)][:2] == ["t2", "t3"]


def test_editing_a_row_changes_that_trigger_and_nothing_else(card, journal):
    before = trigger("t2", then_text="går jeg", strength=7, often="daily")
    put_triggers(journal, trigger("t1"), before, trigger("t3", then_text="ringer jeg"))
    write(card, "t2", "then_text", "går jeg en tur")
    write(card, "t3", "if_text", "bussen kommer")
    assert triggers(journal) == (
        trigger("t1"),
        replace(before, then_text="går jeg en tur"),
        trigger("t3", if_text="bussen kommer", then_text="ringer jeg"),
    )


def test_what_is_typed_in_a_row_whose_trigger_is_gone_lands_nowhere(card, journal):
    put_triggers(journal, trigger("t1", then_text="a"), trigger("t2", then_text="b"))
    put_triggers(journal, trigger("t2", then_text="b"))
    write(card, "t1", "then_text", SECRET)
    assert triggers(journal) == (trigger("t2", then_text="b"),)


def test_a_new_row_becomes_a_new_trigger_named_after_its_if_even_while_others_are_made(card, journal):
    row = rows(card)[0]["id"]
    put_triggers(journal, trigger("t1"))  # made elsewhere while the empty row stood there
    write(card, row, "then_text", "ringer jeg Anne")
    for text in ("U", "Ur", "Uro"):
        write(card, row, "if_text", text)
    made = triggers(journal)[-1]
    assert triggers(journal)[0] == trigger("t1")
    assert (made.text, made.category, made.if_text, made.then_text) == ("Uro", "feelings", "Uro", "ringer jeg Anne")
    assert [each["id"] for each in rows(card)].index(row) == 0


def test_a_new_trigger_keeps_the_name_and_group_someone_gave_it_since(card, journal):
    row = rows(card)[0]["id"]
    write(card, row, "if_text", "bussen")
    given = replace(triggers(journal)[0], text="Linje 12", category="feelings")
    put_triggers(journal, given)
    write(card, row, "if_text", "bussen kommer")
    assert triggers(journal) == (replace(given, if_text="bussen kommer"),)


def test_a_new_trigger_keeps_the_group_someone_gave_it_while_its_name_still_follows(card, journal):
    row = rows(card)[0]["id"]
    write(card, row, "if_text", "bussen")
    put_triggers(journal, replace(triggers(journal)[0], category="feelings"))
    write(card, row, "if_text", "bussen kommer")
    assert (triggers(journal)[0].text, triggers(journal)[0].category) == ("bussen kommer", "feelings")


def test_a_row_with_only_a_then_is_a_trigger_without_a_name_yet(card, journal, words, boxes):
    write(card, rows(card)[0]["id"], "then_text", "ringer jeg")
    assert triggers(journal)[0].text == words["plan.unnamed"]
    again = PlanCard(MODULE, PLAN, journal, words, boxes)
    assert cells(card)[0] == cells(again)[0] == ("", "ringer jeg")
    assert "<tr><td></td><td>ringer jeg</td></tr>" in sheet.filled(PLAN, again.answer, words, boxes)


def test_a_new_row_that_is_emptied_again_leaves_no_trigger_and_stays_where_it_is(card, journal):
    put_triggers(journal, *(trigger(f"t{number}", then_text="x") for number in range(4)))
    row = rows(card)[4]["id"]
    write(card, row, "if_text", "b")
    write(card, row, "if_text", "")
    assert len(triggers(journal)) == 4
    assert rows(card)[4] == {"id": row, "cells": ["", ""]}
    write(card, row, "if_text", "c")
    assert triggers(journal)[-1].text == "c"


def test_a_row_stays_while_its_text_is_deleted_and_its_name_does_not_push_in(card, journal):
    put_triggers(journal, trigger("t1", then_text="går jeg"))
    write(card, "t1", "if_text", "")
    write(card, "t1", "then_text", "")
    assert rows(card)[0] == {"id": "t1", "cells": ["", ""]}
    assert triggers(journal) == (trigger("t1"),)


def test_removing_a_row_clears_the_plan_keeps_the_trigger_and_can_be_undone(card, journal, words):
    kept = trigger("t1", if_text="bussen", then_text="går jeg", strength=3)
    put_triggers(journal, kept, trigger("t2", then_text="b"))
    act(card, "remove", id="t1")
    assert triggers(journal) == (replace(kept, if_text="", then_text=""), trigger("t2", then_text="b"))
    assert [row["id"] for row in rows(card)][0] == "t2"
    assert card.parts["plans"].table.goto["id"] == "t2"
    assert card.status.text == words["plan.removed"].format(title=MAP.title)
    act(card, "undo")
    assert triggers(journal)[0] == kept
    assert rows(card)[0] == {"id": "t1", "cells": ["bussen", "går jeg"]}
    assert not card.parts["plans"].table.shown["undo"]


def test_after_a_change_from_elsewhere_nobody_gets_another_persons_plan_back(card, journal):
    put_triggers(journal, trigger("t1", then_text=SECRET))
    act(card, "remove", id="t1")
    journal.restore({"my-triggers": TriggerMapAnswer(triggers=(trigger("t1", then_text="ny"),))}, {})
    assert not card.parts["plans"].table.shown["undo"]
    act(card, "undo")
    assert triggers(journal) == (trigger("t1", then_text="ny"),)


def test_undo_and_remove_of_nothing_do_nothing(card, journal):
    act(card, "undo")
    act(card, "remove", id="t9")
    assert len(journal) == 0
    assert card.status.text == ""


def test_rows_can_be_added_and_an_empty_one_taken_away(card, journal, words):
    act(card, "add")
    assert len(rows(card)) == LEAST + 1
    assert card.parts["plans"].table.goto["id"] == rows(card)[-1]["id"]
    assert card.status.text == words["worksheet.added"].format(count=LEAST + 1)
    act(card, "remove", id=rows(card)[1]["id"])
    assert len(rows(card)) == LEAST
    assert len(journal) == 0


def test_new_plans_from_elsewhere_come_before_the_empty_rows_and_move_nobody(card, journal):
    first, *empty = (row["id"] for row in rows(card))
    write(card, first, "if_text", "bussen")
    put_triggers(journal, trigger("t1", then_text="x"), *triggers(journal))
    assert [row["id"] for row in rows(card)] == [first, "t1", empty[0]]


def test_the_trigger_map_shows_what_the_plan_says(card, journal, words, boxes):
    put_triggers(journal, trigger("t1", then_text="går jeg"))
    other = TriggerMapCard(SOURCES, MAP, journal, words, boxes)
    write(card, "t1", "then_text", "løper jeg")
    assert other.answer.triggers[0].then_text == "løper jeg"
    other.keep(TriggerMapAnswer(triggers=(trigger("t1", then_text="sykler jeg"),)))
    assert cells(card)[0] == ("utløser t1", "sykler jeg")


def test_the_table_tells_which_message_it_answers(card):
    write(card, rows(card)[0]["id"], "if_text", "a")
    act(card, "add")
    assert card.parts["plans"].table.shown["turn"] == 2


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("write", "remove", "undo", "add", "elsewhere", "gone")),
        st.integers(0, 5),
        st.sampled_from(("if_text", "then_text")),
        st.text(max_size=4),
    ),
    max_size=25,
)


@settings(deadline=None, database=None, derandomize=True, max_examples=150)
@given(ACTS)
def test_whatever_is_done_no_text_ever_lands_on_another_trigger(acts):
    """Every text carries the id of the row it was typed in; afterwards each trigger holds only texts of its own."""
    rows, answer = (
        PlanRows(MAP, content.words("nb")),
        TriggerMapAnswer(triggers=(trigger("t1", then_text="t1:"), trigger("t2"))),
    )
    for action, at, column, text in acts:
        order = [name for name, _ in rows.shown(answer)]
        assert len(order) == len(set(order)) >= LEAST
        name = order[at % len(order)]
        if action == "write":
            answer = rows.write(answer, name, column, f"{name}:{text}" if text else "")
        elif action == "remove":
            answer = rows.remove(answer, name)
        elif action == "undo":
            answer = rows.undo(answer)
        elif action == "add":
            assert rows.add() not in order
        elif action == "gone":
            answer = TriggerMapAnswer(triggers=tuple(one for one in answer.triggers if one.id != name))
        elif not find(answer, f"t{at}"):
            answer = TriggerMapAnswer(triggers=(*answer.triggers, trigger(f"t{at}", then_text=f"t{at}:{text}")))
    for one in answer.triggers:
        assert all(not text or text.startswith(f"{one.id}:") for text in (one.if_text, one.then_text))
        assert one.text == f"utløser {one.id}" or one.id.startswith(MADE)


# On paper.


def test_a_blank_plan_has_every_part_and_room_to_write(words, boxes):
    shown = sheet.blank(PLAN, words, boxes)
    assert [f">{each.title}</h4>" in shown for each in PLAN.sections] == [True] * 3
    assert shown.count("<tr><td></td><td></td></tr>") == 3 + PEOPLE.rows
    assert 'class="line"' in shown
    assert "Ro" not in shown
    assert "lønna" not in shown


def test_a_filled_plan_has_its_owners_words_and_lines_for_the_rest(words, boxes):
    answer = Gathered(
        answers={"my-triggers": TriggerMapAnswer(triggers=(trigger("t1", then_text="går jeg"), trigger("t2")))}
    )
    shown = sheet.filled(PLAN, answer, words, boxes)
    assert "<tr><td>utløser t1</td><td>går jeg</td></tr>" in shown
    assert "utløser t2" not in shown
    assert shown.count("<tr><td></td><td></td></tr>") == 2 + PEOPLE.rows
    assert 'class="line"' in shown


def test_the_private_note_stands_before_the_first_field_and_every_fourth(words, boxes):
    many = tuple(Field(id=f"f{number}", kind="text", label=f"Felt {number}") for number in range(6))
    source = replace(HOUR, fields=many)
    plan = replace(PLAN, sections=(section("a", source, "f0", "f1"), section("b", source, "f2", "f3", "f4", "f5")))
    shown = sheet.blank(plan, words, boxes)
    notes = [place for place in range(len(shown)) if shown.startswith('<div class="note private">', place)]
    assert len(notes) == 2
    assert shown.index("Del a") < notes[0] < shown.index("Felt 0")
    assert shown.index("Felt 3") < notes[1] < shown.index("Felt 4")


def test_hostile_words_are_escaped_on_paper(words, boxes):
    hostile = trigger("t1", if_text=HOSTILE, then_text=HOSTILE)
    values = {"word": HOSTILE, "contact": ((HOSTILE, HOSTILE),), "goals": (HOSTILE,)}
    answer = Gathered(
        answers={"my-triggers": TriggerMapAnswer(triggers=(hostile,)), "hour": WorksheetAnswer(values=values)}
    )
    shown = sheet.filled(PLAN, answer, words, boxes)
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)") == 5


def test_the_key_and_the_room_see_the_fictional_persons_plan(words, boxes, journal, card):
    write(card, rows(card)[0]["id"], "then_text", SECRET)
    shown = example(PLAN)
    assert shown == Gathered(
        answers={
            "hour": WorksheetAnswer(values={"word": "Ro", "contact": PEOPLE.example}),
            "my-triggers": TriggerMapAnswer(triggers=MAP.example),
        }
    )
    assert "ringer jeg Anne" in sheet.key(PLAN, words, boxes)
    projected = sheet.projected(PLAN, words, boxes)
    assert words["sheet.projected"] in projected
    assert "ringer jeg Anne" in projected
    assert SECRET not in projected


def test_a_plan_of_exercises_without_examples_has_no_key_and_is_projected_blank(words, boxes):
    bare = replace(PLAN, sections=(section("goals", HOUR, "goals"),))
    assert sheet.key(bare, words, boxes) == ""
    assert sheet.projected(bare, words, boxes) == sheet.blank(bare, words, boxes)


# What an author names.


def test_sections_are_filled_in_with_the_fields_named_in_their_order():
    plan = content.load("08_min_plan").exercise("my-plan")
    for each in plan.sections:
        assert each.answers
        if each.fields:
            assert tuple(field.id for field in each.source.fields) == each.fields


@pytest.fixture
def shelf(tmp_path):
    """Two modules in a folder of their own: one with exercises, and one that gathers from it."""
    folder = tmp_path / "nb"
    folder.mkdir()
    (folder / "support.yaml").write_text((content.CONTENT / "nb" / "support.yaml").read_text())
    (folder / "01_kilde.yaml").write_text(SOURCE_FILE)
    (folder / "02_plan.yaml").write_text(PLAN_FILE)
    return folder


HEAD = 'title: "T"\nsummary: "S"\nparts: []\nexercises:\n'
SOURCE_FILE = HEAD + (
    '  - {id: "sheet", kind: "worksheet", title: "Ark", private: true, answers: "words", fields: ['
    '{id: "one", kind: "text", label: "Første"}, {id: "two", kind: "long", label: "Andre"}]}\n'
)
PLAN_FILE = HEAD + (
    '  - {id: "plan", kind: "plan", title: "Plan", private: true, sections: ['
    '{id: "a", title: "A", exercise: "01_kilde/sheet", fields: ["two"]}]}\n'
)


def loaded(shelf):
    return content.read_module(shelf / "02_plan.yaml").exercise("plan").sections[0]


def test_fields_come_in_the_order_the_author_wrote_and_all_of_them_without_any(shelf):
    (shelf / "02_plan.yaml").write_text(PLAN_FILE.replace('["two"]', '["two", "one"]'))
    assert [field.id for field in loaded(shelf).source.fields] == ["two", "one"]
    (shelf / "02_plan.yaml").write_text(PLAN_FILE.replace(', fields: ["two"]', ""))
    assert [field.id for field in loaded(shelf).source.fields] == ["one", "two"]


def test_a_changed_source_is_seen_and_an_unchanged_one_is_not_read_again(shelf):
    module = content.read_module(shelf / "02_plan.yaml")
    assert content.read_module(shelf / "02_plan.yaml") is module
    assert [field.label for field in loaded(shelf).source.fields] == ["Andre"]
    (shelf / "01_kilde.yaml").write_text(SOURCE_FILE.replace("Andre", "Den andre").replace('"words"', '"my-words"'))
    assert [field.label for field in loaded(shelf).source.fields] == ["Den andre"]
    assert loaded(shelf).answers == "my-words"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("01_kilde/sheet", "01_kilden/sheet", "Mente du 01_kilde?"),
        ("01_kilde/sheet", "01_kilde/shet", "Mente du sheet?"),
        ('["two"]', '["tow"]', "har ikke noe felt som heter «tow»"),
        ("01_kilde/sheet", "../etc/passwd", "passer ikke som exercise"),
    ],
)
def test_a_section_that_names_what_is_not_there_is_a_letter_and_does_not_load(shelf, old, new, said):
    file = shelf / "02_plan.yaml"
    file.write_text(PLAN_FILE.replace(old, new))
    with pytest.raises(content.ContentError, match=said) as caught:
        content.read_module(file)
    assert caught.value.problems == tuple(content.problems(file))
    assert sum(said in letter for letter in caught.value.problems) == 1


def test_a_field_taken_out_of_a_source_stops_the_plan_that_names_it(shelf):
    loaded(shelf)
    (shelf / "01_kilde.yaml").write_text(SOURCE_FILE.replace('"two"', '"second"'))
    with pytest.raises(content.ContentError, match="har ikke noe felt som heter «two»"):
        loaded(shelf)


def test_a_source_that_cannot_be_read_is_the_one_that_gets_the_letter(shelf):
    (shelf / "01_kilde.yaml").write_text('title: "uten slutt\n')
    with pytest.raises(content.ContentError, match="01_kilde.yaml"):
        loaded(shelf)


def test_a_plan_cannot_gather_from_a_plan(shelf):
    (shelf / "02_plan.yaml").write_text(
        PLAN_FILE.replace("01_kilde/sheet", "02_plan/plan").replace(', fields: ["two"]', "")
    )
    with pytest.raises(content.ContentError, match="av slaget plan og kan ikke samles her"):
        loaded(shelf)


def test_gathering_reads_and_never_writes(journal):
    assert gathering.gather(PLAN, journal) == Gathered(
        answers={"hour": WorksheetAnswer(), "my-triggers": TriggerMapAnswer()}
    )
    assert len(journal) == 0


def test_a_field_has_no_number_where_it_is_not_number_so_and_so():
    plan = content.load("08_min_plan").exercise("my-plan")
    source = content.load("01_avhengighet").exercise("my-reasons")
    (section,) = (each for each in plan.sections if each.exercise == "01_avhengighet/my-reasons")
    numbered = {field.id: field.label for field in source.fields}
    assert numbered["more-of"] == f"3. {section.source.fields[0].label}"
    assert not any(field.label[0].isdigit() for each in plan.sections for field in getattr(each.source, "fields", ()))
