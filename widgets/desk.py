"""The kernel's side of what the page asks for: keeping answers, locking them, giving them back.

The page's own JavaScript opens a comm to the target `nykurs` and sends {"turn": n, "action": name, ...}; the answer
carries the same turn, what was asked for, and how things stand. A password reaches this process this way, is used
once and is not kept. Nothing that was sent is ever logged.

A password is tried in a thread of its own. When something was found, the page hears that it is `ready`, and only a page
that still waits asks to `take` it.
"""

import asyncio
import atexit
import functools
import logging
import time
from collections import deque
from collections.abc import Callable

from comm import get_comm_manager
from comm.base_comm import BaseComm

from course import content, journal
from course.keeping import Found, Keeping, allowed
from course.model import Answer
from course.storage import Refusal, Wanted
from widgets.trial import Trial

TARGET = "nykurs"
SHORTEST_PASSWORD = 8  # letters and spaces
TAKING = 30  # seconds in which what was found is taken, or never
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
        self._trial: Trial | None = None  # one at a time
        self._asker: tuple[BaseComm, int] | None = None  # whose it is: a page, and its turn

    def receive(self, comm: BaseComm, message: dict) -> None:
        """A page has come."""
        self._loop = asyncio.get_event_loop()
        self.keeping.language = message["content"]["data"].get("language", self.keeping.language)
        self._pages.append(comm)
        comm.on_msg(lambda asked: self._answer(comm, asked["content"]["data"]))
        comm.on_close(lambda _: self._leave(comm))

    def _leave(self, comm: BaseComm) -> None:
        self._touched.pop(comm, None)
        if self._asker and self._asker[0] is comm:
            self._end_trial()
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
        if asked["action"] in SEEKING:
            self._try(comm, asked)
            return
        try:
            if asked["action"] == "touch":
                self._touched[comm] = time.monotonic()
            if asked.get("idle") and self._in_use_beside(comm):
                raise Refusal("in_use")
            if asked["action"] == "take":
                self.keeping.begin(self._taken(comm, asked))
            if asked["action"] == "give_up":
                self._give_up(comm)
            reply = ACTIONS[asked["action"]](self.keeping, asked) or {}
        except Refusal as refusal:
            reply = {"refused": refusal.reason}
        except Exception as fault:  # a participant never sees a traceback, and a message can carry a password
            log.warning("%s at the desk (%s)", type(fault).__name__, asked.get("action"))
            reply = {"refused": "fault"}
        self._send(comm, asked.get("turn"), reply)

    def _send(self, comm: BaseComm, turn: int | None, reply: dict) -> None:
        comm.send({**reply, **self.state(), "turn": turn})

    # A password that is tried. All but the search itself is done in the kernel's own thread.

    def _try(self, comm: BaseComm, asked: dict) -> None:
        before = self._trial
        if self._asker:  # another page, or this one once more: the last to ask is the one who waits
            self._give_up(self._asker[0])
        self._asker = comm, asked.get("turn")
        seek = functools.partial(SEEKING[asked["action"]], self.keeping, asked)
        self._trial = Trial(seek, lambda trial: self._soon(lambda: self._tried(trial)), before)

    def _tried(self, trial: Trial) -> None:
        if trial is not self._trial or not self._asker:
            return
        comm, turn = self._asker
        if trial.refused:
            self._end_trial()
            self._send(comm, turn, {"refused": trial.refused})
        else:
            self._send(comm, turn, {"ready": True})
            self._loop.call_later(TAKING, trial.give_up)

    def _taken(self, comm: BaseComm, asked: dict) -> Found:
        if self._asker != (comm, asked.get("turn")):
            raise Refusal("given_up")
        found = self._trial.take()
        self._end_trial()
        if not found:
            raise Refusal("given_up")
        return found

    def _give_up(self, comm: BaseComm) -> None:
        if self._asker and self._asker[0] is comm:
            turn = self._asker[1]
            self._end_trial()
            self._send(comm, turn, {"refused": "given_up"})

    def _end_trial(self) -> None:
        self._asker = None
        self._trial.give_up()

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


def _seek_new(keeping: Keeping, asked: dict, wanted: Wanted) -> Found:
    if len(asked["password"]) < SHORTEST_PASSWORD:
        raise Refusal("short")
    return keeping.seek_new(asked["nickname"], asked["password"], wanted)


def _seek(keeping: Keeping, asked: dict, wanted: Wanted) -> Found:
    return keeping.seek(asked["nickname"], asked["password"], asked.get("previous", False), wanted)


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
    """The presenter begins with an empty store; where somebody's answers are kept, there is no presenter.

    `again`: the same meeting goes on, so what the room itself has put on this module's boards stays, and nothing else.
    """
    if keeping.is_open:
        raise Refusal("in_use")
    from widgets import presenting

    keeping.journal.restore(_boards(keeping, asked) if asked.get("again") else {}, {})
    return {"faces": presenting.faces(asked["module"], keeping.language)}


def _boards(keeping: Keeping, asked: dict) -> dict[str, Answer]:
    from widgets import presenting

    return presenting.boards(asked["module"], keeping.language, keeping.journal.snapshot()[0])


SEEKING: dict[str, Callable[[Keeping, dict, Wanted], Found]] = {"create": _seek_new, "open": _seek}
ACTIONS: dict[str, Callable[[Keeping, dict], dict | None]] = {
    "state": lambda keeping, asked: None,
    "take": lambda keeping, asked: None,  # these two belong to the desk
    "give_up": lambda keeping, asked: None,
    "touch": lambda keeping, asked: keeping.touch(),
    "suggest": _suggest,
    "lock": _lock,
    "lock_after": lambda keeping, asked: keeping.lock_after(int(asked["minutes"])),
    "erase": lambda keeping, asked: keeping.erase(),
    "download": _download,
    "sheet": _sheet,
    "present": _present,
    "boards": lambda keeping, asked: {"boards": bool(_boards(keeping, asked))},
}

_desk: Desk | None = None


def open_desk() -> None:
    """Be there for the pages of this process's live journal, from now on and once."""
    global _desk
    if _desk is None:
        _desk = Desk(Keeping(journal.live))
        atexit.register(_desk.keeping.flush)
        get_comm_manager().register_target(TARGET, _desk.receive)
