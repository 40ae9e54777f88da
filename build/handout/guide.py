"""The leader's guide around the meetings: what stands before and after each module, and the guide of the course."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import content
from course.model import Guide, Module, Support
from handout import run
from handout.plan import Plan, plan


@dataclass(frozen=True)
class Around:
    """What a module's leader document has around the meeting itself."""

    guide: Guide
    support: Support
    sheets: tuple[str, ...]  # the titles of the sheets to print
    extra: tuple[str, ...]  # what this module needs beside what every meeting needs


@dataclass(frozen=True)
class Meeting:
    """One module in the guide of the course."""

    module: Module
    address: str  # of its leader document; "" when it has not been made
    plan: Plan


def around(module: Module) -> Around:
    """What stands before and after this module."""
    guide = content.guide(module.language)
    titles = tuple(exercise.title for exercise in module.exercises)
    return Around(guide, content.support(module.language), titles, guide.extra(module.name))


def meetings(language: str, ending: str, folder: Path) -> Iterator[Meeting]:
    """Every module with its plan, in order."""
    for name in content.names(language):
        module = content.load(name, language)
        notebook = run.read(content.MODULES / language / f"{name}.ipynb")
        address = f"{name}{ending}" if (folder / f"{name}{ending}").is_file() else ""
        yield Meeting(module, address, plan(module, notebook))
