"""`python3 build handouts`: the pages to print, with a bar that tells how far it has come."""

import errno
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import handout
from handout import making
from handout.making import Made, Wanted
from messages import Stop, say, words
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from course import content
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
    wanted = Wanted(tuple(modules), tuple(audiences), language, sizes=tuple(sizes), **ways)
    try:
        made = written(wanted, out)
    except ContentError as fault:  # a letter to an author
        raise Stop("letter", letter=fault) from fault
    except OSError as fault:
        raise Stop("handouts.full" if fault.errno in FULL else "handouts.unwritable", out=out) from fault
    tell(made, language)
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


def written(wanted: Wanted, out: Path) -> Made:
    """Make what is wanted, with a bar for the pages and one for the PDFs of them."""
    if wanted.sizes:
        require_pdf(wanted.sizes)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}")
    with Progress(*columns) as bar:
        return making.make(wanted, out, _pages_told(bar, wanted), _pdfs_told(bar, wanted) if wanted.sizes else None)


def _pages_told(bar: Progress, wanted: Wanted) -> making.Progress:
    modules = wanted.modules or content.names(wanted.language)
    return _told(bar, "handouts.making", len(modules) * len(wanted.audiences))


def _pdfs_told(bar: Progress, wanted: Wanted) -> making.Progress:
    from handout import pdf

    return _told(bar, "handouts.making_pdf", pdf.count(wanted.pages(), wanted.sizes, wanted.language))


def _told(bar: Progress, key: str, total: int) -> making.Progress:
    task = bar.add_task(words(key), total=total, name="")
    return lambda name: bar.update(task, advance=1, name=name)


def require_pdf(sizes: Sequence[str]) -> None:
    """Stop before anything is made if PDFs cannot be."""
    from handout import pdf

    try:
        pdf.engine(sizes)
    except pdf.MissingEngine as fault:
        raise Stop("handouts.no_pdf") from fault


def tell_meetings(modules: Sequence[str], language: str) -> None:
    """Say which modules' pages follow a meeting that was chosen."""
    for title, minutes in handout.meetings(modules, language):
        say("handouts.follows", title=title, minutes=minutes)


def size(path: Path) -> str:
    """How large a file is, in thousands of bytes."""
    return f"{path.stat().st_size / 1000:.1f}".replace(".", ",")


def tell(made: Made, language: str) -> None:
    """Print the paths, what else has changed in the folder, and the help numbers that someone must confirm first."""
    console = Console(soft_wrap=True, highlight=False)
    say("handouts.written")
    for path in made.asked:
        console.print(f"  {size(path):>6} kB  {path}", markup=False)
    tell_others(made, language)
    if any(path.name.endswith(making.SIZES["booklet"]) for path in made.asked):
        say("handouts.fold")
    if before := handout.before_print(language):
        console.print(before, markup=False)
    for index in (path for path in made.asked if path.name == making.INDEX):
        say("handouts.open", index=index)


def tell_others(made: Made, language: str) -> None:
    """Say what nobody asked for: pages that were made again since they were old, and what was removed."""
    for key, names in (("handouts.again", made.again), ("handouts.removed", made.removed)):
        if names:
            say(key)
            for name in names:
                say("handouts.file", name=name)
    if made.older:
        say("handouts.older", names=", ".join(f"«{content.load(name, language).title}»" for name in made.older))
