"""The leader's form for a meeting: what is chosen, what another choice would give, and choosing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from course import chosen, rhythm, session
from course.agenda import agenda, clock, no_clock, not_kept, pause, reason, when
from course.model import Module
from course.notebooks import Cell
from course.session import BREAK, Choice, Impossible, Planned, Session

MIDNIGHT = time()


@dataclass(frozen=True)
class Read:
    """A module and its cells."""

    module: Module
    cells: tuple[Cell, ...]


class SessionHandler(APIHandler):
    """GET shows or tries, POST chooses, DELETE goes back to the usual."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self, name: str) -> None:
        """The meeting that is chosen; with `minutes`, what that choice would give."""
        read, minutes = self._read(name), self.get_query_argument("minutes", "")
        if not minutes:
            self.finish(reply(read, chosen.read(name)))
            return
        skip = [each for each in self.get_query_argument("skip", "").split(",") if each]
        self.finish(tried(read, minutes, self.get_query_argument("start", ""), skip))

    @web.authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Choose the meeting in the body, unless it cannot be."""
        read, body = self._read(name), self.get_json_body()
        if not isinstance(body, dict) or not isinstance(body.get("skip", []), list):
            raise web.HTTPError(400)
        answer = tried(read, body.get("minutes"), body.get("start"), body.get("skip", []))
        if not answer["refused"]:
            choice = Choice(answer["minutes"], when(answer["start"]), tuple(answer["skip"]))
            answer = kept(read, choice)
        self.finish(answer)

    @web.authenticated
    @authorized
    async def delete(self, name: str) -> None:
        """Go back to the usual meeting."""
        self.finish(kept(self._read(name), None))

    def _read(self, name: str) -> Read:
        return Read(*self.serverapp.contents_manager.found(name))


def kept(read: Read, choice: Choice | None) -> dict:
    """The reply after choosing or going back."""
    try:
        chosen.write(read.module.name, choice)
    except OSError:
        return reply(read, chosen.read(read.module.name), not_kept(read.module.language))
    return reply(read, choice)


def tried(read: Read, minutes: object, start: object, skip: list) -> dict:
    """The reply for a choice that somebody thinks about."""
    try:
        choice = Choice(_whole(minutes), when(str(start)), tuple(dict.fromkeys(map(str, skip))))
        session.build(read.module, read.cells, choice)
    except ValueError:
        refused = no_clock(str(start), read.module.language)
    except Impossible as fault:
        refused = reason(read.module, fault)
    else:
        return reply(read, choice) | {"chosen": False}
    return reply(read, chosen.read(read.module.name), refused)


def _whole(minutes: object) -> int:
    if not re.fullmatch("[0-9]{1,4}", str(minutes)):
        raise web.HTTPError(400)
    return int(str(minutes))


def reply(read: Read, choice: Choice | None, refused: str = "") -> dict:
    """Everything the form and the presenter ask about one meeting; the usual one when there is no choice."""
    meeting = _built(read, choice)
    made = meeting or session.usual(read.module, read.cells, MIDNIGHT)
    taken, shown = [each.part for each in made.parts], agenda(read.module, made)
    return {
        "chosen": meeting is not None,
        "minutes": made.minutes,
        "start": shown.begins if meeting else "",
        "ends": shown.ends if meeting else "",
        "skip": list(choice.skip) if meeting else [],
        "parts": list(_parts(read, made, clocks=meeting is not None)),
        "leftOut": sorted(session.left_out(read.module, read.cells, taken)),
        "note": shown.note,
        "refused": refused,
    }


def _built(read: Read, choice: Choice | None) -> Session | None:
    try:
        return session.build(read.module, read.cells, choice) if choice else None
    except Impossible:
        return None  # the module has changed since it was chosen


def _parts(read: Read, made: Session, clocks: bool) -> Iterator[dict]:
    """Every part of the module in its order, with the break where it stands in the meeting."""
    planned, names = {each.part: each for each in made.parts}, [each.part for each in made.parts]
    before = names[names.index(BREAK) + 1] if BREAK in planned else None
    counted = rhythm.minutes(read.module, read.cells)
    needed, ranks = session.essential(read.module, read.cells), session.ranks(read.module, read.cells)
    for part in read.module.parts:
        if part.id == before:
            yield _part(
                planned[BREAK], clocks, title=pause(read.module.language), essential=False, rank=0, layer="core"
            )
        each = planned.get(part.id, Planned(part.id, counted[part.id].total, MIDNIGHT))
        more = {"essential": part.id in needed, "rank": ranks[part.id], "layer": part.layer}
        yield _part(each, clocks and part.id in planned, title=part.title, **more) | {"included": part.id in planned}


def _part(each: Planned, clocks: bool, **more: object) -> dict:
    begins = clock(each.begins) if clocks else ""
    return {"id": each.part, "minutes": each.minutes, "begins": begins, "included": True, **more}
