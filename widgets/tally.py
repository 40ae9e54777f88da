"""The live tally: a show of hands about knowledge or opinion. Hands are counted, never whose they are."""

import anywidget
import ipywidgets
import traitlets

from course.model import Tally, TallyAnswer
from widgets.controls import script
from widgets.group_card import GroupCard
from widgets.hands import MOST, counted


class TallyBoard(anywidget.AnyWidget):
    """Rows with big buttons and a bar. A press sends {"id": ..., "by": 1 or -1}; the counts come from here alone.

    `replies`: by id, dicts with `text` and `mark` (said in words), while the explanation is shown.
    """

    _esm = script("hands.js", "tally.js")
    question = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Dict()).tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    replies = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


class TallyCard(GroupCard):
    """A show of hands on the wall."""

    answer_type = TallyAnswer
    exercise: Tally
    kind = "tally"

    def make_board(self) -> ipywidgets.Widget:
        return TallyBoard(
            question=self.exercise.question,
            help=self.words["tally.help"],
            options=[{"id": option.id, "text": option.text} for option in self.exercise.options],
            words={name: self.words[f"tally.{name}"] for name in ("add", "take")},
        )

    def act(self, content: dict) -> None:
        option = next(each for each in self.exercise.options if each.id == content["id"])
        counts = counted(self.answer.counts, option.id, content["by"])
        if counts is None:
            before = self.answer.counts.get(option.id, 0)
            self.spoken("full" if before else "none", text=option.text, count=before, most=MOST)
            return
        self.change(TallyAnswer(counts=counts, revealed=self.answer.revealed))
        self.spoken("counted", text=option.text, count=counts[option.id])

    def show(self) -> None:
        super().show()
        with self.board.hold_sync():
            self.board.counts = {option.id: self.answer.counts.get(option.id, 0) for option in self.exercise.options}
            self.board.replies = self._replies() if self.answer.revealed else {}

    def _replies(self) -> dict[str, dict[str, str]]:
        fitting = self.words["tally.fitting"]
        return {
            option.id: {"text": option.reply, "mark": fitting if option.fitting else ""}
            for option in self.exercise.options
            if option.reply or option.fitting
        }

    def revealed(self) -> str:
        texts = [f"{self.words['tally.fitting']}: {option.text}." for option in self.exercise.options if option.fitting]
        return " ".join((*texts, self.exercise.explanation))
