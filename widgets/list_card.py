"""A card with a list of own words: they are added, changed and taken away, and all of it can be undone."""

from types import ModuleType
from typing import ClassVar

from course.model import WorksheetAnswer, frozen
from widgets.card import Card
from widgets.edits import Change, Listed, tidy
from widgets.own_list import WORDS, OwnList

MOST_UNDONE = 50


class ListCard(Card):
    """The half-written text is kept beside the answer, so that a reload does not lose it.

    A kind says which part of ui.yaml its words stand in, and which functions change its answer (`find`, `remove`,
    `apply` and `undo`). It fills in `already`, `adding`, `saving`, `choose` and `show`, and makes `self.list`.
    """

    part: ClassVar[str]
    edits: ClassVar[ModuleType]
    list: OwnList

    def already(self, text: str) -> Listed | None:
        """What already says this in the list, as things are chosen now."""
        raise NotImplementedError

    def adding(self, text: str) -> Change:
        """The change that adds these words."""
        raise NotImplementedError

    def saving(self, identifier: str, text: str) -> Change:
        """The change that gives something in the list other words."""
        raise NotImplementedError

    def choose(self, item: Listed) -> None:
        """Show what is chosen for something that is about to be changed."""
        raise NotImplementedError

    def show(self) -> None:
        """Show the answer."""
        raise NotImplementedError

    def refused(self, text: str, editing: str = "") -> str:
        """Why these words are not taken, as a sentence; "" when they are."""
        if not text.strip():
            return self.word("write_first")
        already = self.already(text)
        return self.word("already", text=already.text) if already and not editing else ""

    def spoken(self, item: Listed) -> str:
        """What something in the list is called when it is spoken of."""
        return item.text

    def word(self, name: str, **values: object) -> str:
        """A text of this kind from ui.yaml."""
        return self.words[f"{self.part}.{name}"].format(**values)

    def make_list(self) -> OwnList:
        """The list, which can be acted on."""
        self.changes: list[Change] = []
        made = OwnList(words={name: self.word(name) for name in WORDS})
        made.on_msg(self.guard(lambda _, content, buffers: self._act(content)))
        return made

    @property
    def aside(self) -> dict[str, str]:
        """What is kept beside the answer."""
        return dict(self.journal.get(self._aside_name, WorksheetAnswer).values)

    @property
    def _aside_name(self) -> str:
        return f"{self.module.name}/{self.exercise.id}/place"

    def remember(self, **values: str) -> None:
        """Keep something beside the answer."""
        self.journal.put(self._aside_name, WorksheetAnswer(values=frozen({**self.aside, **values})), writer=self)

    # What is done to the list.

    def _act(self, content: dict) -> None:
        acts = {
            "draft": lambda: self.remember(draft=content["text"]),
            "add": lambda: self._add(content["text"]),
            "suggest": lambda: self._add(content["text"]),
            "save": lambda: self._save(content["id"], content["text"]),
            "cancel": self._cancel,
            "edit": lambda: self._edit(content["id"]),
            "remove": lambda: self._remove(content["id"]),
            "undo": self._undo,
        }
        acts[content["action"]]()

    def _add(self, text: str) -> None:
        if why := self.refused(text):
            self._refuse(text, why)
            return
        change = self.adding(text)
        self._change(change)
        self.say(self.word("added", text=self.spoken(change.after)), seen=False)

    def _refuse(self, text: str, why: str) -> None:
        """Words that are not in the list stay in the field, which the page has emptied."""
        if text.strip() and not self.already(text):
            self.list.fill(text)
        self.say(why)

    def _edit(self, identifier: str) -> None:
        item = self.edits.find(self.answer, identifier)
        if item is None:
            return
        self.remember(editing=identifier, draft=item.text)
        self.choose(item)
        self.list.editing = identifier
        self.list.fill(item.text)
        self.say(self.word("editing", text=item.text), seen=False)

    def _save(self, identifier: str, text: str) -> None:
        if why := self.refused(text, identifier):
            self._refuse(text, why)
            return
        if self.edits.find(self.answer, identifier) is None:  # taken away on another page meanwhile
            self._stop_editing()
            self._add(text)
            return
        self._stop_editing()
        change = self.saving(identifier, tidy(text))
        self._change(change)
        self.say(self.word("saved", text=self.spoken(change.after)), seen=False)
        self.list.focus_item(identifier)

    def _cancel(self) -> None:
        self._stop_editing()
        self.say(self.word("cancelled"))

    def _stop_editing(self) -> None:
        self.remember(editing="", draft="")
        self.list.editing = ""

    def _remove(self, identifier: str) -> None:
        item = self.edits.find(self.answer, identifier)
        if item is None:
            return
        self._leave(identifier)
        self._change(self.edits.remove(self.answer, identifier))
        self.say(self.word("removed", text=item.text))

    def _leave(self, identifier: str) -> None:
        """End the edit of something that goes away."""
        if self.list.editing == identifier:
            self._stop_editing()
            self.list.fill("", focus=False)

    def _change(self, change: Change) -> None:
        self.changes = [*self.changes, change][-MOST_UNDONE:]
        self.keep(self.edits.apply(self.answer, change))
        self.show()

    def _undo(self) -> None:
        if not self.changes:
            self.say(self.word("nothing_to_undo"))
            return
        change = self.changes.pop()
        if change.after:
            self._leave(change.after.id)
        self.keep(self.edits.undo(self.answer, change))
        self.show()
        self.say(self.word(f"undone_{change.kind}", text=(change.before or change.after).text))

    def refresh(self) -> None:
        self.changes = []  # another page changed the list, so what could be undone is no longer what stands there
        aside = self.aside
        editing = self.edits.find(self.answer, aside.get("editing", ""))
        self.list.editing = editing.id if editing else ""
        self.list.draft = aside.get("draft", "")
        self.show()
