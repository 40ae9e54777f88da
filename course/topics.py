"""Which parts of a module have which cells, exercises and sources, and what its works are, for people to read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course import content, rhythm
from course.model import Exercise, Module, Part, Quiz, Source
from course.notebooks import Cell

OWN_RULE = "S-"  # how the ids of the course's own safety rules begin
LAW = "LOVDATA"  # what is confirmed only as somebody else tells it, until it is read as law
LEVELS = ("yes", "second_hand", "partly", "no")
_BETWEEN_WORKS = re.compile(r"; (?!\d)")  # a year after it is one more by the same people


@dataclass(frozen=True)
class Topic:
    """One part of a module: the ids of its cells and exercises, and of the sources that they and its prose rest on."""

    part: Part
    cells: tuple[str, ...]
    exercises: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """The works of one publisher, or one work: the parts it stands behind, its facts by how far they are confirmed,
    and the oldest day on which one of them was checked."""

    reference: str
    parts: tuple[str, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    checked: str


@dataclass(frozen=True)
class Reading:
    """The reading list of a module: works in the order of the alphabet, facts that are law, and the course's rules."""

    title: str
    works: tuple[Work, ...]
    laws: tuple[str, ...]
    rules: tuple[Source, ...]
    checked: str  # the day on which all of it was checked; "" when the works have days of their own


def topics(module: Module, cells: tuple[Cell, ...]) -> tuple[Topic, ...]:
    """The parts of a module in their order."""
    exercises = {exercise.id: exercise for exercise in module.exercises}
    by_part = rhythm.by_part(module, cells)
    return tuple(_topic(part, by_part[part.id], exercises) for part in module.parts)


def _topic(part: Part, cells: list[Cell], exercises: dict[str, Exercise]) -> Topic:
    shown = tuple(dict.fromkeys(cell.shows for cell in cells if cell.shows in exercises))
    found = [*part.sources, *(source for name in shown for source in sources(exercises[name]))]
    return Topic(part, tuple(cell.id for cell in cells), shown, tuple(sorted(set(found))))


def sources(exercise: Exercise) -> Iterator[str]:
    """Every source an exercise and its questions name."""
    yield from exercise.sources
    if isinstance(exercise, Quiz):
        for question in exercise.questions:
            yield from question.sources


def reading(module: Module, cells: tuple[Cell, ...]) -> Reading:
    """What a module rests on, by work."""
    known, found = content.sources(module.language), topics(module, cells)
    used = [known[fact] for fact in sorted({source for topic in found for source in topic.sources})]
    facts = [source for source in used if not source.id.startswith(OWN_RULE)]
    days = {source.checked for source in facts}
    return Reading(
        title=module.title,
        works=tuple(sorted(_works(facts, found), key=lambda work: work.reference.casefold())),
        laws=tuple(source.id for source in facts if LAW in source.confirmed),
        rules=tuple(source for source in used if source.id.startswith(OWN_RULE)),
        checked=days.pop() if len(days) == 1 else "",
    )


def _works(facts: Iterable[Source], found: Iterable[Topic]) -> Iterator[Work]:
    by_publisher: dict[str, dict[str, list[Source]]] = {}
    for fact in facts:
        for work in filter(None, _BETWEEN_WORKS.split(fact.reference.strip(" ;"))):
            publisher = work.partition(", ")[0]
            by_publisher.setdefault(publisher[0].upper() + publisher[1:], {}).setdefault(work, []).append(fact)
    for publisher, works in by_publisher.items():
        carried = {fact.id: fact for sources in works.values() for fact in sources}
        yield _work(_named(publisher, sorted(works, key=str.casefold)), tuple(carried.values()), found)


def _named(publisher: str, works: list[str]) -> str:
    """A work as it is written, or a publisher and its works."""
    titles = [work[len(publisher) :].removeprefix(", ") for work in works]
    if len(works) == 1:
        return publisher + works[0][len(publisher) :]
    return f"{publisher}: {'; '.join(title for title in titles if title)}"


def _work(reference: str, carried: tuple[Source, ...], found: Iterable[Topic]) -> Work:
    ids = {source.id for source in carried}
    parts = tuple(topic.part.title for topic in found if ids & set(topic.sources))
    by_level: dict[str, list[str]] = {}
    for source in sorted(carried, key=lambda each: each.id):
        by_level.setdefault(level(source.confirmed), []).append(source.id)
    facts = tuple((name, tuple(by_level[name])) for name in LEVELS if name in by_level)
    return Work(reference, parts, facts, min(source.checked for source in carried))


def level(confirmed: str) -> str:
    """How far a source is confirmed: one of LEVELS."""
    said = confirmed.removesuffix(f"; {LAW}")
    exact = {"yes": "yes", "yes, 2nd-hand": "second_hand"}
    return exact.get(said, "no" if re.match(r"no\b", said) else "partly")
