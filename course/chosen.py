"""Which meeting, and which questions of the recap, the leader has chosen for each module, in one small file. It says
nothing about any person."""

import json
from contextlib import suppress
from datetime import time

from course import session, storage, whole
from course.model import Module
from course.notebooks import Cell
from course.recap import LAST, SHOWN, USUAL, Wish
from course.session import Choice, Impossible, Session

_FILE = "sessions.json"


def read(name: str) -> Choice | None:
    """What is chosen for this module; nothing when nobody chose, or the file is damaged."""
    try:
        kept = _all()[name]
        skip = tuple(str(each) for each in kept["skip"])
        start = time.fromisoformat(kept["start"])
        return Choice(int(kept["minutes"]), start.replace(tzinfo=None), skip)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def recap(name: str) -> Wish:
    """Which questions are chosen for this module's recap; the first draw when nobody chose, or the file is damaged."""
    try:
        kept = _all()[name]["recap"]
        wish = Wish(kept["draw"], tuple(kept["questions"]))
    except (KeyError, TypeError):
        return USUAL
    named = all(isinstance(each, str) for each in wish.questions) and len(wish.questions) <= SHOWN
    return wish if named and type(wish.draw) is int and 1 <= wish.draw <= LAST else USUAL


def write(name: str, choice: Choice | None, wish: Wish = USUAL) -> None:
    """Choose, or go back to the usual; OSError when it cannot be kept."""
    kept = {module: each for module, each in _all().items() if module != name}
    if data := _meeting(choice) | _questions(wish):
        kept[name] = data
    folder = storage.folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole.write(folder / _FILE, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _meeting(choice: Choice | None) -> dict:
    if choice is None:
        return {}
    return {"minutes": choice.minutes, "start": choice.start.isoformat("minutes"), "skip": list(choice.skip)}


def _questions(wish: Wish) -> dict:
    return {} if wish == USUAL else {"recap": {"draw": wish.draw, "questions": list(wish.questions)}}


def meeting(module: Module, cells: tuple[Cell, ...]) -> Session | None:
    """The meeting that is chosen for this module; nothing when none is, or it is not possible any longer."""
    choice = read(module.name)
    with suppress(Impossible):
        return session.build(module, cells, choice) if choice else None
    return None


def _all() -> dict:
    try:
        kept = json.loads((storage.folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
