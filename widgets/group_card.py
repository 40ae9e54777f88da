"""What a tally and a group board share: the whole room answers, so there is undo, a new start and an explanation."""

from dataclasses import replace
from html import escape

import ipywidgets

from widgets.controls import html, visible
from widgets.sheets.common import paragraph
from widgets.undoing import UndoingCard


class GroupCard(UndoingCard):
    """A card for the wall. Nothing of it is ever kept."""

    kind: str  # where its own words stand in ui.yaml

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.board = self.make_board()
        self.board.on_msg(self.guard(lambda _, content, buffers: self.act(content)))
        self.reveal = self.press_button("tally.reveal", self._turn_over)
        self.explanation = html("")
        others = (self.press_button("tally.undo", self.undo), self.press_button("tally.again", self._start_again))
        row = ipywidgets.HBox((self.reveal, *others)).add_class("nykurs-buttons")
        rule = html(paragraph(self.words[f"{self.kind}.rule"], "nykurs-help"))
        return (rule, *self.entries(), self.board, row, self.explanation)

    def make_board(self) -> ipywidgets.Widget:
        """The part that the room looks at; what is pressed in it comes as messages."""
        raise NotImplementedError

    def entries(self) -> tuple[ipywidgets.Widget, ...]:
        """What stands above the board to type in."""
        return ()

    def act(self, content: dict) -> None:
        """Do what was pressed."""
        raise NotImplementedError

    def revealed(self) -> str:
        """What is spoken when the explanation is shown; it stands on the page as well."""
        return self.exercise.explanation

    def show(self) -> None:
        """Show the answer; the explanation only when it was asked for."""
        shown = self.answer.revealed
        visible(self.explanation, shown)
        self.explanation.value = self._explained() if shown else ""
        self.reveal.description = self.words["tally.hide" if shown else "tally.reveal"]

    def _explained(self) -> str:
        title = f"<h4>{escape(self.words['tally.explanation'])}</h4>"
        return f'<div class="nykurs-explanation">{title}{paragraph(self.exercise.explanation)}</div>'

    def spoken(self, name: str, **values: object) -> None:
        """Say a sentence of this kind without showing it, since the board shows it."""
        self.say(self.words[f"{self.kind}.{name}"].format(**values), seen=False)

    def _turn_over(self) -> None:
        self.change(replace(self.answer, revealed=not self.answer.revealed))
        self.say(self.revealed() if self.answer.revealed else self.words["tally.hidden"], seen=False)

    def say_undone(self) -> None:
        self.say(self.words["tally.undone"], seen=False)

    def _start_again(self) -> None:
        if self.answer != self.answer_type():
            self.change(self.answer_type())
        self.say(self.words["tally.emptied"])
