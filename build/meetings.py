"""`python3 build session`: a module in the minutes a group has, the questions of its recap, and the choice of both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from messages import Stop, say, words
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course import chosen, content, notebooks, recap
from course.agenda import Agenda, agenda, no_clock, not_kept, reason, when
from course.model import Module, Question
from course.notebooks import Cell
from course.recap import USUAL, Wish
from course.session import Choice, Impossible, Session, build, usual

MIDNIGHT = time()  # clock times of a meeting that begins then are how far it has come
START = "10:00"


@dataclass(frozen=True)
class Asked:
    """What somebody wrote after `session`."""

    minutes: int | None = None
    start: str | None = None
    skip: tuple[str, ...] = ()
    recap: tuple[str, ...] = ()
    draw: int | None = None
    usual: bool = False

    @property
    def asks(self) -> bool:
        """Whether questions are chosen."""
        return bool(self.recap) or self.draw is not None

    @property
    def chooses(self) -> bool:
        """Whether anything is chosen."""
        return self.minutes is not None or self.asks


def understand(asked: Asked, more: tuple[str, ...]) -> Asked:
    """Refuse what cannot be meant. `more` are the names after the first of `--skip` or `--recap`."""
    if more and not (asked.skip or asked.recap):
        raise Stop("session.parts", parts=", ".join(more))
    if asked.usual and (asked.chooses or asked.start or asked.skip):
        raise Stop("session.both")
    if asked.minutes is None and (asked.start or asked.skip):
        raise Stop("session.no_minutes")
    questions = tuple(each for each in more if asked.recap and (not asked.skip or "." in each))
    parts = tuple(each for each in more if each not in questions)
    return replace(asked, skip=(*asked.skip, *parts), recap=(*asked.recap, *questions))


def choose(name: str, language: str, asked: Asked) -> None:
    """Choose a meeting or the questions of its recap, keep the choice and show it."""
    module, cells = _read(name, language)
    wish, choice = chosen.recap(name), chosen.read(name)
    if asked.asks:
        wish = Wish(1 if asked.draw is None else asked.draw, tuple(dict.fromkeys(asked.recap)))
        if refused := recap.refusal(module, wish):
            raise Stop("letter", letter=refused)
    if asked.minutes is not None:
        choice = Choice(asked.minutes, _time(asked.start or START, language), tuple(dict.fromkeys(asked.skip)))
        try:
            build(module, cells, choice)
        except Impossible as fault:
            raise Stop("letter", letter=reason(module, fault)) from fault
    _keep(module, choice, wish)
    _show_chosen(module, cells)
    say("session.recap_kept" if asked.minutes is None else "session.kept", module=name)


def back(name: str, language: str) -> None:
    """Go back to the usual meeting, and show it."""
    module, cells = _read(name, language)
    _keep(module, None, USUAL)
    say("session.back")
    _show_chosen(module, cells)


def show(name: str, language: str) -> None:
    """Show the meeting that is chosen, or else the usual one, and every question that can be chosen for its recap."""
    module, cells = _read(name, language)
    _show_chosen(module, cells)
    wish = chosen.recap(name)
    others = {each: found for each, found in recap.known(module).items() if each not in recap.shown(module, wish)}
    if others:
        _list("session.recap_more", others)
    if number := recap.another(module, wish):
        say("session.recap_draw", module=name, draw=number)


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


def _keep(module: Module, choice: Choice | None, wish: Wish) -> None:
    try:
        chosen.write(module.name, choice, wish)
    except OSError as fault:
        raise Stop("letter", letter=not_kept(module.language)) from fault


def _show_chosen(module: Module, cells: tuple[Cell, ...]) -> None:
    if meeting := chosen.meeting(module, cells):
        _show(module, meeting, "session.chosen", "session.column.clock")
    else:
        _show(module, usual(module, cells, MIDNIGHT), "session.usual", "session.column.from_start")


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
    if recap.is_in(module, [each.part for each in meeting.parts]):
        _list("session.recap", recap.shown(module, chosen.recap(module.name)))


def _list(title: str, questions: Mapping[str, Question]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(words(title), markup=False)
    for name, question in questions.items():
        console.print(f"  {question.text} ({name})", markup=False)


def _table(shown: Agenda, column: str) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column(words(column), no_wrap=True)
    table.add_column(words("session.column.part"), overflow="fold")
    table.add_column(words("session.column.id"), no_wrap=True)  # it is typed after --skip
    table.add_column(words("session.column.minutes"), justify="right")
    for line in shown.lines:
        table.add_row(line.clock, escape(line.title), line.part, line.minutes)
    return table
