"""Kept answers: exactly the same when they come back, and nothing lost when the course has changed meanwhile."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import answers
import pytest
from answers import (
    CHECK_IN,
    EVERY_KIND,
    EXPLORE,
    LOOP_MAP,
    NETWORK_MAP,
    QUIZ,
    SORTING_BOARD,
    TEXTS,
    TRIGGER_MAP,
    WORKSHEET,
    module_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import content, excerpts, fitting, journal, merging, records, shelf
from course.model import (
    ANSWER_TYPES,
    Answer,
    CheckInAnswer,
    CheckInEntry,
    Choice,
    Excerpt,
    Exercise,
    ExploreAnswer,
    Gathered,
    LandingAnswer,
    LoopMapAnswer,
    NetworkMapAnswer,
    Option,
    Pair,
    Person,
    QuestionAnswer,
    QuizAnswer,
    SortingBoardAnswer,
    Step,
    Trigger,
    TriggerMapAnswer,
    WorksheetAnswer,
)
from widgets import door

# The same answers every time, and nothing written into the checkout.
QUICK = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
REAL = {name: exercise for name, (_, exercise) in shelf.exercises("nb").items()}
HEI = Excerpt(label="Før", text="hei")


def by_id(exercise: Exercise) -> str:
    return exercise.id


def reopened(document: dict) -> records.Kept:
    return records.read(records.from_bytes(records.to_bytes(document)))


@pytest.fixture
def course(monkeypatch):
    """The course as it is from now on: these exercises and no others."""

    def change(*exercises: Exercise) -> None:
        module = module_of(*exercises)
        known = {module.answer_name(exercise): (module, exercise) for exercise in exercises}
        monkeypatch.setattr(shelf, "exercises", lambda language="nb": known)

    return change


def name_of(exercise: Exercise) -> str:
    return module_of(exercise).answer_name(exercise)


# There and back


@pytest.mark.parametrize("name", REAL)
@settings(QUICK, max_examples=5)
@given(st.data())
def test_an_answer_to_any_exercise_of_the_course_comes_back_exactly(name: str, data: st.DataObject):
    answer = data.draw(answers.to(REAL[name]))
    kept = reopened(records.write({name: answer}, {}, {}))
    assert kept.answers == {name: answer}
    assert not kept.earlier
    assert not kept.strays


@pytest.mark.parametrize("exercise", EVERY_KIND, ids=by_id)
@settings(QUICK)
@given(st.data())
def test_an_answer_of_any_kind_comes_back_exactly(exercise: Exercise, course, data: st.DataObject):
    course(exercise)
    answer = data.draw(answers.to(exercise))
    kept = reopened(records.write({name_of(exercise): answer}, {}, {}))
    assert kept == records.Kept(answers={name_of(exercise): answer})


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_in_every_field_of_the_whole_course_comes_back_exactly(text: str):
    full = {name: answers.full(exercise, TEXTS[text]) for name, exercise in REAL.items()}
    kept = reopened(records.write(full, {"my-goals": (Excerpt(label=TEXTS[text], text=TEXTS[text]),)}, {}))
    assert kept.answers == full
    assert kept.earlier == {"my-goals": (Excerpt(label=TEXTS[text], text=TEXTS[text]),)}


def test_every_kind_that_keeps_an_answer_is_known_wherever_answers_are_kept():
    keeps = {kind for kind, answer in ANSWER_TYPES.items() if answer not in shelf.NOT_KEPT}
    assert keeps == {*shelf.PARTS} == {*excerpts.PIECES} == {*fitting.FITTED} == {*merging.MERGED}
    assert keeps == {*map(type, EVERY_KIND)}


def test_what_is_gathered_and_how_somebody_landed_are_not_kept():
    document = records.write({"08_min_plan/plan": Gathered(), "07_tilbakefall/landing": LandingAnswer()}, {}, {})
    assert document["answers"] == {}


def test_where_somebody_was_is_kept_as_it_is():
    place = {"02_belonningssystemet/x/place": WorksheetAnswer(values={"step": "rate", "draft": "halvt skre\ud83d"})}
    document = records.write(place, {}, {})
    assert reopened(document) == records.Kept(answers=place)
    assert not any("parts" in record for record in document["answers"].values())


def test_the_repr_of_what_was_read_shows_none_of_it(course):
    course(WORKSHEET)
    kept = records.Kept(answers={"a": WorksheetAnswer(values={"b": "hemmelig"})}, earlier={"a": (HEI,)})
    assert "hemmelig" not in repr(kept)
    assert "hei" not in repr(kept)


GOOD = {"format": 1, "answers": {}}
WRONG = {
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "nothing": b"",
    "a list": b"[]",
    "no format": b'{"answers": {}}',
    "newer": b'{"format": 2, "answers": {}}',
    "answers as a list": b'{"format": 1, "answers": []}',
    "a record as a text": b'{"format": 1, "answers": {"a": "b"}}',
    "strays as a text": b'{"format": 1, "answers": {}, "strays": ""}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_what_is_no_document_is_refused_without_telling_what_it_holds(data: bytes):
    assert records.from_bytes(json.dumps(GOOD).encode()) == GOOD
    with pytest.raises(records.Misread) as refused:
        records.from_bytes(data)
    assert str(refused.value) == ""
    assert refused.value.__context__ is None


# Readable parts


def test_parts_are_in_the_words_of_the_exercise_and_only_of_what_is_answered(course):
    worksheet = WorksheetAnswer(
        values={
            "table": (("", ""), ("Søvn", ""), ("Tid", "om natta")),
            "short": "ro",
            "choice": "calm",
            "many": ("sleep", "talk"),
            "viktig": 0,
        }
    )
    said = {
        "short": ("Ett ord", "ro"),
        "choice=calm": ("Mest", "Få ro"),
        "many/sleep": ("Alt som passer", "Sove"),
        "many/talk": ("Alt som passer", "Prate"),
        "viktig#": ("Hvor viktig", "0 (0 er «lite», 10 er «mye»)"),
        "table:what,when/1": ("Tabellen", "Hva: Søvn"),
        "table:what,when/2": ("Tabellen", "Hva: Tid; Når: om natta"),
    }
    found = records.parts(WORKSHEET, worksheet)
    assert {key: (part.label, part.text) for key, part in found.items()} == said


@pytest.mark.parametrize(
    ("exercise", "answer", "said"),
    [
        (
            QUIZ,
            QuizAnswer(questions={"several": QuestionAnswer(chosen=("a", "c")), "one": QuestionAnswer()}),
            {"several/many": ("Flere?", "Valg a; Valg c")},
        ),
        (
            QUIZ,
            QuizAnswer(
                questions={
                    "match": QuestionAnswer(chosen=("c", "", "b")),
                    "order": QuestionAnswer(chosen=("b", "a", "c")),
                }
            ),
            {
                "order/order": ("Rekkefølge?", "Trinn b; Trinn a; Trinn c"),
                "match/match:a,b,c": ("Hva hører sammen?", "Ord a: Mening c; Ord c: Mening b"),
            },
        ),
        (
            TRIGGER_MAP,
            TriggerMapAnswer(
                triggers=(
                    Trigger(
                        id="t1",
                        text="Fredag",
                        category="places",
                        strength=0,
                        often="daily",
                        if_text="det blir kveld",
                        then_text="ringer jeg Kari",
                    ),
                    Trigger(id="t2", text="Ola", category="people", then_text="går jeg"),
                )
            ),
            {
                "t1|places|daily": (
                    "Steder",
                    "Fredag (sug 0 av 10, hver dag) – hvis det blir kveld, så ringer jeg Kari",
                ),
                "t2|people|": ("Mennesker", "Ola – så går jeg"),
            },
        ),
        (EXPLORE, ExploreAnswer(values={"wait": 2.5}), {"wait:0-10": ("wait", "2,5 (0 er «lite», 10 er «mye»)")}),
        (
            LOOP_MAP,
            LoopMapAnswer(
                items=(LOOP_MAP.suggestions[0], Choice(id="own-1", text="Sinne")), broken="own-1", plan="Gå ut"
            ),
            {
                "item/sleep": ("I sirkelen min", "Sove"),
                "item/own-1": ("I sirkelen min", "Sinne"),
                "broken/own-1": ("Her vil jeg bryte først", "Sinne → Sove"),
                "plan": ("Dette kan hjelpe akkurat der", "Gå ut"),
            },
        ),
        (
            SORTING_BOARD,
            SortingBoardAnswer(
                columns={"later": ("own-2", "talk"), "now": ("calm",)},
                own=(Choice(id="own-1", text="Hagen"), Choice(id="own-2", text="Koret")),
            ),
            {
                "now/calm": ("Hjelper nå", "Få ro"),
                "later/own-2": ("Hjelper på sikt", "Koret"),
                "later/talk": ("Hjelper på sikt", "Prate"),
                "/own-1": ("Egne kort som ikke er sortert", "Hagen"),
            },
        ),
        (
            NETWORK_MAP,
            NetworkMapAnswer(people=(Person(id="p2", text="Tante", circle="far", effect="helps"),)),
            {"p2|far|helps": ("Langt unna", "Tante (Hjelper)")},
        ),
        (
            CHECK_IN,
            CheckInAnswer(entries=(CheckInEntry(date="2026-11-22", values={"sulten": 4}),)),
            {"2026-11-22/sulten": ("22.11.2026", "Hvor sulten 4 (0 er «lite», 10 er «mye»)")},
        ),
    ],
    ids=["quiz", "pairs", "triggers", "sliders", "circle", "cards", "people", "days"],
)
def test_every_kind_can_be_read_as_words(exercise: Exercise, answer: Answer, said: dict):
    """The keys stand in people's files, so they are told here too."""
    parts = records.parts(exercise, answer)
    assert [(key, (part.label, part.text)) for key, part in parts.items()] == list(said.items())


