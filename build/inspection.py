"""`python3 build check`: one line per file, and every fault in it as a letter to its author."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from messages import say, words
from rich.console import Console

from course import content

ROOT = Path(__file__).resolve().parent.parent


def inspect(files: Sequence[Path], today: date) -> int:
    """Check the files, or everything if none is given; 1 if any has a fault."""
    files = files or everything()
    faults = sum(tell(file, *findings(file, today)) for file in files)
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
    return content.problems(file), content.warnings(file, today) if file.suffix == ".yaml" else []


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
