"""The leader's guide around the meetings: what stands before and after each module, and the guide of the course."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from course import content, notebooks, plans, topics
from course.agenda import Line, agenda
from course.model import Guide, GuideMeeting, Module, Source, Support
from course.topics import Reading
from handout import run
from handout.meeting import Held
from handout.plan import Plan, plan
from widgets.box import day


@dataclass(frozen=True)
class Around:
    """What a module's leader document has around the meeting itself."""

    guide: Guide
    support: Support
    sheets: tuple[str, ...]  # the titles of the sheets to print
    extra: tuple[str, ...]  # what this module needs beside what every meeting needs
    reading: Reading


@dataclass(frozen=True)
class Meeting:
    """One module in the guide of the course."""

    module: Module
    address: str  # of its leader document; "" when it has not been made
    plan: Plan
    reading: Reading


@dataclass(frozen=True)
class CourseMeeting:
    """One meeting of the course plans: its module, what it is about, its parts with their minutes, and its minutes."""

    title: str
    about: str
    parts: tuple[Line, ...]
    minutes: str


@dataclass(frozen=True)
class Course:
    """One course plan."""

    lead: str
    meetings: tuple[CourseMeeting, ...]


@dataclass(frozen=True)
class Courses:
    """All course plans, and the meetings they are made of."""

    plans: tuple[Course, ...]
    meetings: tuple[CourseMeeting, ...]


def around(module: Module, notebook: Mapping, held: Held | None) -> Around:
    """What stands before and after this module; with a chosen meeting, only its own sheets are named."""
    guide = content.guide(module.language)
    shown = [each for each in module.exercises if held is None or each.id in held.exercises]
    titles = tuple(exercise.title for exercise in shown)
    support, extra = content.support(module.language), guide.extra(module.name)
    return Around(guide, support, titles, extra, reading(module, notebook))


def reading(module: Module, notebook: Mapping) -> Reading:
    """The reading list of a module, with its days as this language writes them."""
    found, words = topics.reading(module, tuple(notebooks.cells(notebook))), content.words(module.language)
    works = tuple(replace(work, checked=day(work.checked, words)) for work in found.works)
    return replace(found, works=works, checked=day(found.checked, words) if found.checked else "")


def rules(language: str) -> tuple[Source, ...]:
    """The course's own safety rules, in the order of the list of sources."""
    return tuple(each for each in content.sources(language).values() if each.id.startswith(topics.OWN_RULE))


def meetings(language: str, ending: str, lying: Set[str]) -> Iterator[Meeting]:
    """Every module with its plan, in order."""
    for name in content.names(language):
        module = content.load(name, language)
        notebook = run.read(content.MODULES / language / f"{name}.ipynb")
        address = f"{name}{ending}" if f"{language}/{name}{ending}" in lying else ""
        yield Meeting(module, address, plan(module, notebook), reading(module, notebook))


def courses(language: str) -> Courses:
    """Every course plan with its meetings, in order."""
    guide = content.guide(language)
    held = {each.id: _held(each, language) for each in guide.meetings}
    made = tuple(Course(each.lead, tuple(held[name] for name in each.meetings)) for each in guide.plans)
    return Courses(made, tuple(held.values()))


def _held(planned: GuideMeeting, language: str) -> CourseMeeting:
    module = content.load(planned.module, language)
    shown = agenda(module, plans.meeting(planned, language))
    return CourseMeeting(module.title, planned.about, shown.lines, shown.minutes)
