"""What can be done to a list of somebody's own words, and undone again: functions over frozen data.

An item is a frozen dataclass with an `id` and a `text`. What else it says is the affair of its own exercise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Listed(Protocol):
    """Something in a list."""

    id: str
    text: str


Item = TypeVar("Item", bound=Listed)


@dataclass(frozen=True)
class Change(Generic[Item]):
    """One change of a list: the item before and after it (None where there is none), and its place."""

    before: Item | None
    after: Item | None
    place: int

    @property
    def kind(self) -> str:
        """«add», «edit» or «remove»."""
        if self.before is None:
            return "add"
        return "remove" if self.after is None else "edit"


def free_id(items: Sequence[Item], letter: str) -> str:
    """A short id that no item has: t1, t2, ... counting on from the highest."""
    taken = [int(item.id[1:]) for item in items if item.id[:1] == letter and item.id[1:].isdecimal()]
    return f"{letter}{max(taken, default=0) + 1}"


def find(items: Sequence[Item], identifier: str) -> Item | None:
    """The item with this id, if it is there."""
    return next((item for item in items if item.id == identifier), None)


def tidy(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(text.split())


def apply(items: tuple[Item, ...], change: Change[Item]) -> tuple[Item, ...]:
    """The items after a change."""
    after = (change.after,) if change.after else ()
    rest = items[change.place + (change.before is not None) :]
    return (*items[: change.place], *after, *rest)


def undo(
    items: tuple[Item, ...], change: Change[Item], restored: Callable[[Item, Item], Item] = lambda now, before: before
) -> tuple[Item, ...]:
    """The items without a change that was made to them. `restored` makes an edited item from what it is now and what
    it was, where it has been given more than words since."""
    now = find(items, change.after.id) if change.after else None
    back = restored(now, change.before) if now and change.before else change.before
    return apply(items, Change(now, back, items.index(now) if now else change.place))
