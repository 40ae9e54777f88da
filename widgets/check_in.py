"""The live check-in over time: opt-in, one day at a time, with a picture that judges nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import ipywidgets

from course.model import CheckIn, CheckInAnswer, CheckInEntry, frozen
from widgets.box import day
from widgets.card import Card
from widgets.check_in_form import CheckInDays, CheckInForm
from widgets.controls import Status, button, html, primary, visible
from widgets.sheets.check_in import below, cells, drawing, is_date, rated, usable
from widgets.sheets.common import paragraph, private_note


def today() -> date:
    """The day it is on the participant's own machine."""
    return date.today()


class CheckInCard(Card):
    """First only a button. Then a form for one day, the picture, and the same as a table."""

    answer_type = CheckInAnswer
    exercise: CheckIn

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.opened = False
        self.entries: tuple[CheckInEntry, ...] | None = None  # what the picture shows
        self.before: CheckInEntry | None = None  # what the last press replaced or removed
        self.note = html(private_note(self.boxes))
        self.begin = button(self.words["check_in.begin"])
        self.form, self.near, self.days = self._form(), Status(), self._days()
        self.figure, self.below = html(""), html("")
        self.ending = html(paragraph(self.exercise.ending, "ending"))
        self._listen()
        primary(self.begin, True)
        return (self.note, self.begin, self.form, self.near, self.figure, self.below, self.days, self.ending)

    def _form(self) -> CheckInForm:
        words = {name: self.words[f"check_in.{name}"] for name in ("title", "help", "date", "skip", "add", "close")}
        scales = [
            {name: getattr(scale, name) for name in ("id", "label", "hint", "low", "high")}
            for scale in self.exercise.scales
        ]
        return CheckInForm(scales=scales, words={**words, "undo": self.words["check_in.undo"]})

    def _days(self) -> CheckInDays:
        words = {name: self.words[f"check_in.{name}"] for name in ("caption", "remove", "undo")}
        columns = [self.words["check_in.day"], *(scale.label for scale in self.exercise.scales)]
        return CheckInDays(columns=columns, words=words)

    def _listen(self) -> None:
        acts = {
            "add": lambda content: self._add(content["date"], content["values"]),
            "remove": lambda content: self._remove(content["date"]),
            "undo": lambda content: self._undo(),
            "close": lambda content: self._close(),
        }
        for control in (self.form, self.days):
            control.on_msg(self.guard(lambda _, content, buffers: acts[content["act"]](content)))
        self.begin.on_click(self.guard(lambda _: self._begin()))

    def say(self, text: str, *, seen: bool = True) -> None:
        """Speak beside the form; the card is long, and at its end nobody there would see it."""
        self.status.say("")
        self.near.say(text, seen=seen)

    def _say_below(self, text: str) -> None:
        """Speak beside the table."""
        self.near.say("")
        self.status.say(text)

    def _begin(self) -> None:
        self.opened = True
        self.form.date = today().isoformat()
        self._show()
        self.form.focus += 1

    def _close(self) -> None:
        self.opened = False
        self._settled()
        self.form.cleared += 1
        self._show()
        self.begin.focus()
        self.say(self.words["check_in.closed"])

    # What the journal holds, and how it changes.

    def _add(self, written: str, chosen: Mapping[str, object]) -> None:
        values = rated(self.exercise, chosen)
        if not values:
            self.say(self.words["check_in.choose_first"])
        elif not is_date(written):
            self.say(self.words["check_in.date_first"])
        else:
            self._settled(self._at(written), "form")
            self._put(CheckInEntry(date=written, values=frozen(values)))
            self.form.cleared += 1
            self._said("replaced" if self.before else "added", written)

    def _remove(self, written: str) -> None:
        entry = self._at(written)
        if entry:
            later = [row["date"] for row in self.days.rows]
            place = later.index(written) if written in later else 0
            self._settled(entry, "days")
            self._put(None, written)
            self._go([*later[place + 1 :], *later[:place]][:1])
            self._said("removed", written, self._say_below)

    def _undo(self) -> None:
        entry, form = self.before, self.form.undo
        if entry:
            self._settled()
            self._put(entry)
            self._said("undone", entry.date, self.say if form else self._say_below)
            if not form:
                self._go([entry.date])

    def _at(self, written: str) -> CheckInEntry | None:
        return next((entry for entry in self.answer.entries if entry.date == written), None)

    def _put(self, entry: CheckInEntry | None, written: str = "") -> None:
        """Keep the answer with this day in its place, or without the day that is written."""
        gone = entry.date if entry else written
        entries = [other for other in self.answer.entries if other.date != gone] + ([entry] if entry else [])
        self.keep(replace(self.answer, entries=tuple(sorted(entries, key=lambda each: each.date))))
        self._show()

    def _settled(self, before: CheckInEntry | None = None, beside: str = "") -> None:
        """Remember what can be undone, and show the button beside what was pressed."""
        self.before = before
        self.form.undo = before is not None and beside == "form"
        self.days.undo = before is not None and beside == "days"

    def _said(self, name: str, written: str, say: object = None) -> None:
        (say or self.say)(self.words[f"check_in.{name}"].format(date=day(written, self.words)))

    def _go(self, dates: list[str]) -> None:
        """Move the focus in the table: the button that was pressed goes away."""
        self.days.goto = ["".join(dates), self.days.goto[1] + 1]

    # How it is shown.

    def refresh(self) -> None:
        self._settled()  # what another card has changed is not ours to undo
        if not self.answer.entries and (self.entries or self.opened):
            self._leave_nothing()
        self._show()

    def _leave_nothing(self) -> None:
        """Emptied or locked elsewhere: no number and no date stays on the page."""
        self.opened = False
        self.form.cleared += 1
        self._say_below("")

    def _show(self) -> None:
        entries = usable(self.exercise, self.answer)
        for widget in (self.note, self.ending):
            visible(widget, self.opened or bool(entries))
        visible(self.begin, not self.opened)
        visible(self.form, self.opened)
        for widget in (self.figure, self.below):
            visible(widget, bool(entries))
        visible(self.days, bool(entries) or self.days.undo)
        if entries != self.entries:
            self.entries = entries
            self._draw(entries)

    def _draw(self, entries: tuple[CheckInEntry, ...]) -> None:
        self.figure.value = drawing(self.exercise, entries, self.words).html() if entries else ""
        self.below.value = below(self.exercise, entries, self.words) if entries else ""
        with self.days.hold_sync():
            self.days.summary = self.words["check_in.days"].format(count=len(entries))
            self.days.rows = [self._row(entry) for entry in reversed(entries)]

    def _row(self, entry: CheckInEntry) -> dict[str, object]:
        name = day(entry.date, self.words)
        remove = self.words["check_in.remove_day"].format(date=name)
        return {"date": entry.date, "name": name, "remove": remove, "cells": cells(self.exercise, entry, self.words)}
