"""The fictional person's answers, as an author wrote them: what may be shown to a whole room."""

from course import gathering
from course.model import (
    Answer,
    CheckIn,
    CheckInAnswer,
    Exercise,
    Gathered,
    LoopMap,
    LoopMapAnswer,
    NetworkMap,
    NetworkMapAnswer,
    SortingBoard,
    SortingBoardAnswer,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
    frozen,
)


def example(exercise: Exercise) -> Answer | None:
    """The example of a reflection exercise as an answer of its kind, or None where the author wrote none."""
    if isinstance(exercise, Worksheet):
        values = {field.id: field.example for field in exercise.fields if field.example not in ("", (), None)}
        return WorksheetAnswer(values=frozen(values)) if values else None
    if isinstance(exercise, TriggerMap):
        return TriggerMapAnswer(triggers=exercise.example) if exercise.example else None
    if isinstance(exercise, LoopMap):
        choices = {choice.id: choice for choice in exercise.suggestions}
        items = tuple(choices[name] for name in exercise.example)
        return LoopMapAnswer(items=items) if items else None
    if isinstance(exercise, SortingBoard):
        return SortingBoardAnswer(columns=exercise.example) if exercise.example else None
    if isinstance(exercise, NetworkMap):
        return NetworkMapAnswer(people=exercise.example) if exercise.example else None
    if isinstance(exercise, CheckIn):
        return CheckInAnswer(entries=exercise.example) if exercise.example else None
    return _gathered(exercise)


def _gathered(exercise: Exercise) -> Gathered | None:
    """The examples of the exercises that a plan or a pocket card gathers from."""
    found: dict[str, Answer] = {}
    for section in gathering.sections(exercise):
        shown, before = example(section.source), found.get(section.answers)
        if isinstance(shown, WorksheetAnswer) and isinstance(before, WorksheetAnswer):
            shown = WorksheetAnswer(values=frozen({**before.values, **shown.values}))
        if shown is not None:
            found[section.answers] = shown
    return Gathered(answers=frozen(found)) if found else None
