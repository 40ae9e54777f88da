"""«Mitt ark»: the owner's answers on the sheet, with everything that stands around a printed sheet, and no more."""

from dataclasses import replace
from html import escape
from pathlib import Path

import html5lib
import pytest
from handout.page_guard import PageGuard

from course import content, journal
from course.model import (
    ANSWER_TYPES,
    Choice,
    Explore,
    Landing,
    LoopMapAnswer,
    NetworkMapAnswer,
    Person,
    Plan,
    PocketCard,
    QuestionAnswer,
    Quiz,
    QuizAnswer,
    Review,
    SortingBoardAnswer,
    Trigger,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
    frozen,
)
from widgets import my_sheet, paper, sheet
from widgets.example import example

ALL = [(name, exercise.id) for name in content.names("nb") for exercise in content.load(name).exercises]
TEXTS = {
    "Norwegian": "Blåbær, øl og ære – på «hytta»",
    "two lines": "Første linje\nandre linje",
    "emoji": "🦊 på tur",
    "right to left": "שלום עליכם",
    "markup": '</style></title><script>alert(1)</script><img src=x onerror="alert(2)">&amp;{{7*7}}**ikke fet**',
    "long": "Jeg øver på det. " * 600,
}


def texts_of(html):
    """All text of a page as a browser reads it, outside its head."""
    return "".join(html5lib.parse(html, namespaceHTMLElements=False).find("body").itertext())


def tags_of(html):
    return {str(element.tag) for element in html5lib.parse(html, namespaceHTMLElements=False).iter()}


def page(name, identifier, answer=None):
    """The page of an exercise with this answer, or with none."""
    module = content.load(name)
    exercise = module.exercise(identifier)
    answer = ANSWER_TYPES[type(exercise)]() if answer is None else answer
    return my_sheet.page(module, exercise, answer, "nb")


def written(exercise, text):
    """An answer with this text wherever its kind has room for words, or None where it has none."""
    match exercise:
        case Worksheet():
            values = {
                field.id: text if field.kind != "table" else ((text,) * len(field.columns),)
                for field in exercise.fields
                if field.kind in ("text", "long", "table")
            }
            return WorksheetAnswer(values=frozen(values)) if values else None
    kind = ANSWER_TYPES[type(exercise)]
    if kind is TriggerMapAnswer:
        category = exercise.categories[0].id
        return TriggerMapAnswer(triggers=(Trigger(id="t", text=text, category=category, if_text=text, then_text=text),))
    if kind is LoopMapAnswer:
        return LoopMapAnswer(items=(exercise.suggestions[0], Choice(id="own-1", text=text)), plan=text)
    if kind is SortingBoardAnswer:
        return SortingBoardAnswer(own=(Choice(id="own-1", text=text),))
    if kind is NetworkMapAnswer:
        return NetworkMapAnswer(people=(Person(id="p1", text=text, circle="near", effect="helps"),))
    return None


WRITABLE = [pair for pair in ALL if written(content.load(pair[0]).exercise(pair[1]), "a")]


