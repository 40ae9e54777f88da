"""What can be done to a list of triggers, and undone again: functions over frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from course.model import Trigger, TriggerMapAnswer


@dataclass(frozen=True)
class Change:
    """One change of the list: the trigger before and after it (None where there is none), and its place."""

    before: Trigger | None
    after: Trigger | None
    place: int

    @property
    def kind(self) -> str:
        """«add», «edit» or «remove»."""
        if self.before is None:
            return "add"
        return "remove" if self.after is None else "edit"


def free_id(triggers: Sequence[Trigger]) -> str:
    """A short id that no trigger has: t1, t2, ... counting on from the highest."""
    taken = [int(trigger.id[1:]) for trigger in triggers if trigger.id[1:].isdecimal()]
    return f"t{max(taken, default=0) + 1}"


def find(answer: TriggerMapAnswer, identifier: str) -> Trigger | None:
    """The trigger with this id, if it is there."""
    return next((trigger for trigger in answer.triggers if trigger.id == identifier), None)


def tidy(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(text.split())


def same(answer: TriggerMapAnswer, text: str, category: str) -> Trigger | None:
    """A trigger that already says this, if there is one."""
    wanted = (tidy(text).casefold(), category)
    return next((one for one in answer.triggers if (one.text.casefold(), one.category) == wanted), None)


def add(answer: TriggerMapAnswer, text: str, category: str) -> Change:
    """A new trigger at the end."""
    made = Trigger(id=free_id(answer.triggers), text=tidy(text), category=category)
    return Change(None, made, len(answer.triggers))


def edit(answer: TriggerMapAnswer, identifier: str, text: str, category: str) -> Change:
    """Other words or another category for a trigger; its ratings and plan stay."""
    before = find(answer, identifier)
    return Change(before, replace(before, text=tidy(text), category=category), answer.triggers.index(before))


def remove(answer: TriggerMapAnswer, identifier: str) -> Change:
    """A trigger taken out of the list."""
    before = find(answer, identifier)
    return Change(before, None, answer.triggers.index(before))


def apply(answer: TriggerMapAnswer, change: Change) -> TriggerMapAnswer:
    """The answer after a change."""
    after = (change.after,) if change.after else ()
    rest = answer.triggers[change.place + (change.before is not None) :]
    return TriggerMapAnswer(triggers=(*answer.triggers[: change.place], *after, *rest))


def undo(answer: TriggerMapAnswer, change: Change) -> TriggerMapAnswer:
    """The answer without a change that was made to it; what was rated or planned since then stays."""
    now = find(answer, change.after.id) if change.after else None
    back = change.before
    if now and back:
        back = replace(now, text=back.text, category=back.category)
    return apply(answer, Change(now, back, answer.triggers.index(now) if now else change.place))


def update(answer: TriggerMapAnswer, identifier: str, **fields: object) -> TriggerMapAnswer:
    """The answer with other ratings or another plan for one trigger; unchanged when that trigger is gone."""
    changed = (replace(one, **fields) if one.id == identifier else one for one in answer.triggers)
    return TriggerMapAnswer(triggers=tuple(changed))
