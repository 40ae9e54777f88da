"""What can be done to a list of triggers, and undone again: functions over frozen data."""

from dataclasses import replace

from course.model import Trigger, TriggerMapAnswer
from widgets import edits
from widgets.edits import Change, tidy


def find(answer: TriggerMapAnswer, identifier: str) -> Trigger | None:
    """The trigger with this id, if it is there."""
    return edits.find(answer.triggers, identifier)


def same(answer: TriggerMapAnswer, text: str, category: str) -> Trigger | None:
    """A trigger that already says this, if there is one."""
    wanted = (tidy(text).casefold(), category)
    return next((one for one in answer.triggers if (one.text.casefold(), one.category) == wanted), None)


def add(answer: TriggerMapAnswer, text: str, category: str) -> Change[Trigger]:
    """A new trigger at the end."""
    made = Trigger(id=edits.free_id(answer.triggers, "t"), text=tidy(text), category=category)
    return Change(None, made, len(answer.triggers))


def edit(answer: TriggerMapAnswer, identifier: str, text: str, category: str) -> Change[Trigger]:
    """Other words or another category for a trigger; its ratings and plan stay."""
    before = find(answer, identifier)
    return Change(before, replace(before, text=tidy(text), category=category), answer.triggers.index(before))


def remove(answer: TriggerMapAnswer, identifier: str) -> Change[Trigger]:
    """A trigger taken out of the list."""
    before = find(answer, identifier)
    return Change(before, None, answer.triggers.index(before))


def apply(answer: TriggerMapAnswer, change: Change[Trigger]) -> TriggerMapAnswer:
    """The answer after a change."""
    return TriggerMapAnswer(triggers=edits.apply(answer.triggers, change))


def undo(answer: TriggerMapAnswer, change: Change[Trigger]) -> TriggerMapAnswer:
    """The answer without a change that was made to it; what was rated or planned since then stays."""
    return TriggerMapAnswer(triggers=edits.undo(answer.triggers, change, _restored))


def _restored(now: Trigger, before: Trigger) -> Trigger:
    return replace(now, text=before.text, category=before.category)


def update(answer: TriggerMapAnswer, identifier: str, **fields: object) -> TriggerMapAnswer:
    """The answer with other ratings or another plan for one trigger; unchanged when that trigger is gone."""
    changed = (replace(one, **fields) if one.id == identifier else one for one in answer.triggers)
    return TriggerMapAnswer(triggers=tuple(changed))
