"""The live group board: cards from the room, typed by the leader and sorted into columns by buttons and keys."""

import anywidget
import ipywidgets
import traitlets

from course.model import GroupBoard, GroupBoardAnswer, frozen
from widgets.controls import Entry, script
from widgets.group_card import GroupCard

MOST_CARDS = 24
MOST_SIGNS = 60
UNSORTED = ""


class GroupBoardColumns(anywidget.AnyWidget):
    """Columns with cards. `cards`: dicts with `text` and `column`. Sends {"act": "move" or "remove", "text", "column"},
    or {"act": "none"} when a column was pressed and no card was chosen."""

    _esm = script("group_board.js")
    question = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    cards = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


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
        place = self._place(content.get("text"))
        if place is None:
            self.say(self.words["group_board.choose_first"])
        elif content["act"] == "remove":
            self._put(content["text"], None)
            self.spoken("removed", text=content["text"])
        elif content["column"] in self._titles() and content["column"] != place:
            self._put(content["text"], content["column"])
            self.spoken("moved", text=content["text"], column=self._titles()[content["column"]])

    def _place(self, text: object) -> str | None:
        """The column in which a card stands."""
        return next((name for name, texts in self.answer.columns.items() if text in texts), None)

    def _add(self, typed: str) -> None:
        text = " ".join(typed.split())
        refused = self._refused(text)
        if refused:
            self.say(self.words[f"group_board.{refused}"].format(most=MOST_SIGNS))
            return
        self._put(text, UNSORTED)
        self.entry.clear()
        self.spoken("added", text=text)

    def _refused(self, text: str) -> str:
        """Why a card is not taken; "" when it is."""
        known = [each.casefold() for texts in self.answer.columns.values() for each in texts]
        if not text:
            return "write_first"
        if len(text) > MOST_SIGNS:
            return "long"
        return "twice" if text.casefold() in known else "full" if len(known) >= MOST_CARDS else ""

    def _put(self, text: str, column: str | None) -> None:
        """The card at the end of this column and nowhere else."""
        columns = {name: tuple(each for each in texts if each != text) for name, texts in self.answer.columns.items()}
        if column is not None:
            columns[column] = (*columns.get(column, ()), text)
        kept = frozen({name: texts for name, texts in columns.items() if texts})
        self.change(GroupBoardAnswer(columns=kept, revealed=self.answer.revealed))

    def show(self) -> None:
        super().show()
        shown = ((name, text) for name in self._titles() for text in self.answer.columns.get(name, ()))
        self.board.cards = [{"text": text, "column": name} for name, text in shown]
