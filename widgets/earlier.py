"""«Fra før»: what somebody wrote in an exercise before it was changed, where it no longer has a field of its own."""

from collections.abc import Callable, Mapping
from html import escape

import ipywidgets

from course.model import Excerpt
from widgets.controls import button, html, visible


class Earlier(ipywidgets.VBox):
    """A quiet box with earlier words and a button that lets them go, and takes them back. They are never changed.

    `keep` is called with what shall be kept from now on.
    """

    def __init__(self, words: Mapping[str, str], keep: Callable[[tuple[Excerpt, ...]], None]) -> None:
        self.words = words
        self.keep = keep
        self.excerpts: tuple[Excerpt, ...] = ()
        self.removed: tuple[Excerpt, ...] = ()
        self.list = html("")
        self.button = button(words["card.earlier_remove"])  # one for both, so that the focus stays
        self.button.on_click(self._pressed)
        super().__init__((self.list, self.button))
        self.add_class("nykurs-earlier")

    def _pressed(self, _: object) -> None:
        self.removed, kept = self.excerpts, self.removed
        self.keep(kept if not self.excerpts else ())

    def show(self, excerpts: tuple[Excerpt, ...]) -> None:
        """Show these; with none, only the way back to those that were just removed here."""
        if not excerpts and self.removed != self.excerpts:
            self.removed = ()  # emptied or locked elsewhere: nobody gets another one's words back
        self.excerpts = excerpts
        visible(self, bool(excerpts or self.removed))
        rows = "".join(f"<dt>{escape(one.label)}</dt><dd>{escape(one.text)}</dd>" for one in excerpts)
        heading = f"<h4>{escape(self.words['card.earlier'])}</h4><p>{escape(self.words['card.earlier_text'])}</p>"
        self.list.value = f"{heading}<dl>{rows}</dl>" if excerpts else ""
        self.button.description = self.words["card.earlier_remove" if excerpts else "card.earlier_undo"]
