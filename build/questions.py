"""`python3 build questions`: questions from jupyterquiz into a module, and a module's questions to jupyterquiz."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import inserting
import jupyterquiz
from inspection import findings, short
from messages import Stop, say
from names import known
from rich.console import Console

from course import content
from course.content import ContentError
from course.yaml_reader import read

STARTER = Path(__file__).resolve().parent / "starter"


def bring(source: Path, name: str, sources: tuple[str, ...], language: str) -> None:
    """Bring the questions of a file into a module, and tell what did not come along and what is missing."""
    file = content.CONTENT / language / f"{name}.yaml"
    module = whole(name, language)
    for each in sources:
        known(each, content.sources(language))
    said = read(STARTER / language / "questions.yaml").data
    if said is None:
        raise Stop("new.language", language=language)
    items = jupyterquiz.parsed(source.read_bytes())
    carried = jupyterquiz.ours(items, said["missed"])
    if not carried.questions:
        tell("questions.not_along", carried.refused)
        raise Stop("questions.nothing_in", path=source.name)
    added = inserting.addition(file, carried.questions, sources, said)
    inserting.insert(file, added)
    values = {"count": len(carried.questions), "of": len(items), "part": added.part["title"], "path": short(file)}
    say("questions.brought", **values)
    tell("questions.not_along", carried.refused)
    tell("questions.along", carried.changed)
    tell("questions.check", [letter for path in both(file) for letter in findings(path, date.today())[0]])
    if module.approved:
        say("questions.approved")


def whole(name: str, language: str) -> object:
    """The module; Stop with its letters when one of its files has a fault, which must be mended first."""
    try:
        module = content.load(name, language)
    except ContentError as fault:
        raise Stop("letter", letter=fault) from fault
    wrong = content.problems(both(content.CONTENT / language / f"{name}.yaml")[1])
    if wrong:
        raise Stop("letter", letter="\n".join(wrong))
    return module


def both(file: Path) -> tuple[Path, Path]:
    """A content file and its notebook."""
    return file, content.MODULES / file.parent.name / f"{file.stem}.ipynb"


def give(name: str, language: str, wanted: Path | None, usual: Path) -> None:
    """Write a module's questions for jupyterquiz, and tell what could not be written."""
    if wanted and wanted.exists():
        raise Stop("questions.exists", path=wanted)
    try:
        module = content.load(name, language)
    except ContentError as fault:
        raise Stop("letter", letter=fault) from fault
    carried = jupyterquiz.theirs(module, content.words(language)["quiz.claim_label"])
    if not carried.questions:
        tell("questions.not_along", carried.refused)
        raise Stop("questions.nothing_out", name=name)
    path = wanted or usual
    write(path, (json.dumps(carried.questions, ensure_ascii=False, indent=4) + "\n").encode())
    say("questions.given", count=len(carried.questions), path=short(path))
    tell("questions.not_along", carried.refused)
    tell("questions.without", carried.changed)


def write(path: Path, raw: bytes) -> None:
    """Write a file, and the folder it lies in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Stop("questions.unwritable", path=path) from fault
    inserting.write_whole(path, raw)


def tell(heading: str, letters: Iterable[str]) -> None:
    """Print letters under a heading, if there are any."""
    letters = list(letters)
    if not letters:
        return
    say(heading)
    for letter in letters:
        Console(soft_wrap=True, highlight=False).print(f"  {letter}", markup=False)
