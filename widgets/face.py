"""The printed face of an exercise: what a live card carries beside its widget, and all there is of one on paper."""

from collections.abc import Mapping

from course.model import Exercise, Module
from widgets import sheet

CARD = "application/vnd.nykurs.card+json"


def bundle(module: Module, exercise: Exercise, words: Mapping[str, str], boxes: Mapping, text: str) -> dict:
    """The blank sheet, a plain text, and which exercise it is."""
    return {
        "text/html": sheet.blank(exercise, words, boxes),
        "text/plain": text,
        CARD: {"module": module.name, "id": exercise.id},
    }


class Face:
    """What stands for a live card where a notebook runs only to be printed: nothing to click, no answer to see."""

    def __init__(self, kind: str, module: Module, exercise: Exercise, words: Mapping[str, str], boxes: Mapping) -> None:
        self.kind = kind
        self.module = module
        self.exercise = exercise
        self.words = words
        self.boxes = boxes

    def __repr__(self) -> str:
        return f"{self.kind}({self.module.name!r}, {self.exercise.id!r})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return bundle(self.module, self.exercise, self.words, self.boxes, repr(self))
