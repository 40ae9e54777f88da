"""The live landing: choose a way, take one small step at a time, stop whenever you want. Nothing is kept."""

import ipywidgets

from course.model import Landing, LandingAnswer, Way
from widgets.card import Card
from widgets.controls import ChoiceGroup, button, html, primary, visible
from widgets.sheets.common import paragraph


class LandingCard(Card):
    """Ways to land, side by side and equal. Nothing moves by itself, so nobody has to keep a pace."""

    answer_type = LandingAnswer
    exercise: Landing

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.way: Way | None = None
        self.step = 0
        self.choices = tuple(self._choice(way) for way in self.exercise.ways)
        self.row = ipywidgets.HBox(self.choices).add_class("nykurs-buttons")
        self.title = ChoiceGroup()  # a heading that can take the focus, and is read when it does
        self.text = html("")
        self.on_button, self.stop_button = button(self.words["landing.onward"]), button(self.words["landing.stop"])
        self.on_button.on_click(self.guard(lambda _: self._go(self.step + 1)))
        self.stop_button.on_click(self.guard(lambda _: self._begin(None)))
        primary(self.on_button, True)
        self.steering = ipywidgets.HBox((self.on_button, self.stop_button)).add_class("nykurs-buttons")
        return (self.row, self.title, self.text, self.steering)

    def _choice(self, way: Way) -> ipywidgets.Button:
        choice = button(way.title).add_class("nykurs-way")
        choice.on_click(self.guard(lambda _: self._begin(way)))
        return choice

    def _begin(self, way: Way | None) -> None:
        self.way = way
        self._go(0)
        if way is None:
            self.say(self.words["landing.stopped"])

    def _go(self, step: int) -> None:
        self.step = step
        self.say("")
        self.refresh()
        if self.way:
            self.title.focus += 1

    def refresh(self) -> None:
        steps = self.way.steps if self.way else ()
        under_way = self.step < len(steps)
        visible(self.row, not under_way)
        visible(self.title, self.way is not None)
        visible(self.steering, under_way)
        if self.way:
            self.title.legend = self.way.title if under_way else self.words["landing.done"]
        self.text.value = self._shown(steps)

    def _shown(self, steps: tuple[str, ...]) -> str:
        if not self.way:
            return ""
        if self.step >= len(steps):
            return f'<div class="nykurs-explanation">{paragraph(self.exercise.ending)}</div>'
        place = self.words["landing.step_of"].format(number=self.step + 1, count=len(steps))
        return paragraph(place, "nykurs-progress") + paragraph(steps[self.step], "nykurs-step-text")
