"""Which element may stand in which: mark-up that a browser would have to mend is made right before it is written."""

from collections.abc import Container, Sequence

PHRASING = frozenset(["span", "strong", "em", "b", "i", "s", "del", "small", "sub", "sup", "code", "abbr", "dfn"])
PHRASING |= {"cite", "q", "img", "br", "math"}
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# What holds text and nothing that begins on a line of its own.
_LINES = (PHRASING | HEADINGS | {"p", "pre", "dt", "caption", "figcaption"}) - {"math"}
_PARENTS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "figcaption": ("figure",),
    "caption": ("table",),
    "colgroup": ("table",),
    "col": ("colgroup",),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("table", "thead", "tbody", "tfoot"),
    "th": ("tr",),
    "td": ("tr",),
}
_TABLE = frozenset(["caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"])
_CELLS = frozenset(["td", "th"])
# What must come in between when something stands loose in these.
_BETWEEN = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr", "thead": "tr", "tbody": "tr", "tfoot": "tr", "tr": "td"}
DEEPEST = 60


def place(tag: str, opened: Sequence[str]) -> tuple[int, list[str]] | None:
    """How many elements stay open, and which must be opened, before this one (or a text, "") begins; None: nowhere."""
    if tag in _PARENTS:
        return _among(tag, opened)
    kept = len(opened)
    while kept and tag and tag not in PHRASING and opened[kept - 1] in _LINES:
        kept -= 1
    if kept and opened[kept - 1] == "colgroup":
        kept -= 1
    between, parent = [], opened[kept - 1] if kept else ""
    while parent in _BETWEEN:
        parent = _BETWEEN[parent]
        between.append(parent)
    return kept, between


def _among(tag: str, opened: Sequence[str]) -> tuple[int, list[str]] | None:
    """A place in the nearest list or table, not past the cell or the table it stands in."""
    first = _last(opened, {"table"} if tag in _TABLE else _CELLS)
    parent = _last(opened, _PARENTS[tag])
    if parent >= max(first, 0):
        return parent + 1, []
    if tag in _CELLS and first >= 0:
        row = _among("tr", opened)
        return row and (row[0], ["tr"])
    return None


def ending(tag: str, opened: Sequence[str]) -> int | None:
    """How many elements stay open after this one has ended; None when it is not open, or not in this cell."""
    at = _last(opened, {tag})
    wall = _last(opened, _CELLS) if tag not in _TABLE | {"table"} else -1
    return at if at >= max(wall, 0) else None


def _last(opened: Sequence[str], tags: Container[str]) -> int:
    """Where the innermost of these is open; -1 when none is."""
    return next((number for number in reversed(range(len(opened))) if opened[number] in tags), -1)
