"""Finds what a schema cannot see in a module: ids, correct options, choices, ranges and the rhythm.

Each check takes one thing with the keys that lead to it, so that a mistake in one question hides nothing in the next.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from string import Formatter

from course import branching
from course.building import Misfit, build
from course.findings import Finding, Keys
from course.kinds import OWN
from course.letters import flat, hint
from course.model import (
    CheckInEntry,
    Choice,
    Closing,
    Column,
    Field,
    Label,
    Parameter,
    Person,
    Question,
    ScenarioStep,
    Scene,
    TallyOption,
    Trigger,
)

RHYTHM = ("welcome", "today", "recap", "knowledge", "exercise", "talk", "takeaway", "checkout")
_DATE = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
OPEN_FIELDS = ("text", "long", "scale", "table")  # what is written or rated, not only ticked


def module(data: dict, language: str, line: Callable[[Keys], int]) -> Iterator[Finding]:
    """Everything in a module's own data that does not make sense."""
    yield from ids(data, (), line)
    yield from _rhythm(data.get("parts"))
    yield from _keep(data.get("parts"))
    yield from dates(data)
    for number, item in enumerate(_list(data.get("exercises"))):
        yield from _exercise(item, ("exercises", number), language)


def ids(data: object, keys: Keys, line: Callable[[Keys], int]) -> Iterator[Finding]:
    """Every id that two things of one list share."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    first: dict[str, Keys] = {}
    for key, item in pairs:
        here = (*keys, key)
        name = item.get("id") if isinstance(data, list) and isinstance(item, dict) else None
        if isinstance(name, str) and first.setdefault(name, here) != here:
            values = {"id": name, "first": line((*first[name], "id"))}
            yield Finding("meaning.id_twice", (*here, "id"), values=values)
        yield from ids(item, here, line)


def _list(data: object) -> list:
    return data if isinstance(data, list) else []


def _rhythm(parts: object) -> Iterator[Finding]:
    steps = [
        (number, part["step"])
        for number, part in enumerate(_list(parts))
        if isinstance(part, dict) and part.get("step") in RHYTHM
    ]
    for (_, before), (number, step) in pairwise(steps):
        if RHYTHM.index(step) < RHYTHM.index(before):
            values = {"step": step, "before": before, "names": ", ".join(RHYTHM)}
            yield Finding("meaning.rhythm", ("parts", number, "step"), values=values)


def _keep(parts: object) -> Iterator[Finding]:
    """What every meeting has is in the core."""
    for number, part in enumerate(_list(parts)):
        if isinstance(part, dict) and part.get("keep") is True and part.get("layer") == "more":
            yield Finding("meaning.keep", ("parts", number, "keep"))


def dates(data: object, keys: Keys = ()) -> Iterator[Finding]:
    """Every date that looks right but is not in the calendar."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in pairs:
        if key in ("date", "checked") and isinstance(item, str) and _DATE.fullmatch(item):
            yield from _date(item, (*keys, key))
        yield from dates(item, (*keys, key))


def _date(text: str, keys: Keys) -> Iterator[Finding]:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        yield Finding("meaning.date", keys, values={"value": text})


def braces(data: object) -> Iterator[Finding]:
    """Every text whose {braces} cannot be filled in."""
    for key, text in flat(data):
        try:
            list(Formatter().parse(text)) if isinstance(text, str) else ()
        except ValueError:
            yield Finding("meaning.braces", tuple(key.split(".")))


def _exercise(data: object, keys: Keys, language: str) -> Iterator[Finding]:
    checks = {
        "quiz": _quiz,
        "worksheet": _worksheet,
        "trigger_map": _trigger_map,
        "explore": _explore,
        "loop_map": _loop_map,
        "sorting_board": _sorting_board,
        "network_map": _network_map,
        "check_in": _check_in,
        "plan": _gathered,
        "pocket_card": _gathered,
        "tally": _tally,
        "group_board": _group_board,
        "scenario": _scenario,
    }
    if isinstance(data, dict) and isinstance(data.get("kind"), str) and data["kind"] in checks:
        yield from checks[data["kind"]](data, keys, language)


def _whole(kind: type, items: object) -> Iterator[tuple[int, object]]:
    """The items of a list that can be built, with their numbers; the schema speaks about the others."""
    for number, item in enumerate(_list(items)):
        with suppress(Misfit):
            yield number, build(kind, item)


