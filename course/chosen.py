"""Which meeting the leader has chosen for each module, in one small file. It says nothing about any person."""

import json
from contextlib import suppress
from datetime import time

from course import session, storage, whole
from course.model import Module
from course.notebooks import Cell
from course.session import Choice, Impossible, Session

_FILE = "sessions.json"


def read(name: str) -> Choice | None:
    """What is chosen for this module; nothing when nobody chose, or the file is damaged."""
    try:
        kept = _all()[name]
        skip = tuple(str(each) for each in kept["skip"])
        return Choice(int(kept["minutes"]), time.fromisoformat(kept["start"]), skip)
    except (KeyError, TypeError, ValueError):
        return None


def write(name: str, choice: Choice | None) -> None:
    """Choose, or go back to the usual; OSError when it cannot be kept."""
    kept = {module: each for module, each in _all().items() if module != name}
    if choice:
        start = choice.start.isoformat("minutes")
        kept[name] = {"minutes": choice.minutes, "start": start, "skip": list(choice.skip)}
    folder = storage.folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole.write(folder / _FILE, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode())


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
