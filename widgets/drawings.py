"""The figures that sliders move, by the name content files use. Each draws one of `widgets.models`, without numbers."""

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from widgets import figures, models
from widgets.figure_store import kept
from widgets.figures import ACCENT, INK, PAPER, QUIET, SMALL, WASH, WIDE, Drawing, Figure, bare, draw, place

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

Words = Mapping[str, str]
Values = Mapping[str, float]
Draw = Callable[["Axes", dict[str, float], Words], None]


@functools.lru_cache(maxsize=512)
@kept
def _drawn(draw_on: Draw, values: tuple, labels: tuple, alt: str, small: bool) -> Figure:
    """A figure is drawn once for the same values and words."""

    def make(canvas: "Canvas") -> None:
        axes = canvas.add_axes(place(small))
        bare(axes)
        draw_on(axes, dict(values), dict(labels))

    return draw(make, alt, SMALL if small else WIDE)


def _drawing(prefix: str, draw_on: Draw, readings: int, reading: Callable[[Values], int]) -> Drawing:
    """A drawing whose words stand in ui.yaml under `drawing.<prefix>_...`."""

    def drawn(values: Values, words: Words, alt: str, small: bool = False) -> Figure:
        start = f"drawing.{prefix}_"
        labels = tuple((key.removeprefix(start), text) for key, text in words.items() if key.startswith(start))
        return _drawn(draw_on, tuple(sorted(values.items())), labels, alt, small)

    return Drawing(drawn, readings, reading)


def _say(axes: "Axes", text: str, point: tuple[float, float], **look: object) -> None:
    """Words at a point of the drawing."""
    axes.annotate(text, point, **{"color": INK, "ha": "center", "va": "bottom", "annotation_clip": False} | look)


def _below(axes: "Axes", text: str, across: float, **look: object) -> None:
    """Words under the axis."""
    under = {"xycoords": axes.get_xaxis_transform(), "xytext": (0, -6), "textcoords": "offset points", "va": "top"}
    axes.annotate(text, (across, 0), **{"color": INK, "ha": "center", "annotation_clip": False} | under | look)


# Better than, as, and worse than expected: told by the bus.


def draw_bus(axes: "Axes", values: dict[str, float], labels: Words) -> None:
    """What was expected beside what came, and the difference between them."""
    expected, came = models.expectation(round(values["times"])), values["outcome"]
    axes.set(xlim=(0, 4.4), ylim=(-0.06, 2.5))
    floor = 0.02  # so that nothing is seen as a line, not as a mistake
    axes.bar([1, 2.2], [max(expected, floor), max(came, floor)], width=0.8, color=[WASH, ACCENT], edgecolor=INK)
    for across, name in ((1, "expected"), (2.2, "came")):
        _below(axes, labels[name], across)
    # Inside the bar, which is dark, the dashes get a strip of paper.
    axes.plot([1.8, 2.6], [expected, expected], color=PAPER, linewidth=3.3, solid_capstyle="butt")
    axes.plot([1.4, 3.4], [expected, expected], color=INK, linewidth=1.3, linestyle=(0, (4, 3)))
    if abs(came - expected) > 0.06:
        axes.annotate("", (3.2, came), (3.2, expected), arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2})
    _below(axes, labels["signal"], 3.5)
    _say(axes, labels[("better", "same", "worse")[bus_reading(values)]], (2.2, 2.25), weight="bold")


def bus_reading(values: Values) -> int:
    """0: better than expected · 1: as expected · 2: worse than expected."""
    error = models.surprise(round(values["times"]), values["outcome"])
    return 0 if error > 0.1 else 2 if error < -0.1 else 1


# The signal that moves from the reward to what foretells it.

ROUNDS = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 60)  # what the slider's eleven places stand for


def draw_signal(axes: "Axes", values: dict[str, float], labels: Words) -> None:
    """How strong the signal is at the cue, on the way, and at the reward."""
    heights = models.moving_signal(ROUNDS[round(values["times"])])
    last = len(heights) - 1
    axes.set(xlim=(-0.8, last + 0.9), ylim=(-0.03, 1.3))
    axes.bar(range(len(heights)), heights, width=0.55, color=ACCENT, edgecolor=INK, linewidth=0.8)
    _below(axes, labels["cue"], 0)
    _below(axes, labels["reward"], last)
    axes.annotate(labels["level"], (0, 1), (8, 0), xycoords="axes fraction", textcoords="offset points", color=INK)


def signal_reading(values: Values) -> int:
    """0: at the reward · 1: on its way · 2: at the cue."""
    heights = models.moving_signal(ROUNDS[round(values["times"])])
    return 0 if heights[-1] > 0.5 else 2 if heights[0] > 0.5 else 1


# Distress and use, which feed each other.


def draw_two_curves(axes: "Axes", values: dict[str, float], labels: Words) -> None:
    """Two curves over time; the one of distress may rise before it falls."""
    distress, use = models.two_curves(values["support"] / 10, values["stress"] / 10)
    axes.set(xlim=(0, len(use) * 1.28), ylim=(0, 1.15))
    axes.plot(distress, color=ACCENT, linewidth=3.5, solid_capstyle="round")
    axes.plot(use, color=INK, linewidth=2.4, linestyle=(0, (5, 2)))
    apart = distress[-1] - use[-1]
    push = 0.05 * (1 if apart >= 0 else -1) if abs(apart) < 0.1 else 0
    for name, curve, shift, color in (("distress", distress, push, ACCENT), ("use", use, -push, INK)):
        _say(
            axes, labels[name], (len(use) + 0.6, curve[-1] + shift), ha="left", va="center", color=color, weight="bold"
        )
    _below(axes, labels["time"], len(use) * 1.28, ha="right")


def two_curves_reading(values: Values) -> int:
    """0: both stay about where they were · 1: rises first and falls only a little · 2: rises first and then falls."""
    distress, _ = models.two_curves(values["support"] / 10, values["stress"] / 10)
    if not models.rises_first(distress):
        return 0
    return 1 if distress[-1] > 0.75 * distress[0] else 2


# The urge as a wave.


def draw_wave(axes: "Axes", values: dict[str, float], labels: Words) -> None:
    """An urge that rises and falls, once or in series."""
    across, up = models.urge_wave(0.3 + values["height"] / 10 * 0.7, round(values["returns"]))
    axes.set(xlim=(0, across[-1]), ylim=(0, 1.3))
    axes.fill_between(across, up, color=WASH, linewidth=0)
    axes.plot(across, up, color=ACCENT, linewidth=3.5, solid_capstyle="round", clip_on=False)
    top = up.index(max(up))
    _say(axes, labels["top"], (max(across[top], across[-1] / 7), up[top] + 0.04), weight="bold")
    _below(axes, labels["time"], across[-1], ha="right")
    axes.annotate(labels["level"], (0, 1), (8, 0), xycoords="axes fraction", textcoords="offset points", color=QUIET)


def wave_reading(values: Values) -> int:
    """0: one wave · 1: several, each lower than the one before."""
    return 1 if round(values["returns"]) else 0


EXPLORE: Mapping[str, Drawing] = {
    **figures.EXPLORE,
    "bus": _drawing("bus", draw_bus, 3, bus_reading),
    "signal": _drawing("signal", draw_signal, 3, signal_reading),
    "two_curves": _drawing("curves", draw_two_curves, 3, two_curves_reading),
    "wave": _drawing("wave", draw_wave, 2, wave_reading),
}
