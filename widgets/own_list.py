"""A list of somebody's own words, where core ipywidgets cannot be made right.

A core button's click can overtake the last letters of a core text field: a fast typist would add half a word. This
sends what was typed together with the act. Sixty items are also one list here, not two hundred widgets.
"""

import anywidget
import traitlets

from widgets.controls import script

WORDS = ("text", "text_hint", "add", "save", "cancel", "undo", "edit", "remove", "list_empty")


class OwnList(anywidget.AnyWidget):
    """A field for own words, suggestions, and the list of items with buttons to edit, remove and undo.

    `items`: dicts with `id`, `text` and `detail`. Acts come as messages: `action` is draft, add, suggest, save, cancel,
    edit, remove or undo, with `text` or `id`. `draft` is what stands in the field when it is made. `load` puts a text
    into the field, and `focus` puts the focus on an item; both carry a `turn` that counts up. `level` is that of the
    heading, `title`.
    """

    _esm = script("own_list.js")
    words = traitlets.Dict().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    suggestions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    suggestions_label = traitlets.Unicode().tag(sync=True)
    level = traitlets.Int(5).tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    editing = traitlets.Unicode().tag(sync=True)
    draft = traitlets.Unicode().tag(sync=True)
    load = traitlets.Dict().tag(sync=True)
    focus = traitlets.Dict().tag(sync=True)

    def fill(self, text: str, *, focus: bool = True) -> None:
        """Put a text into the field, and the focus too unless told not to."""
        self.load = {"text": text, "focus": focus, "turn": self.load.get("turn", 0) + 1}

    def focus_item(self, identifier: str) -> None:
        """Put the focus on an item's first button."""
        self.focus = {"id": identifier, "turn": self.focus.get("turn", 0) + 1}
