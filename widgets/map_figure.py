"""The trigger map as a figure: a row for each category, a column for each strength, a shape for planned or not.

Labels cannot overlap because they are never placed freely. Each marker and its label claim a span of their row; spans
that would touch go to different lanes, and a row is as high as its lanes. Sizes are measured, not guessed.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from course.model import Trigger, TriggerMap
from widgets import figures
from widgets.figure_store import kept
from widgets.figures import GUIDE, INK, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing
    from matplotlib.text import Text

MOST_LABELS = 12  # with more triggers than this the map shows numbers, and the list beside it the words
MOST_LINES = 3
STRONGEST = 10

# Lengths in points, which are also pixels at 72 dots per inch.
EDGE = 6
LETTERS = 10
MARKER = 9
REACH = 9  # from the middle of a marker to its label


class Sheet(NamedTuple):
    """What the map is drawn on: how wide it is, and the room for its rows, its names and what is above and below."""

    width: float
    gap: float
    row: float
    category: float
    above: float
    below: float


PAGE = Sheet(width=500, gap=5, row=28, category=92, above=26, below=46)  # fits A4 between its margins
WALL = Sheet(width=344, gap=2, row=15, category=74, above=18, below=32)  # the same letters fill a larger part of it


@dataclass(frozen=True)
class Spot:
    """One trigger's marker and label before they have a height: the row, both ends of the span, the label's height."""

    row: int
    x: float
    label: Text
    left: float
    right: float
    height: float


def numbered(triggers: Sequence[Trigger]) -> bool:
    """Whether the map shows numbers instead of words."""
    return len(triggers) > MOST_LABELS


def rows(exercise: TriggerMap, triggers: Sequence[Trigger], words: Mapping[str, str]) -> dict[str, str]:
    """The label of every row by category id; one more row when a trigger comes from a category that is not here."""
    labels = {category.id: category.label for category in exercise.categories}
    if any(trigger.category not in labels for trigger in triggers):
        labels[""] = words["trigger_map.other"]
    return labels


def row_of(trigger: Trigger, labels: Mapping[str, str]) -> str:
    """The category id of the row in which a trigger stands."""
    return trigger.category if trigger.category in labels else ""


@kept
def draw(
    exercise: TriggerMap, triggers: Sequence[Trigger], words: Mapping[str, str], sheet: Sheet = PAGE
) -> figures.Figure:
    """The map with its text alternative."""
    return figures.draw(
        lambda drawing: compose(drawing, exercise, triggers, words, sheet), alternative(triggers, words)
    )


def alternative(triggers: Sequence[Trigger], words: Mapping[str, str]) -> str:
    """What the map shows at a glance, in words; the list beside it says the rest."""
    if not triggers:
        return words["trigger_map.alt_empty"]
    rated = [trigger for trigger in triggers if trigger.strength is not None]
    planned = sum(trigger.planned for trigger in triggers)
    summary = words["trigger_map.alt"].format(count=len(triggers), rated=len(rated), planned=planned)
    if not rated:
        return summary
    strongest = max(rated, key=lambda trigger: trigger.strength)
    most = words["trigger_map.alt_strongest"].format(text=plain(strongest.text), strength=strongest.strength)
    return f"{summary} {most}"


def plain(text: str) -> str:
    """Text on one line, without characters that no font or XML file can hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For each span the first lane in which it touches no earlier one."""
    taken: list[list[tuple[float, float]]] = []
    chosen = []
    for left, right in spans:
        free = (place for place, others in enumerate(taken) if all(right <= a or b <= left for a, b in others))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        chosen.append(lane)
    return chosen


def wrap(text: str, width: float, measure: Callable[[str], float], most: int = MOST_LINES) -> str:
    """Text in lines no wider than `width`; a longer word is broken, and what does not fit becomes «…»."""
    found = [""]
    for word in text.split():
        for piece in _pieces(word, width, measure):
            joined = f"{found[-1]} {piece}".strip()
            if measure(joined) <= width:
                found[-1] = joined
            else:
                found.append(piece)
    if len(found) > most:
        found = [*found[: most - 1], _shortened(found[most - 1], width, measure)]
    return "\n".join(found)


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces = []
    while measure(word) > width:
        # One letter is always taken, so that even a letter wider than the line comes to an end.
        size = max(1, bisect_right(range(1, len(word)), width, key=lambda count: measure(f"{word[:count]}-")))
        pieces.append(word[:size] + "-")
        word = word[size:]
    return [*pieces, word]


def _shortened(line: str, width: float, measure: Callable[[str], float]) -> str:
    while line and measure(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" -") + "…"


def compose(
    drawing: Drawing, exercise: TriggerMap, triggers: Sequence[Trigger], words: Mapping[str, str], sheet: Sheet = PAGE
) -> None:
    """Draw the map on an empty matplotlib figure; each label is a text artist whose gid begins with «label»."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    drawing.set_dpi(72)
    FigureCanvasAgg(drawing)  # measures texts
    _fill(drawing.add_axes((0, 0, 1, 1)), exercise, triggers, words, sheet)


