"""The live scenario: a fictional person's choices, followed alone or by a show of hands, and taken back at will."""

from dataclasses import replace

import anywidget
import ipywidgets
import traitlets

from course import branching
from course.branching import Path
from course.model import Scenario, ScenarioAnswer, ScenarioOption, ScenarioStep
from widgets.card import Card
from widgets.controls import script
from widgets.hands import MOST, counted

SAID = ("person", "next_step", "tried", "help", "help_count", "back", "another", "count")  # by the board itself


class ScenarioBoard(anywidget.AnyWidget):
    """One place of the story. A press sends {"act": "choose", "id"}, {"act": "count", "id", "by": 1 or -1},
    {"act": "back"} or {"act": "another"}, each with the `turn` of the place it was pressed in.

    `place`: heading, reply, text, question, next_step, options (dicts with `id`, `text` and `tried`), whether it is
    the `first`, and `turn`, which counts up when the focus is to go to the heading. `counting` shows the hands.
    """

    _esm = script("hands.js", "scenario.js")
    person = traitlets.Unicode().tag(sync=True)
    place = traitlets.Dict().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    counting = traitlets.Bool(False).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


class ScenarioCard(Card):
    """A story that branches. Nothing of it is ever kept."""

    answer_type = ScenarioAnswer
    exercise: Scenario
    turn = 0

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        own = {name: self.words[f"scenario.{name}"] for name in SAID}
        hands = {name: self.words[f"tally.{name}"] for name in ("add", "take")}
        self.board = ScenarioBoard(person=self.exercise.person, words=own | hands)
        self.board.on_msg(self.guard(lambda _, content, buffers: self._act(content)))
        return (self.board,)

    # What is pressed.

    def _act(self, content: dict) -> None:
        if content["turn"] != self.turn:
            return  # pressed twice, and the first press has left the place
        if content["act"] in ("back", "another"):
            (self._go_back if content["act"] == "back" else self._go_another)()
            return
        step = branching.place(self.exercise, self.answer.path)
        option = next(each for each in step.options if each.id == content["id"])
        if content["act"] == "choose":
            self._choose(step, option)
        else:
            self._count(option, content["by"])

    def _choose(self, step: ScenarioStep, option: ScenarioOption) -> None:
        tried = dict.fromkeys((*self.answer.tried, branching.name(step, option)))
        self._go((*self.answer.path, option.id), tuple(tried))
        self._spoken("scenario.chosen", text=option.text, reply=option.reply)

    def _count(self, option: ScenarioOption, by: float) -> None:
        before = self.answer.counts.get(option.id, 0)
        counts = counted(self.answer.counts, option.id, by)
        if counts is None:
            self._spoken("tally.full" if before else "tally.none", text=option.text, count=before, most=MOST)
            return
        self.keep(replace(self.answer, counts=counts))
        self.board.counts = dict(counts)
        self._spoken("tally.counted", text=option.text, count=counts[option.id])

    def _go_back(self) -> None:
        self._go(self.answer.path[:-1], self.answer.tried)
        self._spoken("scenario.at", number=self._number())

    def _go_another(self) -> None:
        path = branching.another(self.exercise, self.answer.path, self.answer.tried)
        self._go(path or (), self.answer.tried)
        if path is None:
            self.say(self.words["scenario.all_tried"])
        else:
            self._spoken("scenario.untried", number=self._number())

    def _go(self, path: Path, tried: tuple[str, ...]) -> None:
        self.keep(ScenarioAnswer(path=path, tried=tried))
        self.turn += 1
        self.refresh()

    def _spoken(self, name: str, **values: object) -> None:
        """Say a sentence without showing it, since the board shows it."""
        self.say(self.words[name].format(**values), seen=False)

    # What is shown.

    def refresh(self) -> None:
        with self.board.hold_sync():
            self.board.counts = dict(self.answer.counts)
            self.board.place = self._place()

    def _number(self) -> int:
        return branching.numbers(self.exercise)[branching.place(self.exercise, self.answer.path).id]

    def _place(self) -> dict:
        path = self.answer.path
        place, taken = branching.place(self.exercise, path), branching.walk(self.exercise, path)
        is_step = isinstance(place, ScenarioStep)
        return {
            "turn": self.turn,
            "first": not path,
            "heading": self.words["scenario.place" if is_step else "scenario.end"].format(number=self._number()),
            "reply": taken[-1][1].reply if taken else "",
            "text": place.text,
            "question": place.question if is_step else "",
            "next_step": "" if is_step else place.next_step,
            "options": self._options(place) if is_step else [],
        }

    def _options(self, step: ScenarioStep) -> list[dict]:
        tried = self.answer.tried
        return [
            {"id": each.id, "text": each.text, "tried": branching.name(step, each) in tried} for each in step.options
        ]
