"""The printed faces of a plan: every section as on its own sheet, and empty lines where nothing is written yet."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import count
from typing import TypeVar

from course import gathering
from course.model import (
    Gathered,
    NetworkMap,
    Plan,
    Section,
    SortingBoard,
    Trigger,
    TriggerMapAnswer,
    Worksheet,
)
from widgets.sheet import Boxes, Words
from widgets.sheets import network_map, sorting_board, trigger_map, worksheet
from widgets.sheets.common import lines, paragraph, private_note, section

ROWS = 3  # if-then plans on paper, empty ones among them
LINES = 2  # below the cards of a column, for more
NOTE_EVERY = 4  # fields between two private notes, so that one stays in sight

Shown = TypeVar("Shown")


def blank(plan: Plan, words: Words, boxes: Boxes) -> str:
    """The plan to write by hand."""
    return filled(plan, Gathered(), words, boxes)


def filled(plan: Plan, answer: Gathered, words: Words, boxes: Boxes) -> str:
    """The plan in its owner's words; what is missing can be written by hand."""
    parts = [(heading(each) + _help(each), _fields(each, answer, words)) for each in plan.sections]
    body = with_notes(plan, parts, lambda: private_note(boxes))
    return section("plan", plan, *body, paragraph(plan.ending, "ending"))


def key(plan: Plan, words: Words, boxes: Boxes) -> str:
    """For the leader: what the fictional person has written in each exercise."""
    body = "".join(heading(each) + said for each in plan.sections if (said := _example(each, words)))
    if not body:
        return ""
    title = escape(words["worksheet.key_title"].format(title=plan.title))
    return f'<section class="key"><h4>{title}</h4>{paragraph(words["worksheet.key_note"], "hint")}{body}</section>'


def with_notes(plan: Plan, parts: Iterable[tuple[Shown, list[Shown]]], note: Callable[[], Shown]) -> Iterator[Shown]:
    """Every section's heading and fields, with the private note before every fourth field of the plan."""
    places = count()
    for head, fields in parts:
        yield head
        for field in fields:
            if plan.private and next(places) % NOTE_EVERY == 0:
                yield note()
            yield field


def heading(part: Section) -> str:
    """The title of a section."""
    return f'<h4 class="plan-part">{escape(part.title)}</h4>'


def _help(part: Section) -> str:
    return paragraph(part.help, "hint")


def _fields(part: Section, answer: Gathered, words: Words) -> list[str]:
    kept = gathering.of(part, answer)
    if isinstance(part.source, Worksheet):
        return [worksheet.space_for(field, kept.values.get(field.id), words) for field in part.source.fields]
    if isinstance(part.source, SortingBoard):
        return [sorted_cards(part, answer, below=lines(LINES))]
    if isinstance(part.source, NetworkMap):
        return [helpers(part, answer) + lines(LINES)]
    return [_plans(kept, words)]


def sorted_cards(part: Section, answer: Gathered, none: str = "", below: str = "") -> str:
    """The cards in each of a section's columns, titled where it has several; `none` stands where there are no cards."""
    board, kept = part.source, gathering.of(part, answer)
    found = [(column.title, sorting_board.cards(board, kept, column)) for column in board.columns]
    titled = len(found) > 1
    return "".join(
        (paragraph(title, "label") if titled else "") + (_cards(each) or none) + below for title, each in found
    )


def helpers(part: Section, answer: Gathered, none: str = "") -> str:
    """Those who help on a network map; `none` stands where there is nobody."""
    return _cards(network_map.helping(part.source, gathering.of(part, answer).people)) or none


def _cards(texts: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="cards">{items}</ul>' if items else ""


def planned(answer: TriggerMapAnswer) -> tuple[Trigger, ...]:
    """The triggers that have a plan."""
    return tuple(trigger for trigger in answer.triggers if trigger.planned)


def when(trigger: Trigger, words: Words) -> str:
    """What comes after «hvis»: the trigger itself where nothing else is written, and nothing for one without a name."""
    if trigger.if_text.strip():
        return trigger.if_text
    return "" if trigger.text == words["plan.unnamed"] else trigger.text


def _plans(answer: TriggerMapAnswer, words: Words) -> str:
    written = [(when(trigger, words), trigger.then_text) for trigger in planned(answer)]
    rows = written + [("", "")] * (ROWS - len(written))
    head = "".join(
        f'<th scope="col">{escape(words[f"trigger_map.{name}"])}</th>' for name in ("if_label", "then_label")
    )
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="write"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _example(part: Section, words: Words) -> str:
    if isinstance(part.source, Worksheet):
        return worksheet.examples(part.source, words)
    if isinstance(part.source, SortingBoard):
        return sorting_board.example(part.source)
    if isinstance(part.source, NetworkMap):
        return _cards(network_map.helping(part.source, part.source.example))
    return trigger_map.plans(part.source.example, words)