@dataclass(frozen=True)
class Ground:
    """What labels are placed on: the sheet, the axes, how wide a text becomes, the rows, the columns, and the width."""

    sheet: Sheet
    axes: Axes
    measure: Callable[[str], float]
    rows: Mapping[str, str]
    columns: Mapping[int, float]
    width: float


def _fill(
    axes: Axes, exercise: TriggerMap, triggers: Sequence[Trigger], words: Mapping[str, str], sheet: Sheet
) -> None:
    labels = rows(exercise, triggers, words)
    measure = measuring(axes, LETTERS)
    names = [wrap(plain(label), sheet.category, measure) for label in labels.values()]
    margin = EDGE + sheet.gap + max((measure(line) for name in names for line in name.splitlines()), default=0)
    width = sheet.width - margin - EDGE
    ground = Ground(sheet, axes, measure, labels, _columns(triggers, width), width)
    items = _items(triggers)
    spots = [_spot(ground, trigger, text) for trigger, text in items]
    tops, middles = _heights(spots, len(labels), sheet)
    _place(axes, sheet, margin, tops[-1])
    _frame(ground, names, tops, words)
    _ends(ground, tops[-1], (exercise.low, exercise.high))
    for spot, y in zip(spots, middles, strict=True):
        spot.label.set_y(y)
    _markers(axes, spots, middles, [trigger.planned for trigger, _ in items], words)


def _items(triggers: Sequence[Trigger]) -> list[tuple[Trigger, str]]:
    """Each trigger with what its label says, weakest first, so that lanes are filled from the left."""
    texts = [str(place) if numbered(triggers) else plain(one.text) for place, one in enumerate(triggers, start=1)]
    return sorted(zip(triggers, texts, strict=True), key=lambda item: _column(item[0]))


def _column(trigger: Trigger) -> int:
    """The column of a trigger: its strength, or one to the left of 0 when it is not rated."""
    return -1 if trigger.strength is None else max(0, min(trigger.strength, STRONGEST))


def _columns(triggers: Sequence[Trigger], width: float) -> dict[int, float]:
    """Where each column stands across the map; the one for «not rated» is there only when it is needed."""
    first = min((_column(trigger) for trigger in triggers), default=0)
    shown = range(min(first, 0), STRONGEST + 1)
    step = width / len(shown)
    return {column: (place + 0.5) * step for place, column in enumerate(shown)}


def measuring(axes: Axes, letters: float) -> Callable[[str], float]:
    """How wide one line of text becomes in letters of this size."""
    sizes = _sizes(axes, letters)
    return lambda text: sizes(text)[0]


def rising(axes: Axes, letters: float) -> Callable[[str], float]:
    """How high one line of text becomes: a sign with marks above and below it may be three times its neighbours."""
    sizes = _sizes(axes, letters)
    return lambda text: sizes(text)[1]


def _sizes(axes: Axes, letters: float) -> Callable[[str], tuple[float, float, float]]:
    from matplotlib.font_manager import FontProperties

    renderer = axes.figure.canvas.get_renderer()
    font = FontProperties(size=letters)
    return functools.cache(lambda text: renderer.get_text_width_height_descent(text, font, False))


def _spot(ground: Ground, trigger: Trigger, text: str) -> Spot:
    gap = ground.sheet.gap
    x = ground.columns[_column(trigger)]
    # Half of the map: whichever half the marker stands in, there is that much room on its other side.
    text = wrap(text, ground.width / 2 - REACH - gap, ground.measure)
    label = _label(ground.axes, text, f"label-{trigger.id}")
    extent = label.get_window_extent()
    after = x + REACH + extent.width + gap <= ground.width
    label.set(x=x + REACH if after else x - REACH, horizontalalignment="left" if after else "right")
    left = x - (MARKER if after else REACH + extent.width) - gap / 2
    right = x + (REACH + extent.width if after else MARKER) + gap / 2
    row = list(ground.rows).index(row_of(trigger, ground.rows))
    return Spot(row, x, label, left, right, max(extent.height, MARKER) + gap)


