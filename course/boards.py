"""The group's boards that the core has for more time: what shows each of them, and what the leader says about it."""

from dataclasses import dataclass
from itertools import takewhile

from course import rhythm
from course.model import GroupBoard, Module, Part, Tally
from course.notebooks import Cell


@dataclass(frozen=True)
class Board:
    """A tally or a group board in a part of the core: its minutes, and its cells with the leader's words first."""

    part: str
    exercise: str
    title: str
    minutes: float
    cells: tuple[str, ...]


def boards(module: Module, cells: tuple[Cell, ...]) -> tuple[Board, ...]:
    """Those of a module, in its order."""
    found = rhythm.by_part(module, cells)
    core = [part for part in module.parts if part.layer == "core"]
    return tuple(board for part in core for board in _of_part(module, part, found[part.id]))


def _of_part(module: Module, part: Part, cells: list[Cell]) -> list[Board]:
    group = {each.id: each for each in module.exercises if isinstance(each, Tally | GroupBoard)}
    made = []
    for number, cell in enumerate(cells):
        if cell.shows in group and "more" in cell.tags and not cell.leader:
            told = [*takewhile(_tells, reversed(cells[:number]))][::-1]
            exercise, its = group[cell.shows], tuple(each.id for each in (*told, cell))
            made.append(Board(part.id, exercise.id, exercise.title, exercise.minutes, its))
    return made


def _tells(cell: Cell) -> bool:
    """Whether these are the leader's words about the exercise that comes after them."""
    return cell.leader and "more" in cell.tags
