"""The drawing of a circle of things that feed each other, with the arrow that is broken first."""

import math
import textwrap
from typing import TYPE_CHECKING

from course.model import Choice
from widgets.figures import ACCENT, INK, PAPER, WASH, Figure, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.patches import Patch

LETTERS_A_LINE = 18
# In the drawing's own units, which are the same across and up.
WIDE, HIGH = 1.55, 1.25  # how far the items stand from the middle
BOX_WIDTH, LINE_HEIGHT = 1.2, 0.17
BEND = -0.16  # how much the arrows bend outwards
LIMITS = {"xlim": (-2.25, 2.25), "ylim": (-1.95, 1.7)}
SIZE = (6.75, 5.475)
Point = tuple[float, float]


def circle(items: tuple[Choice, ...], broken: str, alt: str, broken_label: str = "") -> Figure:
    """Items on a circle, an arrow from each to the next; the broken one is dashed and crossed out."""

    def make(canvas: "Canvas") -> None:
        axes = canvas.add_axes((0, 0, 1, 1))
        axes.set(**LIMITS)
        axes.axis("off")
        points = [_point(place, len(items)) for place in range(len(items))]
        boxes = [_item(axes, point, item.text) for point, item in zip(points, items, strict=True)]
        for place, item in enumerate(items):
            after = (place + 1) % len(items)
            _arrow(axes, points[place], points[after], boxes[place], boxes[after], item.id == broken)
        if broken and broken_label:
            _explain(axes, broken_label)

    return draw(make, alt, SIZE)


def empty(count: int, alt: str) -> Figure:
    """The same circle with room to write in it."""
    return circle(tuple(Choice(id=str(place), text="") for place in range(count)), "", alt)


def _point(place: float, count: int) -> Point:
    """Where an item stands: the first at the top, then clockwise."""
    angle = math.pi / 2 - 2 * math.pi * place / count
    return WIDE * math.cos(angle), HIGH * math.sin(angle)


def wrapped(text: str) -> list[str]:
    """The words of an item in at most four lines that fit its box."""
    return textwrap.wrap(text, LETTERS_A_LINE, max_lines=4, placeholder=" …") or [""]


def _item(axes: "Axes", point: Point, text: str) -> "Patch":
    from matplotlib.patches import FancyBboxPatch

    lines = wrapped(text)
    height = LINE_HEIGHT * max(len(lines), 2) + 0.14
    corner = point[0] - BOX_WIDTH / 2, point[1] - height / 2
    look = {"facecolor": WASH if text else PAPER, "edgecolor": INK, "linewidth": 1.2, "zorder": 3}
    box = FancyBboxPatch(corner, BOX_WIDTH, height, boxstyle="round,pad=0,rounding_size=0.08", **look)
    axes.add_patch(box)
    # Line by line: a reader's font is not the one matplotlib measured, and each line then stays centred.
    for place, line in enumerate(lines):
        up = point[1] + LINE_HEIGHT * ((len(lines) - 1) / 2 - place)
        axes.text(point[0], up, line, ha="center", va="center", color=INK, fontsize=11.5, zorder=4)
    return box


def _arrow(axes: "Axes", start: Point, end: Point, leaving: "Patch", entering: "Patch", is_broken: bool) -> None:
    look = {"color": ACCENT, "linewidth": 2.4, "linestyle": (0, (3, 3)) if is_broken else "solid"}
    shape = {"arrowstyle": "-|>", "connectionstyle": f"arc3,rad={BEND}", "mutation_scale": 20}
    ends = {"patchA": leaving, "patchB": entering, "shrinkA": 3, "shrinkB": 3}
    axes.annotate("", end, start, arrowprops={**look, **shape, **ends})
    if is_broken:
        across, up = end[0] - start[0], end[1] - start[1]
        # The middle of the bent arrow: half-way between the straight middle and the point it bends towards.
        middle = (start[0] + end[0] + BEND * up) / 2, (start[1] + end[1] - BEND * across) / 2
        axes.plot(*middle, "o", color=PAPER, markersize=20, zorder=5)
        axes.plot(*middle, "x", color=INK, markersize=14, markeredgewidth=3.5, zorder=6)


def _explain(axes: "Axes", label: str) -> None:
    """What the cross means, below the circle where nothing else stands."""
    axes.plot(-0.62, -1.83, "x", color=INK, markersize=10, markeredgewidth=3)
    axes.text(-0.48, -1.83, label, color=INK, va="center", fontsize=12, weight="bold")
