"""`python3 build session`: a module in the minutes a group has, and the choice of it."""

from collections.abc import Sequence
from datetime import time

from messages import Stop, say, words
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course import chosen, content, notebooks
from course.agenda import Agenda, agenda, no_clock, not_kept, reason, when
from course.model import Module
from course.notebooks import Cell
from course.session import Choice, Impossible, Session, build, usual

MIDNIGHT = time()  # clock times of a meeting that begins then are how far it has come
START = "10:00"


def understand(minutes: int | None, start: str | None, skip: Sequence[str], more: Sequence[str], usual: bool) -> None:
    """Refuse what cannot be meant. The names after the first of `--skip` come as `more`."""
    if more and not skip:
        raise Stop("session.parts", parts=", ".join(more))
    if usual and (minutes is not None or start or skip):
        raise Stop("session.both")
    if minutes is None and (start or skip):
        raise Stop("session.no_minutes")


def choose(name: str, language: str, minutes: int, start: str, skip: Sequence[str]) -> None:
    """Choose a meeting, keep the choice and show it."""
    module, cells = _read(name, language)
    choice = Choice(minutes, _time(start, language), tuple(dict.fromkeys(skip)))
    try:
        meeting = build(module, cells, choice)
    except Impossible as fault:
        raise Stop("letter", letter=reason(module, fault)) from fault
    _keep(module, choice)
    _show(module, meeting, "session.chosen", "session.column.clock")
    say("session.kept", module=name)


def back(name: str, language: str) -> None:
    """Go back to the usual meeting, and show it."""
    module, cells = _read(name, language)
    _keep(module, None)
    say("session.back")
    _show(module, usual(module, cells, MIDNIGHT), "session.usual", "session.column.from_start")


def show(name: str, language: str) -> None:
    """Show the meeting that is chosen, or else the usual one."""
    module, cells = _read(name, language)
    if meeting := chosen.meeting(module, cells):
        _show(module, meeting, "session.chosen", "session.column.clock")
    else:
        _show(module, usual(module, cells, MIDNIGHT), "session.usual", "session.column.from_start")


def _read(name: str, language: str) -> tuple[Module, tuple[Cell, ...]]:
    try:
        return content.load(name, language), notebooks.read(content.MODULES / language / f"{name}.ipynb")
    except content.ContentError as error:
        raise Stop("letter", letter=error) from error


def _time(text: str, language: str) -> time:
    try:
        return when(text)
    except ValueError:
        raise Stop("letter", letter=no_clock(text, language)) from None


def _keep(module: Module, choice: Choice | None) -> None:
    try:
        chosen.write(module.name, choice)
    except OSError as fault:
        raise Stop("letter", letter=not_kept(module.language)) from fault


def _show(module: Module, meeting: Session, title: str, column: str) -> None:
    console, shown = Console(soft_wrap=True, highlight=False), agenda(module, meeting)
    values = {"title": module.title, "minutes": shown.minutes, "begins": shown.begins, "ends": shown.ends}
    console.print(words(title, **values), markup=False)
    console.print(_table(shown, column))
    if shown.left_out:
        console.print(words("session.left_out"), markup=False)
    for part in shown.left_out:
        console.print(f"  {part.title} ({part.id})", markup=False)
    if shown.note:
        console.print(shown.note, markup=False)


def _table(shown: Agenda, column: str) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column(words(column), no_wrap=True)
    table.add_column(words("session.column.part"), overflow="fold")
    table.add_column(words("session.column.id"), no_wrap=True)  # it is typed after --skip
    table.add_column(words("session.column.minutes"), justify="right")
    for line in shown.lines:
        table.add_row(line.clock, escape(line.title), line.part, line.minutes)
    return table
