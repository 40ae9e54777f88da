"""The only keeper of answers: one live store in this process's memory.

Cards hold no answers of their own. They read here when they are made and write here when something is entered, so the
next module, a reload and "back" show what was entered. Nothing of it reaches the disk unless the participant asks:
then `course.keeping` watches this store and keeps it in an encrypted file.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from course.model import Answer, Excerpt

AnswerType = TypeVar("AnswerType")
Listener = Callable[[], None]


class Journal:
    """Answers by name, each of the one type its exercise kind has.

    Beside an answer stands what was written before and no longer fits its exercise («fra før»), as readable parts.
    """

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}
        self._earlier: dict[str, tuple[Excerpt, ...]] = {}
        self._listeners: dict[str, list[tuple[object, Listener]]] = {}
        self._watcher: Listener | None = None

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
        self._tell(name, writer)

    def earlier(self, name: str) -> tuple[Excerpt, ...]:
        """What was written here before and no longer fits the exercise."""
        return self._earlier.get(name, ())

    def keep_earlier(self, name: str, excerpts: tuple[Excerpt, ...]) -> None:
        """Let go of what was written before, or take it back."""
        if excerpts == self.earlier(name):
            return
        self._earlier.pop(name, None)
        if excerpts:
            self._earlier[name] = excerpts
        self._tell(name)

    def listen(self, name: str, owner: object, listener: Listener) -> None:
        """Call `listener` whenever someone other than `owner` changes this answer."""
        self._listeners.setdefault(name, []).append((owner, listener))

    def forget(self, owner: object) -> None:
        """Stop telling this owner anything."""
        for name, listeners in self._listeners.items():
            self._listeners[name] = [pair for pair in listeners if pair[0] is not owner]

    def watch(self, watcher: Listener | None) -> None:
        """Call `watcher` after every change, whatever it was; None ends it. There is one at most."""
        self._watcher = watcher

    def snapshot(self) -> tuple[Mapping[str, Answer], Mapping[str, tuple[Excerpt, ...]]]:
        """All answers and all that was written before, as they are now. The answers are frozen, so copying is quick."""
        return dict(self._answers), dict(self._earlier)

    def restore(self, answers: Mapping[str, Answer], earlier: Mapping[str, tuple[Excerpt, ...]]) -> None:
        """Hold exactly these from now on, and tell everyone."""
        self._answers, self._earlier = dict(answers), dict(earlier)
        for name in list(self._listeners):
            self._tell(name)

    def clear(self) -> None:
        """Empty the store and tell everyone."""
        self.restore({}, {})

    def _tell(self, name: str, writer: object = None) -> None:
        for owner, listener in list(self._listeners.get(name, ())):
            if owner is not writer:
                listener()
        if self._watcher:
            self._watcher()


# The live store of this process: one participant, one kernel, one journal.
live = Journal()
