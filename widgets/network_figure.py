"""The people around somebody as a figure: three circles, a shape for what the contact does, and the one it is about.

Labels cannot overlap because they are never placed freely: they are measured first, and the circles grow to hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from course.model import Label, NetworkMap, Person
from widgets import figures
from widgets.figure_store import kept
from widgets.figures import INK, PALE, PAPER, WASH
from widgets.map_figure import measuring, plain, rising, wrap
from widgets.network_layout import Ring, Room, Size, rings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

CIRCLES = ("near", "middle", "far")
SHAPES = {"helps": ("o", "full"), "both": ("s", "left"), "harms": ("D", "none")}  # marker, and how much of it is filled

# Lengths in points, which are also pixels at 72 dots per inch.
LETTERS = 11
LINE = 14
MARKER = 9
REACH = 3  # from a marker to its words
LEGEND = 22
EDGE = 4

WASHES = (WASH, PALE, PAPER)  # from the innermost


class Sheet(NamedTuple):
    """What the map is drawn on: how much wider than high its circles are, the longest line of a label, and the room.
    With more people than `words` it shows numbers, and the list beside it the words."""

    stretch: float
    label: float
    room: Room
    words: int = 12
    letters: float = LETTERS  # of the circles' names and the legend


PAGE = Sheet(1, 72, Room(middle=20, least=62, gap=5, edge=11))
# Lies down and has numbers, so that its letters can be read from the back of a room; the list stands beside it.
WALL = Sheet(2.2, 0, Room(middle=12, least=20, gap=0, edge=5), words=0)
TELEPHONE = Sheet(1, 0, Room(middle=17, least=34, gap=2, edge=9), words=0)  # its page is 320 points wide
# Empty, to be written in. In large print it is as wide as the page, and a point in it is a point on paper.
PEN = Sheet(1, 72, Room(middle=24, least=75, gap=5, edge=11), letters=18)


@dataclass(frozen=True)
class Spot:
    """One person on the map: their number or the lines of their words, how high each line is (none when the number
    stands beside the marker), and the size of it all with the marker."""

    person: Person
    lines: Sequence[str]
    heights: Sequence[float]
    size: Size


def numbered(people: Sequence[Person], sheet: Sheet = PAGE) -> bool:
    """Whether the map shows numbers instead of words."""
    return len(people) > sheet.words


@kept
def draw(
    exercise: NetworkMap, people: Sequence[Person], words: Mapping[str, str], sheet: Sheet = PAGE
) -> figures.Figure:
    """The map with its text alternative."""
    return figures.draw(
        lambda drawing: compose(drawing, exercise, people, words, sheet), alternative(exercise, people, words)
    )


def alternative(exercise: NetworkMap, people: Sequence[Person], words: Mapping[str, str]) -> str:
    """The map in words: everybody, circle by circle."""
    circles = in_order(exercise)
    if not people:
        return words["network_map.alt_empty"].format(circles=", ".join(circle.title for circle in circles))
    said = " ".join(_circle(exercise, circle, people, words) for circle in circles if standing(people, circle))
    return words["network_map.alt"].format(people=said)


def _circle(exercise: NetworkMap, circle: Label, people: Sequence[Person], words: Mapping[str, str]) -> str:
    effects = {effect.id: effect.title.lower() for effect in exercise.effects}
    named = words["network_map.alt_person"]
    each = (named.format(text=plain(one.text), effect=effects[one.effect]) for one in standing(people, circle))
    return words["network_map.alt_circle"].format(circle=circle.title, people=", ".join(each))


def in_order(exercise: NetworkMap) -> list[Label]:
    """The circles from the innermost, whatever order they were written in."""
    return sorted(exercise.circles, key=lambda circle: CIRCLES.index(circle.id))


def standing(people: Sequence[Person], circle: Label) -> list[Person]:
    """Those who stand in a circle."""
    return [person for person in people if person.circle == circle.id]


def compose(
    drawing: Drawing, exercise: NetworkMap, people: Sequence[Person], words: Mapping[str, str], sheet: Sheet = PAGE
) -> None:
    """Draw the map on an empty matplotlib figure; each label is a text artist whose gid begins with «label»."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    drawing.set_dpi(72)
    FigureCanvasAgg(drawing)  # measures texts
    axes = drawing.add_axes((0, 0, 1, 1))
    circles = in_order(exercise)
    groups = [list(_spots(axes, people, circle, sheet)) for circle in circles]
    made = rings([[_narrowed(spot.size, sheet) for spot in group] for group in groups], sheet.room)
    _place(axes, made[-1].outer * sheet.stretch, made[-1].outer, _legend(axes, exercise, made[-1].outer, sheet))
    _rings(axes, made, [circle.title for circle in circles], words["network_map.me"], sheet)
    for group, ring in zip(groups, made, strict=True):
        for spot, (x, y) in zip(group, ring.points, strict=True):
            _person(axes, spot, x * sheet.stretch, y)


def _narrowed(size: Size, sheet: Sheet) -> Size:
    """A box as wide as it is where circles are circles: people are placed there, and all of it is stretched."""
    return size[0] / sheet.stretch, size[1]


