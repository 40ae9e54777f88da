"""The live group board: cards from the room, typed by the leader and sorted into columns by buttons and keys."""

from dataclasses import replace

import ipywidgets
import traitlets

from course.model import GroupBoard, GroupBoardAnswer
from widgets.columns import MOST_SIGNS, UNSORTED, place, put, refused
from widgets.controls import CardColumns, Entry, script
from widgets.group_card import GroupCard

MOST_CARDS = 24


class GroupBoardColumns(CardColumns):
    """Columns whose cards are chosen and moved. Sends {"act": "move" or "remove", "text", "column"}, or
    {"act": "none"} when a column was pressed and no card was chosen."""

    _esm = script("columns.js", "group_board.js")
    question = traitlets.Unicode().tag(sync=True)


class GroupBoardCard(GroupCard):
    """A board on the wall."""

    answer_type = GroupBoardAnswer
    exercise: GroupBoard
    kind = "group_board"

    def make_board(self) -> ipywidgets.Widget:
        return GroupBoardColumns(
            question=self.exercise.question,
            help=self.words["group_board.help"],
            columns=[{"id": name, "text": text} for name, text in self._titles().items()],
            words={name: self.words[f"group_board.{name}"] for name in ("here", "move", "remove")},
        )

    def entries(self) -> tuple[ipywidgets.Widget, ...]:
        self.entry = Entry(label=self.words["group_board.entry"], button=self.words["group_board.add"])
        self.entry.on_msg(self.guard(lambda _, content, buffers: self._add(content["text"])))
        return (self.entry,)

    def _titles(self) -> dict[str, str]:
        """The columns' headings by id, the tray first; a number is the key that moves a card there."""
        numbered = self.words["group_board.column"]
        named = enumerate(self.exercise.columns, start=1)
        titles = {column.id: numbered.format(number=number, text=column.text) for number, column in named}
        return {UNSORTED: self.words["group_board.unsorted"], **titles}

    # What is pressed and typed.

    def act(self, content: dict) -> None:
        before = place(self.answer.columns, content.get("text"))
        if before is None:
            self.say(self.words["group_board.choose_first"])
        elif content["act"] == "remove":
            self._put(content["text"], None)
            self.spoken("removed", text=content["text"])
        elif content["column"] in self._titles() and content["column"] != before:
            self._put(content["text"], content["column"])
            self.spoken("moved", text=content["text"], column=self._titles()[content["column"]])

    def _add(self, typed: str) -> None:
        text = " ".join(typed.split())
        known = [each for texts in self.answer.columns.values() for each in texts]
        if why := refused(text, known, len(known) >= MOST_CARDS):
            self.say(self.words[f"group_board.{why}"].format(most=MOST_SIGNS))
            return
        self._put(text, UNSORTED)
        self.entry.clear()
        self.spoken("added", text=text)

    def _put(self, text: str, column: str | None) -> None:
        self.change(replace(self.answer, columns=put(self.answer.columns, text, column)))

    def show(self) -> None:
        super().show()
        shown = ((name, text) for name in self._titles() for text in self.answer.columns.get(name, ()))
        self.board.cards = [{"text": text, "column": name} for name, text in shown]
