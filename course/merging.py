"""Joins what was kept with what was written today, before the kept answers were opened. Nobody's words are lost.

Each kind of exercise says what the joined answer is, and which part of either side had to give way to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from course.excerpts import Words, parts
from course.fitting import own_names
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
    Person,
    Quiz,
    QuizAnswer,
    SortingBoard,
    SortingBoardAnswer,
    Trigger,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
    frozen,
)

AT_A_TRIGGER = ("trigger", "editing")
Joined = tuple[Answer, Answer]  # the answer of both, and what gave way


def merge(
    exercise: Exercise, kept: Answer, today: Answer, words: Words | None = None
) -> tuple[Answer, tuple[Excerpt, ...]]:
    """One answer of two, and as readable pieces what had no room in it."""
    if kept == today:
        return kept, ()
    merged, gave_way = MERGED[type(exercise)](exercise, kept, today)
    shown = set(parts(exercise, merged, words).values())
    pieces = parts(exercise, gave_way, words).values()
    return merged, tuple(dict.fromkeys(piece for piece in pieces if piece not in shown and piece.text.strip()))


def merge_place(kept: WorksheetAnswer, today: WorksheetAnswer) -> WorksheetAnswer:
    """Where somebody was in a trigger map: where they are today, but at no trigger, for those may have new ids."""
    if not today.values:
        return kept
    values = {name: value for name, value in {**kept.values, **today.values}.items() if name not in AT_A_TRIGGER}
    drafts = (side.values.get("draft", "") for side in (kept, today))
    halves = " / ".join(dict.fromkeys(draft for draft in drafts if draft.strip()))
    return WorksheetAnswer(values=frozen(values | {"draft": halves} if halves else values))


def _quiz(quiz: Quiz, kept: QuizAnswer, today: QuizAnswer) -> Joined:
    """Today's answers to questions that are answered today: a quiz can be taken again."""
    new = {name: given for name, given in today.questions.items() if any(given.chosen) or name not in kept.questions}
    at = today.at if today.questions else kept.at
    return QuizAnswer(questions=frozen({**kept.questions, **new}), at=at), QuizAnswer()


def _worksheet(worksheet: Worksheet, kept: WorksheetAnswer, today: WorksheetAnswer) -> Joined:
    """Field by field what was kept, and the rows of both in a table."""
    tables = {field.id for field in worksheet.fields if field.kind == "table"}
    merged, gave_way = dict(kept.values), {}
    for name, value in today.values.items():
        mine = merged.get(name, "")
        if not _holds(mine):
            merged[name] = value
        elif name in tables and _are_rows(mine, value):
            merged[name] = _rows(mine, value)
        elif mine != value:
            gave_way[name] = value
    return WorksheetAnswer(values=frozen(merged)), WorksheetAnswer(values=frozen(gave_way))


def _holds(value: FieldValue) -> bool:
    """Whether there is anything in it; 0 on a scale is something."""
    if isinstance(value, str):
        return bool(value.strip())
    return any(map(_holds, value)) if isinstance(value, tuple) else True


def _are_rows(*values: FieldValue) -> bool:
    return all(isinstance(value, tuple) and all(isinstance(row, tuple) for row in value) for value in values)


def _rows(mine: tuple[tuple[str, ...], ...], others: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(row for row in (*mine, *others) if _holds(row)))


def _trigger_map(exercise: TriggerMap, kept: TriggerMapAnswer, today: TriggerMapAnswer) -> Joined:
    """The triggers of both. One that is in both has what either says about it, and the kept where they differ."""
    triggers, gave_way = list(kept.triggers), []
    for trigger in today.triggers:
        same = next((place for place, one in enumerate(kept.triggers) if _meaning(one) == _meaning(trigger)), None)
        if same is None:
            triggers.append(replace(trigger, id=_free_id(triggers, trigger.id)))
        else:
            triggers[same] = _both(triggers[same], trigger)
            gave_way += [trigger] if _differ(triggers[same], trigger) else []
    return TriggerMapAnswer(triggers=tuple(triggers)), TriggerMapAnswer(triggers=tuple(gave_way))


