"""The leader's form for a meeting: what is chosen, what another choice would give, and choosing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from course import chosen, recap, rhythm, session
from course.agenda import agenda, clock, no_clock, not_kept, pause, reason, when
from course.model import Module
from course.notebooks import Cell
from course.recap import USUAL, Wish
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
            self.finish(reply(read, chosen.read(name), chosen.recap(name)))
            return
        wish = _wish(self.get_query_argument("draw", ""), self._listed("questions"))
        self.finish(tried(read, minutes, self.get_query_argument("start", ""), self._listed("skip"), wish))

    @web.authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Choose the meeting in the body, unless it cannot be."""
        read, body = self._read(name), self.get_json_body()
        if not isinstance(body, dict) or not all(isinstance(body.get(key, []), list) for key in ("skip", "questions")):
            raise web.HTTPError(400)
        wish = _wish(body.get("draw"), body.get("questions", []))
        answer = tried(read, body.get("minutes"), body.get("start"), body.get("skip", []), wish)
        if not answer["refused"]:
            choice = Choice(answer["minutes"], when(answer["start"]), tuple(answer["skip"]))
            answer = kept(read, choice, wish)
        self.finish(answer)

    @web.authenticated
    @authorized
    async def delete(self, name: str) -> None:
        """Go back to the usual meeting."""
        self.finish(kept(self._read(name), None))

    def _listed(self, name: str) -> list[str]:
        return list(filter(None, self.get_query_argument(name, "").split(",")))

    def _read(self, name: str) -> Read:
        return Read(*self.serverapp.contents_manager.found(name))


def kept(read: Read, choice: Choice | None, wish: Wish = USUAL) -> dict:
    """The reply after choosing or going back."""
    name = read.module.name
    try:
        chosen.write(name, choice, wish)
    except OSError:
        return reply(read, chosen.read(name), chosen.recap(name), not_kept(read.module.language))
    return reply(read, choice, wish)


def tried(read: Read, minutes: object, start: object, skip: list, wish: Wish = USUAL) -> dict:
    """The reply for a choice that somebody thinks about."""
    refused = recap.refusal(read.module, wish)
    try:
        choice = Choice(_whole(minutes), when(str(start)), tuple(dict.fromkeys(map(str, skip))))
        session.build(read.module, read.cells, choice)
    except ValueError:
        refused = no_clock(str(start), read.module.language)
    except Impossible as fault:
        refused = reason(read.module, fault)
    if refused:
        return reply(read, chosen.read(read.module.name), chosen.recap(read.module.name), refused)
    return reply(read, choice, wish) | {"chosen": False}


def _wish(draw: object, questions: list) -> Wish:
    """The questions that somebody thinks about; the usual ones when nothing is said of them."""
    return Wish(_whole(draw or 1), tuple(dict.fromkeys(map(str, questions))))


def _whole(minutes: object) -> int:
    if not re.fullmatch("[0-9]{1,4}", str(minutes)):
        raise web.HTTPError(400)
    return int(str(minutes))


def reply(read: Read, choice: Choice | None, wish: Wish = USUAL, refused: str = "") -> dict:
    """Everything the form and the presenter ask about one meeting; the usual one when there is no choice."""
    meeting = _built(read, choice)
    made = meeting or session.usual(read.module, read.cells, MIDNIGHT)
    taken, shown = [each.part for each in made.parts], agenda(read.module, made)
    lines = {line.part: line.title for line in shown.lines}
    return {
        "chosen": meeting is not None,
        "minutes": made.minutes,
        "start": shown.begins if meeting else "",
        "ends": shown.ends if meeting else "",
        "skip": list(choice.skip) if meeting else [],
        "parts": [part | {"line": lines.get(part["id"], part["title"])} for part in _parts(read, made, bool(meeting))],
        "leftOut": sorted(session.left_out(read.module, read.cells, made)),
        "note": shown.note,
        "recap": _recap(read.module, wish, taken),
        "refused": refused,
    }


def _recap(module: Module, wish: Wish, parts: list[str]) -> dict:
    """What is asked if there is room for it, and the number of a draw with other questions; 0 when there is none."""
    texts = [question.text for question in recap.shown(module, wish).values()]
    asked = {"included": recap.is_in(module, parts), "texts": texts, "another": recap.another(module, wish)}
    return asked | {"draw": wish.draw, "questions": list(wish.questions)}


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
