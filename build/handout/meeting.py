"""The meeting that the leader has chosen for a module: what its pages leave out, and the agenda they open with."""

from dataclasses import dataclass

from course import chosen, content, notebooks, session
from course.agenda import Agenda, agenda
from course.model import Module
from course.notebooks import Cell


@dataclass(frozen=True)
class Held:
    """A chosen meeting: its agenda, the ids of the cells that are left out, and of the exercises that are left."""

    agenda: Agenda
    out: frozenset[str]
    exercises: frozenset[str]


def held(module: Module, cells: tuple[Cell, ...]) -> Held | None:
    """The meeting of a module with these cells; None when the usual one is held."""
    meeting = chosen.meeting(module, cells)
    if meeting is None:
        return None
    out = session.left_out(module, cells, meeting)
    shown = frozenset(cell.shows for cell in cells if cell.id not in out)
    return Held(agenda(module, meeting), out, shown)


def of_module(name: str, language: str) -> Held | None:
    """The same for the module of this name; nothing is read when nothing is chosen."""
    if chosen.read(name) is None:
        return None
    return held(content.load(name, language), notebooks.read(content.MODULES / language / f"{name}.ipynb"))
