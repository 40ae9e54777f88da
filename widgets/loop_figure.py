"""The drawing of a circle of things that feed each other, with the arrow that is broken first."""

import math
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from course.model import Choice
from widgets.figure_store import kept
from widgets.figures import ACCENT, INK, PAPER, WASH, Figure, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.patches import Patch

LETTERS_A_LINE, MOST_LINES = 16, 4
# In the drawing's own units, which are the same across and up.
BOX_WIDTH, LINE_HEIGHT, PADDING = 1.2, 0.19, 0.14
BEND = -0.16  # how much the arrows bend outwards
INCHES = 1.5  # for one unit
Point = tuple[float, float]


class Layout(NamedTuple):
    """How far the items stand from the middle, and how far the drawing reaches to each side, down and up.

    `press` above 1 moves the items at the sides nearer the middle, which leaves room for the arrows above and below.
    """

    wide: float
    high: float
    aside: float
    down: float
    up: float
    press: float = 1


def layout(count: int) -> Layout:
    """Higher than wide, so that the words can be read on a telephone; five have two beside each other below."""
    return Layout(1.4 if count == 5 else 1.25, 1.85, 1.97, 2.65, 2.35, 1.6 if count == 6 else 1)


STEP, RISE = 1.43, 0.5  # on the wall: from item to item, and from the middle to each of two rows


def beside(count: int, broken: str) -> Layout:
    """Two rows, as wide as a wall is, so that the words are as large as they can be."""
    aside = STEP * (-(-count // 2) - 1) / 2 + BOX_WIDTH / 2 + 0.02
    return Layout(0, 0, max(aside, 1.4), 1.15 if broken else 0.85, 0.85)


ROOM = 1.6, 0.85  # an empty box, to be written in with a pen
EMPTY = Layout(1.15, 1.3, 1.97, 1.8, 1.8)


@kept
def circle(items: tuple[Choice, ...], broken: str, alt: str, broken_label: str = "", wall: bool = False) -> Figure:
    """Items on a circle, an arrow from each to the next; the broken one is dashed and crossed out."""
    place = beside(len(items), broken) if wall else layout(len(items))

    def make(canvas: "Canvas") -> None:
        axes = _axes(canvas, place)
        points = _rows(len(items)) if wall else _points(len(items), place)
        boxes = [_item(axes, point, item.text) for point, item in zip(points, items, strict=True)]
        _arrows(axes, points, boxes, [item.id == broken for item in items])
        if broken and broken_label:
            _explain(axes, broken_label, 0.15 - place.down)

    return draw(make, alt, _size(place))


@kept
def empty(count: int, alt: str) -> Figure:
    """The same circle with room to write in it."""

    def make(canvas: "Canvas") -> None:
        axes = _axes(canvas, EMPTY)
        points = _points(count, EMPTY)
        boxes = [_box(axes, point, ROOM, PAPER) for point in points]
        _arrows(axes, points, boxes, [False] * count)

    return draw(make, alt, _size(EMPTY))


def _size(place: Layout) -> tuple[float, float]:
    return 2 * place.aside * INCHES, (place.down + place.up) * INCHES


def _axes(canvas: "Canvas", place: Layout) -> "Axes":
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-place.aside, place.aside), ylim=(-place.down, place.up))
    axes.axis("off")
    return axes


def _points(count: int, place: Layout) -> list[Point]:
    """Where the items stand: the first at the top, then clockwise."""
    angles = [math.pi / 2 - 2 * math.pi * number / count for number in range(count)]
    heights = [math.copysign(abs(math.sin(angle)) ** place.press, math.sin(angle)) for angle in angles]
    return [(place.wide * math.cos(angle), place.high * up) for angle, up in zip(angles, heights, strict=True)]


def _rows(count: int) -> list[Point]:
    """Clockwise as on the circle: the upper row from the left, the lower from the right."""
    upper, lower = -(-count // 2), count // 2
    above = [(STEP * (place - (upper - 1) / 2), RISE) for place in range(upper)]
    return above + [(STEP * ((lower - 1) / 2 - place), -RISE) for place in range(lower)]


def wrapped(text: str) -> list[str]:
    """The words of an item in lines that fit its box; what is too long is whole in the list below the drawing."""
    return textwrap.wrap(text, LETTERS_A_LINE, max_lines=MOST_LINES, placeholder=" …") or [""]


def _item(axes: "Axes", point: Point, text: str) -> "Patch":
    lines = wrapped(text)
    box = _box(axes, point, (BOX_WIDTH, LINE_HEIGHT * max(len(lines), 2) + PADDING), WASH)
    # Line by line: a reader's font is not the one matplotlib measured, and each line then stays centred.
    for place, line in enumerate(lines):
        up = point[1] + LINE_HEIGHT * ((len(lines) - 1) / 2 - place)
        axes.text(point[0], up, line, ha="center", va="center", color=INK, fontsize=13, zorder=4)
    return box


def _box(axes: "Axes", point: Point, size: tuple[float, float], color: str) -> "Patch":
    from matplotlib.patches import FancyBboxPatch

    corner = point[0] - size[0] / 2, point[1] - size[1] / 2
    look = {"facecolor": color, "edgecolor": INK, "linewidth": 1.2, "zorder": 3}
    box = FancyBboxPatch(corner, *size, boxstyle="round,pad=0,rounding_size=0.08", **look)
    axes.add_patch(box)
    return box


def _arrows(axes: "Axes", points: list[Point], boxes: list["Patch"], broken: list[bool]) -> None:
    for place, is_broken in enumerate(broken):
        after = (place + 1) % len(points)
        _arrow(axes, points[place], points[after], boxes[place], boxes[after], is_broken)


def _arrow(axes: "Axes", start: Point, end: Point, leaving: "Patch", entering: "Patch", is_broken: bool) -> None:
    look = {"color": ACCENT, "linewidth": 2.4, "linestyle": (0, (3, 3)) if is_broken else "solid"}
    shape = {"arrowstyle": "-|>", "connectionstyle": f"arc3,rad={BEND}", "mutation_scale": 20}
    ends = {"patchA": leaving, "patchB": entering, "shrinkA": 3, "shrinkB": 3}
    axes.annotate("", end, start, arrowprops={**look, **shape, **ends})
    if is_broken:
        across, up = end[0] - start[0], end[1] - start[1]
        # The middle of the bent arrow: half-way between the straight middle and the point it bends towards.
        middle = (start[0] + end[0] + BEND * up) / 2, (start[1] + end[1] - BEND * across) / 2
        axes.plot(*middle, "o", color=PAPER, markersize=17, zorder=5)
        axes.plot(*middle, "x", color=INK, markersize=13, markeredgewidth=3.5, zorder=6)


def _explain(axes: "Axes", label: str, up: float) -> None:
    """What the cross means, below the circle where nothing else stands."""
    axes.plot(-0.62, up, "x", color=INK, markersize=10, markeredgewidth=3)
    axes.text(-0.46, up, label, color=INK, va="center", fontsize=13, weight="bold")