@pytest.mark.parametrize("exercise", [*REAL.values(), *EVERY_KIND], ids=[*REAL, *map(by_id, EVERY_KIND)])
def test_what_is_written_stands_in_the_parts_letter_by_letter(exercise: Exercise):
    for text in TEXTS.values():
        answer = answers.full(exercise, text)
        said = "\n".join(part.text for part in records.parts(exercise, answer).values())
        assert all(one in said for one in answers.written(exercise, answer))
        assert records.parts(exercise, type(answer)()) == {}


# What still fits


@pytest.mark.parametrize("name", REAL)
@settings(QUICK, max_examples=3)
@given(st.data())
def test_an_exercise_that_has_not_changed_keeps_everything(name: str, data: st.DataObject):
    answer = data.draw(answers.to(REAL[name]))
    assert records.fits(REAL[name], answer, records.parts(REAL[name], answer)) == (answer, ())
    assert records.fits(REAL[name], answer, {}) == (answer, ())


def less(exercise: Exercise, name: str) -> Iterator[Exercise]:
    """The exercise with one thing less of some kind."""
    for thing in getattr(exercise, name):
        yield replace(exercise, **{name: tuple(other for other in getattr(exercise, name) if other is not thing)})


def inside(exercise: Exercise, name: str, changes) -> Iterator[Exercise]:
    """The exercise with one thing changed, in every way that the changes give."""
    for thing in getattr(exercise, name):
        for changed in changes(thing):
            things = (changed if other is thing else other for other in getattr(exercise, name))
            yield replace(exercise, **{name: tuple(things)})


