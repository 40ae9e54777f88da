"""A table to write in. Core ipywidgets has none with column heads, named cells and a focus that follows a new row."""

import anywidget
import traitlets

from widgets.controls import STATIC


class RowTable(anywidget.AnyWidget):
    """A native table with rows to add and remove; a removed row can be put back while the page is open.

    `columns`: dicts with `id` and `text`. `rows`: lists of texts in the order of the columns. `words`: add, remove,
    remove_row and cell (with {row} and {column}) and undo.
    """

    _esm = STATIC / "row_table.js"
    legend = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    rows = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
