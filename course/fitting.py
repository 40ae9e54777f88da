"""What of an old answer still fits its exercise, and the rest as readable pieces («fra før»).

An answer is never made to fit by guessing: a piece stays only if the exercise still asks for it in the same form. What
does not stay is shown in the words it had when it was written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from course import content
from course.excerpts import UNKNOWN, Words, parts, pieces
from course.kinds import OWN
from course.model import (
    Answer,
    CheckIn,
    CheckInAnswer,
    CheckInEntry,
    Choice,
    Excerpt,
    Exercise,
    Explore,
    ExploreAnswer,
    FieldValue,
    LoopMap,
    LoopMapAnswer,
    NetworkMap,
    NetworkMapAnswer,
    Quiz,
    QuizAnswer,
    SortingBoard,
    SortingBoardAnswer,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
    frozen,
)

Stands = Callable[[Answer], bool]  # whether a fragment of an answer still fits


def fits(
    exercise: Exercise, answer: Answer, kept: Mapping[str, Excerpt], words: Words | None = None
) -> tuple[Answer, tuple[Excerpt, ...]]:
    """The answer without what no longer fits, and that as the pieces that were `kept` when it was written."""
    words = words or content.words()
    written = kept or parts(exercise, answer, words)

    def stands(fragment: Answer) -> bool:
        found = pieces(exercise, fragment, words)
        return all(not key.startswith(UNKNOWN) and (key in written or not excerpt.text) for key, excerpt in found)

    fitted = FITTED[type(exercise)](exercise, answer, stands)
    return fitted, _left(written, parts(exercise, fitted, words))


def _left(written: Mapping[str, Excerpt], now: Mapping[str, Excerpt]) -> tuple[Excerpt, ...]:
    left = (excerpt for key, excerpt in written.items() if key not in now and excerpt.text.strip())
    return tuple(dict.fromkeys(excerpt for excerpt in left if excerpt not in now.values()))


def _quiz(quiz: Quiz, answer: QuizAnswer, stands: Stands) -> QuizAnswer:
    """Whole questions: with one option less, it would be an answer that nobody gave."""
    return replace(answer, questions=_standing(answer.questions, lambda one: QuizAnswer(questions=one), stands))


def _worksheet(worksheet: Worksheet, answer: WorksheetAnswer, stands: Stands) -> WorksheetAnswer:
    many = {field.id for field in worksheet.fields if field.kind == "many"}
    values = {name: _ticked(name, value, stands) if name in many else value for name, value in answer.values.items()}
    values = {name: value for name, value in values.items() if value not in ("", ())}
    return WorksheetAnswer(values=_standing(values, lambda one: WorksheetAnswer(values=one), stands))


def _ticked(name: str, value: FieldValue, stands: Stands) -> FieldValue:
    """The ticks whose options are still there."""
    if not isinstance(value, tuple):
        return value
    return tuple(option for option in value if stands(WorksheetAnswer(values={name: (option,)})))


def _trigger_map(exercise: TriggerMap, answer: TriggerMapAnswer, stands: Stands) -> TriggerMapAnswer:
    """Every trigger: one whose category is gone stands among the others («Annet»)."""
    often = {choice.id for choice in exercise.often}
    triggers = (trigger if trigger.often in often else replace(trigger, often="") for trigger in answer.triggers)
    return TriggerMapAnswer(triggers=tuple(triggers))


def _explore(exercise: Explore, answer: ExploreAnswer, stands: Stands) -> ExploreAnswer:
    return ExploreAnswer(values=_standing(answer.values, lambda one: ExploreAnswer(values=one), stands))


def _loop_map(exercise: LoopMap, answer: LoopMapAnswer, stands: Stands) -> LoopMapAnswer:
    """The whole circle: without one of its things it would say something else, so that one becomes own words."""
    suggestions = {choice.id: choice for choice in exercise.suggestions}
    names = own_names(answer.items)
    ours = {item: suggestions.get(item.id) or _own(item, names) for item in answer.items}
    broken = next((ours[item].id for item in answer.items if item.id == answer.broken), "")
    return LoopMapAnswer(items=tuple(ours.values()), broken=broken, plan=answer.plan)


def own_names(items: Sequence[Choice]) -> Iterator[str]:
    """Ids for own words, counting on from the highest."""
    taken = (item.id.removeprefix(OWN) for item in items if item.id.startswith(OWN))
    return (f"{OWN}{number}" for number in count(1 + max((int(one) for one in taken if one.isdecimal()), default=0)))


def _own(item: Choice, names: Iterator[str]) -> Choice:
    return item if item.id.startswith(OWN) else replace(item, id=next(names))


def _sorting_board(exercise: SortingBoard, answer: SortingBoardAnswer, stands: Stands) -> SortingBoardAnswer:
    """Every card that is still there, in its column; an own card whose column is gone waits to be sorted again."""
    own = {card.id: card for card in answer.own}

    def stays(column: str, name: str) -> bool:
        cards = (own[name],) if name in own else ()
        return stands(SortingBoardAnswer(columns={column: (name,)}, own=cards))

    columns = {column: tuple(n for n in names if stays(column, n)) for column, names in answer.columns.items()}
    return replace(answer, columns=frozen({column: names for column, names in columns.items() if names}))


def _network_map(exercise: NetworkMap, answer: NetworkMapAnswer, stands: Stands) -> NetworkMapAnswer:
    """Everybody whose circle and effect are still there."""
    return NetworkMapAnswer(people=tuple(one for one in answer.people if stands(NetworkMapAnswer(people=(one,)))))


def _check_in(exercise: CheckIn, answer: CheckInAnswer, stands: Stands) -> CheckInAnswer:
    entries = (_rated(entry, stands) for entry in answer.entries)
    return CheckInAnswer(entries=tuple(entry for entry in entries if entry))


def _rated(entry: CheckInEntry, stands: Stands) -> CheckInEntry | None:
    """A day without the scales that are gone; None when there is nothing else."""

    def alone(values: Mapping[str, int]) -> CheckInAnswer:
        return CheckInAnswer(entries=(replace(entry, values=values),))

    values = _standing(entry.values, alone, stands)
    return replace(entry, values=values) if values or not entry.values else None


def _standing(values: Mapping, alone: Callable[[Mapping], Answer], stands: Stands) -> Mapping:
    """Those of the values that fit, each tried as an answer alone."""
    return frozen({name: value for name, value in values.items() if stands(alone({name: value}))})


FITTED: Mapping[type[Exercise], Callable[[Exercise, Answer, Stands], Answer]] = {
    Quiz: _quiz,
    Worksheet: _worksheet,
    TriggerMap: _trigger_map,
    Explore: _explore,
    LoopMap: _loop_map,
    SortingBoard: _sorting_board,
    NetworkMap: _network_map,
    CheckIn: _check_in,
}
