"""Answers as plain data that can be kept for weeks, and read back when the course has changed meanwhile.

Beside each answer stand the same words as readable pieces, so that nothing that was written is lost when an exercise
changes: what no longer fits is shown from them. A record of something the course does not have is kept as it is.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass

from course import content, shelf
from course.building import Misfit, build
from course.excerpts import Words, parts
from course.fitting import fits
from course.kinds import KINDS
from course.merging import merge, merge_place
from course.model import (
    ANSWER_TYPES,
    NOTHING,
    Answer,
    Excerpt,
    Exercise,
    Module,
    WorksheetAnswer,
    frozen,
)
from course.readable import readable
from course.shelf import NOT_KEPT
from course.strays import excerpts, joined

__all__ = ("fits", "from_bytes", "merge", "merge_place", "parts", "read", "readable", "to_bytes", "write")

FORMAT = 1
KIND_NAMES = {ANSWER_TYPES[kind]: name for name, kind in KINDS.items()}
ONLY_EARLIER = {"title", "earlier"}  # what a record has when the answer is empty and something no longer fits it
Earlier = Mapping[str, tuple[Excerpt, ...]]
Shelf = Mapping[str, tuple[Module, Exercise]]


class Misread(Exception):
    """Data that are no document of ours, or one from a newer course."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was read: answers, what no longer fits them («fra før»), and records of what the course does not have."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: NOTHING, repr=False)
    earlier: Earlier = field(default_factory=lambda: NOTHING, repr=False)
    strays: Mapping[str, dict] = field(default_factory=lambda: NOTHING, repr=False)


# As bytes. A browser can send half of a character, which UTF-8 proper has no bytes for.


def to_bytes(document: dict) -> bytes:
    """The document as JSON."""
    return _text(document).encode("utf-8", "surrogatepass")


def _text(document: dict) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_bytes(data: bytes) -> dict:
    """The document in these bytes; Misread when it is not of the shape that `write` gives."""
    document = _parsed(data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Misread
    if not all(_are_records(document.get(group, {})) for group in ("answers", "strays")):
        raise Misread
    return document


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):  # it carries what was written, so nobody hears of it
        return None


def _are_records(group: object) -> bool:
    return isinstance(group, dict) and all(isinstance(record, dict) for record in group.values())


# Writing.


def write(answers: Mapping[str, Answer], earlier: Earlier, strays: Mapping[str, dict], language: str = "nb") -> dict:
    """The document for these answers."""
    known, words = shelf.exercises(language), content.words(language)
    kept = {name: answer for name, answer in answers.items() if not isinstance(answer, NOT_KEPT)}
    records = {name: _record(known.get(name), answer, words) for name, answer in kept.items()}
    for name, before in earlier.items():
        records.setdefault(name, {"title": known[name][1].title if name in known else ""})
        records[name]["earlier"] = [[piece.label, piece.text] for piece in before]
    return {"format": FORMAT, "answers": records, "strays": dict(strays)}


class Scribe:
    """Writes documents as bytes, save after save, and writes only those records anew whose answer has changed.

    Answers are frozen, so one that is the same object holds the same words.
    """

    def __init__(self) -> None:
        self._written: dict[str, tuple[object, object, str]] = {}

    def __repr__(self) -> str:
        return "Scribe()"  # never what it holds

    def bytes(
        self, answers: Mapping[str, Answer], earlier: Earlier, strays: Mapping[str, dict], language: str, **more: object
    ) -> bytes:
        """What `to_bytes(write(...) | more)` means, quicker the second time."""
        names = dict.fromkeys((*answers, *earlier))
        pieces = (self._piece(name, answers.get(name), earlier.get(name), language) for name in names)
        rest = _text({"format": FORMAT, "strays": dict(strays), **more})
        return f'{rest[:-1]},"answers":{{{",".join(filter(None, pieces))}}}}}'.encode("utf-8", "surrogatepass")

    def _piece(self, name: str, answer: Answer | None, before: tuple[Excerpt, ...] | None, language: str) -> str:
        known = self._written.get(name)
        if known is None or known[0] is not answer or known[1] is not before:
            answers = {} if answer is None else {name: answer}
            records = write(answers, {name: before} if before else {}, {}, language)["answers"]
            self._written[name] = known = (answer, before, _text(records)[1:-1])
        return known[2]


