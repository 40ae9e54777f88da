"""The controls of a check-in: a form whose numbers travel together with the press, and the days that are there."""

import anywidget
import traitlets

from widgets.controls import script


class CheckInForm(anywidget.AnyWidget):
    """Native groups of numbers and a native date. A press sends {"act": "add", "date": ..., "values": {id: number}}.

    Separate controls would not do: while the kernel is busy, a press could overtake the last number that was chosen.
    `scales`: dicts with `id`, `label`, `hint`, `low` and `high`. `undo` shows a button that sends {"act": "undo"}.
    `words`: title, help, date, skip, add, close and undo. `focus` counts up to move the focus to the title.
    """

    _esm = script("check_in_form.js")
    scales = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    date = traitlets.Unicode().tag(sync=True)
    undo = traitlets.Bool(False).tag(sync=True)
    focus = traitlets.Int().tag(sync=True)
    cleared = traitlets.Int().tag(sync=True)  # counts up to empty the numbers


class CheckInDays(anywidget.AnyWidget):
    """The days as a table, each with a button that sends {"act": "remove", "date": ...}.

    `columns`: texts. `rows`: dicts with `date`, `name`, `remove` (the button's whole name) and `cells`. `goto` is a
    list of a date and a number that counts up: the focus goes to the button of that day, or to undo where there is
    none. `words`: summary, caption, remove and undo.
    """

    _esm = script("check_in_days.js")
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    undo = traitlets.Bool(False).tag(sync=True)
    goto = traitlets.List(["", 0]).tag(sync=True)
