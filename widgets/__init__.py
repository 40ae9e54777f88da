"""How an exercise appears: the door for notebooks, `from widgets import module`."""

from collections.abc import Callable


def module(name: str, language: str = "nb") -> Callable[[str], object]:
    """The exercises of one module: a function from an exercise's id to what a notebook cell shows.

    The same function shows the fixed boxes of support.yaml: `show("safety")`, `show("help")`, `show("sources")`.
    ContentError, with the nearest name, when there is no such module or id.
    """
    from widgets.door import open_module  # here, so that importing this package costs nothing

    return open_module(name, language)
