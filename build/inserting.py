"""Puts a quiz in a part of its own into a module's two files, as text, so that an author's comments stay."""

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from messages import Stop

from course import content, letters, neighbours, notebooks, whole
from course.meaning import RHYTHM
from course.rhythm import QUESTION
from course.yaml_reader import Document, read

STEP = "exercise"


@dataclass(frozen=True)
class Addition:
    """A part and its quiz as plain data, and the texts of the notebook's cells."""

    part: dict
    quiz: dict
    prose: str
    leader: str


def addition(file: Path, questions: tuple[dict, ...], sources: tuple[str, ...], said: Mapping[str, str]) -> Addition:
    """What is to be put into a module, under names that it does not have yet."""
    data = read(file).data
    known = {item["id"] for name in ("parts", "exercises") for item in data[name]}
    titles = {part["title"] for part in data["parts"]}
    number = next(
        n
        for n in range(1, 1000)
        if _numbered("questions", n, "-") not in known and _numbered(said["part"], n) not in titles
    )
    name, title = _numbered("questions", number, "-"), _numbered(said["part"], number)
    part = {"id": name, "step": STEP, "title": title, "layer": "more", "minutes": 0}
    quiz = {"id": name, "kind": "quiz", "title": _numbered(said["title"], number), "introduction": said["introduction"]}
    quiz |= {"layer": "more", **({"sources": list(sources)} if sources else {})}
    quiz |= {"questions": list(questions), "closings": [{"least": 0, "text": said["closing"]}]}
    line = letters.sentences(file.parent.name)["notebook.leader_line"].format(minutes=QUESTION * len(questions))
    return Addition(part, quiz, said["prose"], f"{line}\n\n{said['leader']}")


def _numbered(text: str, number: int, between: str = " ") -> str:
    return text if number == 1 else f"{text}{between}{number}"


def insert(file: Path, added: Addition) -> None:
    """Put it into both files of a module, or into neither."""
    document, notebook = read(file), neighbours.notebook_of(file)
    at = _place(document.data["parts"])
    after = document.data["parts"][at] if at < len(document.data["parts"]) else None
    new = {file: _text(document, at, added), notebook: _page(notebook, after, added)}
    _try(new, _expected(document.data, at, added))
    _replace(new)


def _place(parts: list[dict]) -> int:
    """The number of the first part that comes after the exercises."""
    last = RHYTHM.index(STEP)
    later = [number for number, part in enumerate(parts) if RHYTHM.index(part["step"]) > last]
    return min(later, default=len(parts))


def _expected(data: dict, at: int, added: Addition) -> dict:
    expected = copy.deepcopy(data)
    expected["parts"].insert(at, added.part)
    expected["exercises"].append(added.quiz)
    return expected


def _text(document: Document, at: int, added: Addition) -> bytes:
    """The content file with the part and the quiz in it."""
    raw = document.path.read_text(encoding="utf-8-sig")
    lines = raw.splitlines()
    for name, number, item in (("exercises", None, added.quiz), ("parts", at, added.part)):
        indent = _indent(lines[document.line((name, 0)) - 1])
        block = [" " * indent + line for line in _yaml([item])]
        place = _line(document, lines, name, number)
        whole = name == "exercises"
        lines[place:place] = (["", *block] if whole else block) + ([""] if whole and place < len(lines) else [])
    return ("\n".join(lines) + "\n").encode()


def _indent(line: str) -> int:
    """How far in the items of a list begin; Stop when it is written on one line."""
    if not line.lstrip().startswith("- "):
        raise Stop("questions.shape")
    return len(line) - len(line.lstrip())


def _line(document: Document, lines: list[str], name: str, number: int | None) -> int:
    """How many lines stand before the place; comments and blank lines right above it belong to what follows."""
    if number is not None and number < len(document.data[name]):
        place = document.line((name, number)) - 1
    else:
        keys = document.lines[id(document.data)]
        place = min((line - 1 for line in keys.values() if line > keys[name]), default=len(lines))
    while place and (not lines[place - 1].strip() or lines[place - 1].lstrip().startswith("#")):
        place -= 1
    return place


def _yaml(value: object) -> list[str]:
    """Plain data as the lines of our content files."""
    if isinstance(value, list):
        found = []
        for item in value:
            first, *rest = _yaml(item)
            found += [f"- {first}", *(f"  {line}" for line in rest)]
        return found
    found = []
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], dict):
            found += [f"{key}:", *(f"  {line}" for line in _yaml(item))]
        else:
            found.append(f"{key}: {json.dumps(item, ensure_ascii=False)}")
    return found


def _page(path: Path, after: dict | None, added: Addition) -> bytes:
    """The notebook with the part's three cells in it."""
    notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    cells, name = notebook["cells"], added.part["id"]
    heading = re.compile(rf"^## +{re.escape(after['title'])} *#*$", re.MULTILINE) if after else None
    found = [
        cell.number for cell in notebooks.cells(notebook) if heading and not cell.leader and heading.search(cell.text)
    ]
    place = found[0] if found else len(cells)
    new = [
        _cell(name, "markdown", f"## {added.part['title']}\n\n{added.prose}", ["slide", "more"]),
        _cell(f"{name}-leader", "markdown", added.leader, ["leader", "more"]),
        _cell(f"{name}-quiz", "code", f'show("{added.quiz["id"]}")', ["more"]),
    ]
    notebook["cells"] = [*cells[:place], *new, *cells[place:]]
    return notebooks.tidy(notebook)


def _cell(name: str, kind: str, source: str, tags: list[str]) -> dict:
    return {"cell_type": kind, "id": name, "metadata": {"tags": tags}, "source": source}


def _try(new: Mapping[Path, bytes], expected: dict) -> None:
    """Hold both files against the contract in a copy of the course's texts; Stop with its letters."""
    with tempfile.TemporaryDirectory(prefix="nykurs-", ignore_cleanup_errors=True) as folder:
        staged = []
        for path, raw in new.items():
            copied = Path(folder) / path.parent.parent.name / path.parent.name
            shutil.copytree(path.parent, copied, ignore=shutil.ignore_patterns(".*"))
            (copied / path.name).write_bytes(raw)
            staged.append(copied / path.name)
        if read(staged[0]).data != expected:
            raise Stop("questions.shape")
        wrong = [letter for path in staged for letter in content.problems(path)]
    if wrong:
        raise Stop("questions.refused", letters="\n".join(f"  {letter}" for letter in wrong))


def _replace(new: Mapping[Path, bytes]) -> None:
    """Write every file whole; when one cannot be written, all are as they were."""
    before = {path: path.read_bytes() for path in new}
    try:
        for path, raw in new.items():
            write_whole(path, raw)
    except BaseException:
        for path, raw in before.items():
            with suppress(OSError):
                write_whole(path, raw)
        raise


def write_whole(path: Path, raw: bytes) -> None:
    """Put a file in the place of another in one step."""
    try:
        whole.write(path, raw)
    except OSError as fault:
        raise Stop("questions.unwritable", path=path) from fault
