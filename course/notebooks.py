"""Reads, cleans and checks the course's notebooks with nothing but JSON, so that it costs a command no start-up."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course.findings import Finding
from course.letters import hint, letters
from course.yaml_reader import Document

TAGS = ("leader", "slide", "more", "screen-only", "paper-only")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{6,32}")  # what editors give a new cell
_SHOW = re.compile(r'show\("([^"\n]*)"\)')
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


class NotebookError(Exception):
    """A notebook that is not one of ours or cannot be read."""


@dataclass(frozen=True)
class Cell:
    """One cell: its place in the notebook, its kind, text and tags, and the id of what it shows."""

    number: int
    id: str
    kind: str
    text: str
    tags: frozenset[str] = frozenset()

    @property
    def shows(self) -> str:
        """The id inside `show("…")`, or nothing."""
        match = _SHOW.fullmatch(self.text) if self.kind == "code" else None
        return match[1] if match else ""

    @property
    def leader(self) -> bool:
        """Whether only the group leader sees it."""
        return "leader" in self.tags

    @property
    def everywhere(self) -> bool:
        """Whether a participant sees it both on screen and on paper."""
        return not self.tags & {"leader", "screen-only", "paper-only"}


def read(path: Path) -> tuple[Cell, ...]:
    """The cells of a notebook."""
    return tuple(cells(_parsed(path.read_bytes())))


def cells(notebook: Mapping) -> Iterator[Cell]:
    """The cells of a parsed notebook."""
    for number, cell in enumerate(notebook["cells"]):
        tags = frozenset(cell["metadata"].get("tags", ()))
        yield Cell(number, cell.get("id", ""), cell["cell_type"], _text(cell), tags)


def _parsed(raw: bytes) -> dict:
    """The notebook in a file's bytes, if it has the shape of one."""
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
        for cell in notebook["cells"]:
            if not (isinstance(cell["cell_type"], str) and isinstance(cell["metadata"], dict)):
                raise NotebookError
            if not isinstance(cell["metadata"].get("tags", []), list) or not isinstance(cell.get("id", ""), str):
                raise NotebookError
            _text(cell)
        dict(notebook["metadata"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotebookError from error
    return notebook


def _text(cell: Mapping) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def clean(path: Path) -> bool:
    """Empty a notebook of outputs, counts and state and write it tidily; whether anything changed."""
    before = path.read_bytes()
    after = tidy(_parsed(before))
    if after == before:
        return False
    path.write_bytes(after)
    return True


def tidy(notebook: Mapping) -> bytes:
    """The bytes of a notebook as we commit it, laid out as Jupyter lays out its own files."""
    taken: set[str] = set()
    empty = {**notebook, "cells": [_tidy_cell(cell, taken) for cell in notebook["cells"]], "metadata": METADATA}
    empty.update(nbformat=4, nbformat_minor=5)
    return (json.dumps(empty, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _tidy_cell(cell: Mapping, taken: set[str]) -> dict:
    tags = cell["metadata"].get("tags", [])
    text = unicodedata.normalize("NFC", _text(cell)).replace("\r\n", "\n").rstrip()
    tidied = {
        "cell_type": cell["cell_type"],
        "id": _name(cell.get("id", ""), text, taken),
        "metadata": {"tags": tags} if tags else {},
        "source": text.splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        tidied.update(outputs=[], execution_count=None)
    return {**tidied, "attachments": cell["attachments"]} if cell.get("attachments") else tidied


def _name(given: str, text: str, taken: set[str]) -> str:
    """A cell's id; one that an editor made up is replaced by words from the cell, because nobody can type it there."""
    name = given
    if not _SLUG.fullmatch(given) or _RANDOM.fullmatch(given) or given in taken:
        shown = _SHOW.fullmatch(text)
        plain = re.sub(r"[^a-z0-9]+", " ", (shown[1] if shown else text).lower().translate(_LETTERS))
        base = "-".join(plain.split()[:4]) or "cell"
        name, count = base, 2
        while name in taken:
            name, count = f"{base}-{count}", count + 1
    taken.add(name)
    return name


def problems(path: Path) -> list[str]:
    """Everything that is wrong in a notebook, as letters to its author."""
    path = path.resolve()
    try:
        raw = path.read_bytes()
    except OSError:
        return letters(Document(path, None), [Finding("file.missing")])
    try:
        notebook = _parsed(raw)
    except NotebookError:
        return letters(Document(path, None), [Finding("notebook.broken")])
    from course import rhythm  # here, because it reads content, whose `problems` come here for notebooks

    found = [*_hygiene(notebook, raw), *_cells(tuple(cells(notebook)))]
    return letters(_document(path, notebook, raw), [*found, *rhythm.findings(path, tuple(cells(notebook)))])


def warnings(path: Path) -> list[str]:
    """What is not wrong in a notebook but needs a look: texts that are long on the wall."""
    from course import slides  # here, because it reads cells through this module

    path = path.resolve()
    try:
        raw = path.read_bytes()
        notebook = _parsed(raw)
    except (OSError, NotebookError):
        return []  # first things first: `problems` has the letter
    return letters(_document(path, notebook, raw), slides.findings(tuple(cells(notebook))))


def document(path: Path) -> Document:
    """The notebook in a file as a document whose lines are those where each cell's id stands."""
    raw = path.read_bytes()
    return _document(path, _parsed(raw), raw)


def _document(path: Path, notebook: dict, raw: bytes) -> Document:
    lines = raw.decode("utf-8-sig").splitlines()
    at = [number + 1 for number, line in enumerate(lines) if line.startswith('   "id": ')]
    places = dict(enumerate(at)) if len(at) == len(notebook["cells"]) else {}
    return Document(path, notebook, {id(notebook["cells"]): places})


def _hygiene(notebook: dict, raw: bytes) -> Iterator[Finding]:
    """What a run or an editor has left behind."""
    dirty = False
    if (notebook.get("nbformat"), notebook.get("nbformat_minor")) != (4, 5):
        yield Finding("notebook.format")
    if "widgets" in notebook["metadata"]:
        dirty = True
        yield Finding("notebook.state")
    for number, cell in enumerate(notebook["cells"]):
        for key, name in (("outputs", "outputs"), ("execution_count", "count")):
            if cell.get(key) not in (None, []):
                dirty = True
                yield Finding(f"notebook.{name}", ("cells", number))
        if cell.get("attachments"):
            yield Finding("notebook.attachment", ("cells", number))
    if not dirty and tidy(notebook) != raw:
        yield Finding("notebook.untidy")


def _cells(cells: tuple[Cell, ...]) -> Iterator[Finding]:
    """What is wrong in a cell by itself: its id, tags, kind and mark-up."""
    first: set[str] = set()
    for cell in cells:
        keys = ("cells", cell.number)
        if not _SLUG.fullmatch(cell.id) or _RANDOM.fullmatch(cell.id):
            yield Finding("notebook.cell_id", keys)
        elif cell.id in first:
            yield Finding("notebook.cell_id_twice", keys, values={"id": cell.id})
        first.add(cell.id)
        for tag in sorted(map(str, cell.tags - set(TAGS))):
            yield Finding("notebook.tag", keys, values={"tag": tag, "hint": hint(tag, TAGS)})
        if cell.kind not in ("code", "markdown"):
            yield Finding("notebook.cell_kind", keys, values={"kind": cell.kind})
        elif cell.kind == "markdown":
            yield from _markup(cell, keys)


def _markup(cell: Cell, keys: tuple) -> Iterator[Finding]:
    html = re.search(r"<(!--|/?[a-zA-Z][^>]*>?)", cell.text)
    if html:
        yield Finding("notebook.html", keys, values={"found": html[0]})
    if re.search(r"!\[\s*\]", cell.text):
        yield Finding("notebook.picture", keys)
