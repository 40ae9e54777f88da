"""The leader's plan of a meeting: each part, its minutes, and when it begins if the core alone is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course import notebooks, rhythm
from course.model import Module


@dataclass(frozen=True)
class Line:
    """One part. `start` is minutes after the meeting began, "" for a part of the deeper layer."""

    title: str
    minutes: str
    start: str = ""


@dataclass(frozen=True)
class Plan:
    """All parts in order, and the minutes of the core."""

    lines: tuple[Line, ...]
    total: str


def plan(module: Module, notebook: Mapping) -> Plan:
    """The plan of a module as its notebook shows it."""
    cells = tuple(notebooks.cells(notebook))
    return Plan(tuple(_lines(module, cells)), _number(rhythm.core_minutes(module, cells)))


def _lines(module: Module, cells: tuple[notebooks.Cell, ...]) -> Iterator[Line]:
    start, counted = 0.0, rhythm.minutes(module, cells)
    for part in module.parts:
        minutes = counted[part.id].total
        if part.layer == "more":
            yield Line(part.title, _number(minutes))
            continue
        yield Line(part.title, _number(minutes), _number(start))
        start += minutes


def _number(minutes: float) -> str:
    return f"{minutes:g}".replace(".", ",")
