"""The printed faces of a quiz."""

from html import escape

from course.model import Option, Question, Quiz, QuizAnswer
from widgets import shuffle
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, rich, section, tick_list

Chosen = tuple[str, ...]


def blank(quiz: Quiz, words: Words, boxes: Boxes) -> str:
    """The questions with boxes to tick, numbers to write or lines to draw."""
    return _sheet(quiz, words, {})


def filled(quiz: Quiz, answer: QuizAnswer, words: Words, boxes: Boxes) -> str:
    """The same sheet with the owner's choices on it; still without replies."""
    return _sheet(quiz, words, {name: given.chosen for name, given in answer.questions.items()})


def _sheet(quiz: Quiz, words: Words, chosen: dict[str, Chosen]) -> str:
    items = "".join(_item(quiz, question, words, chosen.get(question.id, ())) for question in shuffle.drawn(quiz))
    return section("quiz", quiz, f'<ol class="questions">{items}</ol>')


def _item(quiz: Quiz, question: Question, words: Words, chosen: Chosen) -> str:
    asked = f'<p class="question">{rich(question.text)}</p>'
    return f'<li class="ask-{question.kind}">{asked}{_task(quiz, question, words, chosen)}</li>'


def _task(quiz: Quiz, question: Question, words: Words, chosen: Chosen) -> str:
    return {"order": _order, "match": _match}.get(question.kind, _choices)(quiz, question, words, chosen)


def _choices(quiz: Quiz, question: Question, words: Words, chosen: Chosen) -> str:
    shown = shuffle.options(quiz, question)
    ticked = frozenset(place for place, option in enumerate(shown) if option.id in chosen)
    hint = words["quiz.choose_many"] if question.kind == "many" else words["quiz.choose_one"]
    return paragraph(hint, "hint") + tick_list((option_text(question, option, words) for option in shown), ticked)


def _order(quiz: Quiz, question: Question, words: Words, chosen: Chosen) -> str:
    places = {step_id: str(place) for place, step_id in enumerate(chosen, start=1)}
    items = "".join(
        f'<li><span class="number-box">{places.get(step.id, "")}</span> {escape(step.text)}</li>'
        for step in shuffle.steps(quiz, question)
    )
    return paragraph(words["quiz.print_order"], "hint") + f'<ul class="steps">{items}</ul>'


def _match(quiz: Quiz, question: Question, words: Words, chosen: Chosen) -> str:
    shown = shuffle.rights(quiz, question)
    letters = {pair.id: chr(ord("A") + place) for place, pair in enumerate(shown)}
    given = dict(zip((pair.id for pair in question.pairs), chosen, strict=False))
    left = "".join(
        f'<li><span class="number-box">{letters.get(given.get(pair.id, ""), "")}</span> {escape(pair.left)}</li>'
        for pair in question.pairs
    )
    right = "".join(f'<li><span class="letter">{letters[pair.id]}</span> {escape(pair.right)}</li>' for pair in shown)
    return (
        paragraph(words["quiz.print_match"], "hint")
        + f'<div class="match"><ul class="match-left">{left}</ul><ul class="match-right">{right}</ul></div>'
    )


def option_text(question: Question, option: Option, words: Words) -> str:
    """What an option says; a claim's options have the same words everywhere."""
    return words[f"quiz.{option.id}"] if question.kind == "claim" else option.text


def key(quiz: Quiz, words: Words, boxes: Boxes) -> str:
    """For the leader: what is expected, every reply, and the explanation."""
    items = "".join(
        f'<li><p class="question">{rich(question.text)}</p>{_expected(question, words)}'
        f"{paragraph(question.explanation)}{_sources(question, words)}</li>"
        for question in quiz.questions
    )
    return (
        f'<section class="key"><h4>{escape(words["sheet.key_title"].format(title=quiz.title))}</h4>'
        f'<ol class="questions">{items}</ol></section>'
    )


def _expected(question: Question, words: Words) -> str:
    if question.kind == "order":
        rows = "".join(f"<li>{escape(step.text)} – {rich(step.reply)}</li>" for step in question.steps)
        return f'<ol class="replies">{rows}</ol>'
    if question.kind == "match":
        rows = "".join(
            f"<li><strong>{escape(pair.left)}</strong> → {escape(pair.right)}. {rich(pair.reply)}</li>"
            for pair in question.pairs
        )
        return f'<ul class="replies">{rows}</ul>'
    rows = "".join(_reply(question, option, words) for option in question.options)
    return f'<ul class="replies">{rows}</ul>'


def _reply(question: Question, option: Option, words: Words) -> str:
    mark = f" ({words['sheet.expected']})" if option.correct else ""
    missed = f" <em>{escape(words['sheet.missed'])}</em> {rich(option.missed)}" if option.missed else ""
    text = escape(option_text(question, option, words) + mark)
    return f"<li><strong>{text}</strong>: {rich(option.reply)}{missed}</li>"


def _sources(question: Question, words: Words) -> str:
    if not question.sources:
        return ""
    return paragraph(words["sheet.sources"].format(sources=", ".join(question.sources)), "hint")
