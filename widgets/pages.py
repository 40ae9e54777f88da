"""Which widgets belong to which browser page, so that a page's cards can be closed and another tab's survive.

All notebooks of the course share one kernel. Without this, every opening of a module would leave its widgets behind,
and the next page would load them all. The JupyterLab side calls `open_page` before it runs a notebook's cells and
`close_page` when the notebook goes away.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ipywidgets.widgets import widget as ipywidgets_widget

_current = ""  # "" is a page too: an ordinary notebook without our JupyterLab side
_owned: dict[str, list[str]] = {}  # page -> model ids
_closing: dict[str, list[Callable[[], None]]] = {}  # page -> what to do when it closes


def current() -> str:
    """The page whose cells are being run."""
    return _current


@contextmanager
def owned(page: str | None = None) -> Iterator[None]:
    """Everything made inside belongs to this page (the current one by default)."""
    page = _current if page is None else page
    before = set(ipywidgets_widget._instances)  # ipywidgets keeps its live models here and offers no public list
    try:
        yield
    finally:
        made = set(ipywidgets_widget._instances) - before
        _owned.setdefault(page, []).extend(made)


@contextmanager
def acting_for(page: str) -> Iterator[None]:
    """What is made inside is made for this page, whichever page ran its cells last."""
    global _current
    before, _current = _current, page
    try:
        yield
    finally:
        _current = before


def on_close(action: Callable[[], None]) -> None:
    """Do this when the current page closes."""
    _closing.setdefault(_current, []).append(action)


def open_page(page: str, alone: bool) -> None:
    """A page is about to run its cells. `alone`: no other browser is connected, so what others left is closed too."""
    global _current
    close_page(page)
    if alone:
        for other in list(_owned):
            close_page(other)
    _current = page


def close_page(page: str) -> None:
    """Close every widget made for a page."""
    for action in _closing.pop(page, ()):
        action()
    for model_id in _owned.pop(page, ()):
        instance = ipywidgets_widget._instances.get(model_id)
        if instance is not None:
            instance.close()


def warm() -> None:
    """Make and close one of everything the cards use, so that the first real card is as quick as the second."""
    from widgets.rehearsal import rehearse

    with owned("warm"):
        rehearse()
    close_page("warm")
