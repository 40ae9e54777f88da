"""What can be done to the people on a network map, and undone again: functions over frozen data."""

from dataclasses import replace

from course.model import NetworkMapAnswer, Person
from widgets import edits
from widgets.edits import Change, tidy


def find(answer: NetworkMapAnswer, identifier: str) -> Person | None:
    """The person with this id, if they are there."""
    return edits.find(answer.people, identifier)


def same(answer: NetworkMapAnswer, text: str, circle: str) -> Person | None:
    """Somebody called this in the same circle, if there is one."""
    wanted = (tidy(text).casefold(), circle)
    return next((one for one in answer.people if (one.text.casefold(), one.circle) == wanted), None)


def add(answer: NetworkMapAnswer, text: str, circle: str, effect: str) -> Change[Person]:
    """A new person at the end."""
    made = Person(id=edits.free_id(answer.people, "p"), text=tidy(text), circle=circle, effect=effect)
    return Change(None, made, len(answer.people))


def edit(answer: NetworkMapAnswer, identifier: str, text: str, circle: str, effect: str) -> Change[Person]:
    """Other words, another circle or another effect for somebody."""
    before = find(answer, identifier)
    after = replace(before, text=tidy(text), circle=circle, effect=effect)
    return Change(before, after, answer.people.index(before))


def remove(answer: NetworkMapAnswer, identifier: str) -> Change[Person]:
    """Somebody taken off the map."""
    before = find(answer, identifier)
    return Change(before, None, answer.people.index(before))


def apply(answer: NetworkMapAnswer, change: Change[Person]) -> NetworkMapAnswer:
    """The answer after a change."""
    return NetworkMapAnswer(people=edits.apply(answer.people, change))


def undo(answer: NetworkMapAnswer, change: Change[Person]) -> NetworkMapAnswer:
    """The answer without a change that was made to it."""
    return NetworkMapAnswer(people=edits.undo(answer.people, change))
