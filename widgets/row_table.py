"""A table to write in. Core ipywidgets has none with column heads, named cells and a focus that follows a new row."""

import anywidget
import traitlets

from widgets.controls import script


class RowTable(anywidget.AnyWidget):
    """A native table with rows to add and remove; a removed row can be put back while the page is open.

    `columns`: dicts with `id` and `text`. `rows`: lists of texts in the order of the columns. `words`: add, remove,
    remove_row and cell (with {row} and {column}) and undo. `part` is spoken before the legend and not seen.
    """

    _esm = script("row_table.js")
    part = traitlets.Unicode().tag(sync=True)
    legend = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    rows = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


class KeyedTable(anywidget.AnyWidget):
    """The same table over things that have an id, so that what is typed can never end up on another one.

    `shown` is one dict: `rows` (dicts with `id` and `cells`), `undo` (whether something can be put back) and `turn`
    (the last message that is in it). Acts come as messages with `turn`: `action` is write (with `id`, `column`, the
    column's id, and `text`), remove (with `id`), add or undo. `goto` puts the focus on a row; it carries a `turn` too.
    """

    _esm = script("keyed_table.js")
    part = traitlets.Unicode().tag(sync=True)
    legend = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    shown = traitlets.Dict({"rows": [], "undo": False, "turn": 0}).tag(sync=True)
    goto = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def go_to(self, identifier: str) -> None:
        """Put the focus into a row's first field."""
        self.goto = {"id": identifier, "turn": self.goto.get("turn", 0) + 1}
