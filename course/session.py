"""Fits a module into the minutes a group has: whole parts are left out, and what is left over goes to the talk.

A part of the core may have a board for the group (a tally or a group board) for more time. A meeting has the first one
whose minutes are left when the core has its own. A long meeting gives them before anything else for more time; a
shorter one gives what nothing else has taken.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from course import rhythm
from course.boards import Board, boards
from course.model import Module, Part
from course.notebooks import Cell

LENGTHS = (45, 60, 90)  # minutes
LAYERS = ("core", "more")
BREAK = ""  # the part of a break
_BREAKS = {90: 10}  # minutes of break by length
_BOARD_FIRST = (90,)  # lengths in which a board comes before what is for more time
_CHECK_INS = {45: 8}  # minutes of the first round by length: one word each, and room for the exercise
_ALWAYS = ("welcome", "today", "talk", "takeaway", "checkout")  # steps
_WARNINGS = {"after-break", "overdose"}  # boxes that other parts rest on; «stopping» stands in each part that needs it
_FIRST = ("exercise", "knowledge", "recap")  # steps, what is kept longest first


class Impossible(Exception):
    """What was asked cannot be: `reason` is length, unknown, needed or short; `values` say what is possible."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


@dataclass(frozen=True)
class Choice:
    """What the leader chose for a module: how long, from when, and the parts to leave out."""

    minutes: int
    start: time
    skip: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A part (or a break, ""), the minutes it has and the clock when it begins."""

    part: str
    minutes: float
    begins: time


@dataclass(frozen=True)
class Session:
    """One meeting: a module in so many minutes; `short` when the first round is only one word each.

    The minutes of its `board` are among those of the part it stands in.
    """

    module: str
    minutes: int
    start: time
    parts: tuple[Planned, ...]
    short: bool = False
    board: Board | None = None


def build(module: Module, cells: tuple[Cell, ...], choice: Choice) -> Session:
    """The meeting that was chosen, in the order of the module; Impossible when it cannot be."""
    if choice.minutes not in LENGTHS:
        raise Impossible("length", minutes=choice.minutes, lengths=LENGTHS)
    needed, counted = essential(module, cells), _counted(module, cells)
    _check_skip(module, needed, choice.skip)
    _check_room(needed, counted, choice.minutes)
    kept, board = _kept(module, boards(module, cells), needed, counted[choice.minutes], choice)
    lengths = _with_break(_lengths(module, kept, choice.minutes), choice.minutes)
    short, parts = choice.minutes in _CHECK_INS, _timed(lengths, choice.start)
    return Session(module.name, choice.minutes, choice.start, parts, short, board)


def usual(module: Module, cells: tuple[Cell, ...], start: time) -> Session:
    """The meeting when nothing is chosen: the core, with its counted minutes."""
    counted = rhythm.minutes(module, cells)
    lengths = [(part.id, counted[part.id].total) for part in module.parts if part.layer == "core"]
    return Session(module.name, round(sum(each for _, each in lengths)), start, _timed(lengths, start))


def essential(module: Module, cells: tuple[Cell, ...]) -> frozenset[str]:
    """The parts of the core that no meeting is without: its frame, warnings others rest on, and what says `keep`."""
    shown = {name: {cell.shows for cell in found} for name, found in rhythm.by_part(module, cells).items()}
    core = [part for part in module.parts if part.layer == "core"]
    return frozenset(part.id for part in core if part.keep or part.step in _ALWAYS or _warns(part, shown[part.id]))


def left_out(module: Module, cells: tuple[Cell, ...], meeting: Session) -> frozenset[str]:
    """The ids of the cells not to show: those of parts not in the meeting, and what the core has for more time.

    The meeting's own board is shown.
    """
    layers, out = {part.id: part.layer for part in module.parts}, set()
    parts = {each.part for each in meeting.parts}
    for name, found in rhythm.by_part(module, cells).items():
        more = layers[name] == "core"  # in a part for those with more time, everything is tagged so
        out.update(cell.id for cell in found if name not in parts or (more and "more" in cell.tags))
    return frozenset(out.difference(meeting.board.cells if meeting.board else ()))


def ranks(module: Module, cells: tuple[Cell, ...]) -> dict[str, int]:
    """How soon each part is dropped, by its id: the highest first, and 0 for those that never are."""
    free = [part for part in sorted(module.parts, key=_rank) if part.id not in essential(module, cells)]
    return {part.id: 0 for part in module.parts} | {part.id: number for number, part in enumerate(free, start=1)}


def _check_skip(module: Module, needed: Collection[str], skip: Collection[str]) -> None:
    known = [part.id for part in module.parts]
    free = tuple(each for each in known if each not in needed)
    for name in skip:
        if name not in free:
            raise Impossible("needed" if name in known else "unknown", part=name, parts=free)


def _check_room(needed: Collection[str], counted: Mapping[int, Mapping[str, float]], minutes: int) -> None:
    taken = {length: sum(each[name] for name in needed) for length, each in counted.items()}
    if taken[minutes] > _room(minutes):
        enough = tuple(length for length in LENGTHS if taken[length] <= _room(length))
        raise Impossible("short", minutes=minutes, needed=taken[minutes], lengths=enough)


def _room(minutes: int) -> int:
    return minutes - _BREAKS.get(minutes, 0)


def _counted(module: Module, cells: tuple[Cell, ...]) -> dict[int, dict[str, float]]:
    """The minutes of each part in a meeting of each length. The check-out is never shortened."""
    counted = {name: each.total for name, each in rhythm.minutes(module, cells).items()}
    first = {part.id for part in module.parts if part.step == "welcome" and part.round}
    saved = {length: rhythm.ROUND - _CHECK_INS.get(length, rhythm.ROUND) for length in LENGTHS}
    return {length: {name: counted[name] - saved[length] * (name in first) for name in counted} for length in LENGTHS}


def _lengths(module: Module, kept: Mapping[str, float], minutes: int) -> list[tuple[str, float]]:
    over, talk = _room(minutes) - sum(kept.values()), _talk(module)
    return [(part.id, kept[part.id] + over * (part.id == talk)) for part in module.parts if part.id in kept]


def _kept(
    module: Module, known: tuple[Board, ...], needed: Collection[str], counted: Mapping[str, float], choice: Choice
) -> tuple[dict[str, float], Board | None]:
    """The parts of a meeting with their minutes, and its board."""
    kept, board = {name: counted[name] for name in needed}, None
    core, more = ([part for part in sorted(module.parts, key=_rank) if part.layer == layer] for layer in LAYERS)
    _fill(kept, core, counted, choice)
    if choice.minutes in _BOARD_FIRST:
        board = _with_board(kept, known, choice)
    _fill(kept, more, counted, choice)
    return kept, board or _with_board(kept, known, choice)


def _fill(kept: dict[str, float], parts: list[Part], counted: Mapping[str, float], choice: Choice) -> None:
    for part in parts:
        left = _room(choice.minutes) - sum(kept.values())
        if part.id not in kept and part.id not in choice.skip and counted[part.id] <= left:
            kept[part.id] = counted[part.id]


def _with_board(kept: dict[str, float], known: tuple[Board, ...], choice: Choice) -> Board | None:
    """The first board that there is room for, with its minutes given to its part."""
    left = _room(choice.minutes) - sum(kept.values())
    board = next((each for each in known if each.part in kept and each.minutes <= left), None)
    if board:
        kept[board.part] += board.minutes
    return board


def _rank(part: Part) -> tuple[bool, int]:
    """What is kept first: the core before more, and in each the exercise before what is said about it."""
    return part.layer == "more", _FIRST.index(part.step) if part.step in _FIRST else len(_FIRST)


def _warns(part: Part, shown: set[str]) -> bool:
    return part.step == "knowledge" and bool(shown & _WARNINGS)


def _talk(module: Module) -> str:
    """The part that takes what is left over; the first one in a module that has no talk yet."""
    return max(module.parts, key=lambda part: part.step == "talk" and part.layer == "core").id


def _with_break(lengths: list[tuple[str, float]], minutes: int) -> list[tuple[str, float]]:
    """The parts with a break between two of them, as near the middle as whole parts allow."""
    if minutes not in _BREAKS:
        return lengths
    middle = sum(each for _, each in lengths) / 2
    places = range(1, len(lengths))
    place = min(places, key=lambda number: abs(middle - sum(each for _, each in lengths[:number])))
    return [*lengths[:place], (BREAK, float(_BREAKS[minutes])), *lengths[place:]]


def _timed(lengths: list[tuple[str, float]], start: time) -> tuple[Planned, ...]:
    planned, gone = [], 0.0
    for name, each in lengths:
        planned.append(Planned(name, each, _clock(start, gone)))
        gone += each
    return tuple(planned)


def _clock(start: time, gone: float) -> time:
    return (datetime.combine(datetime.min, start) + timedelta(minutes=gone)).time()
