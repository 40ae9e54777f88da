"""Records of something the course does not have, or has in another form: kept as they are, and read by their words."""

from collections.abc import Iterable, Iterator, Mapping

from course.building import Misfit
from course.excerpts import unknown
from course.model import Excerpt

TEXTS = ("parts", "earlier")


def excerpts(pairs: Iterable) -> tuple[Excerpt, ...]:
    """Excerpts from pairs of texts; Misfit when they are something else."""
    return tuple(Excerpt(label=label, text=text) for label, text in map(_pair, pairs))


def _pair(pair: object) -> list[str]:
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
        raise Misfit("excerpt")
    return pair


def words_of(record: Mapping) -> tuple[Excerpt, ...]:
    """What is written in a record, in the words of the exercise it was written in where they are kept."""
    try:
        found = excerpts((*record.get("parts", {}).values(), *record.get("earlier", [])))
    except (Misfit, AttributeError, TypeError):
        found = ()
    return tuple(dict.fromkeys(found or _whatever(record)))


def _whatever(record: Mapping) -> Iterator[Excerpt]:
    label = record.get("title", "")
    for name in ("answer", *TEXTS):
        found = unknown(label if isinstance(label, str) else "", record.get(name))
        yield from (excerpt for _, excerpt in found if excerpt.text)


def joined(record: dict, other: dict) -> dict:
    """A record that has the words of another one as well."""
    words = [[excerpt.label, excerpt.text] for excerpt in words_of(other)]
    before = record.get("earlier", [])
    new = [pair for pair in words if not isinstance(before, list) or pair not in before]
    return {**record, "earlier": [*(before if isinstance(before, list) else [before]), *new]}
