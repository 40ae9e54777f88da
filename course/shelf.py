"""Every exercise of the course by the name of its answer: what a kept answer is held against."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from course import content, recap
from course.model import (
    NOTHING,
    CheckIn,
    Exercise,
    Explore,
    Gathered,
    GroupBoardAnswer,
    LandingAnswer,
    LoopMap,
    Module,
    NetworkMap,
    Quiz,
    ScenarioAnswer,
    SortingBoard,
    TallyAnswer,
    TriggerMap,
    Worksheet,
    frozen,
)

PLACE = "/place"  # how the names end under which a card keeps where somebody was; no exercise's answer

# What an answer of each kind can be about. Plans and pocket cards gather others' answers, a landing has
# none, and what the group answers on the wall is nobody's to keep.
PARTS: Mapping[type[Exercise], tuple[str, ...]] = frozen(
    {
        Quiz: ("questions",),
        Worksheet: ("fields",),
        TriggerMap: ("categories", "often"),
        Explore: ("parameters",),
        LoopMap: ("suggestions",),
        SortingBoard: ("columns", "cards"),
        NetworkMap: ("circles", "effects"),
        CheckIn: ("scales",),
    }
)

# Answers that no file and no download ever holds.
NOT_KEPT = (LandingAnswer, Gathered, TallyAnswer, GroupBoardAnswer, ScenarioAnswer)


def exercises(language: str = "nb") -> Mapping[str, tuple[Module, Exercise]]:
    """Every exercise that keeps an answer, with its module, by the answer's name; a module with faults is left out.

    Where several share one answer, the first stands here, with the fields and choices that only the others have, since
    what was written in any of them fits.
    """
    before, known = _latest.get(language, (None, NOTHING))
    now = _state(language)
    if now != before:
        known = frozen(_found(_modules(language)))
        _latest[language] = now, known
    return known


# How the content last looked, and what was found in it. This is asked for at every save.
_latest: dict[str, tuple[frozenset, Mapping[str, tuple[Module, Exercise]]]] = {}


def _state(language: str) -> frozenset:
    """What changes when any file of the content does."""
    found = set()
    for folder in (content.CONTENT / language, content.MODULES / language):
        with os.scandir(folder) as entries:
            found |= {(entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in entries}
    return frozenset(found)


def _found(modules: Iterable[Module]) -> dict[str, tuple[Module, Exercise]]:
    found: dict[str, tuple[Module, Exercise]] = {}
    for module in modules:
        for exercise in recap.whole(module).exercises:
            if type(exercise) in PARTS:
                name = module.answer_name(exercise)
                first, known = found.get(name, (module, exercise))
                found[name] = first, _joined(known, exercise)
    return found


def _modules(language: str) -> Iterable[Module]:
    for name in content.names(language):
        try:
            yield content.load(name, language)
        except content.ContentError:
            continue


def _joined(first: Exercise, other: Exercise) -> Exercise:
    """The first exercise, with what only the other one of its kind has."""
    if first is other or type(first) is not type(other):
        return first
    return replace(first, **{part: _united(getattr(first, part), getattr(other, part)) for part in PARTS[type(first)]})


def _united(items: tuple, others: tuple) -> tuple:
    known = {item.id for item in items}
    return (*items, *(other for other in others if other.id not in known))
