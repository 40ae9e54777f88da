"""The printed faces of a worksheet: lines, boxes to tick, numbers to circle and tables to write in."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TypeVar

from course.model import Field, FieldValue, Worksheet, WorksheetAnswer
from widgets.sheet import Boxes, Words
from widgets.sheets.common import boxes_to_circle, lines, paragraph, private_note, rich, section, tick_list, written

Shown = TypeVar("Shown")


def blank(worksheet: Worksheet, words: Words, boxes: Boxes) -> str:
    """The sheet to write on."""
    return _sheet(worksheet, {}, words, boxes)


def filled(worksheet: Worksheet, answer: WorksheetAnswer, words: Words, boxes: Boxes) -> str:
    """The sheet with its owner's words; what was left open can still be filled in by hand."""
    return _sheet(worksheet, answer.values, words, boxes)


def key(worksheet: Worksheet, words: Words, boxes: Boxes) -> str:
    """For the leader: what the fictional person wrote. There is nothing right or wrong here, so there is no more."""
    listed = examples(worksheet, words)
    if not listed:
        return ""
    title = escape(words["worksheet.key_title"].format(title=worksheet.title))
    note = paragraph(words["worksheet.key_note"], "hint")
    return f'<section class="key"><h4>{title}</h4>{note}{listed}</section>'


def examples(worksheet: Worksheet, words: Words) -> str:
    """What the fictional person wrote, field by field; "" when it is nothing."""
    rows = "".join(
        f"<li><strong>{rich(field.label)}</strong> {said}</li>"
        for field in worksheet.fields
        if (said := _example(field, words))
    )
    return f'<ul class="replies">{rows}</ul>' if rows else ""


def _sheet(worksheet: Worksheet, values: Mapping[str, FieldValue], words: Words, boxes: Boxes) -> str:
    fields = [space_for(field, values.get(field.id), words) for field in worksheet.fields]
    shown = beside(worksheet, fields, lambda: private_note(boxes))
    return section("worksheet", worksheet, *shown, paragraph(worksheet.ending, "ending"))


def beside(worksheet: Worksheet, fields: Sequence[Shown], note: Callable[[], Shown]) -> list[Shown]:
    """The fields with the private note before every fourth one, so that it stays in sight of each of them."""
    if not worksheet.private:
        return list(fields)
    return [part for place, field in enumerate(fields) for part in ((field,) if place % 4 else (note(), field))]


def space_for(field: Field, value: FieldValue | None, words: Words) -> str:
    """One field: its label, its hint, and room to answer in or the answer."""
    above = paragraph(field.label, "label") + paragraph(hint(field, words), "hint")
    return f'<div class="field field-{field.kind}">{above}{_space(field, value)}</div>'


def hint(field: Field, words: Words) -> str:
    """What helps to fill in a field; a list of choices without its own hint says how many may be chosen."""
    how = {"choice": "worksheet.choose_one", "many": "worksheet.choose_many"}.get(field.kind)
    return field.hint or (words[how] if how else "")


def _space(field: Field, value: FieldValue | None) -> str:
    """Room to answer in, or the answer."""
    match field.kind:
        case "text" | "long":
            return written(value) if value else lines(1 if field.kind == "text" else field.lines)
        case "choice" | "many":
            return tick_list((choice.text for choice in field.choices), _ticked(field, value))
        case "scale":
            return boxes_to_circle(field.low, field.high, value)
        case "table":
            return _table(field, value or ())


def _ticked(field: Field, value: FieldValue | None) -> frozenset[int]:
    chosen = (value,) if isinstance(value, str) else value or ()
    return frozenset(place for place, choice in enumerate(field.choices) if choice.id in chosen)


def _table(field: Field, rows: Sequence[Sequence[str]]) -> str:
    """A table with the written rows, and empty ones up to as many as the sheet has."""
    empty = [("",) * len(field.columns)] * max(field.rows - len(rows), 0)
    head = "".join(f'<th scope="col">{escape(column.text)}</th>' for column in field.columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in (*rows, *empty))
    return f'<table class="write"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _example(field: Field, words: Words) -> str:
    """The fictional person's answer on one line, or nothing."""
    example = field.example
    if example is None or example in ("", (), []):
        return ""
    texts = {choice.id: choice.text for choice in field.choices}
    match field.kind:
        case "choice":
            return escape(texts.get(example, str(example)))
        case "many":
            return escape("; ".join(texts.get(choice, choice) for choice in example))
        case "scale":
            return escape(words["worksheet.example_scale"].format(number=example, low=field.low, high=field.high))
        case "table":
            return _example_rows(field, example)
    return escape(str(example))


def _example_rows(field: Field, example: Sequence[Sequence[str]]) -> str:
    rows = "".join(f"<li>{escape(' – '.join(row))}</li>" for row in example)
    return f"<ul>{rows}</ul>"
