"""Writes one page: a module for an audience, or what is made once for the whole course."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from course import content
from course.model import Module
from handout import guide, making, meeting, run, sheets
from handout.page import approved, frame
from handout.rendering import render


@dataclass(frozen=True)
class Link:
    """A file or a single sheet that the overview leads to."""

    address: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A module in the overview: its handouts, and its sheets one by one."""

    module: Module
    links: tuple[Link, ...]
    follows: str  # which meeting they follow; "" for the usual one
    sheets: tuple[Link, ...]


def module(name: str, audiences: Iterable[str], language: str, kernel: bool = False) -> Iterator[tuple[str, str]]:
    """One module's page for each audience, from one run of its notebook."""
    source = content.MODULES / language / f"{name}.ipynb"
    notebook = run.by_kernel(source) if kernel else run.run(source)
    for audience in audiences:
        metadata = {"name": name, "path": str(source.parent)}
        yield audience, render("handout", page=sheets.page(notebook, metadata, audience, _refuse))


def _refuse(problem: str) -> None:
    """A course notebook is refused as a whole, so nobody is ever warned."""
    raise AssertionError(problem)


def shared(file: str, language: str, lying: Set[str]) -> str:
    """The page of this file name; `lying` are the files that it may lead to."""
    makers = {making.EMERGENCY: emergency, making.GUIDE: course_guide, making.FEEDBACK: feedback}
    return makers.get(file, overview)(language, lying)


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
        courses=guide.courses(language),
    )


def feedback(language: str, lying: Set[str]) -> str:
    """The anonymous feedback sheet, which is handed out."""
    said = content.guide(language).feedback
    around = frame(language, said.title, draft=not approved(language), leader=False, guide=True)
    return render("feedback", frame=around, feedback=said)


def overview(language: str, lying: Set[str]) -> str:
    """The first page: what lies in the folder, by module and audience."""
    words = content.words(language)
    sheet = Link(f"{language}/{making.EMERGENCY}", words["handout.overview.open_emergency"])
    return render(
        "overview",
        frame=frame(language, words["handout.overview.title"], draft=not approved(language), leader=False),
        entries=tuple(_entries(language, lying)),
        emergency=sheet if sheet.address in lying else None,
        guides=tuple(_guides(language, lying)),
        before_print=making.before_print(language),
    )


def _entries(language: str, lying: Set[str]) -> Iterator[Entry]:
    words = content.words(language)
    for name in content.names(language):
        links = tuple(
            Link(f"{language}/{name}{ending}", words[f"handout.for.{audience}"])
            for audience, ending in making.ENDINGS.items()
            if f"{language}/{name}{ending}" in lying
        )
        if links:
            module, held = content.load(name, language), meeting.of_module(name, language)
            follows = words["handout.meeting.follows"].format(minutes=held.agenda.minutes) if held else ""
            yield Entry(module, links, follows, _single_sheets(module, held, links[0].address))


def _guides(language: str, lying: Set[str]) -> Iterator[Link]:
    words = content.words(language)
    for file, key in ((making.GUIDE, "guide.open_guide"), (making.FEEDBACK, "guide.open_feedback")):
        if f"{language}/{file}" in lying:
            yield Link(f"{language}/{file}", words[key])


def _single_sheets(module: Module, held: meeting.Held | None, address: str) -> tuple[Link, ...]:
    shown = (exercise for exercise in module.exercises if held is None or exercise.id in held.exercises)
    return tuple(Link(f"{address}#sheet-{exercise.id}", exercise.title) for exercise in shown)
