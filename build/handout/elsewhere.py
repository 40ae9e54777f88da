"""Notebooks from elsewhere: all that can stand on paper does, and what cannot is named, on the page and in a warning.

The course's own notebooks are refused for what is only left out here.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from course.content import ContentError
from handout import mathematics, pictures, prose
from handout.cleaning import Cleaned, clean, printable
from handout.guard import Guard
from handout.outline import outlined
from handout.pictures import NoPicture, Picture
from handout.sheets import BOX, CARD, LEFT_OUT, Piece, Reader, mapping

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
_DOTS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
_SCREEN = re.compile(r"application/(?:vnd\.)?([\w-]+)")  # what a program on the screen would have drawn
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_LONGEST = 300  # signs of a name
# Reading takes time for each sign that may be mark-up, a second or two for as many as these.
_MARKS, MOST_MARKS = "[]|*_`<$\\~&\n", 30_000
MOST_TAGS = 100_000


class GuestGuard(Guard):
    """Reads a piece that may hold formulas."""

    formulas = True


@dataclass
class Guest(Reader):
    """Reads the cells of a notebook that is not the course's."""

    folder: Path | None = None
    states: Mapping = field(default_factory=dict)  # of the widgets, by their id
    _number: int = field(default=0, init=False)
    _attached: Mapping = field(default_factory=dict, init=False)
    _named: list[str] = field(default_factory=list, init=False)  # what drawings in this piece had to leave out

    def pieces(self, cells: Iterable[Mapping]) -> Iterator[Piece]:
        """The pieces of all cells this audience gets."""
        for self._number, cell in enumerate(cells, start=1):
            tags = set(cell.get("metadata", {}).get("tags") or ())
            if tags & LEFT_OUT[self.audience]:
                continue
            self._attached = cell.get("attachments") or {}
            for piece in self._cell(cell, "leader" in tags, "more" in tags):
                yield from self._fit(piece)

    def _fit(self, piece: Piece) -> Iterator[Piece]:
        """The piece; or, if the guard still finds a fault, what is said in its place."""
        faults = dict.fromkeys(fault.about for fault in GuestGuard().read(piece.html).faults)
        yield self._note("left_out", names=", ".join(faults)) if faults else piece

    def _cell(self, cell: Mapping, leader: bool, more: bool) -> Iterator[Piece]:
        source, kind = _joined(cell.get("source", "")), cell["cell_type"]
        if kind == "markdown":
            yield from self._markdown(source, "leader" if leader else "prose", more)
        elif kind == "raw":
            yield from self._raw(source, cell.get("metadata", {}), more)
        else:
            for output in cell.get("outputs", ()):
                yield from self._output(output, more)

    def _markdown(self, text: str, kind: str, more: bool) -> Iterator[Piece]:
        if sum(map(text.count, _MARKS)) > MOST_MARKS:
            yield self._note("dense")
            yield from self._plain(text, more)
            return
        yield from self._html(prose.from_elsewhere(printable(text), self._formula), kind, more)

    def _raw(self, text: str, metadata: Mapping, more: bool) -> Iterator[Piece]:
        """What its author has written for one kind of page; a page of HTML takes what is for it or for any."""
        kind = (metadata.get("raw_mimetype") or metadata.get("format") or "").lower()
        if kind == "text/html":
            yield from self._html(text, "prose", more)
        elif kind == "text/markdown":
            yield from self._markdown(text, "prose", more)
        elif kind in ("", "text/plain"):
            yield from self._plain(text, more)
        else:
            yield self._note("raw", name=kind)

    def _html(self, html: str, kind: str, more: bool) -> Iterator[Piece]:
        yield from self._told(self._cleaned(html), kind, more)

    def _told(self, cleaned: Cleaned, kind: str, more: bool) -> Iterator[Piece]:
        if cleaned.html:
            yield Piece(kind, cleaned.html, more)
        if cleaned.left_out:
            yield self._note("left_out", names=", ".join(cleaned.left_out))

    def _cleaned(self, html: str) -> Cleaned:
        if html.count("<") > MOST_TAGS:
            return Cleaned("", (self._say("vast"),))
        self._named = []
        cleaned = clean(html, self._image, self._drawing)
        return Cleaned(cleaned.html, tuple(dict.fromkeys((*cleaned.left_out, *self._named))))

    def _plain(self, text: str, more: bool) -> Iterator[Piece]:
        shown = _settled(text)
        if shown.strip():
            yield Piece("prose", f"<pre>{escape(shown, quote=False)}</pre>", more)

    def _output(self, output: Mapping, more: bool) -> Iterator[Piece]:
        kind = output.get("output_type")
        if kind == "error":
            yield self._note("error", name=_settled(f"{output.get('ename', '')}: {output.get('evalue', '')}"))
        elif kind == "stream" and output.get("name") == "stderr":
            self._warn(self._say("stderr"))
        elif kind == "stream":
            yield from self._plain(_joined(output.get("text", "")), more)
        else:
            yield from self._shown(output.get("data") or {}, output.get("metadata") or {}, more)

    def _shown(self, data: Mapping, metadata: Mapping, more: bool) -> Iterator[Piece]:
        if CARD in data or BOX in data:
            yield from self._ours(data, more)
            return
        cleaned = self._cleaned(_joined(data.get("text/html", "")))
        still = [] if cleaned.html else list(self._still(data, metadata, more))
        if cleaned.html or (cleaned.left_out and not still and not _on_screen(data)):
            yield from self._told(cleaned, "prose", more)
        elif still:
            yield from still
        elif names := _on_screen(data):
            yield self._note("screen", names=", ".join(names))
        elif "text/html" not in data:
            yield from self._plain(_joined(data.get("text/plain", "")), more)

    def _still(self, data: Mapping, metadata: Mapping, more: bool) -> Iterator[Piece]:
        """The best of what can be printed and is neither HTML nor plain text."""
        kind = next((kind for kind in ("image/svg+xml", *_DOTS) if kind in data), "")
        if "text/markdown" in data:
            yield from self._markdown(_joined(data["text/markdown"]), "prose", more)
        elif "text/latex" in data and "image/svg+xml" not in data:
            formula = self._formula(*mathematics.undressed(_joined(data["text/latex"])))
            yield Piece("prose", f"<p>{formula}</p>", more)
        elif kind:
            yield from self._figure(kind, _joined(data[kind]), {**metadata, **(metadata.get(kind) or {})}, more)
        elif WIDGET in data:
            yield self._note("widget", name=self._widget(data[WIDGET], _joined(data.get("text/plain", ""))))
        elif "application/json" in data:
            yield from self._plain(json.dumps(data["application/json"], ensure_ascii=False, indent=2), more)

    def _ours(self, data: Mapping, more: bool) -> Iterator[Piece]:
        """An exercise or a fixed text of the course that someone shows in a notebook of their own."""
        try:
            yield from (piece for piece in self._faces(data, more) if piece.html.strip())
        except (ContentError, KeyError, TypeError, AttributeError, StopIteration):
            yield self._note("widget", name=str(mapping(data.get(CARD)).get("id", "")))

    def _widget(self, view: object, plain: str) -> str:
        """What a widget is called: its kind and what stands beside it, as its state was stored."""
        state = mapping(self.states.get(str(mapping(view).get("model_id"))))
        kind = str(state.get("model_name") or plain.partition("(")[0] or "widget").removesuffix("Model")
        said = str(mapping(state.get("state")).get("description") or "")
        return f"{kind} «{said}»" if said else kind

    def _formula(self, latex: str, block: bool) -> str:
        formula = mathematics.mathml(printable(latex), block)
        if not formula:
            self._warn(self._say("formula", name=latex.strip()))
        return formula or f"<code>{escape(latex.strip(), quote=False)}</code>"

    def _figure(self, kind: str, text: str, metadata: Mapping, more: bool) -> Iterator[Piece]:
        name = self._say("figure")
        try:
            picture = pictures.stored(kind, text)
        except NoPicture as fault:
            yield self._note(f"picture.{fault}", name=name)
            return
        html = self._shown_picture(picture, str(metadata.get("alt") or ""), name, metadata.get("width"))
        yield from self._told(Cleaned(f"<figure>{html}</figure>", picture.left_out), "box", more)

    def _drawing(self, text: str) -> str:
        return self._inline(lambda: pictures.drawing(text), "", self._say("figure"), None)

    def _image(self, values: Mapping[str, str]) -> str:
        address = values.get("src", "").strip()
        name = self._say("figure") if address.startswith("data:") else address.removeprefix("attachment:")
        return self._inline(lambda: self._picture(address, name), values.get("alt", ""), name, values.get("width"))

    def _picture(self, address: str, name: str) -> Picture:
        if address.startswith("data:"):
            return pictures.in_address(address)
        if not address.startswith("attachment:"):
            return pictures.beside(address, self.folder)
        stored = self._attached.get(name) or self._attached.get(pictures.unquote(name)) or {}
        for kind, data in stored.items():
            return pictures.stored(kind, _joined(data))
        raise NoPicture("missing")

    def _inline(self, find, alt: str, name: str, width: object) -> str:
        """An image in the text; where there is none, why not."""
        try:
            return self._shown_picture(find(), alt, name, width)
        except NoPicture as fault:
            told = self._say(f"picture.{fault}", name=name)
            self._warn(told)
            return f'<span class="left-out">{escape(told)}</span>'

    def _shown_picture(self, picture: Picture, alt: str, name: str, width: object) -> str:
        """An image with its text; one without gets a name that is seen as well."""
        self._named += picture.left_out
        said = printable(alt).strip() or picture.title
        size = f' width="{width}"' if re.fullmatch(r"[1-9]\d{0,4}", str(width)) else ""
        if said:
            return f'<img src="{picture.address}" alt="{escape(said)}"{size}>'
        told = escape(self._say("unnamed", name=name, number=self._number))
        self._warn(self._say("describe", name=name))
        return f'<img src="{picture.address}" alt="{told}"{size}> <small class="unnamed">{told}</small>'

    def _say(self, key: str, **about: object) -> str:
        short = {name: _short(value) if isinstance(value, str) else value for name, value in about.items()}
        return self.words[f"handout.elsewhere.{key}"].format(**short)

    def _note(self, key: str, **about: object) -> Piece:
        """What stands where something was left out."""
        told = self._say(key, **about)
        self._warn(told)
        return Piece("prose", f'<p class="left-out">{escape(told)}</p>')

    def _warn(self, reason: str) -> None:
        told = self.words["handout.elsewhere.place"].format(file=self.name, number=self._number, reason=reason)
        if told not in self.problems:
            self.problems.append(told)


