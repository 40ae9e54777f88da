"""Writes one page: a module for an audience, or what is made once for the whole course."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from course import content
from course.model import Module
from handout import guide, making, meeting, posters, run, sheets
from handout.page import TEMPLATES, approved, frame
from handout.rendering import render


@dataclass(frozen=True)
class Link:
    """A file or a single sheet that the overview leads to."""

    address: str
    text: str
    also: tuple["Link", ...] = ()  # the same as PDF


@dataclass(frozen=True)
class Entry:
    """A module in the overview: its handouts, and its sheets one by one."""

    module: Module
    links: tuple[Link, ...]
    follows: str  # which meeting they follow; "" for the usual one
    sheets: tuple[Link, ...]


def module(name: str, audiences: Iterable[str], language: str, kernel: bool = False) -> Iterator[tuple[str, str]]:
    """One module's page for each audience, from one run of its notebook; posters need none."""
    audiences = tuple(audiences)
    if making.GROUP in audiences:
        yield making.GROUP, posters.page(name, language)
    if run_for := [audience for audience in audiences if audience != making.GROUP]:
        yield from _run(name, run_for, language, kernel)


def _run(name: str, audiences: Iterable[str], language: str, kernel: bool) -> Iterator[tuple[str, str]]:
    source = content.MODULES / language / f"{name}.ipynb"
    notebook = run.by_kernel(source) if kernel else run.run(source)
    for audience in audiences:
        metadata = {"name": name, "path": str(source.parent)}
        yield audience, render("handout", page=sheets.page(notebook, metadata, audience, _refuse))


def _refuse(problem: str) -> None:
    """A course notebook is refused as a whole, so nobody is ever warned."""
    raise AssertionError(problem)


def shared(file: str, language: str, lying: Set[str], older: Sequence[str] = ()) -> str:
    """The page of this file name; `lying` are the files that it may lead to, `older` modules that it may not."""
    makers = {making.EMERGENCY: emergency, making.GUIDE: course_guide, making.FEEDBACK: feedback}
    return makers[file](language, lying) if file in makers else overview(language, lying, older)


def emergency(language: str, lying: Set[str]) -> str:
    """The leader's emergency sheet."""
    title = content.words(language)["handout.emergency.title"]
    around = frame(language, title, draft=not approved(language), leader=True)
    return render("emergency", frame=around, support=content.support(language))


def course_guide(language: str, lying: Set[str]) -> str:
    """The leader's guide of the whole course; only documents that lie in the folder are linked."""
    said = content.guide(language)
    return render(
        "guide",
        frame=frame(language, said.title, draft=not approved(language), leader=True),
        guide=said,
        support=content.support(language),
        meetings=tuple(guide.meetings(language, making.ENDINGS["leader"], lying)),
        rules=guide.rules(language),
        courses=guide.courses(language),
    )


def feedback(language: str, lying: Set[str]) -> str:
    """The anonymous feedback sheet, which is handed out."""
    said = content.guide(language).feedback
    around = frame(language, said.title, draft=not approved(language), leader=False, guide=True)
    return render("feedback", frame=around, feedback=said)


def overview(language: str, lying: Set[str], older: Sequence[str] = ()) -> str:
    """The first page: what lies in the folder, by module and audience; what is older than its module is only named."""
    words = content.words(language)
    sheet = _link(f"{language}/{making.EMERGENCY}", words["handout.overview.open_emergency"], lying, words)
    entries = tuple(_entries(language, lying))
    around = frame(language, words["handout.overview.title"], draft=not approved(language), leader=False)
    return render(
        "overview",
        frame=replace(around, script=(TEMPLATES / "handout" / "overview.js").read_text(encoding="utf-8")),
        entries=tuple(each for each in entries if not each.module.next_of_kin),
        next_of_kin=tuple(each for each in entries if each.module.next_of_kin),
        emergency=sheet if sheet.address in lying else None,
        guides=tuple(_guides(language, lying)),
        older=tuple(content.load(name, language).title for name in older),
        books=tuple(_as_pdf(f"{language}/{making.BOOK}", lying, words)),
        before_print=making.before_print(language),
    )


def _entries(language: str, lying: Set[str]) -> Iterator[Entry]:
    words = content.words(language)
    for name in content.names(language):
        links = tuple(
            _link(f"{language}/{name}{ending}", words[f"handout.for.{audience}"], lying, words)
            for audience, ending in making.ENDINGS.items()
            if f"{language}/{name}{ending}" in lying
        )
        if links:
            module, held = content.load(name, language), meeting.of_module(name, language)
            follows = words["handout.meeting.follows"].format(minutes=held.agenda.minutes) if held else ""
            posters_only = links[0].address.endswith(making.ENDINGS[making.GROUP])
            alone = () if posters_only else _single_sheets(module, held, links[0].address)
            yield Entry(module, links, follows, alone)


def _guides(language: str, lying: Set[str]) -> Iterator[Link]:
    words = content.words(language)
    for file, key in ((making.GUIDE, "guide.open_guide"), (making.FEEDBACK, "guide.open_feedback")):
        if f"{language}/{file}" in lying:
            yield _link(f"{language}/{file}", words[key], lying, words)


def _link(address: str, text: str, lying: Set[str], words: Mapping[str, str]) -> Link:
    """A link to a page, with links to the PDFs of it that lie beside it."""
    return Link(address, text, tuple(_as_pdf(address, lying, words)))


def _as_pdf(address: str, lying: Set[str], words: Mapping[str, str]) -> Iterator[Link]:
    for size, end in making.SIZES.items():
        if (name := f"{address.removesuffix('.html')}{end}") in lying:
            yield Link(name, words[f"handout.overview.as_pdf.{size}"])


def _single_sheets(module: Module, held: meeting.Held | None, address: str) -> tuple[Link, ...]:
    shown = (exercise for exercise in module.exercises if held is None or exercise.id in held.exercises)
    return tuple(Link(f"{address}#sheet-{exercise.id}", exercise.title) for exercise in shown)
