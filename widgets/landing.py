"""The live landing: choose a way, take one small step at a time, stop whenever you want. Nothing is kept."""

import ipywidgets

from course.model import Landing, LandingAnswer, Way
from widgets.card import Card
from widgets.controls import Clock, button, html, primary, visible
from widgets.sheets.common import paragraph
from widgets.trigger_list import StepTitle


class LandingCard(Card):
    """Ways to land, side by side and equal. Nothing moves by itself, so nobody has to keep a pace."""

    answer_type = LandingAnswer
    exercise: Landing

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.way: Way | None = None
        self.step = 0
        self.title, self.text = StepTitle(), html("")
        self.on_button, self.stop_button = button(self.words["landing.onward"]), button(self.words["landing.stop"])
        self.on_button.on_click(self.guard(lambda _: self._onward()))
        self.stop_button.on_click(self.guard(lambda _: self._stop()))
        primary(self.on_button, True)
        self.steering = ipywidgets.HBox((self.on_button, self.stop_button)).add_class("nykurs-buttons")
        self.clock = Clock(show=self.words["landing.clock_show"], hide=self.words["landing.clock_hide"])
        self.choices = {way.id: self._choice(way) for way in self.exercise.ways}
        self.row = ipywidgets.HBox(tuple(self.choices.values())).add_class("nykurs-ways")
        return (self.title, self.text, self.steering, self.clock, self.row)

    def _choice(self, way: Way) -> ipywidgets.Button:
        choice = button(way.title).add_class("nykurs-way")
        choice.on_click(self.guard(lambda _: self._begin(way)))
        return choice

    def _begin(self, way: Way) -> None:
        self.way, self.step = way, 0
        self.clock.started += 1
        self.refresh()
        self.title.focus += 1
        self.say(self._place(), seen=False)

    def _onward(self) -> None:
        """The focus stays on the button, so that the next step takes one press; the step is spoken instead."""
        if self._under_way:  # a press too many after the last step
            self.step += 1
        self.refresh()
        if self._under_way:
            self.say(self._place(), seen=False)
        else:
            self.title.focus += 1
            self.say(self.exercise.ending, seen=False)

    def _stop(self) -> None:
        stopped, self.way = self.way, None
        self.refresh()
        if stopped:
            self.choices[stopped.id].focus()
        self.say(self.words["landing.stopped"])

    @property
    def _under_way(self) -> bool:
        return self.way is not None and self.step < len(self.way.steps)

    def _place(self) -> str:
        return f"{self._number()}. {self.way.steps[self.step]}"

    def _number(self) -> str:
        return self.words["landing.step_of"].format(number=self.step + 1, count=len(self.way.steps))

    def refresh(self) -> None:
        visible(self.row, not self._under_way)
        visible(self.title, self.way is not None)
        visible(self.text, self.way is not None)
        visible(self.steering, self._under_way)
        visible(self.clock, self._under_way)
        if self.way:
            self.title.text = self.way.title if self._under_way else self.words["landing.done"]
        self.text.value = self._shown()

    def _shown(self) -> str:
        if self._under_way:
            step = paragraph(self.way.steps[self.step], "nykurs-landing-step")
            return paragraph(self._number(), "nykurs-progress") + step
        return paragraph(self.exercise.ending) if self.way else ""
