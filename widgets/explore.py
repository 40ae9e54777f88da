"""The live explore exercise: sliders, a drawing that follows them, and the same in words."""

import functools

import ipywidgets

from course.model import Explore, ExploreAnswer, Parameter, Scene, frozen
from widgets import drawings, figures
from widgets.card import Card
from widgets.controls import button, html
from widgets.sheets.explore import captions
from widgets.slider import Slider


class ExploreCard(Card):
    """Sliders over a figure. What it shows is said in words when a slider has come to rest, not for every step."""

    answer_type = ExploreAnswer
    exercise: Explore

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.sliders = {parameter.id: self._slider(parameter) for parameter in self.exercise.parameters}
        self.scenes = tuple(self._scene(scene) for scene in self.exercise.scenes)
        self.figure = html("")
        self.figure.add_class("nykurs-figure")
        row = ipywidgets.HBox(self.scenes)
        row.add_class("nykurs-buttons")
        return (*self.sliders.values(), self.figure, html(captions(self.exercise, self.boxes)), row)

    def _slider(self, parameter: Parameter) -> Slider:
        slider = Slider(
            label=parameter.label,
            low=parameter.low,
            high=parameter.high,
            minimum=parameter.minimum,
            maximum=parameter.maximum,
            step=parameter.step,
            value=parameter.start,
            words={name: self.words[f"explore.{name}"] for name in ("middle", "close", "nearer")},
        )
        slider.observe(self.guard(functools.partial(self._moved, parameter.id)), "value")
        slider.observe(self.guard(lambda _: self.say(self.reading)), "rested")
        return slider

    def _scene(self, scene: Scene) -> ipywidgets.Button:
        shown = button(self.words["explore.show"].format(title=scene.title))
        shown.on_click(self.guard(functools.partial(self._show, scene)))
        return shown

    @property
    def values(self) -> dict[str, float]:
        """Where the sliders stand: the journal's answer, else where they start."""
        kept = self.answer.values
        return {
            parameter.id: min(max(kept.get(parameter.id, parameter.start), parameter.minimum), parameter.maximum)
            for parameter in self.exercise.parameters
        }

    @property
    def reading(self) -> str:
        """What the figure shows now, in words."""
        return reading(self.exercise, self.values)

    def _moved(self, parameter: str, change: dict) -> None:
        if change["new"] != self.values[parameter]:
            self.keep(ExploreAnswer(values=frozen({**self.values, parameter: change["new"]})))
            self._draw()

    def _show(self, scene: Scene, _: ipywidgets.Button) -> None:
        self.keep(ExploreAnswer(values=frozen({**self.values, **scene.values})))
        self.refresh()
        self.say(self.reading)

    def _draw(self) -> None:
        drawing = drawings.EXPLORE[self.exercise.figure]
        self.figure.value = drawing.draw(self.values, self.words, self.reading).html()

    def refresh(self) -> None:
        for parameter, value in self.values.items():
            self.sliders[parameter].value = value
        self._draw()


def reading(exercise: Explore, values: dict[str, float]) -> str:
    """The sentence that says what the figure shows; without readings, that of the scene nearest by."""
    place = drawings.EXPLORE[exercise.figure].reading(values)
    if place < len(exercise.readings):
        return exercise.readings[place]
    away = {scene.alt: sum(abs(values[name] - scene.values[name]) for name in values) for scene in exercise.scenes}
    return min(away, key=away.__getitem__)


def rehearse() -> None:
    """Draw once, so that matplotlib is there before the first participant moves a slider; the caller closes widgets."""
    import widgets.sheets.explore  # noqa: F401

    Slider()
    words = {f"explore.tolerance_{name}": "a" for name in figures.LABELS}
    figures.tolerance({"use": 5, "pause": 5}, words, "a")
