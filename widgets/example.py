"""The fictional person's answers, as an author wrote them: what may be shown to a whole room."""

from course.model import (
    Answer,
    Exercise,
    LoopMap,
    LoopMapAnswer,
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
    return None
