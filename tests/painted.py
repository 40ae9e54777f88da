"""Reads the colours out of a drawing of ours: every stroke, fill and word, and what it lies on, in painting order.

It knows the few elements that our drawings consist of, and stops at any other.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from xml.etree import ElementTree

from matplotlib.path import Path

PAPER = "#ffffff"
NOTHING = "none"
BROAD = 2.5  # a line as thick as this is ground for what lies on it
STEP = 3  # points between two places where a line is looked at
_NUMBER = re.compile(r"-?\d*\.?\d+")
_CURVES = {"c": 3, "q": 2, "l": 1, "m": 1}
_NAMED = {"black": "#000000", "white": PAPER}

Point = tuple[float, float]


def luminance(colour: str) -> float:
    """How light a colour is, by the definition of WCAG; shades of grey on a printer go by it too."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Mark:
    """One thing that is painted: its lines, its colours, and whether it is words, which are only a line here."""

    lines: Sequence[Sequence[Point]]
    fill: str = NOTHING
    stroke: str = NOTHING
    width: float = 1
    words: str = ""

    def along(self) -> Iterator[Point]:
        """Places all along its lines."""
        for line in self.lines:
            for (x, y), (to, down) in pairwise(line):
                steps = max(1, round(max(abs(to - x), abs(down - y)) / STEP))
                for step in range(steps):
                    share = (step + 0.5) / steps
                    yield x + share * (to - x), y + share * (down - y)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """How far it reaches to the left, up, to the right and down."""
        across, up = zip(*itertools.chain(*self.lines), strict=True)
        return min(across) - self.width, min(up) - self.width, max(across) + self.width, max(up) + self.width

    def covers(self, point: Point) -> str:
        """Its colour where it lies over this point, if it does."""
        left, top, right, bottom = self.box
        if self.words or not (left <= point[0] <= right and top <= point[1] <= bottom):
            return ""
        if self.stroke != NOTHING and self.width >= BROAD and any(_beside(point, self.width / 2, self.lines)):
            return self.stroke
        inside = self.fill != NOTHING and any(Path(line).contains_point(point) for line in self.lines if len(line) > 2)
        return self.fill if inside else ""


def _beside(point: Point, reach: float, lines: Sequence[Sequence[Point]]) -> Iterator[bool]:
    for line in lines:
        for (x, y), (to, down) in pairwise(line):
            length = (to - x) ** 2 + (down - y) ** 2 or 1
            share = min(1, max(0, ((point[0] - x) * (to - x) + (point[1] - y) * (down - y)) / length))
            away = (point[0] - x - share * (to - x)) ** 2 + (point[1] - y - share * (down - y)) ** 2
            yield away <= reach**2


def behind(marks: Sequence[Mark], place: int, point: Point) -> str:
    """The colour that a mark lies on at a point: that of the last one before it which covers the point."""
    return next((found for mark in reversed(marks[:place]) if (found := mark.covers(point))), PAPER)


def marks(drawing: str) -> list[Mark]:
    """All marks of a drawing, in the order they are painted in."""
    root = ElementTree.fromstring(drawing)
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    return list(_marks(root, {}, named))


def _marks(element: ElementTree.Element, around: dict, named: dict) -> Iterator[Mark]:
    values = {
        **around,
        **{name: value for name, value in element.attrib.items() if name not in ("x", "y", "transform")},
    }
    if element.tag in ("svg", "g"):
        for child in element:
            yield from _marks(child, values, named)
    elif element.tag == "use":
        shape = named[element.get("href").removeprefix("#")]
        yield _shape({**values, **shape.attrib}, _lines(shape), (_number(element, "x"), _number(element, "y")))
    elif element.tag in ("path", "rect"):
        yield _shape(values, _lines(element), (0, 0))
    elif element.tag == "text":
        yield _words(element, values)
    else:
        assert element.tag in ("defs", "title"), f"what is <{element.tag}> painted like?"


def _shape(values: dict, lines: list[list[Point]], move: Point) -> Mark:
    moved = [[(x + move[0], y + move[1]) for x, y in line] for line in lines]
    fill, stroke = _colour(values, "fill", "#000000"), _colour(values, "stroke", NOTHING)
    return Mark(moved, fill, stroke, float(values.get("stroke-width", 1)))


def _colour(values: dict, name: str, default: str) -> str:
    """A colour as six figures; half-transparent ones are not made, and would have to be mixed here."""
    opacity = float(values.get("opacity", 1)) * float(values.get(f"{name}-opacity", 1))
    assert opacity in (0, 1), "how does half a colour look?"
    colour = values.get(name, default)
    colour = _NAMED.get(colour, colour)
    assert colour == NOTHING or re.fullmatch("#[0-9a-f]{6}", colour), colour
    return colour if opacity else NOTHING


def _number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, 0))


def _words(element: ElementTree.Element, values: dict) -> Mark:
    """Words as the line through the middle of their letters. An ordinary letter is half as wide as it is high."""
    size, text = float(values.get("font-size", 16)), "".join(element.itertext())
    width = 0.55 * size * len(text)
    x, y = _moved(element)
    left, y = x - {"middle": 0.5, "end": 1}.get(values.get("text-anchor"), 0) * width, y - 0.35 * size
    return Mark([[(left, y), (left + width, y)]], _colour(values, "fill", "#000000"), words=text)


def _moved(element: ElementTree.Element) -> Point:
    """Where words begin; matplotlib moves those that stand in more than one line."""
    told = element.get("transform", "")
    assert re.fullmatch(r"(translate\([^)]*\))?", told), f"how do words lie with {told}?"
    moved = [float(number) for number in _NUMBER.findall(told)] or [0, 0]
    return _number(element, "x") + moved[0], _number(element, "y") + moved[1]


def _lines(element: ElementTree.Element) -> list[list[Point]]:
    if element.tag == "rect":
        x, y, wide, high = (_number(element, name) for name in ("x", "y", "width", "height"))
        return [[(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]]
    assert not re.search(r"[^mlcqz\d\s.,-]", element.get("d")), element.get("d")
    return _path(element.get("d"))


def _path(path: str) -> list[list[Point]]:
    lines: list[list[Point]] = []
    here = (0.0, 0.0)
    for command, told in re.findall("([mlcqz])([^mlcqz]*)", path):
        numbers = [float(number) for number in _NUMBER.findall(told)]
        if command == "z":
            lines[-1].append(lines[-1][0])
            here = lines[-1][0]
        for place in range(0, len(numbers), 2 * _CURVES.get(command, 1)):
            steps = numbers[place : place + 2 * _CURVES[command]]
            points = [(here[0] + x, here[1] + y) for x, y in zip(steps[::2], steps[1::2], strict=True)]
            if command == "m" and place == 0:
                lines.append([])
            lines[-1] += points if len(points) == 1 else _curve([here, *points])
            here = points[-1]
    return lines


def _curve(points: Sequence[Point], pieces: int = 8) -> list[Point]:
    """A curve as straight pieces."""
    found = []
    for piece in range(1, pieces + 1):
        share, between = piece / pieces, list(points)
        while len(between) > 1:
            between = [(a + share * (c - a), b + share * (d - b)) for (a, b), (c, d) in pairwise(between)]
        found += between
    return found
