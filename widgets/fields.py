"""The fields of a worksheet as controls in step with the journal, wherever they are shown: in a worksheet or a plan."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

import ipywidgets

from course.model import Choice, Field, FieldValue, WorksheetAnswer, frozen
from widgets.controls import ChoiceGroup
from widgets.row_table import RowTable
from widgets.sheets.worksheet import hint

NUMBERS = tuple(Choice(id=str(number), text=str(number)) for number in range(11))
TABLE_WORDS = ("add", "remove", "remove_row", "undo", "cell")
Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where the answer of some fields is read and kept, and how a card guards a callback and says a sentence."""

    read: Callable[[], WorksheetAnswer]
    keep: Callable[[WorksheetAnswer], None]
    guard: Callable[[Callable], Callable]
    say: Callable[[str], None]


class Fields:
    """Controls for some fields of one answer. Every keystroke is kept, so half-typed words survive a reload.

    `part` is the title of what the fields are a part of; it is spoken before their labels and not seen, because the
    title stands above them.
    """

    def __init__(self, fields: tuple[Field, ...], kept: Kept, words: Words, part: str = "") -> None:
        self.fields = fields
        self.kept = kept
        self.words = words
        self.refreshing = False  # what the journal already holds is neither an entry nor news
        self.controls = {field.id: self._control(field, part) for field in fields}

    def _control(self, field: Field, part: str) -> ipywidgets.DOMWidget:
        kind = KINDS[field.kind]
        control = kind.make(field, self.words, part)
        control.add_class("nykurs-field" if kind.trait == "value" else "nykurs-part")
        control.observe(self.kept.guard(functools.partial(self._entered, field)), kind.trait)
        if field.kind == "table":
            control.observe(self.kept.guard(self._say_rows), kind.trait)
        return control

    def _entered(self, field: Field, change: dict) -> None:
        if self.refreshing:
            return
        value = KINDS[field.kind].read(change["new"])
        values = {name: kept for name, kept in self.kept.read().values.items() if name != field.id}
        if value not in (None, "", ()):
            values[field.id] = value
        self.kept.keep(WorksheetAnswer(values=frozen(values)))

    def _say_rows(self, change: dict) -> None:
        before, now = len(change["old"]), len(change["new"])
        if before != now and not self.refreshing:
            self.kept.say(self.words["worksheet.added" if now > before else "worksheet.removed"].format(count=now))

    def refresh(self) -> None:
        """Show what is kept."""
        self.refreshing = True
        try:
            for field in self.fields:
                kind = KINDS[field.kind]
                value = self.kept.read().values.get(field.id)
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
    make: Callable[[Field, Words, str], ipywidgets.DOMWidget]
    read: Callable[[object], FieldValue | None]
    show: Callable[[Field, FieldValue | None], object]


def _label(field: Field, part: str) -> str:
    before = f'<span class="nykurs-hidden">{escape(part)}: </span>' if part else ""
    hint = f'<em class="nykurs-hint">{escape(field.hint)}</em>' if field.hint else ""
    return before + escape(field.label) + hint


def _text(field: Field, words: Words, part: str) -> ipywidgets.Text:
    return ipywidgets.Text(description=_label(field, part), description_allow_html=True, continuous_update=True)


def _long(field: Field, words: Words, part: str) -> ipywidgets.Textarea:
    return ipywidgets.Textarea(
        description=_label(field, part), description_allow_html=True, continuous_update=True, rows=max(field.lines, 2)
    )


def _group(field: Field, words: Words, part: str) -> ChoiceGroup:
    scale = field.kind == "scale"
    choices = NUMBERS if scale else field.choices
    return ChoiceGroup(
        part=part,
        legend=field.label,
        help=hint(field, words),
        options=[{"id": choice.id, "text": choice.text} for choice in choices],
        many=field.kind == "many",
        row=scale,
        low=field.low,
        high=field.high,
    )


def _table(field: Field, words: Words, part: str) -> RowTable:
    return RowTable(
        part=part,
        legend=field.label,
        help=field.hint,
        columns=[{"id": column.id, "text": column.text} for column in field.columns],
        words={name: words[f"worksheet.{name}"] for name in TABLE_WORDS},
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
