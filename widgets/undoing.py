"""A card whose steps can be undone, one after the other, as long as its page is open."""

import ipywidgets

from course.model import Answer
from widgets.card import Card
from widgets.controls import button

DEEP = 200  # steps that can be undone


class UndoingCard(Card):
    """A card that remembers its answers of before. What it remembers is never kept."""

    before: tuple[Answer, ...] = ()

    def change(self, answer: Answer) -> None:
        """Keep a step that can be undone."""
        self.before = (*self.before, self.answer)[-DEEP:]
        self.keep(answer)
        self.show()

    def refresh(self) -> None:
        self.before = ()  # what another card has changed is not ours to undo
        self.show()

    def show(self) -> None:
        """Show the answer."""
        raise NotImplementedError

    def press_button(self, name: str, press: object) -> ipywidgets.Button:
        """A button with this word that does this."""
        made = button(self.words[name])
        made.on_click(self.guard(lambda _: press()))
        return made

    def undo(self) -> None:
        """Take back the last step."""
        if not self.before:
            self.say(self.words["tally.nothing"])
            return
        *before, last = self.before
        self.before = tuple(before)
        self.keep(last)
        self.show()
        self.say_undone()

    def say_undone(self) -> None:
        """Say that it was taken back."""
        self.say(self.words["tally.undone"])
