"""The kernel's side of what the page asks for: keeping answers, locking them, giving them back.

The page's own JavaScript opens a comm to the target `nykurs` and sends {"turn": n, "action": name, ...}; the answer
carries the same turn, what was asked for, and how things stand. A password reaches this process this way, is used
once and is not kept. Nothing that was sent is ever logged.
"""

import asyncio
import atexit
import logging
import time
from collections import deque
from collections.abc import Callable

from comm import get_comm_manager
from comm.base_comm import BaseComm

from course import content, journal
from course.keeping import Keeping, allowed
from course.storage import Refusal

TARGET = "nykurs"
SHORTEST_PASSWORD = 8  # letters and spaces
MOST_PAGES = 8  # that are told of changes; an older one has been left without a word
log = logging.getLogger("nykurs")


class Desk:
    """Answers every open page of the course, and tells them when keeping begins, fails or ends."""

    def __init__(self, keeping: Keeping) -> None:
        self.keeping = keeping
        self._pages: deque[BaseComm] = deque(maxlen=MOST_PAGES)
        self._touched: dict[BaseComm, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        keeping.on_change = lambda: self._soon(self._tell)
        keeping.on_idle = lambda: self._soon(self._lock_unattended)
        self._locked = False

    def receive(self, comm: BaseComm, message: dict) -> None:
        """A page has come."""
        self._loop = asyncio.get_event_loop()
        self.keeping.language = message["content"]["data"].get("language", self.keeping.language)
        self._pages.append(comm)
        comm.on_msg(lambda asked: self._answer(comm, asked["content"]["data"]))
        comm.on_close(lambda _: self._leave(comm))

    def _leave(self, comm: BaseComm) -> None:
        self._touched.pop(comm, None)
        if comm in self._pages:
            self._pages.remove(comm)

    def state(self) -> dict:
        """How things stand: whether answers may be kept, are kept, and are on disk."""
        keeping = self.keeping
        state = "forbidden" if not allowed() else "open" if keeping.is_open else "off"
        locked = self._locked and not keeping.is_open
        return {
            "state": state,
            "trouble": keeping.trouble,
            "lockMinutes": keeping.lock_minutes,
            "locked": locked,
            "entered": len(keeping.journal) > 0,
        }

    def _answer(self, comm: BaseComm, asked: dict) -> None:
        try:
            if asked["action"] == "touch":
                self._touched[comm] = time.monotonic()
            if asked.get("idle") and self._in_use_beside(comm):
                raise Refusal("in_use")
            reply = ACTIONS[asked["action"]](self.keeping, asked) or {}
        except Refusal as refusal:
            reply = {"refused": refusal.reason}
        except Exception as fault:  # a participant never sees a traceback, and a message can carry a password
            log.warning("%s at the desk (%s)", type(fault).__name__, asked.get("action"))
            reply = {"refused": "fault"}
        comm.send({**reply, **self.state(), "turn": asked.get("turn")})

    def _lock_unattended(self) -> None:
        """Nobody has been there for long, and no page has locked it. A page that wakes up hears of it, and goes."""
        if self.keeping.is_open and self.keeping.lock():
            self._locked = True
            self._tell()

    def _in_use_beside(self, comm: BaseComm) -> bool:
        """Whether somebody is at another page, so that this one, left alone, must not lock what is read there."""
        latest = time.monotonic() - self.keeping.lock_minutes * 60
        return any(touched > latest for page, touched in self._touched.items() if page is not comm)

    def _tell(self) -> None:
        for page in list(self._pages):
            page.send(self.state())

    def _soon(self, act: Callable[[], object]) -> None:
        """Do this in the kernel's own thread, where widgets may be touched."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)


def _create(keeping: Keeping, asked: dict) -> None:
    if len(asked["password"]) < SHORTEST_PASSWORD:
        raise Refusal("short")
    keeping.create(asked["nickname"], asked["password"])


def _open(keeping: Keeping, asked: dict) -> None:
    keeping.open(asked["nickname"], asked["password"], previous=asked.get("previous", False))


def _lock(keeping: Keeping, asked: dict) -> None:
    if not keeping.lock():
        raise Refusal(keeping.trouble or "unwritable")


def _suggest(keeping: Keeping, asked: dict) -> dict:
    from course import phrase

    return {"phrase": phrase.suggest(keeping.language)}


def _download(keeping: Keeping, asked: dict) -> dict:
    if not allowed():
        raise Refusal("forbidden")
    from course import records

    words = content.words(keeping.language)
    answers, earlier = keeping.journal.snapshot()
    return {"text": records.readable(answers, earlier, keeping.strays, words, keeping.language)}


def _sheet(keeping: Keeping, asked: dict) -> dict:
    from widgets import my_sheet

    return {"html": my_sheet.of(asked["module"], asked["id"], keeping.journal, keeping.language)}


def _present(keeping: Keeping, asked: dict) -> dict:
    """The presenter always begins with an empty store; where somebody's answers are kept, there is no presenter."""
    if keeping.is_open:
        raise Refusal("in_use")
    from widgets import presenting

    keeping.journal.clear()
    return {"faces": presenting.faces(asked["module"], keeping.language)}


ACTIONS: dict[str, Callable[[Keeping, dict], dict | None]] = {
    "state": lambda keeping, asked: None,
    "touch": lambda keeping, asked: keeping.touch(),
    "suggest": _suggest,
    "create": _create,
    "open": _open,
    "lock": _lock,
    "lock_after": lambda keeping, asked: keeping.lock_after(int(asked["minutes"])),
    "erase": lambda keeping, asked: keeping.erase(),
    "download": _download,
    "sheet": _sheet,
    "present": _present,
}

_desk: Desk | None = None


def open_desk() -> None:
    """Be there for the pages of this process's live journal, from now on and once."""
    global _desk
    if _desk is None:
        _desk = Desk(Keeping(journal.live))
        atexit.register(_desk.keeping.flush)
        get_comm_manager().register_target(TARGET, _desk.receive)
