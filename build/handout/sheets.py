"""From the cells of a run notebook to the pieces of a page, for one audience, and everything that speaks against it."""

import functools
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import takewhile
from pathlib import Path

from course import content, notebooks, recap
from course.agenda import Agenda
from course.model import Module
from handout import guide, meeting, prose
from handout.guard import Fault, Guard, Outline
from handout.page import frame
from handout.plan import Plan, plan
from handout.refusal import NotebookError
from widgets import paper
from widgets.paper import Frame

CARD = "application/vnd.nykurs.card+json"
BOX = "application/vnd.nykurs.box+json"
LIVE = (CARD, "application/vnd.jupyter.widget-view+json")
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
LEFT_OUT = {"participant": {"leader", "screen-only"}, "leader": {"screen-only"}}
_RULE = re.compile(r"<li>[^<]* <small>\((?:S-\d+(?:, )?)+\)</small></li>")  # what only safety rules rest on


@dataclass(frozen=True)
class Piece:
    """A part of the page that stays together: prose, a sheet, a fixed box or the leader's notes.

    `kind` is prose, sheet, box, leader or key; `more` is the deeper layer; `sheet` is the printed id of a sheet.
    """

    kind: str
    html: str
    more: bool = False
    sheet: str = ""
    box: str = ""  # the id of a fixed box
    needs: str = ""  # the id of a fixed box that must stand on the same page
    mark: bool = False  # the deeper layer begins here, and says so

    @property
    def opens(self) -> bool:
        """Whether a new part begins here."""
        return self.html.startswith("<h2")


@dataclass(frozen=True)
class Group:
    """Neighbouring pieces; `together` on one page."""

    pieces: tuple[Piece, ...]
    together: bool = False


@dataclass(frozen=True)
class Page:
    """Everything the template prints."""

    frame: Frame
    audience: str
    groups: tuple[Group, ...]
    plan: Plan | None = None  # the leader's
    around: guide.Around | None = None  # the leader's
    agenda: Agenda | None = None  # the leader's, when a meeting is chosen; then it stands for the plan


@dataclass
class Reader:
    """Reads cells for one audience and remembers the faults it meets, each with its cell."""

    language: str
    audience: str
    words: Mapping[str, str]
    name: str
    module: Module | None = None
    out: frozenset[str] = frozenset()  # the ids of cells that the chosen meeting leaves out
    outline: Outline = field(default_factory=Outline)
    problems: list[str] = field(default_factory=list)
    failed: bool = False  # cells after one that failed were never run

    def pieces(self, cells: Iterable[Mapping]) -> Iterator[Piece]:
        """The pieces of all cells this audience gets."""
        for number, cell in enumerate(cells, start=1):
            tags = set(cell.get("metadata", {}).get("tags", ()))
            if tags & LEFT_OUT[self.audience] or cell.get("id") in self.out:
                continue
            for piece in self._cell(cell, "leader" in tags, "more" in tags):
                if self._sound(piece, cell, number):
                    yield piece

    def _cell(self, cell: Mapping, leader: bool, more: bool) -> Iterator[Piece | Fault]:
        if cell["cell_type"] == "markdown":
            yield Piece("leader" if leader else "prose", prose.html(cell["source"]), more)
        elif cell["cell_type"] == "code":
            if not self.failed and cell["source"].strip() and not cell.get("execution_count"):
                yield Fault("not_run")  # or the page would lack its exercises and say nothing
            for output in cell.get("outputs", ()):
                yield from self._output(output, more)

    def _output(self, output: Mapping, more: bool) -> Iterator[Piece | Fault]:
        if output["output_type"] == "error":
            self.failed = True
            yield Fault("error", f"{output['ename']}: {output['evalue']}")
        elif output["output_type"] == "stream":
            if output["name"] == "stdout":
                yield Piece("prose", f"<pre>{escape(output['text'])}</pre>", more)
        else:
            yield from self._shown(output["data"], output.get("metadata", {}), more)

    def _shown(self, data: Mapping, metadata: Mapping, more: bool) -> Iterator[Piece | Fault]:
        if "text/html" in data:
            yield from self._faces(data, more)
        elif any(kind in data for kind in LIVE):
            yield Fault("no_face", data.get(CARD, {}).get("id", ""))
        elif kind := next((kind for kind in PICTURES if kind in data), ""):
            yield Piece("box", _picture(kind, data[kind], metadata), more)
        elif "text/markdown" in data:
            yield Piece("prose", prose.html(data["text/markdown"]), more)
        else:
            yield Piece("prose", f"<pre>{escape(data.get('text/plain', ''))}</pre>", more)

    def _faces(self, data: Mapping, more: bool) -> Iterator[Piece]:
        """A sheet, with the leader's key after it; or a fixed box."""
        card = data.get(CARD)
        if not card:
            box = data.get(BOX, {}).get("id", "")
            yield Piece(
                "box", self._without_ids(data["text/html"]) if box == "sources" else data["text/html"], more, box=box
            )
            return
        module = _loaded(card["module"], self.language, self.module)
        asked = recap.of(module) if card["id"] == recap.ID else module
        exercise = asked.exercise(card["id"])
        more = more or exercise.layer == "more"
        boxes = content.support(self.language).boxes
        needs = paper.needs(data["text/html"], boxes)
        yield Piece("sheet", data["text/html"], more, f"{module.name} / {exercise.id}", needs=needs)
        if self.audience == "leader":
            from widgets import sheet

            key = sheet.key(exercise, self.words, boxes)
            if key:
                yield Piece("key", key, more)

    def _without_ids(self, html: str) -> str:
        """The list of sources. A participant needs neither the ids of facts nor the course's own safety rules in it."""
        if self.audience == "leader":
            return html
        return re.sub(r" <small>[^<]*</small>", "", _RULE.sub("", html))

    def _sound(self, piece: Piece | Fault, cell: Mapping, number: int) -> bool:
        """Whether a piece may stand on the page; if not, why not is remembered."""
        faults = [piece] if isinstance(piece, Fault) else self._read(piece)
        for fault in faults:
            reason = self.words[f"handout.refused.{fault.key}"].format(about=fault.about)
            place = self.words["handout.refused.place"]
            self.problems.append(place.format(file=self.name, number=number, cell=cell.get("id", ""), reason=reason))
        return not faults

    def _read(self, piece: Piece) -> list[Fault]:
        guard = _guarded(piece.html)
        if piece.kind == "sheet" and not piece.html.strip():
            return [Fault("no_face", piece.sheet)]
        return list(dict.fromkeys(guard.faults + self.outline.add(guard)))


