"""A meeting in words: lines with clock times, ready to show or print, and why a meeting cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from course import content
from course.letters import hint, listed, sentences
from course.model import Module, Part
from course.session import BREAK, Impossible, Session

_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]?([0-9]{2}))?")


@dataclass(frozen=True)
class Line:
    """One part, or a break (""): its clock, its title and its minutes, as they are read."""

    part: str
    clock: str
    title: str
    minutes: str


@dataclass(frozen=True)
class Agenda:
    """A whole meeting: its lines, when it begins and ends, its minutes, the parts left out, and a note."""

    lines: tuple[Line, ...]
    begins: str
    ends: str
    minutes: str
    left_out: tuple[Part, ...]
    note: str = ""


def agenda(module: Module, meeting: Session) -> Agenda:
    """The meeting as it is read."""
    titles = {part.id: part.title for part in module.parts} | {BREAK: pause(module.language)}
    if meeting.board:
        titles[meeting.board.part] = with_board(titles[meeting.board.part], meeting.board.title, module.language)
    lines = tuple(
        Line(each.part, clock(each.begins), titles[each.part], number(each.minutes)) for each in meeting.parts
    )
    taken, total = {each.part for each in meeting.parts}, sum(each.minutes for each in meeting.parts)
    left_out = tuple(part for part in module.parts if part.id not in taken)
    note = content.words(module.language)["meeting.short_round"] if meeting.short else ""
    return Agenda(lines, clock(meeting.start), _later(meeting.start, total), number(total), left_out, note)


def pause(language: str) -> str:
    """What a break is called."""
    return content.words(language)["meeting.break"]


def with_board(title: str, board: str, language: str) -> str:
    """A part of a meeting, with the group's board that it has."""
    return content.words(language)["meeting.with_board"].format(title=title, board=board)


def clock(when: time) -> str:
    """A clock time, as 10:05."""
    return when.isoformat("minutes")


def when(text: str) -> time:
    """The clock time somebody wrote, as 10:05, 10.05 or 10; ValueError when it is none."""
    written = _CLOCK.fullmatch(text.strip())
    if not written:
        raise ValueError(text)
    return time(int(written[1]), int(written[2] or 0))


def number(value: float) -> str:
    """A number as it is written in Norwegian: 3 or 3,5."""
    return f"{value:g}".replace(".", ",")


def reason(module: Module, fault: Impossible) -> str:
    """Why a meeting cannot be, and what can, in one or two sentences."""
    said, values = sentences(module.language), dict(fault.values)
    if fault.reason in ("unknown", "needed"):
        return _about_part(module, fault, said)
    key = fault.reason if values["lengths"] else "never"
    if values["lengths"]:
        values["lengths"] = listed(values["lengths"], said)
    return said[f"session.{key}"].format(**values | {"needed": number(values.get("needed", 0))})


def no_clock(text: str, language: str) -> str:
    """That what somebody wrote is no clock time."""
    return sentences(language)["session.clock"].format(value=text)


def not_kept(language: str) -> str:
    """That a choice could not be kept."""
    return sentences(language)["session.unwritable"]


def _about_part(module: Module, fault: Impossible, said: Mapping[str, str]) -> str:
    part, parts = fault.values["part"], fault.values["parts"]
    named = {each.id: each.title for each in module.parts}.get(part, part)
    if fault.reason == "unknown":
        return said["session.unknown"].format(title=module.title, part=part, hint=hint(part, parts, module.language))
    key = "session.needed" if parts else "session.none"
    return said[key].format(named=named, names=said["between"].join(parts))


def _later(start: time, minutes: float) -> str:
    return clock((datetime.combine(datetime.min, start) + timedelta(minutes=minutes)).time())
