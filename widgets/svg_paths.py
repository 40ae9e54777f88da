"""Shorter ways to write the same path: points that a straight line passes anyway are left out, steps instead of places.

Numbers have one decimal and are counted in tenths, so that steps add up to exactly the same places.
"""

import re
from collections.abc import Iterator

_PART = re.compile(r"[MLCQZz]|-?\d*\.?\d+(?:e-?\d+)?")
_POINTS = {"M": 1, "L": 1, "C": 3, "Q": 2}
CLOSE = 1.5  # tenths of a point: how far from the line a point that is left out may stand

Point = tuple[int, int]  # in tenths


def shortened(path: str) -> str:
    """The same path; one with commands that matplotlib never writes is left as it is."""
    if re.search(r"[^MLCQZz\d\s.,e-]", path):
        return path
    written, here, start = "", (0, 0), (0, 0)
    for command, points in _steps(path):
        if command == "Z":
            written, here = f"{written}z", start
            continue
        if command == "L":
            points = _needed([here, *points])[1:]
        written += command.lower() + _relative(command, points, here)
        here = points[-1]
        start = here if command == "M" else start
    return written


def _steps(path: str) -> Iterator[tuple[str, list[Point]]]:
    """Each command with its points; neighbouring lines are one command."""
    parts, lines = _PART.findall(path), []
    place = 0
    while place < len(parts):
        command = parts[place].upper()
        count = 2 * _POINTS.get(command, 0)
        numbers = [round(10 * float(number)) for number in parts[place + 1 : place + 1 + count]]
        place += 1 + count
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "L":
            lines += points
            continue
        if lines:
            yield "L", lines
            lines = []
        yield command, points
    if lines:
        yield "L", lines


def _needed(points: list[Point]) -> list[Point]:
    """The ends, and the points without which the line would go elsewhere (Douglas and Peucker)."""
    kept, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda place: _distance(points[place], points[first], points[last]), default=0)
        if farthest and _distance(points[farthest], points[first], points[last]) > CLOSE:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[place] for place in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point stands from the line between two others."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = across * across + up * up
    if not length:
        return ((point[0] - start[0]) ** 2 + (point[1] - start[1]) ** 2) ** 0.5
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / length
    along = min(1.0, max(0.0, along))  # beyond the ends, the nearest end counts
    return ((point[0] - start[0] - along * across) ** 2 + (point[1] - start[1] - along * up) ** 2) ** 0.5


def _relative(command: str, points: list[Point], here: Point) -> str:
    """Points as steps from where the command begins; in a run of lines each step begins where the last one ended."""
    text = ""
    for point in points:
        for number in (point[0] - here[0], point[1] - here[1]):
            step = _number(number)
            text += step if not text or step.startswith("-") else f" {step}"
        if command == "L":
            here = point
    return text


def _number(tenths: int) -> str:
    """Tenths as a decimal number without needless zeros."""
    sign, whole, decimal = "-" * (tenths < 0), abs(tenths) // 10, abs(tenths) % 10
    return f"{sign}{whole or (0 if not decimal else '')}{f'.{decimal}' if decimal else ''}"
