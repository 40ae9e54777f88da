"""Finds what is not wrong in a content file but needs a look: facts that age, and what nobody has approved yet."""

from collections.abc import Iterator
from datetime import date

from course.findings import Finding
from course.letters import listed, sentences
from course.meaning import RHYTHM
from course.neighbours import by_id, used_sources
from course.yaml_reader import Document, read

QUESTIONS = 8  # of all five kinds, in a full module
KINDS = ("single", "many", "claim", "order", "match")


def findings(document: Document, today: date) -> Iterator[Finding]:
    """What needs a look on this day in a file that can be built."""
    if document.path.stem == "support":
        yield from _numbers(document, today)
    elif document.path.stem == "sources":
        yield from _source_list(document, today)
    else:
        yield from _module(document)


def old(checked: str, today: date) -> bool:
    """Whether a date is more than twelve months ago."""
    try:
        then = date.fromisoformat(checked)
    except ValueError:
        return False  # a letter has said so
    return (then.year + 1, then.month, then.day) < (today.year, today.month, today.day)


def _numbers(document: Document, today: date) -> Iterator[Finding]:
    for number, item in enumerate(document.data["numbers"]):
        values = {key: item[key] for key in ("service", "number", "checked")}
        if old(item["checked"], today):
            yield Finding("warn.number_old", ("numbers", number, "checked"), values=values)
        if item["status"] == "confirm-before-print" and item.get("printed", True):
            yield Finding("warn.number_confirm", ("numbers", number, "status"), values=values)


def _source_list(document: Document, today: date) -> Iterator[Finding]:
    for number, item in enumerate(document.data):
        values = {"id": item["id"], "checked": item["checked"]}
        if old(item["checked"], today):
            yield Finding("warn.source_old", (number, "checked"), values=values)


def _module(document: Document) -> Iterator[Finding]:
    yield from _unconfirmed(document)
    yield from _unreviewed(document)
    yield from _quizzes(document.data["exercises"])
    steps = {part["step"] for part in document.data["parts"]}
    missing = [step for step in RHYTHM if step not in steps]
    if missing:
        yield Finding("warn.rhythm", ("parts",), values={"names": ", ".join(missing)})


def _unconfirmed(document: Document) -> Iterator[Finding]:
    known = by_id(read(document.path.with_name("sources.yaml")).data)
    for keys, value in used_sources(document.data):
        if str(known.get(value, {}).get("confirmed", "")).lower().startswith("no"):
            yield Finding("warn.source_no", keys, values={"id": value})


def _unreviewed(document: Document) -> Iterator[Finding]:
    roles = {review["role"] for review in document.data.get("reviewed", [])}
    said = sentences(document.path.parent.name)
    names = {"clinician": said["warn.clinician"], "lived-experience": said["warn.lived_experience"]}
    missing = [name for role, name in names.items() if role not in roles]
    if missing:
        yield Finding("warn.not_reviewed", ("reviewed",), values={"missing": listed(missing, said)})


def _quizzes(exercises: list[dict]) -> Iterator[Finding]:
    questions = [question for exercise in exercises for question in exercise.get("questions", [])]
    if len(questions) < QUESTIONS:
        yield Finding("warn.few_questions", ("exercises",), values={"count": len(questions), "limit": QUESTIONS})
    missing = [kind for kind in KINDS if kind not in {question["kind"] for question in questions}]
    if missing:
        yield Finding("warn.question_kinds", ("exercises",), values={"names": ", ".join(missing)})
