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
    *,
    force: bool = False,
    kernel: bool = False,
) -> list[Path]:
    """Write the handouts of these modules (all when none is named) and the overview; return their paths.

    What is made from the same as the last time is left alone, unless `force`; `kernel` runs notebooks as Jupyter does.
    ContentError when a module cannot be read, NotebookError (a ContentError) when a notebook cannot become a handout.
    """
    from handout import making  # here, so that the import above stays free

    wanted = making.Wanted(tuple(modules), tuple(audiences), language, force, kernel)
    return making.make(wanted, Path(out), progress).asked


def __getattr__(name: str) -> object:
    if name == "NotebookError":  # read from its file when asked for, so that the import above stays free
        from handout.refusal import NotebookError

        return NotebookError
    raise AttributeError(name)


def meetings(modules: Iterable[str], language: str = "nb") -> list[tuple[str, str]]:
    """The title of each module whose pages follow a chosen meeting, and how many minutes that is."""
    from course import content
    from handout import meeting

    chosen = ((name, meeting.of_module(name, language)) for name in modules)
    return [(content.load(name, language).title, held.agenda.minutes) for name, held in chosen if held]


def before_print(language: str = "nb") -> str:
    """What must be looked at before anything is printed: help numbers that are not fully confirmed; "" if none."""
    from handout import making

    return making.before_print(language)
