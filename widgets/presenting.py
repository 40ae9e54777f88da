"""What a whole room may see of a module: exercises about a person's own life appear as an example or a blank sheet."""

from course import content
from course.model import Exercise, Explore, GroupBoard, Landing, Quiz, Scenario, Tally
from widgets import sheet

# Knowledge, drawings and what the room does together. Every other kind, also one made later, is somebody's own.
FOR_THE_ROOM = (Quiz, Explore, Landing, Tally, GroupBoard, Scenario)


def is_private(exercise: Exercise) -> bool:
    """Whether an exercise is about a person's own life."""
    return not isinstance(exercise, FOR_THE_ROOM)


def faces(name: str, language: str) -> dict[str, str]:
    """The projected face of every private exercise of a module, by its id. Made from content alone."""
    words, boxes = content.words(language), content.support(language).boxes
    exercises = content.load(name, language).exercises
    return {each.id: sheet.projected(each, words, boxes) for each in exercises if is_private(each)}
