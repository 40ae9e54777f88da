"""The printed faces of an exercise: blank for the participant, the key for the leader, filled for its owner.

Every face is made from the same frozen definition. A blank sheet holds no reply, no explanation and no trace of which
option is the expected one; a filled one is made only when its owner asks.
"""

from collections.abc import Mapping
from html import escape
from importlib import import_module
from types import ModuleType

from course.model import (
    Answer,
    Box,
    CheckIn,
    Exercise,
    Explore,
    GroupBoard,
    Landing,
    LoopMap,
    NetworkMap,
    Plan,
    PocketCard,
    Quiz,
    Scenario,
    SortingBoard,
    Tally,
    TriggerMap,
    Worksheet,
)
from widgets.example import example

Words = Mapping[str, str]
Boxes = Mapping[str, Box]

_FACES = {
    Quiz: "quiz",
    Worksheet: "worksheet",
    TriggerMap: "trigger_map",
    Explore: "explore",
    LoopMap: "loop_map",
    SortingBoard: "sorting_board",
    NetworkMap: "network_map",
    Landing: "landing",
    CheckIn: "check_in",
    Plan: "plan",
    PocketCard: "pocket_card",
    Tally: "tally",
    GroupBoard: "group_board",
    Scenario: "scenario",
}


def _faces(exercise: Exercise) -> ModuleType:
    """The file that prints this kind of exercise, imported when first needed."""
    return import_module(f"widgets.sheets.{_FACES[type(exercise)]}")


def blank(exercise: Exercise, words: Words, boxes: Boxes) -> str:
    """The sheet to fill in by hand."""
    return _faces(exercise).blank(exercise, words, boxes)


def key(exercise: Exercise, words: Words, boxes: Boxes) -> str:
    """The leader's key: expected answers, every reply and the explanations; "" where there is none."""
    return _faces(exercise).key(exercise, words, boxes)


def filled(exercise: Exercise, answer: Answer, words: Words, boxes: Boxes) -> str:
    """The blank sheet with its owner's answers on it."""
    return _faces(exercise).filled(exercise, answer, words, boxes)


def projected(exercise: Exercise, words: Words, boxes: Boxes) -> str:
    """The face for a whole room: the fictional person's example where there is one, else the blank sheet.

    It is made from content alone. No participant's answer can reach it, because none is asked for.
    """
    shown = example(exercise)
    if shown is None:
        return blank(exercise, words, boxes)
    mark = f'<p class="hint">{escape(words["sheet.projected"])}</p>'
    faces = _faces(exercise)
    # A kind with a drawing has one for the wall, where its words are read from eight metres.
    return mark + getattr(faces, "projected", faces.filled)(exercise, shown, words, boxes)