def _label(axes: Axes, text: str, name: str) -> Text:
    paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}  # grid lines do not run through words
    look = {"fontsize": LETTERS, "color": INK, "parse_math": False}  # a dollar sign is a dollar sign
    return axes.text(0, 0, text, va="center", multialignment="left", gid=name, bbox=paper, **look)


def _heights(spots: Sequence[Spot], count: int, sheet: Sheet) -> tuple[list[float], list[float]]:
    """The top of every row and the end of the last, and the middle of every spot."""
    tops, middles = [0.0], {}
    for row in range(count):
        here = [spot for spot in spots if spot.row == row]
        chosen = lanes([(spot.left, spot.right) for spot in here])
        heights = [0.0] * (max(chosen, default=-1) + 1)
        for spot, lane in zip(here, chosen, strict=True):
            heights[lane] = max(heights[lane], spot.height)
        row_height = max(sum(heights) + 2 * sheet.gap, sheet.row)
        start = tops[-1] + (row_height - sum(heights)) / 2
        for spot, lane in zip(here, chosen, strict=True):
            middles[id(spot)] = start + sum(heights[:lane]) + heights[lane] / 2
        tops.append(tops[-1] + row_height)
    return tops, [middles[id(spot)] for spot in spots]


def _place(axes: Axes, sheet: Sheet, margin: float, height: float) -> None:
    """Give the figure its size and the axes their place in it; data coordinates are points from the upper left."""
    width, whole = sheet.width - margin - EDGE, sheet.above + height + sheet.below
    axes.figure.set_size_inches(sheet.width / 72, whole / 72)
    axes.set_position((margin / sheet.width, sheet.below / whole, width / sheet.width, height / whole))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)


def _frame(ground: Ground, names: Sequence[str], tops: Sequence[float], words: Mapping[str, str]) -> None:
    """Rows with their names, columns with their numbers, and a line before the column of what is not rated."""
    axes, columns = ground.axes, ground.columns
    unrated = words["trigger_map.unrated_short"]
    axes.set_xticks(list(columns.values()), [unrated if one < 0 else str(one) for one in columns], color=INK)
    axes.set_yticks([(top + end) / 2 for top, end in pairwise(tops)], names, color=INK)
    axes.tick_params(length=0, labelsize=LETTERS)
    for edge in axes.spines.values():
        edge.set_color(INK)
    axes.vlines(list(columns.values()), 0, tops[-1], color=GUIDE, linewidth=0.6, zorder=0)
    if -1 in columns:
        axes.vlines((columns[-1] + columns[0]) / 2, 0, tops[-1], color=INK, linewidth=0.6, zorder=0)
    axes.hlines(tops[1:-1], 0, ground.width, color=INK, linewidth=0.6, zorder=0)


def _ends(ground: Ground, bottom: float, texts: tuple[str, str]) -> None:
    """The words at both ends of the scale, under its numbers."""
    step = ground.width / len(ground.columns)
    places = ((ground.columns[0] - step / 2, "left"), (ground.width, "right"))
    for text, (x, side) in zip(texts, places, strict=True):
        wrapped = wrap(plain(text), ground.width / 2 - step, ground.measure, most=2)
        ground.axes.text(x, bottom + 18, wrapped, fontsize=LETTERS, ha=side, va="top", color=INK, parse_math=False)


def _markers(
    axes: Axes, spots: Sequence[Spot], middles: Sequence[float], planned: Sequence[bool], words: Mapping[str, str]
) -> None:
    """A filled circle with a plan, an open diamond without one: told apart by shape and fill, not by colour."""
    kinds = ((True, "o", INK, "trigger_map.planned"), (False, "D", PAPER, "trigger_map.unplanned"))
    for kind, shape, face, word in kinds:
        here = [(spot.x, y) for spot, y, has in zip(spots, middles, planned, strict=True) if has is kind]
        axes.plot(
            [x for x, _ in here], [y for _, y in here], linestyle="none", marker=shape, label=words[word],
            markersize=MARKER if kind else MARKER - 2, markerfacecolor=face, markeredgecolor=INK, markeredgewidth=1.3,
        )  # fmt: skip
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=LETTERS, borderaxespad=0.2,
        handletextpad=0.2, labelcolor=INK,
    )  # fmt: skip