@pytest.mark.parametrize(("name", "identifier"), ALL)
def test_every_exercise_has_a_page_that_is_the_sheet_and_what_stands_around_it(name, identifier, words, boxes):
    module = content.load(name)
    exercise = module.exercise(identifier)
    answer = example(exercise) or ANSWER_TYPES[type(exercise)]()
    html = my_sheet.page(module, exercise, answer, "nb")
    assert sheet.filled(exercise, answer, words, boxes) in html
    assert html.startswith('<!DOCTYPE html>\n<html lang="nb">')
    assert f"<title>{words['my_sheet.title']}</title>" in html
    assert module.title not in html[: html.index("</head>")]
    assert not tags_of(html) & {"script", "link", "iframe", "object", "form", "input", "base"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(("name", "identifier"), WRITABLE)
def test_every_word_that_was_entered_stands_there_as_text(name, identifier, text):
    exercise = content.load(name).exercise(identifier)
    answer = written(exercise, text)
    html = page(name, identifier, answer)
    fields = len(answer.values) if isinstance(answer, WorksheetAnswer) else 1
    assert texts_of(html).count(text) >= fields
    assert tags_of(html).isdisjoint({"script", "img"})
    assert "alert(1)" not in html[: html.index("</head>")]


def test_ticks_and_numbers_are_those_of_the_owner():
    reasons = content.load("01_avhengighet").exercise("my-reasons")
    many, scale, choice = (next(f for f in reasons.fields if f.kind == kind) for kind in ("many", "scale", "choice"))
    values = {many.id: (many.choices[1].id,), scale.id: 7, choice.id: choice.choices[2].id}
    html = page("01_avhengighet", "my-reasons", WorksheetAnswer(values=frozen(values)))
    assert html.count('class="tick ticked"') == 2
    assert f'class="tick ticked">{escape(many.choices[1].text)}<' in html
    assert f'class="tick ticked">{escape(choice.choices[2].text)}<' in html
    assert html.count('<li class="chosen">') == 1
    assert '<li class="chosen">7<' in html


def test_a_quiz_has_the_owners_choices_and_no_reply():
    quiz = content.load("01_avhengighet").exercise("recap")
    chosen = {q.id: QuestionAnswer(chosen=(q.options[0].id,), checked=True) for q in quiz.questions if q.options}
    html = page("01_avhengighet", "recap", QuizAnswer(questions=frozen(chosen)))
    assert html.count('class="tick ticked"') == len(chosen)
    assert [option.id for q in quiz.questions for option in q.options if escape(option.reply) in html] == []


def test_a_circle_of_one_is_not_lost():
    loop = next((n, e) for n in content.names() for e in content.load(n).exercises if type(e).__name__ == "LoopMap")
    answer = LoopMapAnswer(items=(Choice(id="own-1", text="noe eget"),), plan="ringe Åse")
    shown = texts_of(page(loop[0], loop[1].id, answer))
    assert "noe eget" in shown
    assert "ringe Åse" in shown


def test_a_draft_says_so_and_an_approved_module_does_not(boxes):
    draft = boxes["draft"].paragraphs[0]
    module = content.load("01_avhengighet")
    reviewed = tuple(Review(name="A", role=role, date="2026-11-22") for role in ("clinician", "lived-experience"))
    exercise = module.exercise("my-reasons")
    for approved in (replace(module, reviewed=()), replace(module, reviewed=reviewed)):
        html = my_sheet.page(approved, exercise, WorksheetAnswer(), "nb")
        assert (draft in html) is not approved.approved
        assert (f'@top-right {{ content: "{draft}" }}' in html) is not approved.approved


def test_the_help_numbers_stand_in_the_margin_under_the_sheet_and_above_it(boxes):
    html = page("01_avhengighet", "my-reasons")
    line = paper.frame("nb", "", draft=False).numbers_line
    assert f'@bottom-left {{ content: "{line}" }}' in html
    assert texts_of(html).count(line) == 2
    assert boxes["short"].paragraphs[0] in texts_of(html)
    numbers = {number.id: number.number for number in content.support("nb").numbers}
    assert all(numbers[identifier] in line for identifier in paper.ON_EVERY_PAGE)


@pytest.mark.parametrize(("name", "identifier"), ALL)
def test_fixed_texts_stand_where_they_must(name, identifier, boxes):
    exercise = content.load(name).exercise(identifier)
    shown = texts_of(page(name, identifier))
    assert exercise.private is False or boxes["private"].paragraphs[0] in shown
    tolerance = boxes["tolerance-caption"].paragraphs[0] in shown
    assert ('class="box box-overdose' in page(name, identifier)) is tolerance


def test_a_figure_about_tolerance_has_the_overdose_steps_with_it():
    html = page("01_avhengighet", "tolerance")
    together = html[html.index('class="together"') :]
    assert "sheet-explore" in together
    assert "box-overdose" in together


def test_figures_are_inside_the_page():
    shown = [pair for pair in ALL if isinstance(content.load(pair[0]).exercise(pair[1]), Explore)]
    assert shown
    for name, identifier in shown:
        html = page(name, identifier)
        assert "<svg" in html
        assert "src=" not in html


def test_nothing_can_be_fetched_or_run():
    assert paper.POLICY.startswith("default-src 'none';")
    html = page("01_avhengighet", "my-reasons")
    assert f'content="{paper.POLICY}"' in html
    assert "http-equiv" in html
    assert PageGuard().read(html).faults == []


@pytest.mark.parametrize("hostile", TEXTS.values(), ids=TEXTS)
def test_whatever_is_answered_the_whole_page_is_what_a_page_may_be(hostile):
    exercise = content.load("01_avhengighet").exercise("my-reasons")
    field = next(field for field in exercise.fields if field.kind == "long")
    html = page("01_avhengighet", "my-reasons", WorksheetAnswer(values=frozen({field.id: hostile})))
    assert escape(hostile) in html
    assert PageGuard().read(html).faults == []


def test_the_sheet_is_made_of_what_the_journal_holds_now():
    module = content.load("01_avhengighet")
    exercise = module.exercise("my-reasons")
    field = next(field for field in exercise.fields if field.kind == "long")
    own = journal.Journal()
    assert "synge" not in texts_of(my_sheet.of(module.name, exercise.id, own, "nb")).replace(exercise.introduction, "")
    own.put(module.answer_name(exercise), WorksheetAnswer(values=frozen({field.id: "vil synge mer"})))
    assert "vil synge mer" in my_sheet.of(module.name, exercise.id, own, "nb")


@pytest.mark.parametrize("kind", [Plan, PocketCard])
def test_what_others_hold_is_gathered(kind):
    from course import gathering

    name, exercise = next((n, e) for n in content.names() for e in content.load(n).exercises if isinstance(e, kind))
    part = next(part for part in gathering.sections(exercise) if isinstance(part.source, Worksheet))
    field = next(field for field in part.source.fields if field.kind in ("text", "long", "table"))
    value = (("ringe Åse",) * len(field.columns),) if field.kind == "table" else "ringe Åse"
    own = journal.Journal()
    own.put(part.answers, WorksheetAnswer(values=frozen({field.id: value})))
    assert "ringe Åse" in texts_of(my_sheet.of(name, exercise.id, own, "nb"))


def test_a_sheet_of_nothing_entered_is_the_blank_one(words, boxes):
    for name, identifier in ALL:
        exercise = content.load(name).exercise(identifier)
        if isinstance(exercise, Quiz | Worksheet | Explore | Landing | Plan | PocketCard):
            assert sheet.blank(exercise, words, boxes) in page(name, identifier)


def test_one_style_serves_handouts_and_my_sheet_and_is_in_the_package():
    from handout.page import frame

    style = "".join(path.read_text(encoding="utf-8") for path in paper.STYLES)
    assert all(path.is_relative_to(Path(sheet.__file__).parent) for path in paper.STYLES)
    assert frame("nb", "", draft=True, leader=False).css.startswith(style)
    assert style in page("01_avhengighet", "recap")


def test_a_name_that_the_page_made_up_is_refused():
    with pytest.raises(content.ContentError):
        my_sheet.of("../00_velkommen", "recap", journal.Journal(), "nb")
    with pytest.raises(KeyError):
        my_sheet.of("00_velkommen", "finnes-ikke", journal.Journal(), "nb")
