"""The base of every live exercise: its live face, its printed face, and a repr that never shows an entry."""

import functools
import logging
from collections.abc import Callable, Mapping
from typing import ClassVar

import ipywidgets

from course.journal import Journal
from course.model import Answer, Excerpt, Exercise, Module
from widgets import face, pages
from widgets.controls import Status, live_heading
from widgets.earlier import Earlier

log = logging.getLogger("nykurs")


class Card(ipywidgets.VBox):
    """A live exercise over one frozen definition and one answer in the journal. It keeps no answer of its own.

    A kind of exercise fills in `answer_type`, `build` (make the widgets once and return the card's children) and
    `refresh` (show `self.answer` in them; called after `build` and whenever another card changed the same answer).
    Every callback goes through `self.guard`, so that a fault becomes a calm sentence and never a traceback.
    """

    answer_type: ClassVar[type]

    def __init__(self, module: Module, exercise: Exercise, journal: Journal, words: Mapping[str, str], boxes: Mapping):
        self.module = module
        self.exercise = exercise
        self.journal = journal
        self.words = words
        self.boxes = boxes
        self.name = module.answer_name(exercise)
        self.page = pages.current()
        with pages.owned():
            self.status = Status()
            super().__init__((live_heading(exercise), *self.build(), self.status))
            self.add_class("nykurs-card").add_class(f"nykurs-{type(exercise).__name__.lower()}")
            self.refresh()
            self.show_earlier()
        journal.listen(self.name, self, self.guard(self._changed_elsewhere))
        pages.on_close(functools.partial(journal.forget, self))

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        """Make the widgets of this exercise."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the answer that the journal holds."""
        raise NotImplementedError

    @property
    def answer(self) -> Answer:
        """The answer as the journal holds it now, empty if there is none."""
        return self.journal.get(self.name, self.answer_type)

    def keep(self, answer: Answer) -> None:
        """Keep a changed answer in the journal."""
        self.journal.put(self.name, answer, writer=self)

    def _changed_elsewhere(self) -> None:
        self.refresh()
        self.show_earlier()

    def show_earlier(self) -> None:
        """Show, below the exercise, what was written before and no longer fits it; nothing when there is nothing."""
        excerpts = self.journal.earlier(self.name)
        box = next((child for child in self.children if isinstance(child, Earlier)), None)
        if excerpts and box is None:
            box = Earlier(self.words, self.guard(self._keep_earlier))
            self.children = (*self.children[:-1], box, self.status)
        if box is not None:
            box.show(excerpts)

    def _keep_earlier(self, excerpts: tuple[Excerpt, ...]) -> None:
        self.journal.keep_earlier(self.name, excerpts)
        self.say(self.words["card.earlier_back" if excerpts else "card.earlier_removed"])

    def say(self, text: str, *, seen: bool = True) -> None:
        """Speak a sentence in the card's live region, once and without moving the focus; `seen` shows it as well."""
        self.status.say(text, seen=seen)

    def guard(self, callback: Callable) -> Callable:
        """The same callback, whose faults end in a calm sentence on the page and a log line without any entry."""

        @functools.wraps(callback)
        def guarded(*arguments: object, **keywords: object) -> object:
            try:
                with pages.owned(self.page):
                    return callback(*arguments, **keywords)
            except Exception as fault:  # a participant never sees a traceback
                # The message of an exception can carry what was typed, so only its type and place are logged.
                place = fault.__traceback__
                while place.tb_next:
                    place = place.tb_next
                code = place.tb_frame.f_code
                log.warning("%s in %s line %s (%s)", type(fault).__name__, code.co_qualname, place.tb_lineno, self.name)
                self.say(self.words["card.fault"])

        return guarded

    def _repr_mimebundle_(self, include: object = None, exclude: object = None, **keywords: object) -> dict:
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude, **keywords)
        return bundle | face.bundle(self.module, self.exercise, self.words, self.boxes, repr(self))

    def __repr__(self) -> str:
        # ipywidgets' own repr lists values, and a stored repr would carry what a participant typed.
        return f"{type(self).__name__}({self.module.name!r}, {self.exercise.id!r})"