def other_fields(field) -> Iterator:
    kinds = ("text", "long", "choice", "many", "scale", "table")
    form = {"choices": WORKSHEET.fields[2].choices, "columns": WORKSHEET.fields[-1].columns}
    yield from (replace(field, **{"kind": kind, **form}) for kind in kinds if kind != field.kind)
    yield from less(field, "choices")
    yield from less(field, "columns")
    if field.columns:
        yield replace(field, columns=field.columns[::-1])
        yield replace(field, columns=(*field.columns, Choice(id="new", text="Ny")))


def other_questions(question) -> Iterator:
    yield from less(question, "options")
    yield from less(question, "steps")
    yield from less(question, "pairs")
    yield replace(question, pairs=question.pairs[::-1])
    if question.kind == "many":
        yield replace(question, kind="single")
    if question.kind in ("single", "many"):
        steps = tuple(Step(id=option.id, text=option.text, reply="") for option in question.options)
        yield replace(question, kind="order", options=(), steps=steps)
        pairs = tuple(Pair(id=option.id, left=option.text, right=option.text, reply="") for option in question.options)
        yield replace(question, kind="match", options=(), pairs=pairs)
    if question.options:
        yield replace(question, options=(*question.options, Option(id="new", text="Ny", reply="")))
    if question.steps:
        yield replace(question, steps=(*question.steps, Step(id="new", text="Ny", reply="")))
    if question.pairs:
        yield replace(question, pairs=(*question.pairs, Pair(id="new", left="Ny", right="Nytt", reply="")))


CHANGED = {
    "quiz": (QUIZ, (*less(QUIZ, "questions"), *inside(QUIZ, "questions", other_questions))),
    "sheet": (WORKSHEET, (*less(WORKSHEET, "fields"), *inside(WORKSHEET, "fields", other_fields))),
    "map": (TRIGGER_MAP, (*less(TRIGGER_MAP, "categories"), *less(TRIGGER_MAP, "often"))),
    "explore": (
        EXPLORE,
        (
            *less(EXPLORE, "parameters"),
            *inside(EXPLORE, "parameters", lambda one: [replace(one, maximum=100), replace(one, minimum=5)]),
        ),
    ),
    "loop": (LOOP_MAP, (*less(LOOP_MAP, "suggestions"), replace(LOOP_MAP, suggestions=()))),
    "board": (SORTING_BOARD, (*less(SORTING_BOARD, "columns"), *less(SORTING_BOARD, "cards"))),
    "people": (NETWORK_MAP, (*less(NETWORK_MAP, "circles"), *less(NETWORK_MAP, "effects"))),
    "days": (CHECK_IN, tuple(less(CHECK_IN, "scales"))),
}


