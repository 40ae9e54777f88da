"""«Fra før»: what somebody wrote in an exercise before it was changed, where it no longer has a field of its own."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import ipywidgets

from course.model import Excerpt
from widgets.controls import button, html, visible


class Earlier(ipywidgets.VBox):
    """A quiet box with earlier words and a button that lets them go. They are shown, never changed."""

    def __init__(self, words: Mapping[str, str], remove: Callable) -> None:
        self.heading = f"<h4>{escape(words['card.earlier'])}</h4><p>{escape(words['card.earlier_text'])}</p>"
        self.list = html("")
        removing = button(words["card.earlier_remove"])
        removing.on_click(remove)
        super().__init__((self.list, removing))
        self.add_class("nykurs-earlier")

    def show(self, excerpts: Sequence[Excerpt]) -> None:
        """Show these, or nothing at all."""
        visible(self, bool(excerpts))
        rows = "".join(f"<dt>{escape(one.label)}</dt><dd>{escape(one.text)}</dd>" for one in excerpts)
        self.list.value = f"{self.heading}<dl>{rows}</dl>" if excerpts else ""