@functools.lru_cache(maxsize=256)  # a module's participant and leader get mostly the same
def _guarded(html: str) -> Guard:
    return Guard().read(html)


def page(notebook: Mapping, metadata: Mapping, audience: str, warn: Callable[[str], None]) -> Page:
    """The page of a run notebook. A course notebook with any fault is refused; another one loses what is unfit."""
    folder, stem = Path(metadata.get("path") or "."), metadata.get("name") or "notebook"
    ours = _ours(folder, stem)
    language = folder.resolve().name if ours else "nb"
    module = _module(notebook, stem if ours else "", language)
    held = meeting.held(module, tuple(notebooks.cells(notebook))) if ours and module else None
    out = held.out if held else frozenset()
    told = (language, audience, content.words(language), f"{stem}.ipynb", module, out)
    title = module.title if module else str(notebook["metadata"].get("title") or stem)
    if ours:
        pieces = _faultless(Reader(*told), notebook)
    else:
        from handout import elsewhere  # here, because it builds on this file, and the course itself never needs it

        pieces, title = elsewhere.read(elsewhere.guest(told, notebook, metadata), notebook, title, warn)
    draft = not (module and module.approved)
    around = frame(language, title, draft=draft, leader=audience == "leader", elsewhere=not ours)
    timing = plan(module, notebook) if module and audience == "leader" else None
    beside = guide.around(module, notebook, held) if timing else None
    agenda = held.agenda if held and timing else None
    return Page(around, audience, tuple(_groups(tuple(_marked(pieces)))), timing, beside, agenda)


def _faultless(reader: Reader, notebook: Mapping) -> tuple[Piece, ...]:
    pieces = tuple(reader.pieces(notebook["cells"]))
    if reader.problems:
        raise NotebookError(tuple(reader.problems))
    return pieces


def _loaded(name: str, language: str, module: Module | None) -> Module:
    """The module of this name, which is nearly always the one at hand."""
    return module if module and module.name == name else content.load(name, language)


def _marked(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The same pieces; the deeper layer is marked where it begins and at each of its parts."""
    before = False
    for piece in pieces:
        yield replace(piece, mark=piece.more and (piece.opens or not before))
        before = piece.more


def _groups(pieces: tuple[Piece, ...]) -> Iterator[Group]:
    """Every piece by itself, except from a sheet to the box it needs, if that box follows in the same part.

    What the leader has in between comes after them, or they would not fit on one page.
    """
    place = 0
    while place < len(pieces):
        end = place + 1 + _distance(pieces[place], pieces[place + 1 :])
        between = tuple(piece for piece in pieces[place + 1 : end] if piece.kind in ("key", "leader"))
        yield Group(tuple(piece for piece in pieces[place:end] if piece not in between), together=end > place + 1)
        yield from (Group((piece,)) for piece in between)
        place = end


def _distance(piece: Piece, later: tuple[Piece, ...]) -> int:
    """How many of the pieces after this one must stand with it."""
    part = takewhile(lambda other: not other.opens, later)
    return next((place for place, other in enumerate(part, start=1) if piece.needs and other.box == piece.needs), 0)


def mapping(value: object) -> Mapping:
    """The value, if it is a mapping: a notebook that others wrote may hold anything."""
    return value if isinstance(value, Mapping) else {}


def _ours(folder: Path, stem: str) -> bool:
    """Whether this is a notebook of the course: it lies among the modules and has a content file."""
    folder = folder.resolve()
    return folder.parent == content.MODULES.resolve() and (content.CONTENT / folder.name / f"{stem}.yaml").is_file()


def _module(notebook: Mapping, stem: str, language: str) -> Module | None:
    """The module this notebook belongs to: its own, or the one whose exercises it shows."""
    shown = (
        mapping(output.get("data", {}).get(kind)).get("module")
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        for kind in (CARD, BOX)
    )
    name = stem or next((name for name in shown if name in content.names(language)), "")
    return content.load(name, language) if name else None


def _picture(kind: str, data: str | list[str], metadata: Mapping) -> str:
    """A picture output as an image of its own, so that its ids and styles cannot meet another one's."""
    text = "".join(data)
    encoded = b64encode(text.encode()).decode() if kind == "image/svg+xml" else "".join(text.split())
    alt = metadata.get(kind, {}).get("alt") or metadata.get("alt", "")
    return f'<figure><img src="data:{kind};base64,{encoded}" alt="{escape(alt)}"></figure>'