@pytest.mark.parametrize("kind", CHANGED)
@settings(QUICK, max_examples=60)
@given(st.data())
def test_nothing_is_lost_when_an_exercise_changes(kind: str, data: st.DataObject):
    before, changed = CHANGED[kind]
    after = data.draw(st.sampled_from(changed))
    answer = data.draw(answers.to(before))
    was = records.parts(before, answer)
    fitted, left = records.fits(after, answer, was)
    now = records.parts(after, fitted)
    assert not [key for key in now if key.startswith("?")]
    shown = {*now.values(), *left}
    assert all(part in shown for part in was.values() if part.text.strip())
    assert all(part not in now.values() for part in left)


@pytest.mark.parametrize("kind", CHANGED)
@settings(QUICK, max_examples=25)
@given(st.data())
def test_nothing_is_lost_when_an_exercise_changes_and_no_parts_were_kept(kind: str, data: st.DataObject):
    before, changed = CHANGED[kind]
    after = data.draw(st.sampled_from(changed))
    answer = data.draw(answers.to(before))
    fitted, left = records.fits(after, answer, {})
    now = records.parts(after, fitted)
    assert not [key for key in now if key.startswith("?")]
    shown = "\n".join([part.text for part in (*now.values(), *left)])
    assert all(text in shown for text in answers.written(before, answer) if text.strip())


CARDS = [(kind, number) for kind in CHANGED if kind != "explore" for number in range(len(CHANGED[kind][1]))]


@pytest.mark.parametrize(("kind", "number"), CARDS)
def test_a_card_can_show_what_fits_a_changed_exercise(kind: str, number: int, words):
    before, changed = CHANGED[kind]
    after = changed[number]
    answer = answers.full(before, "mine ord")
    fitted, _ = records.fits(after, answer, records.parts(before, answer))
    if not any(getattr(after, part) for part in shelf.PARTS[type(after)][:1]):
        return  # a card needs something to ask
    journal.live.put(name_of(after), fitted)
    card = door.card(after, module_of(after), words, content.support("nb"))
    card.refresh()
    assert card.answer == fitted
    assert not card.status.text


def kept_and_left(before: Exercise, answer: Answer, after: Exercise) -> tuple[Answer, list[tuple[str, str]]]:
    fitted, left = records.fits(after, answer, records.parts(before, answer))
    return fitted, [(part.label, part.text) for part in left]


def test_a_tick_whose_option_is_gone_is_shown_and_the_others_stay():
    after = next(inside(WORKSHEET, "fields", lambda field: less(field, "choices") if field.kind == "many" else ()))
    answer = WorksheetAnswer(values={"many": ("sleep", "talk"), "short": "ro"})
    fitted, left = kept_and_left(WORKSHEET, answer, after)
    assert fitted == WorksheetAnswer(values={"many": ("talk",), "short": "ro"})
    assert left == [("Alt som passer", "Sove")]


def test_words_that_happen_to_be_the_id_of_an_option_choose_nothing():
    choice = WORKSHEET.fields[2]
    before = replace(WORKSHEET, fields=(replace(choice, kind="text"),))
    after = replace(WORKSHEET, fields=(choice,))
    fitted, left = kept_and_left(before, WorksheetAnswer(values={"choice": "calm"}), after)
    assert fitted == WorksheetAnswer()
    assert left == [("Mest", "calm")]


def test_a_table_with_columns_that_changed_places_is_shown_as_it_was_written():
    *others, table = WORKSHEET.fields
    after = replace(WORKSHEET, fields=(*others, replace(table, columns=table.columns[::-1])))
    fitted, left = kept_and_left(WORKSHEET, WorksheetAnswer(values={"table": (("Søvn", "natta"),)}), after)
    assert fitted == WorksheetAnswer()
    assert left == [("Tabellen", "Hva: Søvn; Når: natta")]


def test_one_line_that_became_several_keeps_what_was_written():
    after = replace(WORKSHEET, fields=(replace(WORKSHEET.fields[0], kind="long"),))
    answer = WorksheetAnswer(values={"short": "ro"})
    assert kept_and_left(WORKSHEET, answer, after) == (answer, [])


def test_a_trigger_stays_when_its_category_is_gone_and_the_category_is_shown():
    after = replace(TRIGGER_MAP, categories=TRIGGER_MAP.categories[1:])
    answer = TriggerMapAnswer(triggers=(Trigger(id="t1", text="Ola", category="people", then_text="går jeg"),))
    assert kept_and_left(TRIGGER_MAP, answer, after) == (answer, [("Mennesker", "Ola – så går jeg")])


