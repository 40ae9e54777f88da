"""What a whole room may see of a module: exercises about a person's own life appear as an example or a blank sheet."""

from collections.abc import Mapping

from course import content
from course.model import (
    Answer,
    Exercise,
    Explore,
    GroupBoard,
    GroupBoardAnswer,
    Landing,
    Quiz,
    Scenario,
    Tally,
    TallyAnswer,
)
from widgets import sheet

# Knowledge, drawings and what the room does together. Every other kind, also one made later, is somebody's own.
FOR_THE_ROOM = (Quiz, Explore, Landing, Tally, GroupBoard, Scenario)
OF_THE_ROOM = (TallyAnswer, GroupBoardAnswer)  # made by the room together; there is no person in them


def is_private(exercise: Exercise) -> bool:
    """Whether an exercise is about a person's own life."""
    return not isinstance(exercise, FOR_THE_ROOM)


def faces(name: str, language: str) -> dict[str, str]:
    """The projected face of every private exercise of a module, by its id. Made from content alone."""
    words, boxes = content.words(language), content.support(language).boxes
    exercises = content.load(name, language).exercises
    return {each.id: sheet.projected(each, words, boxes) for each in exercises if is_private(each)}


def boards(name: str, language: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the room has put on the boards of this module: all of what is entered that may stay on the wall."""
    module = content.load(name, language)
    names = {module.answer_name(each) for each in module.exercises if isinstance(each, (Tally, GroupBoard))}
    return {each: answer for each, answer in answers.items() if each in names and isinstance(answer, OF_THE_ROOM)}
