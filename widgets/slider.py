"""A slider that speaks words: the number of a core slider, beside a substance, would read as an amount."""

import anywidget
import traitlets

from widgets.controls import script


class Slider(anywidget.AnyWidget):
    """A native slider between two plain words.

    `rested` counts up when the slider has stood still for a moment. `words`: middle, close and nearer (with {end}).
    """

    _esm = script("slider.js")
    label = traitlets.Unicode().tag(sync=True)
    low = traitlets.Unicode().tag(sync=True)
    high = traitlets.Unicode().tag(sync=True)
    minimum = traitlets.Float().tag(sync=True)
    maximum = traitlets.Float(10).tag(sync=True)
    step = traitlets.Float(1).tag(sync=True)
    value = traitlets.Float().tag(sync=True)
    rested = traitlets.Int().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
