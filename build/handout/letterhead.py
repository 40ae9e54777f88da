"""What a clinic has given for its paper: name, logo, its own numbers and a line at the foot of every page.

It is laid over every page that is made meanwhile, so that the course itself knows nothing of any clinic.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.clinic import Clinic
    from widgets.paper import Frame


@dataclass(frozen=True)
class Letterhead:
    """A clinic, and its logo as a picture in a style; "" without one."""

    clinic: "Clinic"
    logo: str = ""


_used: ContextVar[Letterhead | None] = ContextVar("letterhead", default=None)


def read(file: Path, today: date) -> Letterhead:
    """What this clinic file gives; ContentError with a letter when it or its logo cannot be used."""
    from course import clinic
    from handout import logo

    said = clinic.read(file, today)
    return Letterhead(said, logo.style(file, said.logo) if said.logo else "")


@contextmanager
def used(letterhead: Letterhead | None) -> Iterator[None]:
    """Every page that is made has this letterhead; none takes nothing from it."""
    before = _used.set(letterhead)
    try:
        yield
    finally:
        _used.reset(before)


def value() -> str:
    """What a page is made of beside the course; keeping is no part of that."""
    here = _used.get()
    return repr(replace(here, clinic=replace(here.clinic, journal=True, logo=""))) if here else ""


def on(frame: "Frame") -> "Frame":
    """The same frame with the letterhead in use."""
    here = _used.get()
    if here is None:
        return frame
    from handout.page import TEMPLATES

    style = (TEMPLATES / "handout" / "clinic.css").read_text(encoding="utf-8")
    logo = f".clinic::before {{ content: {here.logo}; }}\n" if here.logo else ""
    return replace(frame, clinic=here.clinic, logo=here.logo, style=f"{frame.style}{style}{logo}")