def test_how_often_a_trigger_comes_is_shown_when_it_can_no_longer_be_chosen():
    answer = TriggerMapAnswer(triggers=(Trigger(id="t1", text="Ola", category="people", often="daily"),))
    fitted, left = kept_and_left(TRIGGER_MAP, answer, replace(TRIGGER_MAP, often=TRIGGER_MAP.often[:1]))
    assert fitted == TriggerMapAnswer(triggers=(replace(answer.triggers[0], often=""),))
    assert left == [("Mennesker", "Ola (hver dag)")]


def test_an_own_card_waits_to_be_sorted_again_when_its_column_is_gone_and_says_where_it_was():
    board = replace(SORTING_BOARD, columns=SORTING_BOARD.columns[1:], cards=SORTING_BOARD.cards[1:])
    own = (Choice(id="own-1", text="Hagen"),)
    answer = SortingBoardAnswer(columns={"now": ("talk", "own-1"), "later": ("sleep", "calm")}, own=own)
    fitted, left = kept_and_left(SORTING_BOARD, answer, board)
    assert fitted == SortingBoardAnswer(columns={"later": ("calm",)}, own=own)
    assert left == [("Hjelper nå", "Prate"), ("Hjelper nå", "Hagen"), ("Hjelper på sikt", "Sove")]


def test_a_day_goes_when_nothing_is_left_of_it():
    sad, hungry = (
        CheckInEntry(date=f"2026-11-2{day}", values={name: 3}) for day, name in enumerate(("trist", "sulten"))
    )
    after = replace(CHECK_IN, scales=CHECK_IN.scales[1:])
    fitted, left = kept_and_left(CHECK_IN, CheckInAnswer(entries=(sad, hungry)), after)
    assert fitted == CheckInAnswer(entries=(hungry,))
    assert left == [("20.11.2026", "Hvor trist 3 (0 er «lite», 10 er «mye»)")]


def test_a_circle_stays_whole_when_one_of_its_things_is_no_longer_suggested():
    sleep, calm, talk = LOOP_MAP.suggestions
    own = Choice(id="own-3", text="Sinne")
    answer = LoopMapAnswer(items=(sleep, own, talk), broken="sleep", plan="Gå ut")
    fitted, left = kept_and_left(LOOP_MAP, answer, replace(LOOP_MAP, suggestions=(calm, talk)))
    assert fitted.items == (Choice(id="own-4", text="Sove"), own, talk)
    assert fitted.broken == "own-4"
    assert left == []


def test_a_suggestion_in_better_words_is_shown_in_them():
    better = Choice(id="sleep", text="Å sove bedre")
    after = replace(LOOP_MAP, suggestions=(better, *LOOP_MAP.suggestions[1:]))
    answer = LoopMapAnswer(items=LOOP_MAP.suggestions[:2])
    assert kept_and_left(LOOP_MAP, answer, after)[0].items == (better, LOOP_MAP.suggestions[1])


# A whole document over time


@settings(QUICK, max_examples=20)
@given(st.data())
def test_opening_and_saving_again_and_again_changes_nothing_more(course, data: st.DataObject):
    course(*EVERY_KIND)
    given_answers = {name_of(exercise): data.draw(answers.to(exercise)) for exercise in EVERY_KIND}
    document = records.write(given_answers, {}, {})
    course(*(data.draw(st.sampled_from(changed)) for _, changed in CHANGED.values()))
    once = reopened(document)
    assert reopened(document) == once
    twice = reopened(records.write(once.answers, once.earlier, once.strays))
    assert twice == once


def test_a_record_without_its_exercise_survives_unchanged_and_comes_back_with_it(course):
    course(WORKSHEET, TRIGGER_MAP)
    given_answers = {name_of(exercise): answers.full(exercise, "mine ord") for exercise in (WORKSHEET, TRIGGER_MAP)}
    earlier = {name_of(WORKSHEET): (HEI,)}
    document = records.write(given_answers, earlier, {})
    course(TRIGGER_MAP)
    without = reopened(document)
    assert without.strays == {name_of(WORKSHEET): document["answers"][name_of(WORKSHEET)]}
    later = records.write(without.answers, without.earlier, without.strays)
    assert reopened(later) == without
    course(WORKSHEET, TRIGGER_MAP)
    assert reopened(later) == records.Kept(answers=given_answers, earlier=earlier)


def test_an_exercise_of_another_kind_leaves_the_record_alone_and_takes_new_answers(course):
    course(WORKSHEET)
    name, first = name_of(WORKSHEET), answers.full(WORKSHEET, "mine ord")
    document = records.write({name: first}, {}, {})
    course(replace(CHECK_IN, id=WORKSHEET.id))
    other = reopened(document)
    assert other == records.Kept(strays={name: document["answers"][name]})
    new = answers.full(CHECK_IN, "")
    both = records.write({name: new}, {}, other.strays)
    assert reopened(both) == records.Kept(answers={name: new}, strays=other.strays)
    course(WORKSHEET)
    again = reopened(both)
    assert again.answers == {name: first}
    assert again.strays == {name: both["answers"][name]}


