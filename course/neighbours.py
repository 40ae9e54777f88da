"""Holds a file against the files beside it: sources, fixed boxes, the other modules and the notebook."""

from collections.abc import Iterator
from pathlib import Path

from course.findings import Finding, Keys
from course.letters import hint
from course.yaml_reader import Document, read

TOLERANCE_CAPTIONS = ("tolerance-caption", "drawing-caption")
OTHER_NAMES = ("help", "sources")  # shown by the same function as boxes and exercises


def module(document: Document) -> Iterator[Finding]:
    """Everything in a module that its neighbours contradict."""
    if not isinstance(document.data, dict):
        return
    boxes = boxes_beside(document.path)
    yield from sources(document)
    yield from _reserved(document, boxes)
    yield from _captions(document, boxes)
    yield from _answers(document)
    if not notebook_of(document.path).is_file():
        values = {"notebook": notebook_of(document.path).name, "language": document.path.parent.name}
        yield Finding("file.notebook_missing", values=values)


def notebook_of(content: Path) -> Path:
    """The notebook that belongs to a content file."""
    return content.parent.parent.parent / "modules" / content.parent.name / f"{content.stem}.ipynb"


def content_of(notebook: Path) -> Path:
    """The content file that belongs to a notebook."""
    return notebook.parent.parent.parent / "content" / notebook.parent.name / f"{notebook.stem}.yaml"


def boxes_beside(path: Path) -> dict[str, dict]:
    """The fixed boxes of the same language by id, as plain data."""
    data = read(path.with_name("support.yaml")).data
    return by_id(data.get("boxes") if isinstance(data, dict) else None)


def by_id(items: object) -> dict[str, dict]:
    """The groups of a list that have an id."""
    listed = items if isinstance(items, list) else []
    return {item["id"]: item for item in listed if isinstance(item, dict) and isinstance(item.get("id"), str)}


def exercises(data: object) -> list[tuple[int, dict]]:
    """The exercises of a module as plain data, with their numbers."""
    items = data.get("exercises") if isinstance(data, dict) else None
    return [
        (number, item) for number, item in enumerate(items if isinstance(items, list) else []) if type(item) is dict
    ]


def sources(document: Document) -> Iterator[Finding]:
    """Every source that is used and does not stand in sources.yaml; in sources.yaml, every one that nothing uses."""
    path = document.path.with_name("sources.yaml")
    if document.path == path:
        yield from _unused(document)
        return
    if not path.is_file():
        yield Finding("file.neighbour_missing", values={"neighbour": path.name})
        return
    known = by_id(read(path).data)
    for keys, value in used_sources(document.data):
        if value not in known:
            values = {"value": value, "hint": hint(value, known, document.path.parent.name)}
            yield Finding("cross.source_unknown", keys, values=values)


def _unused(document: Document) -> Iterator[Finding]:
    files = [file for file in document.path.parent.glob("*.yaml") if file != document.path]
    used = {value for file in files for _, value in used_sources(read(file).data)}
    for number, item in enumerate(document.data if isinstance(document.data, list) else []):
        if isinstance(item, dict) and isinstance(item.get("id"), str) and item["id"] not in used:
            yield Finding("cross.source_unused", (number, "id"), values={"id": item["id"]})


def used_sources(data: object, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every source id in the data, with the keys that lead to it."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in pairs:
        if key == "sources" and isinstance(item, list):
            texts = [(number, value) for number, value in enumerate(item) if isinstance(value, str)]
            yield from (((*keys, key, number), value) for number, value in texts)
        else:
            yield from used_sources(item, (*keys, key))


def _reserved(document: Document, boxes: dict) -> Iterator[Finding]:
    for number, exercise in exercises(document.data):
        if exercise.get("id") in (*boxes, *OTHER_NAMES):
            yield Finding("cross.reserved", ("exercises", number, "id"), values={"id": exercise["id"]})


def _captions(document: Document, boxes: dict) -> Iterator[Finding]:
    """The tolerance figure must carry its fixed texts to the letter (S-26)."""
    for number, exercise in exercises(document.data):
        if exercise.get("kind") != "explore" or exercise.get("figure") != "tolerance":
            continue
        said = exercise.get("captions") if isinstance(exercise.get("captions"), list) else []
        for text in _fixed_texts(boxes, TOLERANCE_CAPTIONS):
            if not any(isinstance(caption, str) and text in caption for caption in said):
                yield Finding("cross.tolerance_caption", ("exercises", number, "captions"), values={"text": text})


def _fixed_texts(boxes: dict, names: tuple[str, ...]) -> list[str]:
    paragraphs = [boxes.get(name, {}).get("paragraphs") for name in names]
    return [text for texts in paragraphs if isinstance(texts, list) for text in texts if isinstance(text, str)]


def _answers(document: Document) -> Iterator[Finding]:
    """One name of an answer has one kind of exercise, here and in every other module."""
    seen = dict(_answers_elsewhere(document.path))
    for number, exercise in exercises(document.data):
        name, kind = exercise.get("answers"), exercise.get("kind")
        if not isinstance(name, str) or not name:
            continue
        other, module, first = seen.setdefault(name, (kind, "", exercise.get("id")))
        if other != kind:
            values = {"answers": name, "kind": kind, "other": other, "module": module, "exercise": first}
            yield Finding(
                "cross.answers_kind" if module else "cross.answers_here", ("exercises", number), values=values
            )


def _answers_elsewhere(path: Path) -> Iterator[tuple[str, tuple]]:
    for file in sorted(path.parent.glob("[0-9][0-9]*_*.yaml")):
        if file.name == path.name:
            continue
        for _, exercise in exercises(read(file).data):
            if isinstance(exercise.get("answers"), str):
                yield exercise["answers"], (exercise.get("kind"), file.name, exercise.get("id"))
