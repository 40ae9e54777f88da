"""`python3 build bundle`: for a locked-down machine, a package with every sheet, and a folder that starts offline."""

import gc
import textwrap
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import handout
import offline
import paper_package
import prints
import wheels
from handout import folder, making, pdf
from handout.page import approved
from messages import Stop, say, words

from course import content
from course.content import ContentError

PACKAGE = "papirpakke.zip"
READ_FIRST = "LES-FØRST.txt"
SYSTEMS = {"win32": "bundle.windows", "darwin": "bundle.mac", "linux": "bundle.linux"}
TEXTS = Path(__file__).with_name("read_first")


def make(
    platform: str | None,
    python: str | None,
    out: Path,
    language: str,
    *,
    clinic: Path | None = None,
    paper_only: bool = False,
) -> None:
    """Make the package, and the folder for a machine of this kind; tell where they are."""
    if paper_only and (platform or python):
        raise Stop("bundle.both")
    machine = wheels.target(platform, python)  # a name that is wrong gets its letter before anything is made
    try:
        with prints.clinics_paper(clinic, date.today()):
            make_paper(out, language)
        if not paper_only:
            make_offline(machine, out, language)
    except ContentError as fault:  # a letter to an author
        raise Stop("letter", letter=fault) from fault
    except OSError as fault:
        raise Stop("bundle.full" if fault.errno in prints.FULL else "bundle.unwritable", out=out) from fault


def make_paper(out: Path, language: str) -> None:
    """Make every page, and pack them. Without what draws PDF, the pages are packed alone."""
    gc.set_threshold(50_000, 50, 1000)  # as for handouts
    with folder.opened(out) as place:
        pages = out / folder.HIDDEN / "pages"
        with_pdf = can_draw()
        files = made(pages, language, with_pdf)
        read_first = told("paper", language, pdf=words("bundle.with_pdf" if with_pdf else "bundle.without_pdf"))
        data = paper_package.packed({**files, READ_FIRST: read_first})
        place.add(PACKAGE, folder.digest(data), data)
    say("bundle.paper", path=out / PACKAGE, size=f"{len(data) / 1_000_000:.1f}".replace(".", ","))
    if not with_pdf:
        say("bundle.no_pdf")
    if before := handout.before_print(language):
        print(before)
    prints.tell_meetings(content.names(language), language)


def can_draw() -> bool:
    """Whether PDF can be made here."""
    try:
        return bool(pdf.engine())
    except pdf.MissingEngine:
        return False


def made(pages: Path, language: str, with_pdf: bool) -> dict[str, bytes]:
    """Every page by its name in the package. They lie in a folder of their own, where nothing else can get in."""
    modules, audiences = content.names(language), tuple(making.ENDINGS)
    wanted = making.Wanted(tuple(modules), audiences, language, sizes=("plain",) if with_pdf else ())
    if not with_pdf:  # or the overview would lead to PDFs that are not packed
        remove_others(pages, {pages / name for name in wanted.pages()})
    written = prints.written(wanted, pages).asked
    remove_others(pages, {*written})
    return {path.relative_to(pages).as_posix(): path.read_bytes() for path in written}


def remove_others(pages: Path, kept: Iterable[Path]) -> None:
    """Remove pages of earlier packages that are no longer made."""
    for path in pages.rglob("*"):
        if path.is_file() and path not in kept and folder.HIDDEN not in path.relative_to(pages).parts:
            path.unlink()


def make_offline(machine: wheels.Target, out: Path, language: str) -> None:
    """Make the folder with the course and its packages for this machine."""
    say("bundle.fetching", platform=machine.name, python=machine.python)
    system = words(SYSTEMS.get(machine.surroundings["sys_platform"], "bundle.linux"))
    read_first = told("offline", language, python=machine.python, platform=machine.name, system=system)
    with folder.opened(out):
        offline.make(machine, out / folder.HIDDEN, out / machine.name, {READ_FIRST: read_first})
    say("bundle.offline", path=out / machine.name, read_first=READ_FIRST)


def told(name: str, language: str, **values: str) -> bytes:
    """What the reader meets first, in lines that any Windows program can show."""
    ui = content.words(language)
    values["draft"] = "" if approved(language) else ui["lab.draft"]
    values |= {"leader_only": ui["handout.leader_only"], "before_print": handout.before_print(language)}
    text = (TEXTS / f"{name}.{language}.txt").read_text(encoding="utf-8").format(**values)
    lines = (textwrap.fill(line, 76, subsequent_indent="   " * line[:1].isdigit()) for line in text.splitlines())
    return "\n".join((*lines, "")).replace("\n", "\r\n").encode("utf-8-sig")
