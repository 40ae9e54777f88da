"""Handouts: a notebook of the course becomes one self-contained page for paper, for the participant or the leader.

Importing this package imports nothing heavy: nbconvert looks up every registered exporter at each start.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

AUDIENCES = ("participant", "leader")

# Called with the name of a module each time one of its pages is done.
Progress = Callable[[str], None]


def make(
    modules: Iterable[str] = (),
    audiences: Iterable[str] = AUDIENCES,
    language: str = "nb",
    out: Path | str = Path("dist/handouts"),
    progress: Progress | None = None,
) -> list[Path]:
    """Write the handouts of these modules (all when none is named) and the overview; return their paths.

    ContentError when a module cannot be read, NotebookError (a ContentError) when a notebook cannot become a handout.
    """
    from handout import making  # here, so that the import above stays free

    return making.make(tuple(modules), tuple(audiences), language, Path(out), progress)


def __getattr__(name: str) -> object:
    if name == "NotebookError":  # read from its file when asked for, so that the import above stays free
        from handout.refusal import NotebookError

        return NotebookError
    raise AttributeError(name)


def before_print(language: str = "nb") -> str:
    """What must be looked at before anything is printed: help numbers that are not fully confirmed; "" if none."""
    from handout import making

    return making.before_print(language)
