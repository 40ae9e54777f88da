"""The live sorting board: cards into columns by buttons and keys, own cards, and every step can be undone."""

from collections.abc import Iterator
from dataclasses import replace

import ipywidgets
import traitlets

from course.fitting import own_names
from course.model import Choice, SortingBoard, SortingBoardAnswer
from widgets.columns import MOST_SIGNS, UNSORTED, place, put, refused
from widgets.controls import CardColumns, Entry, Status, html, script, visible
from widgets.sheets.common import paragraph, private_note
from widgets.undoing import UndoingCard


class SortingColumns(CardColumns):
    """Columns whose cards have a button for each column. `cards` also say whether they are somebody's `own`. Sends
    {"act": "move", "id", "column"}, or {"act": "remove", "id"}. `label` is heard as the name of the board."""

    _esm = script("columns.js", "sorting_board.js")
    label = traitlets.Unicode().tag(sync=True)


class SortingBoardCard(UndoingCard):
    """A sorting board as a participant meets it."""

    answer_type = SortingBoardAnswer
    exercise: SortingBoard

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.near = Status()
        self.entry = Entry(button=self.words["group_board.add"])
        self.entry.on_msg(self.guard(lambda _, content, buffers: self._add(content["text"])))
        visible(self.entry, self.exercise.own_cards > 0)
        self.board = self._make_board()
        self.board.on_msg(self.guard(lambda _, content, buffers: self._act(content)))
        # Always in sight: the board is long, and a card leaves the place where it was pressed.
        foot = ipywidgets.HBox((self.near, self.press_button("tally.undo", self.undo))).add_class("nykurs-sort-foot")
        note, ending = html(private_note(self.boxes)), html(paragraph(self.exercise.ending, "ending"))
        return (note, self.entry, self.board, foot, ending)

    def _make_board(self) -> SortingColumns:
        names = ("keys", "press", "remove", "none", "all_sorted")
        return SortingColumns(
            label=self.exercise.title,
            help=self.words["sorting_board.help"],
            columns=[{"id": name, "text": text} for name, text in self._titles().items()],
            words={name: self.words[f"sorting_board.{name}"] for name in names},
        )

    def _titles(self) -> dict[str, str]:
        """The columns' headings by id, the tray first; a number is the key that moves a card there."""
        numbered = self.words["sorting_board.column"]
        named = enumerate(self.exercise.columns, start=1)
        titles = {column.id: numbered.format(number=number, title=column.title) for number, column in named}
        return {UNSORTED: self.words["sorting_board.unsorted"], **titles}

    def say(self, text: str, *, seen: bool = True) -> None:
        """Speak in the line that is always in sight."""
        self.near.say(text, seen=seen)

    def _said(self, name: str, **values: object) -> None:
        self.say(self.words[f"sorting_board.{name}"].format(**values))

    # What is pressed and typed.

    def _texts(self) -> dict[str, str]:
        """The words of every card by its id: those of the exercise first, then somebody's own."""
        return {card.id: card.text for card in (*self.exercise.cards, *self.answer.own)}

    def _act(self, content: dict) -> None:
        card, text = content["id"], self._texts().get(content["id"])
        if text is None:
            return  # taken away on another page meanwhile
        if content["act"] == "remove":
            self._remove(card, text)
        elif content["column"] in self._titles():
            self._move(card, text, content["column"])

    def _move(self, card: str, text: str, column: str) -> None:
        if (place(self.answer.columns, card) or UNSORTED) == column:
            return
        self.change(replace(self.answer, columns=put(self.answer.columns, card, column or None)))
        if column:
            title = next(each.title for each in self.exercise.columns if each.id == column)
            self._said("moved", text=text, column=title)
        else:
            self._said("back", text=text)

    def _remove(self, card: str, text: str) -> None:
        own = tuple(each for each in self.answer.own if each.id != card)
        if own == self.answer.own:
            self._said("not_own")
            return
        self.change(SortingBoardAnswer(columns=put(self.answer.columns, card, None), own=own))
        self._said("removed", text=text)

    def _add(self, typed: str) -> None:
        text, own = " ".join(typed.split()), self.answer.own
        why = refused(text, self._texts().values(), len(own) >= self.exercise.own_cards)
        if why == "full":
            self._said("full", most=self.exercise.own_cards)
        elif why:
            self.say(self.words[f"group_board.{why}"].format(most=MOST_SIGNS))
        else:
            self.change(replace(self.answer, own=(*own, Choice(id=next(own_names(own)), text=text))))
            self.entry.clear()
            self._said("added", text=text)

    # How it is shown.

    def show(self) -> None:
        counted = self.words["sorting_board.entry"]
        self.entry.label = counted.format(count=len(self.answer.own), most=self.exercise.own_cards)
        self.board.cards = list(self._shown())

    def _shown(self) -> Iterator[dict]:
        texts, own = self._texts(), {card.id for card in self.answer.own}
        standing = {card: name for name in self._titles() for card in self.answer.columns.get(name, ())}
        for card in (*(card for card in texts if card not in standing), *standing):
            if card in texts:
                yield {"id": card, "text": texts[card], "column": standing.get(card, UNSORTED), "own": card in own}
