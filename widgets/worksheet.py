"""The live worksheet: fields to think with. Nothing here is right or wrong, so nothing is ever marked."""

import ipywidgets

from course.model import Worksheet, WorksheetAnswer
from widgets.card import Card
from widgets.controls import html
from widgets.fields import Fields, Kept
from widgets.sheets.common import paragraph, private_note
from widgets.sheets.worksheet import beside


class WorksheetCard(Card):
    """A worksheet as a participant meets it."""

    answer_type = WorksheetAnswer
    exercise: Worksheet

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        kept = Kept(read=lambda: self.answer, keep=self.keep, guard=self.guard, say=self.say)
        self.fields = Fields(self.exercise.fields, kept, self.words)
        self.controls = self.fields.controls
        fields = beside(self.exercise, tuple(self.controls.values()), lambda: html(private_note(self.boxes)))
        ending = (html(paragraph(self.exercise.ending, "ending")),) if self.exercise.ending else ()
        return (*fields, *ending)

    def refresh(self) -> None:
        self.fields.refresh()
