"""The only keeper of answers: one live store in this process's memory.

Cards hold no answers of their own. They read here when they are made and write here when something is entered, so the
next module, a reload and "back" show what was entered. Nothing reaches the disk.
"""

from collections.abc import Callable
from typing import TypeVar

from course.model import Answer

AnswerType = TypeVar("AnswerType")
Listener = Callable[[], None]


class Journal:
    """Answers by name, each of the one type its exercise kind has."""

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}
        self._listeners: dict[str, list[tuple[object, Listener]]] = {}

    def __len__(self) -> int:
        return len(self._answers)

    def __repr__(self) -> str:
        return "Journal()"  # never what it holds

    def get(self, name: str, kind: type[AnswerType]) -> AnswerType:
        """The answer kept under a name, or an empty one of this kind.

        An answer of another kind is not this exercise's answer, so it is left alone and an empty one returned.
        """
        answer = self._answers.get(name)
        return answer if isinstance(answer, kind) else kind()

    def put(self, name: str, answer: Answer, writer: object = None) -> None:
        """Keep an answer and tell every other listener of that name. TypeError when the kind differs from before."""
        before = self._answers.get(name)
        if before is not None and type(before) is not type(answer):
            raise TypeError(f"{name}: kept as {type(before).__name__}, not {type(answer).__name__}")
        if answer == before:
            return
        self._answers[name] = answer
        for owner, listener in list(self._listeners.get(name, ())):
            if owner is not writer:
                listener()

    def listen(self, name: str, owner: object, listener: Listener) -> None:
        """Call `listener` whenever someone other than `owner` changes this answer."""
        self._listeners.setdefault(name, []).append((owner, listener))

    def forget(self, owner: object) -> None:
        """Stop telling this owner anything."""
        for name, listeners in self._listeners.items():
            self._listeners[name] = [pair for pair in listeners if pair[0] is not owner]

    def clear(self) -> None:
        """Empty the store."""
        self._answers.clear()


# The live store of this process: one participant, one kernel, one journal.
live = Journal()