def test_two_records_that_nobody_can_read_are_both_kept_with_their_words(course):
    course(WORKSHEET)
    name = name_of(WORKSHEET)
    strays = {kind: {"kind": kind, "parts": {"a": ["Hva", kind]}} for kind in ("eldre", "nyere")}
    kept = records.read({"format": 1, "answers": {name: strays["nyere"]}, "strays": {name: strays["eldre"]}})
    assert kept.strays[name]["parts"] == {"a": ["Hva", "nyere"]}
    said = records.readable({}, {}, kept.strays, content.words())
    assert "nyere" in said
    assert "eldre" in said
    assert reopened(records.write(kept.answers, kept.earlier, kept.strays)) == kept


def test_a_record_that_can_be_read_again_is_joined_with_the_answer_of_meanwhile(course):
    course(WORKSHEET)
    name = name_of(WORKSHEET)
    meanwhile, again = WorksheetAnswer(values={"short": "nå"}), WorksheetAnswer(values={"short": "før", "free": "mer"})
    stray = records.write({name: again}, {name: (HEI,)}, {})["answers"][name]
    kept = reopened(records.write({name: meanwhile}, {}, {name: stray}))
    assert kept.answers == {name: WorksheetAnswer(values={"short": "nå", "free": "mer"})}
    assert kept.earlier == {name: (HEI, Excerpt(label="Ett ord", text="før"))}
    assert not kept.strays


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | answers.texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(answers.texts, inner, max_size=3),
    max_leaves=6,
)
KEYS = ("kind", "title", "answer", "parts", "earlier", "else")


@settings(QUICK, max_examples=80)
@given(st.sampled_from(EVERY_KIND), st.sampled_from(KEYS), ODD)
def test_a_record_of_any_shape_is_read_or_kept_as_it_is(course, exercise: Exercise, key: str, odd: object):
    course(exercise)
    name = name_of(exercise)
    record = records.write({name: answers.full(exercise, "mine ord")}, {}, {})["answers"][name]
    kept = records.read({"format": 1, "answers": {name: {**record, key: odd}}})
    assert (name in kept.answers) or kept.strays == {name: {**record, key: odd}}
    assert isinstance(records.readable(kept.answers, kept.earlier, kept.strays, content.words()), str)
    records.from_bytes(records.to_bytes(records.write(kept.answers, kept.earlier, kept.strays)))


def test_what_was_written_while_a_module_could_not_be_read_is_whole_when_it_can_be_again(course):
    course()
    name, answer = name_of(WORKSHEET), answers.full(WORKSHEET, "mine ord")
    document = records.write({name: answer}, {name: (HEI,)}, {})
    course(WORKSHEET)
    assert reopened(document) == records.Kept(answers={name: answer}, earlier={name: (HEI,)})


# Joining


def pair(exercise: Exercise) -> st.SearchStrategy[tuple[Exercise, Answer, Answer]]:
    return st.tuples(st.just(exercise), answers.to(exercise), answers.to(exercise))


PAIRS = st.sampled_from(EVERY_KIND).flatmap(pair)


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@settings(QUICK, max_examples=120)
@given(PAIRS)
def test_no_word_of_either_side_is_lost(pair):
    exercise, kept, today = pair
    merged, left = records.merge(exercise, kept, today)
    shown = plain("\n".join(part.text for part in (*records.parts(exercise, merged).values(), *left)))
    for side in (kept, today):
        assert all(plain(text) in shown for text in answers.written(exercise, side))
    assert not any(key.startswith("?") for key in records.parts(exercise, merged))


@settings(QUICK, max_examples=60)
@given(PAIRS)
def test_an_empty_side_leaves_the_other_as_it_is(pair):
    exercise, answer, _ = pair
    empty = ANSWER_TYPES[type(exercise)]()
    assert records.merge(exercise, answer, answer) == (answer, ())
    assert records.merge(exercise, answer, empty) == (answer, ())
    merged, left = records.merge(exercise, empty, answer)
    assert records.parts(exercise, merged) == records.parts(exercise, answer)
    assert left == ()


def joined(exercise: Exercise, kept: Answer, today: Answer) -> tuple[Answer, list[tuple[str, str]]]:
    merged, left = records.merge(exercise, kept, today)
    return merged, [(part.label, part.text) for part in left]


