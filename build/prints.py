"""`python3 build handouts`: the pages to print, with a bar that tells how far it has come."""

from collections.abc import Sequence
from pathlib import Path

import handout
from messages import Stop, say, words
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from course.content import ContentError


def make(modules: Sequence[str], audiences: Sequence[str], language: str, out: Path) -> None:
    """Make the pages, and tell where they are and what to look over before printing."""
    try:
        written = written_pages(modules, audiences, language, out)
    except ContentError as fault:  # a letter to an author
        raise Stop("letter", letter=fault) from fault
    except OSError as fault:
        raise Stop("handouts.unwritable", out=out) from fault
    tell(written, language)


def written_pages(modules: Sequence[str], audiences: Sequence[str], language: str, out: Path) -> list[Path]:
    """The files written."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}")
    with Progress(*columns) as bar:
        task = bar.add_task(words("handouts.making"), total=len(modules) * len(audiences), name="")
        return handout.make(modules, audiences, language, out, lambda name: bar.update(task, advance=1, name=name))


def tell(written: Sequence[Path], language: str) -> None:
    """Print the paths, and the help numbers that someone must confirm first."""
    console = Console(soft_wrap=True, highlight=False)
    say("handouts.written")
    for path in written:
        console.print(f"  {path}", markup=False)
    if before := handout.before_print(language):
        console.print(before, markup=False)
    for index in (path for path in written if path.name == "index.html"):
        say("handouts.open", index=index)
