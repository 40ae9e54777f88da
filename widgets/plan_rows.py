"""The if-then plans of a trigger map as rows of a table: what is done to a row is done to its own trigger.

A row is an id. It is the id of a trigger, or a fresh one that no trigger has yet; writing in such a row makes a trigger
with that id. So no row can ever stand for another trigger than the one it was made for.
"""

import uuid
from dataclasses import dataclass, replace

from course.model import Trigger, TriggerMap, TriggerMapAnswer
from widgets.sheet import Words
from widgets.sheets.plan import when
from widgets.trigger_edits import find, tidy, update

LEAST = 3  # rows, empty ones among them
MADE = "plan-"  # how the id of a trigger begins that was made here
COLUMNS = ("if_text", "then_text")
Cells = tuple[str, str]


@dataclass
class Removed:
    """A plan that was taken away: its trigger with it, and its row."""

    trigger: Trigger
    at: int


class PlanRows:
    """The rows of one table, in the order someone sees them. The triggers themselves are the journal's."""

    def __init__(self, source: TriggerMap, words: Words) -> None:
        self.source = source
        self.words = words
        self.unnamed = words["plan.unnamed"]  # what a new trigger is called as long as it has no words
        self.order: list[str] = []
        self.written: set[str] = set()  # rows that stay, whatever is deleted in them
        self.worded: set[str] = set()  # rows whose «hvis» was typed, so that it says what was typed and nothing else
        self.empty = 1  # empty rows there should be, however many plans there are
        self.removed: Removed | None = None

    def shown(self, answer: TriggerMapAnswer) -> list[tuple[str, Cells]]:
        """Every row with its texts: all plans, and empty rows to write in."""
        known = {trigger.id: trigger for trigger in answer.triggers}
        used = [name for name in self.order if self._in_use(name, known.get(name))]
        used += [trigger.id for trigger in answer.triggers if trigger.planned and trigger.id not in self.order]
        empty = [name for name in self.order if name not in used and name not in known and name.startswith(MADE)]
        empty += [_fresh() for _ in range(self._room(used) - len(empty))]
        self.order = self._in_place(used, empty[: self._room(used)])
        return [(name, self._cells(known.get(name))) for name in self.order]

    def _in_use(self, name: str, trigger: Trigger | None) -> bool:
        if name in self.written:
            return trigger is not None or name.startswith(MADE)
        return trigger is not None and trigger.planned

    def _room(self, used: list[str]) -> int:
        return max(LEAST - len(used), self.empty)

    def _in_place(self, used: list[str], empty: list[str]) -> list[str]:
        """Rows keep their order; new plans come before the empty rows at the end."""
        kept = [name for name in self.order if name in used or name in empty]
        while kept and kept[-1] in empty:
            kept.pop()
        return [*kept, *(name for name in (*used, *empty) if name not in kept)]

    def _cells(self, trigger: Trigger | None) -> Cells:
        if trigger is None:
            return "", ""
        return trigger.if_text if trigger.id in self.worded else when(trigger, self.words), trigger.then_text

    def add(self) -> str:
        """One more empty row; its id."""
        self.empty = 1 + sum(name.startswith(MADE) and name not in self.written for name in self.order)
        self.order.append(_fresh())
        return self.order[-1]

    def write(self, answer: TriggerMapAnswer, identifier: str, column: str, text: str) -> TriggerMapAnswer:
        """The answer after something was typed in a row; unchanged when its trigger was taken away meanwhile."""
        trigger = find(answer, identifier)
        if column not in COLUMNS or (trigger is None and not identifier.startswith(MADE)):
            return answer
        before = trigger or Trigger(id=identifier, text="", category="")
        after = self._named(before, replace(before, **{column: text}))
        self._begin(identifier, trigger)
        if column == "if_text" or trigger is None:
            self.worded.add(identifier)
        if self._is_nothing(after):
            return TriggerMapAnswer(triggers=tuple(one for one in answer.triggers if one.id != identifier))
        if trigger is None:
            return TriggerMapAnswer(triggers=(*answer.triggers, after))
        return update(answer, identifier, **vars(after))

    def _begin(self, identifier: str, trigger: Trigger | None) -> None:
        if trigger is None and identifier not in self.written:
            self.empty = max(self.empty - 1, 0)
        self.written.add(identifier)

    def _named(self, before: Trigger, after: Trigger) -> Trigger:
        """A trigger made here is called what stands after «hvis», until someone gives it another name."""
        if not self._follows(before):
            return after
        text = tidy(after.if_text) or self.unnamed
        fitting = before.category in ("", self._category(before.text))
        return replace(after, text=text, category=self._category(text) if fitting else before.category)

    def _follows(self, trigger: Trigger) -> bool:
        return trigger.id.startswith(MADE) and trigger.text in ("", self.unnamed, tidy(trigger.if_text))

    def _category(self, text: str) -> str:
        """The first category that suggests this, else the first of all."""
        fitting = (
            category.id
            for category in self.source.categories
            if text.casefold() in (suggestion.casefold() for suggestion in category.suggestions)
        )
        return next(fitting, self.source.categories[0].id)

    def _is_nothing(self, trigger: Trigger) -> bool:
        rated = trigger.strength is not None or trigger.often
        return self._follows(trigger) and not rated and not (trigger.if_text + trigger.then_text).strip()

    def remove(self, answer: TriggerMapAnswer, identifier: str) -> TriggerMapAnswer:
        """The answer without the plan of this row; its trigger stays. An empty row just goes."""
        if identifier not in self.order:
            return answer
        at, trigger = self.order.index(identifier), find(answer, identifier)
        self._begin(identifier, trigger)
        self.written.remove(identifier)
        self.worded.discard(identifier)
        self.order.remove(identifier)
        if trigger is None:
            return answer
        self.removed = Removed(trigger, at)
        return update(answer, identifier, if_text="", then_text="")

    def undo(self, answer: TriggerMapAnswer) -> TriggerMapAnswer:
        """The answer with the removed plan put back on its trigger."""
        if self.removed is None:
            return answer
        trigger, at, self.removed = self.removed.trigger, self.removed.at, None
        if trigger.id not in self.order:
            self.order.insert(at, trigger.id)
        self.written.add(trigger.id)
        return update(answer, trigger.id, if_text=trigger.if_text, then_text=trigger.then_text)


def _fresh() -> str:
    return f"{MADE}{uuid.uuid4().hex[:12]}"
