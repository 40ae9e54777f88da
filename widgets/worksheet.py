"""The live worksheet: fields to think with. Nothing here is right or wrong, so nothing is ever marked."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import ipywidgets

from course.model import Choice, Field, FieldValue, Worksheet, WorksheetAnswer, frozen
from widgets.card import Card
from widgets.controls import ChoiceGroup, html
from widgets.row_table import RowTable
from widgets.sheets.common import paragraph, private_note
from widgets.sheets.worksheet import beside, hint

NUMBERS = tuple(Choice(id=str(number), text=str(number)) for number in range(11))


class WorksheetCard(Card):
    """A worksheet as a participant meets it. Every keystroke is kept, so half-typed words survive a reload."""

    answer_type = WorksheetAnswer
    exercise: Worksheet

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.controls = {field.id: self._control(field) for field in self.exercise.fields}
        fields = beside(self.exercise, tuple(self.controls.values()), lambda: html(private_note(self.boxes)))
        ending = (html(paragraph(self.exercise.ending, "ending")),) if self.exercise.ending else ()
        return (*fields, *ending)

    def _control(self, field: Field) -> ipywidgets.DOMWidget:
        kind = KINDS[field.kind]
        control = kind.make(field, self.words)
        control.add_class("nykurs-field" if kind.trait == "value" else "nykurs-part")
        control.observe(self.guard(functools.partial(self._entered, field)), kind.trait)
        if field.kind == "table":
            control.observe(self.guard(self._say_rows), kind.trait)
        return control

    def _entered(self, field: Field, change: dict) -> None:
        if self.refreshing:
            return
        value = KINDS[field.kind].read(change["new"])
        values = {name: kept for name, kept in self.answer.values.items() if name != field.id}
        if value not in (None, "", ()):
            values[field.id] = value
        self.keep(WorksheetAnswer(values=frozen(values)))

    def _say_rows(self, change: dict) -> None:
        before, now = len(change["old"]), len(change["new"])
        if before != now and not self.refreshing:
            self.say(self.words["worksheet.added" if now > before else "worksheet.removed"].format(count=now))

    refreshing = False  # what the journal already holds is neither an entry nor news

    def refresh(self) -> None:
        self.refreshing = True
        try:
            for field in self.exercise.fields:
                kind = KINDS[field.kind]
                value = self.answer.values.get(field.id)
                shown = kind.show(field, value if isinstance(value, kind.type) else None)
                if getattr(self.controls[field.id], kind.trait) != shown:
                    setattr(self.controls[field.id], kind.trait, shown)
        finally:
            self.refreshing = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one kind of field is entered: its control, the trait that holds the entry, and the way there and back."""

    type: type
    trait: str
    make: Callable[[Field, dict], ipywidgets.DOMWidget]
    read: Callable[[object], FieldValue | None]
    show: Callable[[Field, FieldValue | None], object]


def _label(field: Field) -> str:
    hint = f'<em class="nykurs-hint">{escape(field.hint)}</em>' if field.hint else ""
    return escape(field.label) + hint


def _text(field: Field, words: dict) -> ipywidgets.Text:
    return ipywidgets.Text(description=_label(field), description_allow_html=True, continuous_update=True)


def _long(field: Field, words: dict) -> ipywidgets.Textarea:
    return ipywidgets.Textarea(
        description=_label(field), description_allow_html=True, continuous_update=True, rows=max(field.lines, 2)
    )


def _group(field: Field, words: dict) -> ChoiceGroup:
    scale = field.kind == "scale"
    choices = NUMBERS if scale else field.choices
    return ChoiceGroup(
        legend=field.label,
        help=hint(field, words),
        options=[{"id": choice.id, "text": choice.text} for choice in choices],
        many=field.kind == "many",
        row=scale,
        low=field.low,
        high=field.high,
    )


def _table(field: Field, words: dict) -> RowTable:
    return RowTable(
        legend=field.label,
        help=field.hint,
        columns=[{"id": column.id, "text": column.text} for column in field.columns],
        words={name: words[f"worksheet.{name}"] for name in ("add", "remove", "remove_row", "undo", "cell")},
    )


def _rows(field: Field, value: FieldValue | None) -> list[list[str]]:
    if value is None:
        return [[""] * len(field.columns) for _ in range(field.rows)]
    return [list(row) for row in value]


_written = {"type": str, "trait": "value", "read": str, "show": lambda field, value: value or ""}
KINDS = {
    "text": Kind(make=_text, **_written),
    "long": Kind(make=_long, **_written),
    "choice": Kind(
        type=str,
        trait="chosen",
        make=_group,
        read=lambda chosen: chosen[0] if chosen else None,
        show=lambda field, value: [value] if value else [],
    ),
    "many": Kind(type=tuple, trait="chosen", make=_group, read=tuple, show=lambda field, value: list(value or ())),
    "scale": Kind(
        type=int,
        trait="chosen",
        make=_group,
        read=lambda chosen: int(chosen[0]) if chosen else None,
        show=lambda field, value: [] if value is None else [str(value)],
    ),
    "table": Kind(
        type=tuple, trait="rows", make=_table, read=lambda rows: tuple(tuple(row) for row in rows), show=_rows
    ),
}
