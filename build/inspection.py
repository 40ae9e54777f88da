"""`python3 build check`: one line per file, and every fault in it as a letter to its author."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from messages import say, words
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course import content, language, notebooks, topics

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = {
    "part": "check.topics.part",
    "cells": "check.topics.cells",
    "exercises": "check.topics.exercises",
    "sources": "check.topics.sources",
}
LAYERS = {"core": "check.topics.core", "more": "check.topics.more"}


def inspect(files: Sequence[Path], today: date, *, reading: bool = False, by_part: bool = False) -> int:
    """Check the files, or everything if none is given; 1 if any has a fault.

    `reading` tells how each module reads, and `by_part` what each of its parts is made of.
    """
    files = files or everything()
    faults = sum(tell(file, *findings(file, today)) for file in files)
    if reading:
        tell_reading(files)
    if by_part:
        tell_topics(files)
    if faults:
        say("check.total.faults", faults=faults, count=len(files))
        return 1
    say("check.total.fine", count=len(files))
    return 0


def everything() -> list[Path]:
    """Every content file and every notebook of the course."""
    return [*sorted(content.CONTENT.rglob("*.yaml")), *sorted(content.MODULES.rglob("*.ipynb"))]


def findings(file: Path, today: date) -> tuple[list[str], list[str]]:
    """The faults and the warnings of one file."""
    if file.suffix not in (".yaml", ".ipynb"):
        return [words("check.not_ours")], []
    faults = content.problems(file)
    if not faults and is_module(file):
        # A module is read as one text; each file tells of its own sentences.
        faults = [letter for letter in language.problems(file.stem, file.parent.name) if letter.startswith(file.name)]
    elif not faults and file.resolve() == content.CONTENT / file.resolve().parent.name / "guide.yaml":
        faults = language.guide_problems(file.resolve())
    return faults, content.warnings(file, today)


def is_module(file: Path) -> bool:
    """Whether a file is one of the course's own modules, content or notebook."""
    folder = file.resolve().parent
    return folder.parent in (content.CONTENT, content.MODULES) and file.stem in content.names(folder.name)


def modules(files: Sequence[Path]) -> list[tuple[str, str]]:
    """The name and language of each module that any of the files belongs to."""
    return sorted({(file.stem, file.resolve().parent.name) for file in files if is_module(file)})


def tell_topics(files: Sequence[Path]) -> None:
    """Which cells, exercises and sources each part of each module has: a table, or lines where nobody is looking."""
    console = Console(highlight=False)
    for name, spoken in modules(files):
        try:
            module = content.load(name, spoken)
            found = topics.topics(module, notebooks.read(content.MODULES / spoken / f"{name}.ipynb"))
        except (content.ContentError, notebooks.NotebookError, OSError):
            continue  # its faults are told above
        if console.is_terminal:
            console.print(table(name, found))
            continue
        for topic in found:
            console.print(words("check.topics.line", module=name, **told(topic)), markup=False, soft_wrap=True)


def table(name: str, found: Sequence[topics.Topic]) -> Table:
    """The parts of a module with what they are made of."""
    made = Table(title=name, title_justify="left", show_lines=True)
    for key in COLUMNS.values():
        made.add_column(words(key), overflow="fold")
    for topic in found:
        row = {key: escape(text) for key, text in told(topic).items()}
        made.add_row(f"{row['part']} ({row['layer']})", row["cells"], row["exercises"], row["sources"])
    return made


def told(topic: topics.Topic) -> dict[str, str]:
    """What is said about one part."""
    listed = {"cells": topic.cells, "exercises": topic.exercises, "sources": topic.sources}
    layer = words(LAYERS[topic.part.layer])
    none = words("check.topics.none")
    return {"part": topic.part.id, "layer": layer} | {key: ", ".join(ids) or none for key, ids in listed.items()}


def tell_reading(files: Sequence[Path]) -> None:
    """How hard each module is to read, and its longest sentences."""
    for name, spoken in modules(files):
        try:
            report = language.report(name, spoken)
        except content.ContentError:
            continue  # its faults are told above
        for line in report:
            Console(soft_wrap=True, highlight=False).print(line, markup=False)


def tell(file: Path, faults: Sequence[str], warnings: Sequence[str]) -> bool:
    """Print the result for one file; whether it has a fault."""
    console = Console(soft_wrap=True, highlight=False)
    result, colour = result_of(faults, warnings)
    console.print(f"[{colour}]{result:<8}[/]", end=" ")
    console.print(short(file), markup=False)
    for letter in (*faults, *warnings):
        console.print(f"  {letter}", markup=False)
    return bool(faults)


def result_of(faults: Sequence[str], warnings: Sequence[str]) -> tuple[str, str]:
    """The word for the result, and its colour."""
    if faults:
        return words("check.fault"), "red"
    return (words("check.warning"), "yellow") if warnings else (words("check.fine"), "green")


def short(file: Path) -> str:
    """The file's path as seen from the checkout, if it is there."""
    file = file.resolve()
    return str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file)