def _record(place: tuple[Module, Exercise] | None, answer: Answer, words: Words) -> dict:
    record = {"kind": KIND_NAMES[type(answer)], "title": "", "answer": _plain(answer)}
    if place and ANSWER_TYPES[type(place[1])] is type(answer):
        written = parts(place[1], answer, words).items()
        record |= {"title": place[1].title, "parts": {key: [piece.label, piece.text] for key, piece in written}}
    return record


def _plain(value: object) -> object:
    """Frozen data as dicts and lists, without what is as it would be anyway."""
    if is_dataclass(value):
        items = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: _plain(item) for name, item, default in items if item != default}
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@functools.cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    made = {
        each.name: each.default if each.default_factory is MISSING else each.default_factory() for each in fields(kind)
    }
    return tuple(made.items())


# Reading.


def read(document: dict, language: str = "nb") -> Kept:
    """What is kept in a document, held against the course as it is now."""
    reader = _Reader(shelf.exercises(language), content.words(language))
    for group in ("answers", "strays"):
        for name, record in document.get(group, {}).items():
            reader.take(name, record)
    return Kept(answers=frozen(reader.answers), earlier=frozen(reader.earlier), strays=frozen(reader.strays))


class _Reader:
    """Takes one record after the other, and finds out what each of them still is."""

    def __init__(self, known: Shelf, words: Words) -> None:
        self.known = known
        self.words = words
        self.answers: dict[str, Answer] = {}
        self.earlier: dict[str, tuple[Excerpt, ...]] = {}
        self.strays: dict[str, dict] = {}

    def take(self, name: str, record: dict) -> None:
        """Put a record where it belongs."""
        try:
            answer, excerpts = self._recalled(name, record)
        except Misfit:
            self.strays[name] = joined(self.strays[name], record) if name in self.strays else record
            return
        if answer is not None and name in self.answers and name in self.known:
            answer, more = merge(self.known[name][1], self.answers[name], answer, self.words)
            excerpts = (*excerpts, *more)
        if answer is not None:
            self.answers[name] = answer
        if excerpts:
            self.earlier[name] = tuple(dict.fromkeys((*self.earlier.get(name, ()), *excerpts)))

    def _recalled(self, name: str, record: dict) -> tuple[Answer | None, tuple[Excerpt, ...]]:
        """The answer in a record, if there is one, and what was written before; Misfit when it is a stray."""
        earlier = excerpts(_of(list, record.get("earlier", [])))
        if name not in self.known:
            return self._place(name, record), earlier
        if record.keys() <= ONLY_EARLIER:
            return None, earlier
        exercise = self.known[name][1]
        pairs = _of(dict, record.get("parts", {}))
        written = dict(zip(pairs, excerpts(pairs.values()), strict=True))
        answer, left = fits(exercise, _built(ANSWER_TYPES[type(exercise)], record), written, self.words)
        return answer, (*earlier, *left)

    def _place(self, name: str, record: dict) -> WorksheetAnswer:
        """Where somebody was; it belongs to a card and not to an exercise's answer."""
        if not name.endswith(shelf.PLACE):
            raise Misfit(shelf.PLACE)
        return _built(WorksheetAnswer, record)


def _of(kind: type, data: object) -> object:
    if type(data) is not kind:
        raise Misfit(kind.__name__)
    return data


def _built(kind: type, record: dict) -> Answer:
    if record.get("kind") != KIND_NAMES[kind]:
        raise Misfit("kind")
    return build(kind, record.get("answer"))
