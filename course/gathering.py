"""Brings together what a plan and a pocket card show: exercises of other modules, and the answers to them.

An author names each exercise (`07_tilbakefall/first-hour`) and its fields; `content` fills them in when a module is
read. The answers stay where they are kept: a plan has none of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from course import neighbours
from course.building import Misfit
from course.findings import Finding, Keys
from course.letters import hint
from course.model import (
    ANSWER_TYPES,
    Exercise,
    Field,
    Gathered,
    HelpNumber,
    Module,
    NetworkMap,
    Plan,
    PocketCard,
    Section,
    SortingBoard,
    TriggerMap,
    Worksheet,
    frozen,
)
from course.yaml_reader import Document, read

NAMED = re.compile(r"([0-9]{2}_[a-z0-9_-]+)/([a-z0-9]+(?:-[a-z0-9]+)*)")  # a module and one of its exercises
ORDINAL = re.compile(r"^[0-9]+\.\s+")
SOURCES = ("worksheet", "trigger_map", "sorting_board", "network_map")  # kinds whose answers can be gathered
PARTS_OF = {"sorting_board": ("columns", "cross.section_column")}  # what `fields` names, and the letter about it
WHOLE = {"trigger_map": "cross.section_map", "network_map": "cross.section_network"}  # without `fields`, and the letter
NUMBERS = ("rusinfo",)  # on a pocket card; the others stand in the short form of the safety box
COLUMNS = 2  # of the people on a pocket card: a name and a number

AnswerType = TypeVar("AnswerType")


class Answers(Protocol):
    """Where answers are read, as in `course.journal`."""

    def get(self, name: str, kind: type[AnswerType]) -> AnswerType:
        """The answer kept under a name, or an empty one of this kind."""


def sections(exercise: Exercise) -> tuple[Section, ...]:
    """The parts of a plan or a pocket card; none for any other exercise."""
    if isinstance(exercise, Plan):
        return exercise.sections
    return (exercise.plans, exercise.people) if isinstance(exercise, PocketCard) else ()


def gather(exercise: Plan | PocketCard, answers: Answers) -> Gathered:
    """The answers that a plan or a pocket card shows, as they are now; those without an entry are empty."""
    found = {
        section.answers: answers.get(section.answers, ANSWER_TYPES[type(section.source)])
        for section in sections(exercise)
    }
    return Gathered(answers=frozen(found))


def of(section: Section, gathered: Gathered) -> object:
    """The answer to one section, empty when it was not gathered."""
    kind = ANSWER_TYPES[type(section.source)]
    answer = gathered.answers.get(section.answers)
    return answer if isinstance(answer, kind) else kind()


# Filling in what an author has named.


def modules(module: Module) -> tuple[str, ...]:
    """The names of the modules that a module gathers from, once each; Misfit for what names no exercise."""
    named = [_named(section.exercise) for exercise in module.exercises for section in sections(exercise)]
    return tuple(dict.fromkeys(name for name, _ in named))


def _named(text: str) -> tuple[str, str]:
    match = NAMED.fullmatch(text)
    if not match:
        raise Misfit(text)
    return match[1], match[2]


def resolve(module: Module, others: Mapping[str, Module], numbers: Iterable[HelpNumber]) -> Module:
    """The module with every section filled in; Misfit or KeyError when one names what is not there."""
    on_card = tuple(number for number in numbers if number.id in NUMBERS and number.printed)
    return replace(module, exercises=tuple(_filled_in(each, others, on_card) for each in module.exercises))


def _filled_in(exercise: Exercise, others: Mapping[str, Module], numbers: tuple[HelpNumber, ...]) -> Exercise:
    if isinstance(exercise, Plan):
        return replace(exercise, sections=tuple(_section(section, others) for section in exercise.sections))
    if isinstance(exercise, PocketCard):
        plans, people = (_section(section, others) for section in sections(exercise))
        if not isinstance(plans.source, TriggerMap) or not _has_people(people.source):
            raise Misfit(exercise.id)
        return replace(exercise, plans=plans, people=people, numbers=numbers)
    return exercise


def _section(section: Section, others: Mapping[str, Module]) -> Section:
    name, identifier = _named(section.exercise)
    exercise = others[name].exercise(identifier)
    return replace(section, source=_chosen(exercise, section.fields), answers=others[name].answer_name(exercise))


def _chosen(exercise: Exercise, names: tuple[str, ...]) -> Exercise:
    """The exercise with the fields or columns an author chose, in that order."""
    if isinstance(exercise, Worksheet):
        known = {field.id: _without_number(field) for field in exercise.fields}
        return replace(exercise, fields=tuple(known[name] for name in names or known))
    if isinstance(exercise, SortingBoard):
        columns = {column.id: column for column in exercise.columns}
        return replace(exercise, columns=tuple(columns[name] for name in names or columns))
    if isinstance(exercise, TriggerMap | NetworkMap) and not names:
        return exercise
    raise Misfit(exercise.id)


def _without_number(field: Field) -> Field:
    """The field as it is called elsewhere: «3. Hva vil jeg ha mer av?» is number three on its own sheet only."""
    return replace(field, label=ORDINAL.sub("", field.label))


def _has_people(source: Exercise | None) -> bool:
    return isinstance(source, Worksheet) and len(source.fields) == 1 and _is_people(source.fields[0])


def _is_people(field: Field) -> bool:
    return field.kind == "table" and len(field.columns) >= COLUMNS


# What is wrong in what an author has named.


def findings(document: Document) -> Iterator[Finding]:
    """Every section that names what is not there or does not fit."""
    shelf = _Shelf(document)
    for number, exercise in neighbours.exercises(document.data):
        for key, kinds in _wanted(exercise):
            section = exercise[key[0]][key[1]] if len(key) > 1 else exercise.get(key[0])
            if isinstance(section, dict) and isinstance(section.get("exercise"), str):
                yield from shelf.findings(section, ("exercises", number, *key), kinds)


def _wanted(exercise: dict) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    """The places of an exercise's sections, and the kinds of exercises that fit there."""
    if exercise.get("kind") == "plan":
        listed = exercise.get("sections")
        yield from ((("sections", at), SOURCES) for at in range(len(listed) if isinstance(listed, list) else 0))
    elif exercise.get("kind") == "pocket_card":
        yield ("plans",), ("trigger_map",)
        yield ("people",), ("worksheet",)


