"""`python3 build handouts`: the pages to print, with a bar that tells how far it has come."""

import errno
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import handout
from messages import Stop, say, words
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from course.content import ContentError

FULL = (errno.ENOSPC, errno.EDQUOT)


def make(
    modules: Sequence[str],
    audiences: Sequence[str],
    language: str,
    out: Path,
    sizes: Sequence[str] = (),
    **ways: bool,
) -> None:
    """Make the pages, and PDFs of them in these sizes; tell where they are and what to look over before printing."""
    gc.set_threshold(50_000, 50, 1000)  # a command is soon over: seldom looking for rubbish saves a twentieth
    if sizes:
        require_pdf(sizes)
    try:
        written = written_pages(modules, audiences, language, out, **ways)
        if sizes:
            written += written_pdfs(written, sizes, language, out, ways["force"])
            handout.make(modules, audiences, language, out, **{**ways, "force": False})  # the overview leads to them
    except ContentError as fault:  # a letter to an author
        raise Stop("letter", letter=fault) from fault
    except OSError as fault:
        raise Stop("handouts.full" if fault.errno in FULL else "handouts.unwritable", out=out) from fault
    tell(written, language)
    tell_meetings(modules, language)


@contextmanager
def clinics_paper(asked: Path | None, today: date) -> Iterator[None]:
    """Whatever is made meanwhile has the clinic's letterhead, where there is a clinic; a number nobody has looked at
    for a year is told of."""
    from handout import letterhead

    from course import clinic

    place = clinic.place(asked)
    try:
        head = letterhead.read(place, today) if place else None
    except ContentError as fault:
        raise Stop("clinic.no_prints", path=place, letter=fault) from fault
    with letterhead.used(head):
        yield
    if head:
        say("clinic.prints", path=place)
        for sentence in clinic.outdated(head.clinic, today):
            Console(soft_wrap=True, highlight=False).print(sentence, markup=False)


def written_pages(
    modules: Sequence[str], audiences: Sequence[str], language: str, out: Path, **ways: bool
) -> list[Path]:
    """The files written; `ways` are `force` and `kernel`, as in `handout.make`."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}")
    with Progress(*columns) as bar:
        task = bar.add_task(words("handouts.making"), total=len(modules) * len(audiences), name="")

        def progress(name: str) -> None:
            bar.update(task, advance=1, name=name)

        return handout.make(modules, audiences, language, out, progress, **ways)


def require_pdf(sizes: Sequence[str]) -> None:
    """Stop before anything is made if PDFs cannot be."""
    from handout import pdf

    try:
        pdf.engine(sizes)
    except pdf.MissingEngine as fault:
        raise Stop("handouts.no_pdf") from fault


def written_pdfs(pages: Sequence[Path], sizes: Sequence[str], language: str, out: Path, force: bool) -> list[Path]:
    """The PDFs of these pages; `force`: made anew, though nothing has changed."""
    from handout import pdf

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}")
    with Progress(*columns) as bar:
        task = bar.add_task(words("handouts.making_pdf"), total=pdf.count(pages, sizes, language), name="")
        return pdf.make(pages, sizes, language, out, lambda name: bar.update(task, advance=1, name=name), force)


def tell_meetings(modules: Sequence[str], language: str) -> None:
    """Say which modules' pages follow a meeting that was chosen."""
    for title, minutes in handout.meetings(modules, language):
        say("handouts.follows", title=title, minutes=minutes)


def size(path: Path) -> str:
    """How large a file is, in thousands of bytes."""
    return f"{path.stat().st_size / 1000:.1f}".replace(".", ",")


def tell(written: Sequence[Path], language: str) -> None:
    """Print the paths, and the help numbers that someone must confirm first."""
    console = Console(soft_wrap=True, highlight=False)
    say("handouts.written")
    for path in written:
        console.print(f"  {size(path):>6} kB  {path}", markup=False)
    if any(path.name.endswith(".hefte.pdf") for path in written):
        say("handouts.fold")
    if before := handout.before_print(language):
        console.print(before, markup=False)
    for index in (path for path in written if path.name == "index.html"):
        say("handouts.open", index=index)
