"""A show of hands: how many there are for each option, and never whose."""

from collections.abc import Mapping

from course.model import frozen

MOST = 99  # hands for one option


def counted(counts: Mapping[str, int], name: str, by: float) -> Mapping[str, int] | None:
    """The counts with one hand more or one fewer for an option; None when there are no more to count or to take."""
    count = counts.get(name, 0) + (1 if by > 0 else -1)
    return frozen({**counts, name: count}) if 0 <= count <= MOST else None