class _Shelf:
    """The modules beside a document as plain data, each read once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.path.parent.name
        self.read = {document.path.stem: document.data}

    def findings(self, section: dict, keys: Keys, kinds: tuple[str, ...]) -> Iterator[Finding]:
        match = NAMED.fullmatch(section["exercise"])
        if not match:
            return  # the schema says it
        if match[1] != self.document.path.stem and match[1] not in self._names():
            yield self._unknown("cross.section_module", (*keys, "exercise"), match[1], self._names())
        else:
            yield from self._exercise(match[1], match[2], section, keys, kinds)

    def _names(self) -> list[str]:
        return sorted(path.stem for path in self.document.path.parent.glob("[0-9][0-9]*_*.yaml"))

    def _data(self, name: str) -> object:
        if name not in self.read:
            self.read[name] = read(self.document.path.with_name(f"{name}.yaml")).data
        return self.read[name]

    def _unknown(self, key: str, keys: Keys, value: str, known: Iterable[str], **values: object) -> Finding:
        return Finding(key, keys, values={"value": value, "hint": hint(value, known, self.language), **values})

    def _exercise(
        self, module: str, wanted: str, section: dict, keys: Keys, kinds: tuple[str, ...]
    ) -> Iterator[Finding]:
        known = neighbours.by_id([item for _, item in neighbours.exercises(self._data(module))])
        if not known:
            return  # a file that cannot be read has letters of its own
        fitting = [name for name, item in known.items() if item.get("kind") in kinds]
        if wanted not in known:
            yield self._unknown("cross.section_exercise", (*keys, "exercise"), wanted, fitting, module=module)
        elif wanted not in fitting:
            values = {"kind": known[wanted].get("kind"), "module": module}
            yield self._unknown("cross.section_kind", (*keys, "exercise"), wanted, fitting, **values)
        else:
            yield from self._fields(known[wanted], section, keys, kinds)

    def _fields(self, source: dict, section: dict, keys: Keys, kinds: tuple[str, ...]) -> Iterator[Finding]:
        named = section.get("fields")
        named = named if isinstance(named, list) else []
        if source.get("kind") in WHOLE:
            if named:
                yield Finding(WHOLE[source["kind"]], (*keys, "fields"))
            return
        listed, said = PARTS_OF.get(source.get("kind"), ("fields", "cross.section_field"))
        known = neighbours.by_id(source.get(listed))
        unknown = [(at, name) for at, name in enumerate(named) if isinstance(name, str) and name not in known]
        for at, name in unknown:
            yield self._unknown(said, (*keys, "fields", at), name, known, exercise=source["id"])
        if kinds == ("worksheet",) and not unknown:
            yield from _people(known, named, keys)


def _people(known: dict[str, dict], named: list, keys: Keys) -> Iterator[Finding]:
    """The people of a pocket card are one table with a name and a number."""

    def fits(name: object) -> bool:
        field = known.get(name, {}) if isinstance(name, str) else {}
        columns = field.get("columns")
        return field.get("kind") == "table" and isinstance(columns, list) and len(columns) >= COLUMNS

    chosen = named or list(known)
    if len(chosen) != 1 or not fits(chosen[0]):
        tables = [name for name in known if fits(name)]
        example = tables[0] if tables else "…"
        yield Finding("cross.section_people", (*keys, "fields") if named else keys, values={"example": example})
