"""The controls of the trigger map where core ipywidgets cannot be made right.

With core fields one trigger's plan could land on the next, and a core HTML widget cannot take the focus.
"""

import anywidget
import traitlets

from widgets.controls import script


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
