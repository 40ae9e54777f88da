"""What every board of cards in columns shares: where a card stands, how it is put elsewhere, which new one is taken."""

from collections.abc import Collection, Mapping

from course.model import frozen

UNSORTED = ""
MOST_SIGNS = 60
Columns = Mapping[str, tuple[str, ...]]  # cards by the id of their column


def place(columns: Columns, card: object) -> str | None:
    """The column in which a card stands."""
    return next((name for name, cards in columns.items() if card in cards), None)


def put(columns: Columns, card: str, column: str | None) -> Columns:
    """The same with the card at the end of this column and nowhere else."""
    changed = {name: tuple(each for each in cards if each != card) for name, cards in columns.items()}
    if column is not None:
        changed[column] = (*changed.get(column, ()), card)
    return frozen({name: cards for name, cards in changed.items() if cards})


def refused(text: str, known: Collection[str], full: bool) -> str:
    """Why a new card is not taken; "" when it is."""
    if not text:
        return "write_first"
    if len(text) > MOST_SIGNS:
        return "long"
    if text.casefold() in (each.casefold() for each in known):
        return "twice"
    return "full" if full else ""
