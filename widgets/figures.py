"""Figures with a text alternative, drawn by matplotlib as small SVG that is the same byte for byte every time.

matplotlib is imported when something is drawn, never before: it is heavy for a kernel that only asks questions. The
object-oriented `Figure` is used without pyplot, which halves the cost and leaves nothing behind.
"""

import functools
import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from widgets import models, svg
from widgets.figure_store import kept

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Dark enough on white for text (AA) and different enough from each other in black and white.
INK = "#1f2a30"
QUIET = "#4a5960"
ACCENT = "#1d5c63"
GUIDE = "#8a979d"  # thin lines to see a value by
WASH, PALE = "#e4ebe7", "#f3f6f4"  # only ever behind ink
PAPER = "#ffffff"

# Of matplotlib's own settings, whatever a machine's matplotlibrc says.
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "nykurs", "font.size": 12}
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

Size = tuple[float, float]  # inches


@dataclass(frozen=True)
class Figure:
    """A picture and what it says in words. ValueError without the words."""

    svg: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a figure needs a text alternative")

    def html(self, width_class: str = "", caption: str = "") -> str:
        """The figure as HTML: one image with a name for those who cannot see it."""
        name = f"{svg.digest(self.svg + self.alt)}-title"
        opening = f'<svg role="img" aria-labelledby="{name}"'
        picture = self.svg.replace("<svg", opening, 1).replace(
            ">", f'><title id="{name}">{escape(self.alt, quote=False)}</title>', 1
        )
        below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f'<figure class="{escape(f"figure {width_class}".strip())}">{picture}{below}</figure>'


def draw(make: Callable[["Canvas"], None], alt: str, size: Size = (5.6, 3.2)) -> Figure:
    """What `make` draws on an empty matplotlib figure, as a Figure."""
    import matplotlib
    from matplotlib.figure import Figure as Canvas

    # Every setting is matplotlib's own default, so that a machine's matplotlibrc does not change a byte.
    defaults = {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
    with matplotlib.rc_context({**defaults, **_SETTINGS}), warnings.catch_warnings():
        # A letter the font lacks is the reader's own font's affair; the warning would say which letter was typed.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        canvas = Canvas(figsize=size)
        canvas.patch.set_visible(False)
        make(canvas)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata=_METADATA)
    return Figure(svg.tidy(file.getvalue()), alt)


# The figures of `explore` exercises.


def bare(axes: "Axes") -> None:
    """Axes without a number: two arrows and nothing to read a value from."""
    axes.set(xticks=[], yticks=[])
    axes.patch.set_visible(False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set(color=QUIET, linewidth=1.5)
    axes.plot(1, 0, ">", transform=axes.transAxes, color=QUIET, markersize=6, clip_on=False)
    axes.plot(0, 1, "^", transform=axes.transAxes, color=QUIET, markersize=6, clip_on=False)


def draw_tolerance(axes: "Axes", use: float, pause: float, labels: Mapping[str, str]) -> None:
    """Tolerance rising through use and falling through a pause, on axes without numbers."""
    floor, end = 0.12, use + pause  # the floor lifts a flat curve off the axis
    before, now = models.tolerance(use) + floor, models.tolerance(use, pause) + floor
    across, up = models.tolerance_curve(use, pause)
    up = [level + floor for level in up]
    axes.set(xlim=(0, 2 * models.LONG + 3), ylim=(0, 1.2))
    bare(axes)
    if pause > 0:
        axes.axvspan(use, end, ymax=1 / 1.2, color=WASH, linewidth=0)
    if pause > 0 and use > 0:
        axes.plot([use, end], [before, before], color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
        axes.annotate(labels["before"], (use, before), (3, 4), textcoords="offset points", color=INK)
    if before - now > 0.25:
        axes.annotate("", (end, now + 0.05), (end, before), arrowprops={"arrowstyle": "->", "color": INK, "shrinkA": 0})
    axes.plot(across, up, color=ACCENT, linewidth=3.5, solid_capstyle="round", clip_on=False)
    axes.plot(end, now, "o", color=INK, markersize=8, clip_on=False)
    axes.annotate(labels["now"], (end, now), (8, 3), textcoords="offset points", color=INK, va="top", weight="bold")
    below = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "va": "top", "color": INK}
    if use > 0:
        axes.annotate(labels["use"], (use, 0), (-3, -6), ha="right", **below)
    if pause > 0:
        axes.annotate(labels["pause"], (use, 0), (3, -6), ha="left", **below)
    axes.annotate(labels["time"], (2 * models.LONG + 3, 0), (0, -6), ha="right", **below)
    axes.annotate(
        labels["level"], (0, 1), (8, 0), xycoords="axes fraction", textcoords="offset points", va="center", color=INK
    )


LABELS = ("level", "time", "use", "pause", "before", "now")
WIDE, SMALL = (3.7, 2.6), (3.2, 2.4)


def place(small: bool) -> tuple[float, float, float, float]:
    """Where the axes stand on the picture, with room for the words under them."""
    left, bottom = (0.12, 0.13) if small else (0.085, 0.11)
    return left, bottom, 0.96 - left, 0.95 - bottom


@functools.lru_cache(maxsize=512)
@kept
def _tolerance(use: float, pause: float, labels: tuple[str, ...], alt: str, small: bool) -> Figure:
    def make(canvas: "Canvas") -> None:
        axes = canvas.add_axes(place(small))
        draw_tolerance(axes, use, pause, dict(zip(LABELS, labels, strict=True)))

    return draw(make, alt, SMALL if small else WIDE)


def tolerance(values: Mapping[str, float], words: Mapping[str, str], alt: str, small: bool = False) -> Figure:
    """The tolerance figure for where the sliders `use` and `pause` stand."""
    labels = tuple(words[f"explore.tolerance_{name}"] for name in LABELS)
    return _tolerance(float(values["use"]), float(values["pause"]), labels, alt, small)


@dataclass(frozen=True)
class Drawing:
    """A figure that sliders move: how it is drawn, how many readings it needs, and which of them says what it shows."""

    draw: Callable[[Mapping[str, float], Mapping[str, str], str, bool], Figure]
    readings: int
    reading: Callable[[Mapping[str, float]], int]


EXPLORE: Mapping[str, Drawing] = {
    "tolerance": Drawing(tolerance, 6, lambda values: models.tolerance_reading(values["use"], values["pause"])),
}