def claims_with_text(data: dict, texts: Mapping[str, str]) -> dict:
    """A quiz whose claims have the texts of their three options, which stand in ui.yaml and not in each question."""
    if data.get("kind") != "quiz":
        return data
    return {**data, "questions": [_claim_with_text(question, texts) for question in _list(data.get("questions"))]}


def _claim_with_text(question: object, texts: Mapping[str, str]) -> object:
    if not isinstance(question, dict) or question.get("kind") != "claim":
        return question
    options = _list(question.get("options"))
    if not all(isinstance(option, dict) and isinstance(option.get("id"), str) for option in options):
        return question
    return {**question, "options": [{"text": texts.get(option["id"], ""), **option} for option in options]}


def _quiz(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    questions = claims_with_text(data, {})["questions"]
    for number, question in _whole(Question, questions):
        yield from _question(question, (*keys, "questions", number))
    least = {number: closing.least for number, closing in _whole(Closing, data.get("closings"))}
    if least and 0 not in least.values():
        yield Finding("meaning.closing_zero", (*keys, "closings"))
    for number, value in least.items():
        if value in [earlier for at, earlier in least.items() if at < number]:
            yield Finding("meaning.closing_twice", (*keys, "closings", number), values={"least": value})
    if isinstance(data.get("pool"), int) and data["pool"] > len(questions):
        yield Finding("meaning.pool", (*keys, "pool"), values={"pool": data["pool"], "count": len(questions)})


def _question(question: Question, keys: Keys) -> Iterator[Finding]:
    checks = {"single": _single, "many": _many, "claim": _claim, "match": _match, "order": _order}
    yield from checks[question.kind](question, keys)


def _single(question: Question, keys: Keys) -> Iterator[Finding]:
    correct = sum(option.correct for option in question.options)
    if correct == 0:
        yield Finding("meaning.single_none", keys)
    elif correct > 1:
        yield Finding("meaning.single_several", keys, values={"count": correct})
    yield from _different([option.text for option in question.options], (*keys, "options"), "text")


def _many(question: Question, keys: Keys) -> Iterator[Finding]:
    if not any(option.correct for option in question.options):
        yield Finding("meaning.many_none", keys)
    for number, option in enumerate(question.options):
        if option.correct and not option.missed.strip():
            yield Finding("meaning.missed_missing", (*keys, "options", number))
        elif option.missed and not option.correct:
            yield Finding("meaning.missed_wrong", (*keys, "options", number, "missed"))
    yield from _different([option.text for option in question.options], (*keys, "options"), "text")


def _claim(question: Question, keys: Keys) -> Iterator[Finding]:
    correct = sum(option.correct for option in question.options)
    if correct == 0:
        yield Finding("meaning.claim_none", keys)
    elif correct > 1:
        yield Finding("meaning.claim_several", keys, values={"count": correct})


def _match(question: Question, keys: Keys) -> Iterator[Finding]:
    for side in ("left", "right"):
        yield from _different([getattr(pair, side) for pair in question.pairs], (*keys, "pairs"), side)


def _order(question: Question, keys: Keys) -> Iterator[Finding]:
    yield from _different([step.text for step in question.steps], (*keys, "steps"), "text")


def _different(texts: list[str], keys: Keys, key: str) -> Iterator[Finding]:
    for number, text in enumerate(texts):
        if text in texts[:number]:
            yield Finding("meaning.same_text", (*keys, number, key), values={"text": text})


def _all_different(kind: type, items: object, keys: Keys, key: str) -> Iterator[Finding]:
    """The same about a list whose items can all be built; the schema speaks about the others."""
    built = [item for _, item in _whole(kind, items)]
    if len(built) == len(_list(items)):
        yield from _different([getattr(item, key) for item in built], keys, key)


def _worksheet(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    kinds = [item.get("kind") for item in _list(data.get("fields")) if isinstance(item, dict)]
    if not data.get("private") and any(kind in OPEN_FIELDS for kind in kinds):
        yield Finding("meaning.private", keys)
    for number, field in _whole(Field, data.get("fields")):
        yield from _field(field, (*keys, "fields", number), language)


def _field(field: Field, keys: Keys, language: str) -> Iterator[Finding]:
    choices = [choice.id for choice in field.choices]
    wanted = {"choice": (field.example,), "many": field.example}.get(field.kind, ()) if field.example else ()
    for value in wanted:
        if choices and value not in choices:
            values = {"value": value, "hint": hint(value, choices, language)}
            yield Finding("meaning.choice_unknown", (*keys, "example"), values=values)
    if field.kind == "table" and field.example:
        for number, row in enumerate(field.example):
            if len(row) != len(field.columns):
                values = {"count": len(row), "columns": len(field.columns)}
                yield Finding("meaning.example_row", (*keys, "example", number), values=values)


def _trigger_map(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)
    categories, often = _ids(data.get("categories")), _ids(data.get("often"))
    for number, trigger in _whole(Trigger, data.get("example")):
        here = (*keys, "example", number)
        if trigger.category not in categories:
            values = {"value": trigger.category, "hint": hint(trigger.category, categories, language)}
            yield Finding("meaning.category_unknown", (*here, "category"), values=values)
        if trigger.often and trigger.often not in often:
            values = {"value": trigger.often, "hint": hint(trigger.often, often, language)}
            yield Finding("meaning.often_unknown", (*here, "often"), values=values)


def _ids(items: object) -> list[str]:
    named = [item.get("id") for item in _list(items) if isinstance(item, dict)]
    return [name for name in named if isinstance(name, str)]


def _explore(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    parameters = {parameter.id: parameter for _, parameter in _whole(Parameter, data.get("parameters"))}
    for number, parameter in _whole(Parameter, data.get("parameters")):
        here, values = (*keys, "parameters", number), vars(parameter)
        if parameter.minimum >= parameter.maximum:
            yield Finding("meaning.range", here, values=values)
        elif not parameter.minimum <= parameter.start <= parameter.maximum:
            yield Finding("meaning.start", (*here, "start"), values=values)
    if len(parameters) == len(_list(data.get("parameters"))):
        for number, scene in _whole(Scene, data.get("scenes")):
            yield from _scene(scene.values, parameters, (*keys, "scenes", number, "values"), language)


def _loop_map(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)
    suggestions = _ids(data.get("suggestions"))
    for number, value in enumerate(_list(data.get("example"))):
        if value not in suggestions:
            values = {"value": value, "hint": hint(str(value), suggestions, language)}
            yield Finding("meaning.choice_unknown", (*keys, "example", number), values=values)


def _sorting_board(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)
    for name, kind, text in (("columns", Column, "title"), ("cards", Choice, "text")):
        yield from _all_different(kind, data.get(name), (*keys, name), text)
    for number, card in _whole(Choice, data.get("cards")):
        if card.id.startswith(OWN):
            yield Finding("meaning.card_own", (*keys, "cards", number, "id"), values={"value": card.id})
    yield from _example_columns(data, keys, language)
    yield from _example_cards(data, keys, language)


def _example_cards(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    """The fictional person's cards are cards of the board, each in one place."""
    cards, seen = _ids(data.get("cards")), set()
    example = data.get("example")
    listed = example.items() if isinstance(example, dict) else ()
    for column, number, value in ((column, *each) for column, names in listed for each in enumerate(_list(names))):
        here = (*keys, "example", column, number)
        if value not in cards:
            yield Finding("meaning.card_unknown", here, values={"value": value, "hint": hint(value, cards, language)})
        elif value in seen:
            yield Finding("meaning.card_twice", here, values={"value": value})
        seen.add(value)


def _network_map(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)
    for name in ("circles", "effects"):
        yield from _all_different(Label, data.get(name), (*keys, name), "title")
    said = set()
    for number, person in _whole(Person, data.get("example")):
        who = " ".join(person.text.split()).casefold(), person.circle
        if who in said:
            yield Finding("meaning.person_twice", (*keys, "example", number), values={"value": person.text})
        said.add(who)


def _check_in(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)
    scales, before = _ids(data.get("scales")), ""
    for number, entry in _whole(CheckInEntry, data.get("example")):
        here = (*keys, "example", number)
        if _DATE.fullmatch(entry.date):
            if entry.date <= before:
                yield Finding("meaning.date_order", (*here, "date"), values={"value": entry.date, "before": before})
            before = max(before, entry.date)
        for name in entry.values:
            if name not in scales:
                values = {"value": name, "hint": hint(name, scales, language)}
                yield Finding("meaning.rating_unknown", (*here, "values", name), values=values)


def _gathered(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if not data.get("private"):
        yield Finding("meaning.private", keys)


def _group(data: dict, keys: Keys) -> Iterator[Finding]:
    """What the whole room sees is about knowledge or opinion, and the author says so (S-21)."""
    if "about" not in data:
        yield Finding("meaning.group_about", keys)
    if data.get("private"):
        yield Finding("meaning.group_private", (*keys, "private"))


def _tally(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    yield from _group(data, keys)
    options = list(_whole(TallyOption, data.get("options")))
    if len(options) == len(_list(data.get("options"))):
        fitting = [number for number, option in options if option.fitting]
        if data.get("about") == "knowledge" and not fitting:
            yield Finding("meaning.tally_none", keys)
        for number in fitting if data.get("about") == "opinion" else ():
            yield Finding("meaning.tally_opinion", (*keys, "options", number, "fitting"))
        yield from _different([option.text for _, option in options], (*keys, "options"), "text")


def _group_board(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    yield from _group(data, keys)
    yield from _example_columns(data, keys, language)


def _example_columns(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    columns, example = _ids(data.get("columns")), data.get("example")
    for name in example if isinstance(example, dict) else ():
        if name not in columns:
            values = {"value": name, "hint": hint(str(name), columns, language)}
            yield Finding("meaning.column_unknown", (*keys, "example", name), values=values)


def _scenario(data: dict, keys: Keys, language: str) -> Iterator[Finding]:
    if data.get("private"):
        yield Finding("meaning.group_private", (*keys, "private"))
    steps, places = dict(_whole(ScenarioStep, data.get("steps"))), list(_places(data, keys))
    for number, step in steps.items():
        yield from _different([option.text for option in step.options], (*keys, "steps", number, "options"), "text")
    wrong = [*_named_as_step(places), *_leading_nowhere(steps, [name for name, _ in places], keys, language)]
    yield from wrong
    if not wrong and len(steps) == len(_list(data.get("steps"))) and len(dict(places)) == len(places):
        yield from _walked(tuple(steps.values()), dict(places))


def _places(data: dict, keys: Keys) -> Iterator[tuple[str, Keys]]:
    """The id of every step and ending of a story, with the keys that lead to it."""
    for name in ("steps", "endings"):
        for number, item in enumerate(_list(data.get(name))):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield item["id"], (*keys, name, number)


def _named_as_step(places: list[tuple[str, Keys]]) -> Iterator[Finding]:
    steps = [name for name, keys in places if keys[-2] == "steps"]
    for name, keys in places:
        if keys[-2] == "endings" and name in steps:
            yield Finding("meaning.scenario_named", (*keys, "id"), values={"value": name})


def _leading_nowhere(
    steps: Mapping[int, ScenarioStep], places: list[str], keys: Keys, language: str
) -> Iterator[Finding]:
    for number, step in steps.items():
        for place, option in enumerate(step.options):
            if option.next not in places:
                values = {"value": option.next, "hint": hint(option.next, places, language)}
                here = (*keys, "steps", number, "options", place, "next")
                yield Finding("meaning.scenario_unknown", here, values=values)


def _walked(steps: tuple[ScenarioStep, ...], places: Mapping[str, Keys]) -> Iterator[Finding]:
    """Every place can be reached, and from every step one can come to an ending."""
    reached = branching.ways(steps)
    ends = branching.ending(steps, {name for name, keys in places.items() if keys[-2] == "endings"})
    for name, keys in places.items():
        if name not in reached:
            yield Finding("meaning.scenario_unreached", keys, values={"value": name})
        elif name not in ends:
            yield Finding("meaning.scenario_dead_end", keys, values={"value": name})


def _within(value: float, parameter: Parameter) -> bool:
    low, high = sorted((parameter.minimum, parameter.maximum))
    return low == high or low <= value <= high


def _scene(chosen: Mapping, parameters: Mapping[str, Parameter], keys: Keys, language: str) -> Iterator[Finding]:
    for name, value in chosen.items():
        if name not in parameters:
            values = {"value": name, "hint": hint(name, parameters, language)}
            yield Finding("meaning.scene_unknown", (*keys, name), values=values)
        elif not _within(value, parameters[name]):
            values = {**vars(parameters[name]), "parameter": name, "value": value}
            yield Finding("meaning.scene_outside", (*keys, name), values=values)
    for name, parameter in parameters.items():
        if name not in chosen:
            yield Finding("meaning.scene_missing", keys, values={"parameter": name, "start": parameter.start})