def _meaning(trigger: Trigger) -> tuple[str, str]:
    return _plain(trigger.text), trigger.category


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _free_id(items: Sequence[Trigger | Person], wanted: str) -> str:
    """The wanted id where it is free, else another that begins with the same letter."""
    taken = {item.id for item in items}
    return wanted if wanted not in taken else next(name for n in count(1) if (name := f"{wanted[:1]}{n}") not in taken)


def _both(mine: Trigger, other: Trigger) -> Trigger:
    """The one with what only the other says."""
    return replace(
        mine,
        strength=other.strength if mine.strength is None else mine.strength,
        often=mine.often or other.often,
        if_text=mine.if_text if mine.if_text.strip() else other.if_text,
        then_text=mine.then_text if mine.then_text.strip() else other.then_text,
    )


def _differ(both: Trigger, other: Trigger) -> bool:
    """Whether the other says something that is not in both."""
    said = ((getattr(other, name), getattr(both, name)) for name in ("strength", "often", "if_text", "then_text"))
    return any(theirs not in (None, "", ours) for theirs, ours in said)


def _explore(exercise: Explore, kept: ExploreAnswer, today: ExploreAnswer) -> Joined:
    return (kept, today) if kept.values else (today, kept)


def _loop_map(exercise: LoopMap, kept: LoopMapAnswer, today: LoopMapAnswer) -> Joined:
    """The kept circle and the kept plan; each of them today's if only today has one."""
    circle = kept if kept.items else today
    plan = kept.plan if kept.plan.strip() else today.plan
    return replace(circle, plan=plan), today


def _sorting_board(exercise: SortingBoard, kept: SortingBoardAnswer, today: SortingBoardAnswer) -> Joined:
    """The cards of both. One that is in both stands where it was kept, or where today has it if it was not sorted."""
    ours = _our_ids(kept.own, today.own)
    known = {card.id for card in kept.own}
    own = (*kept.own, *(replace(card, id=ours[card.id]) for card in today.own if ours[card.id] not in known))
    before = {name for cards in kept.columns.values() for name in cards}
    columns = dict(kept.columns)
    for column, cards in today.columns.items():
        more = tuple(name for card in cards if (name := ours.get(card, card)) not in before)
        if more:
            columns[column] = (*columns.get(column, ()), *more)
    return SortingBoardAnswer(columns=frozen(columns), own=own), today


def _our_ids(kept: Sequence[Choice], today: Sequence[Choice]) -> dict[str, str]:
    """What today's own cards are called beside the kept ones: as before, as the kept one that says the same, or new."""
    said, taken = {_plain(card.text): card.id for card in kept}, {card.id for card in kept}
    names = own_names((*kept, *today))
    return {card.id: said.get(_plain(card.text)) or (next(names) if card.id in taken else card.id) for card in today}


def _network_map(exercise: NetworkMap, kept: NetworkMapAnswer, today: NetworkMapAnswer) -> Joined:
    """The people of both. One who is in both has the kept effect where the two differ."""
    people, known = list(kept.people), {_who(person) for person in kept.people}
    for person in today.people:
        if _who(person) not in known:
            people.append(replace(person, id=_free_id(people, person.id)))
    return NetworkMapAnswer(people=tuple(people)), today


def _who(person: Person) -> tuple[str, str]:
    return _plain(person.text), person.circle


def _check_in(exercise: CheckIn, kept: CheckInAnswer, today: CheckInAnswer) -> Joined:
    """The days of both; for one that is in both, today's ratings and beside them what only the other has."""
    days = {entry.date: entry for entry in kept.entries}
    for entry in today.entries:
        before = days[entry.date].values if entry.date in days else {}
        days[entry.date] = CheckInEntry(date=entry.date, values=frozen({**before, **entry.values}))
    return CheckInAnswer(entries=tuple(days[day] for day in sorted(days))), kept


MERGED: Mapping[type[Exercise], Callable[[Exercise, Answer, Answer], Joined]] = {
    Quiz: _quiz,
    Worksheet: _worksheet,
    TriggerMap: _trigger_map,
    Explore: _explore,
    LoopMap: _loop_map,
    SortingBoard: _sorting_board,
    NetworkMap: _network_map,
    CheckIn: _check_in,
}
