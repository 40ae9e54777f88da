"""The picture of check-ins over time: one small panel for each scale, one point for each day that was rated.

The days stand in order and equally far apart, as on the paper sheet. A line joins two neighbours only when both were
rated and not much time went by between them, so that no line tells of days that nobody rated.
"""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from course.model import CheckInEntry, Field
from widgets.figure_store import kept
from widgets.figures import ACCENT, GUIDE, INK, QUIET, Figure, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Lengths in points. As wide as a telephone, so that the words can be read there.
WIDTH, LEFT, RIGHT = 320, 28, 26
LETTERS_A_LINE = 40
TITLE, END, PLOT, BETWEEN, DATES = 17, 19, 80, 12, 20
FEWEST_COLUMNS = 4  # a beginning has room to go on in
DATE_ROOM = 56  # from one written date to the next
MOST_DATES = 5
HIGHEST = 10
MANY = 20  # with more days than this the points are smaller
LONGEST_GAP = 14  # days that a line may span


@kept
def picture(scales: Sequence[Field], entries: Sequence[CheckInEntry], written: Sequence[str], alt: str) -> Figure:
    """Every scale over the days of `entries`; `written` are those days as short words."""
    tops = _tops(scales)
    height = tops[-1] + DATES

    def make(canvas: "Canvas") -> None:
        axes = canvas.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        axes.axis("off")
        for scale, top in zip(scales, tops, strict=False):
            _panel(axes, scale, entries, top)
        for place in dated(len(entries)):
            _words(axes, column(place, len(entries)), tops[-1] + DATES - 7, written[place], color=INK, ha="center")

    return draw(make, alt, (WIDTH / 72, height / 72))


def title_lines(label: str) -> list[str]:
    """A scale's label in lines that fit the picture."""
    return textwrap.wrap(label, LETTERS_A_LINE) or [""]


def _tops(scales: Sequence[Field]) -> list[float]:
    """Where each panel begins, and where the last one ends."""
    tops = [0.0]
    for scale in scales:
        tops.append(tops[-1] + TITLE * len(title_lines(scale.label)) + 2 * END + PLOT + BETWEEN)
    return tops


def column(place: int, count: int) -> float:
    """How far from the left a day stands."""
    columns = max(count, FEWEST_COLUMNS)
    return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / columns


def dated(count: int) -> list[int]:
    """The days whose dates are written: the first, the last, and some between that have room."""
    for wanted in range(min(count, MOST_DATES), 1, -1):
        places = [round(number * (count - 1) / (wanted - 1)) for number in range(wanted)]
        if all(column(after, count) - column(before, count) >= DATE_ROOM for before, after in pairwise(places)):
            return places
    return [0]


def runs(scale: str, entries: Sequence[CheckInEntry]) -> Iterator[list[int]]:
    """The places of rated days in groups that a line may join."""
    run: list[int] = []
    for place, entry in enumerate(entries):
        if run and (scale not in entry.values or _days(entries[place - 1], entry) > LONGEST_GAP):
            yield run
            run = []
        if scale in entry.values:
            run.append(place)
    if run:
        yield run


def _days(before: CheckInEntry, after: CheckInEntry) -> int:
    return (date.fromisoformat(after.date) - date.fromisoformat(before.date)).days


def broken(scales: Sequence[Field], entries: Sequence[CheckInEntry]) -> bool:
    """Whether a line stops somewhere."""
    return any(len(list(runs(scale.id, entries))) > 1 for scale in scales)


def _panel(axes: "Axes", scale: Field, entries: Sequence[CheckInEntry], top: float) -> None:
    lines = title_lines(scale.label)
    for number, line in enumerate(lines):
        _words(axes, LEFT, top + TITLE * (number + 1) - 4, line, color=INK, weight="bold")
    ceiling = top + TITLE * len(lines) + END
    floor = ceiling + PLOT
    _words(axes, LEFT, ceiling - 7, scale.high, color=QUIET)
    _words(axes, LEFT, floor + END - 3, scale.low, color=QUIET)
    _grid(axes, len(entries), floor)
    _points(axes, scale.id, entries, floor)


def _words(axes: "Axes", across: float, baseline: float, text: str, **look: object) -> None:
    axes.text(across, baseline, text, parse_math=False, **look)  # a dollar sign is only a dollar sign


def _grid(axes: "Axes", count: int, floor: float) -> None:
    """Lines to see a value and its day by; none of them runs through words."""
    across = [(column(place, count), column(place, count), None) for place in dated(count)]
    up = [(floor, floor - PLOT, None)] * len(across)
    for value in (0, HIGHEST // 2, HIGHEST):
        across.append((LEFT, WIDTH - RIGHT, None))
        up.append((_up(value, floor),) * 2 + (None,))
        axes.text(LEFT - 5, _up(value, floor), str(value), color=QUIET, ha="right", va="center")
    axes.plot(*map(_joined, (across, up)), color=GUIDE, linewidth=0.8, zorder=1)


def _points(axes: "Axes", scale: str, entries: Sequence[CheckInEntry], floor: float) -> None:
    look = {"color": ACCENT, "linewidth": 1.8, "marker": "o", "markersize": 7 if len(entries) <= MANY else 4}
    across, up = [], []
    for run in runs(scale, entries):
        across.append((*(column(place, len(entries)) for place in run), None))
        up.append((*(_up(entries[place].values[scale], floor) for place in run), None))
    axes.plot(*map(_joined, (across, up)), zorder=3, **look)


def _joined(pieces: Sequence[Sequence[float | None]]) -> list[float]:
    """Pieces of a line as one line with holes, which is drawn faster than many."""
    return [float("nan") if length is None else length for piece in pieces for length in piece]


def _up(value: int, floor: float) -> float:
    return floor - PLOT * value / HIGHEST
