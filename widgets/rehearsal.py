"""One of everything a card uses, made before the first participant needs it."""

import ipywidgets

from widgets.controls import ChoiceGroup, Status, StepList


def rehearse() -> None:
    """Make the widgets once; the caller closes them."""
    ipywidgets.VBox(
        (
            ipywidgets.HBox((ipywidgets.Button(), ipywidgets.HTML())),
            ipywidgets.Dropdown(options=["a"]),
            ipywidgets.Text(),
            ipywidgets.Textarea(),
            ipywidgets.FloatSlider(),
            ChoiceGroup(),
            Status(),
            StepList(),
        )
    )
    import widgets.quiz
    import widgets.sheets.quiz  # noqa: F401