def guest(told: tuple, notebook: Mapping, metadata: Mapping) -> Guest:
    """The reader of this notebook; `told` is what every reader is told."""
    stored = (notebook["metadata"].get("widgets") or {}).get(STATE) or {}
    return Guest(*told, folder=Path(metadata.get("path") or "."), states=stored.get("state") or {})


def read(reader: Guest, notebook: Mapping, title: str, warn: Callable[[str], None]) -> tuple[tuple[Piece, ...], str]:
    """The pieces of the notebook and the title of its page; warnings about what is not among them."""
    pieces = tuple(reader.pieces(notebook["cells"]))
    for problem in reader.problems:
        warn(problem)
    return outlined(pieces, title)


def _joined(text: object) -> str:
    return text if isinstance(text, str) else "".join(map(str, text)) if isinstance(text, list) else str(text)


def _settled(text: str) -> str:
    """Text as a terminal shows it in the end: without colours, and of a line written over again only the last."""
    lines = _ESCAPES.sub("", text.replace("\r\n", "\n")).split("\n")
    return printable("\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines))


def _on_screen(data: Mapping) -> list[str]:
    """What would have been drawn by a program: the names of these programs."""
    found = (_SCREEN.match(kind) for kind in data if kind != "application/json")
    return list(dict.fromkeys(kind[1] for kind in found if kind))


def _short(text: str) -> str:
    text = " ".join(printable(text).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