def test_worksheets_are_joined_field_by_field_and_tables_row_by_row():
    kept = {"short": "før", "free": " ", "viktig": 0, "table": (("a", "b"), ("", ""))}
    today = {"short": "nå", "free": "i dag", "viktig": 3, "table": (("c", ""), ("a", "b")), "many": ("calm",)}
    merged, left = joined(WORKSHEET, WorksheetAnswer(values=kept), WorksheetAnswer(values=today))
    rows = (("a", "b"), ("c", ""))
    assert merged.values == {"short": "før", "free": "i dag", "viktig": 0, "table": rows, "many": ("calm",)}
    assert left == [("Ett ord", "nå"), ("Hvor viktig", "3 (0 er «lite», 10 er «mye»)")]


def test_a_trigger_that_stands_on_both_sides_is_one_with_what_either_says():
    kept = (
        Trigger(id="t1", text="Fredag kveld", category="places", strength=7),
        Trigger(id="t2", text="Ola", category="people", then_text="går jeg"),
    )
    today = (
        Trigger(id="t1", text="fredag  kveld", category="places", strength=7, often="daily"),
        Trigger(id="t2", text="Lønning", category="places"),
        Trigger(id="t3", text="Ola", category="people", then_text="ringer jeg"),
    )
    merged, left = joined(TRIGGER_MAP, TriggerMapAnswer(triggers=kept), TriggerMapAnswer(triggers=today))
    assert merged.triggers == (replace(kept[0], often="daily"), kept[1], replace(today[1], id="t3"))
    assert left == [("Mennesker", "Ola – så ringer jeg")]


def test_days_are_joined_and_today_counts_for_a_day_that_is_in_both():
    kept = CheckInAnswer(
        entries=(CheckInEntry(date="2026-11-20", values={"trist": 1, "sulten": 2}), CheckInEntry(date="2026-11-23"))
    )
    today = CheckInAnswer(
        entries=(CheckInEntry(date="2026-11-20", values={"trist": 5}), CheckInEntry(date="2026-11-21"))
    )
    merged, left = joined(CHECK_IN, kept, today)
    assert [(entry.date, dict(entry.values)) for entry in merged.entries] == [
        ("2026-11-20", {"trist": 5, "sulten": 2}),
        ("2026-11-21", {}),
        ("2026-11-23", {}),
    ]
    assert left == [("20.11.2026", "Hvor trist 1 (0 er «lite», 10 er «mye»)")]


def test_a_quiz_that_was_taken_again_today_has_todays_answers():
    kept = QuizAnswer(
        questions={"one": QuestionAnswer(chosen=("a",)), "claim": QuestionAnswer(chosen=("fails",))}, at=5
    )
    today = QuizAnswer(questions={"one": QuestionAnswer(chosen=("b",)), "claim": QuestionAnswer()}, at=1)
    merged, left = joined(QUIZ, kept, today)
    assert merged == QuizAnswer(questions={**kept.questions, "one": today.questions["one"]}, at=1)
    assert left == []


def test_circles_and_sliders_stay_as_they_were_kept_and_show_todays():
    sleep, calm, talk = LOOP_MAP.suggestions
    kept, today = LoopMapAnswer(items=(sleep, calm)), LoopMapAnswer(items=(calm, talk), broken="talk", plan="Gå ut")
    assert joined(LOOP_MAP, kept, today) == (
        replace(kept, plan="Gå ut"),
        [("I sirkelen min", "Prate"), ("Her vil jeg bryte først", "Prate → Få ro")],
    )
    before, now = ExploreAnswer(values={"wait": 1}), ExploreAnswer(values={"wait": 2})
    assert joined(EXPLORE, before, now) == (before, [("wait", "2 (0 er «lite», 10 er «mye»)")])


def test_a_board_has_the_cards_of_both_sides_where_they_were_kept_and_no_own_card_twice():
    own = tuple(Choice(id=f"own-{number}", text=text) for number, text in ((1, "Hagen"), (2, "Koret")))
    kept = SortingBoardAnswer(columns={"now": ("calm", "own-1"), "later": ("own-2",)}, own=own)
    today = SortingBoardAnswer(
        columns={"later": ("calm", "talk"), "now": ("own-1", "own-2")},
        own=(replace(own[1], id="own-1", text="koret"), replace(own[0], id="own-2", text="Fjellet")),
    )
    merged, left = joined(SORTING_BOARD, kept, today)
    assert merged == SortingBoardAnswer(
        columns={"now": ("calm", "own-1", "own-3"), "later": ("own-2", "talk")},
        own=(*own, Choice(id="own-3", text="Fjellet")),
    )
    assert left == [("Hjelper nå", "koret"), ("Hjelper på sikt", "Få ro")]