def _spots(axes: Axes, people: Sequence[Person], circle: Label, sheet: Sheet) -> Iterator[Spot]:
    measure, rise = measuring(axes, LETTERS), rising(axes, LETTERS)
    for number, person in enumerate(people, start=1):
        if person.circle != circle.id:
            continue
        if numbered(people, sheet):
            yield Spot(person, [str(number)], (), (MARKER + REACH + measure(str(number)), LINE))
        else:
            lines = wrap(plain(person.text), sheet.label, measure).split("\n")
            heights = [max(LINE, rise(line) + 1) for line in lines]  # boxes that meet would touch
            yield Spot(person, lines, heights, (max(MARKER, *map(measure, lines)), MARKER + REACH + sum(heights)))


def _place(axes: Axes, wide: float, high: float, below: float) -> None:
    """Give the figure its size; data coordinates are points from the middle of the circles."""
    left, bottom, top = wide + EDGE, high + EDGE + below, high + EDGE + LINE / 2
    axes.figure.set_size_inches(2 * left / 72, (bottom + top) / 72)
    axes.set(xlim=(-left, left), ylim=(-bottom, top))
    axes.axis("off")


def _rings(axes: Axes, made: Sequence[Ring], titles: Sequence[str], me: str, sheet: Sheet) -> None:
    from matplotlib.patches import Ellipse

    under = {"facecolor": PAPER, "pad": 1.5}
    for depth, (ring, wash, title) in enumerate(zip(made, WASHES, titles, strict=False)):
        size = 2 * ring.outer * sheet.stretch, 2 * ring.outer
        axes.add_patch(Ellipse((0, 0), *size, facecolor=wash, edgecolor=INK, linewidth=1, zorder=-depth))
        _words(axes, 0, ring.outer, plain(title), fontsize=sheet.letters, gid="ring", weight="bold", bbox=under)
    middle = 2 * sheet.room.middle * sheet.stretch, 2 * sheet.room.middle
    axes.add_patch(Ellipse((0, 0), *middle, facecolor=PAPER, edgecolor=INK, linewidth=1, zorder=1))
    _words(axes, 0, 0, me, fontsize=sheet.letters, gid="me", weight="bold")


def _words(axes: Axes, x: float, y: float, text: str, **look: object) -> None:
    if "bbox" in look:
        look["bbox"] = {"edgecolor": "none", **look["bbox"]}  # the line of the circle does not run through its name
    said = {"ha": "center", "va": "center", "fontsize": LETTERS, "color": INK, "parse_math": False, "zorder": 5}
    axes.text(x, y, text, **{**said, **look})


def _person(axes: Axes, spot: Spot, x: float, y: float) -> None:
    """The sign with the words below it, or with the number beside it."""
    wide, high = spot.size
    if not spot.heights:
        _sign(axes, x - wide / 2 + MARKER / 2, y, spot.person.effect)
        _words(axes, x + wide / 2, y, spot.lines[0], ha="right", gid=f"label-{spot.person.id}")
        return
    _sign(axes, x, y + high / 2 - MARKER / 2, spot.person.effect)
    top = y + high / 2 - MARKER - REACH
    # Line by line: a reader's font is not the one that was measured, and each line then stays centred.
    for line, height in zip(spot.lines, spot.heights, strict=True):
        _words(axes, x, top - height / 2, line, gid=f"label-{spot.person.id}")
        top -= height


def _sign(axes: Axes, x: float, y: float, effect: str) -> None:
    """What the contact does: full, half or empty, and round, square or on its corner. Never a colour."""
    shape, fill = SHAPES[effect]
    size = MARKER - 1 if shape == "o" else MARKER - 2.2  # so that the three look equally large
    axes.plot(
        x, y, linestyle="none", marker=shape, fillstyle=fill, markersize=size, color=INK, markerfacecoloralt=PAPER,
        markeredgecolor=INK, markeredgewidth=1.3, zorder=4, gid=f"sign-{effect}",
    )  # fmt: skip


def _legend(axes: Axes, exercise: NetworkMap, outer: float, sheet: Sheet) -> float:
    """The three signs and their words below the circles, on as few lines as they fit in; how high that is."""
    measure, wide = measuring(axes, sheet.letters), 2 * outer * sheet.stretch
    labels = {effect.id: plain(effect.title) for effect in exercise.effects}
    across, line = 0.0, 0
    for effect in (name for name in SHAPES if name in labels):
        text = wrap(labels[effect], wide - MARKER - REACH, measure, most=1)
        size = MARKER + 2 * REACH + measure(text)
        if across and across + size > wide:
            across, line = 0.0, line + 1
        x, y = across - wide / 2, -outer - EDGE - LEGEND * (line + 0.5)
        _sign(axes, x + MARKER / 2, y, effect)
        _words(axes, x + MARKER + 2 * REACH, y, text, fontsize=sheet.letters, ha="left", gid="legend")
        across += size + 16
    return LEGEND * (line + 1)
