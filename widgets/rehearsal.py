"""One of everything a card uses, made before the first participant needs it."""

import ipywidgets

from widgets import explore
from widgets.controls import ChoiceGroup, Status, StepList
from widgets.row_table import KeyedTable, RowTable
from widgets.sorting_board import SortingColumns


def rehearse() -> None:
    """Make the widgets once; the caller closes them."""
    ipywidgets.VBox(
        (
            ipywidgets.HBox((ipywidgets.Button(), ipywidgets.HTML())),
            ipywidgets.Dropdown(options=["a"]),
            ipywidgets.Text(),
            ipywidgets.Textarea(),
            ChoiceGroup(),
            Status(),
            StepList(),
            RowTable(),
            KeyedTable(),
            SortingColumns(),
        )
    )
    explore.rehearse()
    import course.chosen  # noqa: F401
    import widgets.quiz
    import widgets.sheets.quiz
    import widgets.worksheet  # noqa: F401
