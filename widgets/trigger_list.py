"""The controls of the trigger map where core ipywidgets cannot be made right.

A core button's click can overtake the last letters of a core text field: a fast typist would add half a word, or see
one trigger's plan land on the next. These send what was typed together with the act. Forty triggers are also one list
here, not two hundred widgets. And a core HTML widget cannot take the focus.
"""

import anywidget
import traitlets

from widgets.controls import script


class TriggerList(anywidget.AnyWidget):
    """A field for own words, suggestions, and the list of triggers with buttons to edit, remove and undo.

    `items`: dicts with `id`, `text` and `detail`. Acts come as messages: `action` is draft, add, suggest, save, cancel,
    edit, remove or undo, with `text` or `id`. `draft` is what stands in the field when it is made. `load` puts a text
    into the field, and `focus` puts the focus on an item; both carry a `turn` that counts up.
    """

    _esm = script("trigger_list.js")
    words = traitlets.Dict().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    suggestions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    suggestions_label = traitlets.Unicode().tag(sync=True)
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


class StepTitle(anywidget.AnyWidget):
    """The heading of the step that is shown; `focus` counts up to move the focus to it."""

    _esm = script("step_title.js")
    text = traitlets.Unicode().tag(sync=True)
    focus = traitlets.Int().tag(sync=True)


class PlanFields(anywidget.AnyWidget):
    """The two halves of a plan, «hvis» and «så», for one trigger at a time.

    `shown` is what the fields are filled with. What is typed comes as messages with `id`, `if_text` and `then_text`.
    """

    _esm = script("plan_fields.js")
    words = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