def test_a_map_has_the_people_of_both_sides_and_nobody_twice():
    aunt, neighbour = (Person(id=f"p{n}", text=t, circle="far", effect="helps") for n, t in ((1, "Tante"), (2, "Nabo")))
    other, far = replace(neighbour, id="p1", text="Venn"), replace(aunt, id="p2", text="tante", effect="both")
    near = replace(aunt, id="p3", circle="near")
    merged, left = joined(
        NETWORK_MAP, NetworkMapAnswer(people=(aunt, neighbour)), NetworkMapAnswer(people=(other, far, near))
    )
    assert merged == NetworkMapAnswer(people=(aunt, neighbour, replace(other, id="p3"), replace(near, id="p4")))
    assert left == [("Langt unna", "tante (Begge deler)")]


def test_a_half_written_trigger_of_either_side_is_still_there_and_belongs_to_no_other_trigger():
    kept = WorksheetAnswer(values={"step": "done", "draft": "halvt", "editing": "t1", "category": "people"})
    today = WorksheetAnswer(values={"step": "rate", "trigger": "t1", "draft": "annet"})
    values = {"step": "rate", "draft": "halvt / annet", "category": "people"}
    assert records.merge_place(kept, today) == WorksheetAnswer(values=values)
    assert records.merge_place(kept, WorksheetAnswer()) == kept
    alone = WorksheetAnswer(values={"step": "rate", "draft": "annet"})
    assert records.merge_place(WorksheetAnswer(), today) == alone


# The readable file


def test_the_readable_file_has_everything_in_the_order_of_the_course(course, words):
    course(WORKSHEET, TRIGGER_MAP, QUIZ)
    worksheet = WorksheetAnswer(values={"free": "linje én\nlinje to", "many": ("sleep", "talk")})
    strays = {"01_gammel/borte": {"title": "Det som var", "parts": {"a": ["Hva", "et svar"]}}, "x": {"answer": ["y"]}}
    said = records.readable({name_of(WORKSHEET): worksheet}, {name_of(TRIGGER_MAP): (HEI,)}, strays, words, today=DAY)
    assert said.splitlines() == [
        "Svarene mine fra Ny kurs",
        "Lastet ned 22.11.2026",
        "",
        "",
        "Prøve",
        "=====",
        "",
        "Arket mitt",
        "----------",
        "",
        "Med egne ord",
        "  linje én",
        "  linje to",
        "",
        "Alt som passer",
        "  - Sove",
        "  - Prate",
        "",
        "Utløserne mine",
        "--------------",
        "",
        "Fra før",
        "",
        "  Før",
        "    hei",
        "",
        "",
        "Fra øvelser som ikke er i kurset nå",
        "===================================",
        "",
        "Det som var",
        "-----------",
        "",
        "Hva",
        "  et svar",
        "",
        "",
        "  y",
    ]


DAY = date(2026, 11, 22)


def test_a_readable_file_without_answers_says_so(words):
    said = records.readable({}, {}, {}, words, today=DAY)
    assert said.splitlines()[3] == words["journal.nothing"]
    assert (
        records.readable(
            {"my-goals": WorksheetAnswer(), "a/place": WorksheetAnswer(values={"draft": "halvt"})},
            {},
            {},
            words,
            today=DAY,
        )
        == said
    )


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_can_be_read_in_the_file_and_saved_as_one(text: str, words):
    full = {name: answers.full(exercise, TEXTS[text]) for name, exercise in REAL.items()}
    said = records.readable(full, {}, {}, words, today=DAY)
    said.encode("utf-8-sig")
    assert "\r" not in said
    assert "\x00" not in said
    words_in_it = re.findall(r"\w{3,}", TEXTS[text])
    assert all(word in said for word in words_in_it)


def test_the_words_of_the_file_are_all_used(words):
    asked = {key for key in words if key.startswith("journal.")}
    sources = [Path(import_module(f"course.{name}").__file__) for name in ("excerpts", "readable")]
    code = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert not [key for key in asked if f'"{key}' not in code and key not in ("journal.when", "journal.then")]


def test_a_scribe_writes_the_same_document_and_notices_every_change():
    scribe = records.Scribe()
    held = {name: answers.full(exercise, "ord") for name, (_, exercise) in list(shelf.exercises().items())[:6]}
    first, second = list(held)[:2]
    earlier = {"gone/sheet": (Excerpt(label="før", text="ord"),), first: (Excerpt(label="a", text="b"),)}
    strays = {"x/y": {"kind": "quiz"}}

    def same() -> bool:
        whole = records.write(held, earlier, strays) | {"lock_minutes": 20}
        return records.from_bytes(scribe.bytes(held, earlier, strays, "nb", lock_minutes=20)) == whole

    assert same()
    assert same()
    held[second] = type(held[second])()
    assert same()
    del earlier[first]
    assert same()
    del held[first]
    assert same()
