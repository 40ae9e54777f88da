"""HTML from elsewhere, written anew with what paper needs, and a list of what was left out because it could run.

It makes no page safe: what comes out is held against the guard as everything else is. It makes it whole, so that the
guard has nothing to refuse: text stays, looks go, and what only works on a screen is named.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

from handout import nesting
from handout.guard import MATH, VOID, Parser

# Elements that mean the same on paper as another one.
_AS = {
    **dict.fromkeys(["details", "center", "article", "section", "main", "nav", "header", "footer", "aside"], "div"),
    **dict.fromkeys(["address", "form", "fieldset", "hgroup"], "div"),
    **dict.fromkeys(["summary", "legend"], "p"),
    **dict.fromkeys(["kbd", "samp", "tt"], "code"),
    "var": "i",
    "strike": "s",
    "mark": "strong",
}
_KEPT = nesting.PHRASING | nesting.HEADINGS | frozenset(["div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table"])
_KEPT |= frozenset(["caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "blockquote", "figure"])
_KEPT |= frozenset(["figcaption", "pre", "hr"])
# Left out with all that is in them, and named.
_OUT = frozenset(["script", "iframe", "object", "applet", "canvas", "video", "audio", "select", "textarea", "button"])
_OUT |= frozenset(["template", "frameset", "portal", "dialog", "marquee", "progress", "meter", "datalist"])
_OUT |= frozenset(["annotation-xml", "maction", "mglyph"])
_OUT_VOID = frozenset(["embed", "link", "base", "input", "frame", "source", "track", "area", "param", "meta"])
_QUIET = frozenset(["style", "title", "annotation", "noembed", "noframes"])  # looks, and what is said elsewhere
# What ends without being told to, by what begins next.
_ENDED_BY = {
    "li": ("li",),
    **dict.fromkeys(["dt", "dd"], ("dt", "dd")),
    **dict.fromkeys(["td", "th"], ("td", "th", "tr", "tbody", "tfoot")),
    "tr": ("tr", "tbody", "tfoot"),
    **dict.fromkeys(["thead", "tbody"], ("tbody", "tfoot")),
}
_HIDDEN = re.compile(r"(?:^|;)display:none")
_SIDE = re.compile(r"(?:^|;)text-align:(left|right|center)")
_CLASSES = {"left": "to-left", "right": "to-right", "center": "in-middle"}
_ROW = re.compile(r"<table>((?:(?!</tr>|</?table).)*</tr>)", re.S)
_CELL = re.compile(r"<t[hd](?:[^>]* colspan=\"(\d+)\")?")
_WIDE = 8  # columns, and more than that are hard to get on a sheet
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_EMPTY = frozenset(["p", "div", "span", "strong", "em", "b", "i", *nesting.HEADINGS])
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Cleaned:
    """What stands on the page, and the names of what does not."""

    html: str
    left_out: tuple[str, ...]


# From the attributes of an image to what stands for it; from the text of a drawing to the same.
Pictures = Callable[[Mapping[str, str]], str]
Drawings = Callable[[str], str]


def clean(html: str, picture: Pictures, drawing: Drawings) -> Cleaned:
    """The same content in sound HTML."""
    cleaner = _Cleaner(picture, drawing)
    end = html.rfind(">") + 1  # after it nothing can be mark-up; the parser would look for its end again and again
    cleaner.feed(html[:end])
    cleaner.close()
    cleaner.handle_data(unescape(html[end:]))
    return cleaner.finish()


def printable(text: str) -> str:
    """The text without signs that no page may hold."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Cleaner(Parser):
    def __init__(self, picture: Pictures, drawing: Drawings) -> None:
        super().__init__(convert_charrefs=True)
        self._picture, self._draw = picture, drawing
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._begun: list[int] = []  # the pieces that they begin with
        self._names: dict[str, None] = {}  # in the order they were met
        self._out: list[str] = []  # what is being left out: the element, and those that are open in it
        self._drawing: list[str] = []  # the text of a drawing that is being read
        self._parts: list[str] = []  # and the elements open in it, written as their author did
        self._link: tuple[str, int] | None = None

    def finish(self) -> Cleaned:
        """What came of it all."""
        if self._drawing:
            self._end_drawing()
        self._close_to(0)
        return Cleaned(_ROW.sub(_sized, "".join(self._pieces)).strip(), tuple(self._names))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attributes)}  # of two, a browser takes the first
        while self._out and tag in _ENDED_BY.get(self._out[-1], ()):
            self._out.pop()
        if self._out:
            self._out += [tag] * (tag not in VOID | _OUT_VOID)
        elif self._drawing or (tag == "svg" and "math" not in self._open):
            self._draw_on(tag)
        else:
            self._name_active(values)
            self._begin(_AS.get(tag, tag), tag, values)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag in MATH and not self._drawing:  # elsewhere a browser reads <div/> as an open <div>
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._out:
            self._end_left_out(tag)
        elif self._drawing:
            self._draw_off(tag)
        elif tag == "a":
            self._end_link()
        elif (kept := nesting.ending(_AS.get(tag, tag), self._open)) is not None:
            self._close_to(kept)

    def handle_data(self, data: str) -> None:
        if self._drawing:
            self._drawing.append(escape(data))
        elif not self._out:
            self._text(printable(data))

    def _end_left_out(self, tag: str) -> None:
        while self._out and tag in self._out:
            if self._out.pop() == tag:
                return
        if self._out[0] in _ENDED_BY and tag in self._open:  # what it stands in ends, and so does it
            self._out.clear()
            self.handle_endtag(tag)

    def _begin(self, tag: str, written: str, values: Mapping[str, str]) -> None:
        if written in _OUT or written in _OUT_VOID:
            self._leave_out(written, values)
        elif written in _QUIET or _is_hidden(values):
            self._out = [] if tag in VOID else [written]
        elif tag == "a":
            self._link = (values.get("href", "").strip(), len(self._pieces))
        elif "math" in self._open or tag in MATH:
            self._formula(tag, values)
        elif tag == "img":
            self._put("", self._picture(values))
        elif tag in _KEPT and len(self._open) < nesting.DEEPEST:
            self._element(tag, values)

    def _leave_out(self, tag: str, values: Mapping[str, str]) -> None:
        if tag != "meta" or "http-equiv" in values:  # the others only say what a page is
            self._name(f"<{tag}>{_source(values)}")
        self._out = [] if tag in _OUT_VOID else [tag]

    def _name(self, name: str) -> None:
        self._names[name if len(name) <= 80 else f"{name[:79]}…"] = None

    def _name_active(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            scheme = re.sub(r"[\0- ]", "", value).partition(":")[0].lower()
            if name.startswith("on"):
                self._name(name)
            elif name in ("href", "src", "action", "formaction") and scheme in ("javascript", "vbscript"):
                self._name(f"{scheme}:")

    def _formula(self, tag: str, values: Mapping[str, str]) -> None:
        if tag not in MATH:
            if tag != "semantics":  # what stands in it is the formula
                self._name(f"<{tag}>")
        elif (tag == "math" or "math" in self._open) and len(self._open) < 10 * nesting.DEEPEST:
            kept = {name: value for name, value in values.items() if name in MATH[tag]}
            self._put(tag, _written(tag, kept))

    def _element(self, tag: str, values: Mapping[str, str]) -> None:
        self._put(tag, _written(tag, _kept(tag, values)))

    def _put(self, tag: str, html: str) -> None:
        """Write an element where it may stand, or a piece of text; leave it where none is."""
        place = nesting.place(tag, self._open)
        if place is None:
            return
        self._close_to(place[0])
        for between in place[1]:
            self._start(between, f"<{between}>")
        if tag and tag not in VOID:
            self._start(tag, html)
        else:
            self._pieces.append(html)

    def _start(self, tag: str, html: str) -> None:
        self._begun.append(len(self._pieces))
        self._open.append(tag)
        self._pieces.append(html)

    def _text(self, text: str) -> None:
        if not text.isspace():
            self._put("", escape(text, quote=False))
        elif not nesting.place("", self._open)[1]:  # blanks between the rows of a table are nothing
            self._pieces.append(text)

    def _close_to(self, kept: int) -> None:
        while len(self._open) > kept:
            self._close()

    def _close(self) -> None:
        """End the innermost element; one that holds nothing was never there."""
        tag, begun = self._open.pop(), self._begun.pop()
        last = len(self._pieces) - 1
        while last > begun and self._pieces[last].isspace():
            last -= 1
        if tag in _EMPTY and last == begun:
            del self._pieces[begun]
        elif tag == "th" and last == begun:  # the corner of a table is no heading
            opening = self._pieces[begun].replace("<th", "<td", 1)
            self._pieces[begun:] = [re.sub(r' scope="\w+"', "", opening, count=1), "</td>"]
        else:
            self._pieces.append(f"</{tag}>")

    def _end_link(self) -> None:
        """A sheet of paper cannot be clicked, so the address is printed after the text."""
        address, begun = self._link or ("", 0)
        self._link = None
        told = address.split("://", 1)[1].rstrip("/") if address.startswith(("http://", "https://")) else ""
        told = address.removeprefix("mailto:") if address.startswith("mailto:") else told
        if told and escape(told, quote=False) not in "".join(self._pieces[begun:]):
            self._text(f" ({printable(told)})")

    def _draw_on(self, tag: str) -> None:
        text = self.get_starttag_text() or f"<{tag}>"
        self._drawing.append(text)
        if not text.endswith("/>"):
            self._parts.append(re.match(r"<([^\s/>]*)", text)[1])
        elif not self._parts:
            self._end_drawing()

    def _draw_off(self, tag: str) -> None:
        if self._parts and self._parts[-1].lower() == tag:
            self._drawing.append(f"</{self._parts.pop()}>")
        if not self._parts:
            self._end_drawing()

    def _end_drawing(self) -> None:
        text, self._drawing, self._parts = "".join(self._drawing), [], []
        self._put("", self._draw(text))


def _source(values: Mapping[str, str]) -> str:
    """Where something would have been fetched from, as one more word of its name."""
    for name in ("src", "data", "href"):
        with suppress(ValueError):  # an address that is none
            source = urlsplit(values.get(name, ""))
            if source.netloc:
                return f" ({source.netloc}{source.path})"
    return ""


def _is_hidden(values: Mapping[str, str]) -> bool:
    """Whether its author hides it: many outputs bring a face for pages with scripts and one for pages without."""
    return "hidden" in values or bool(_HIDDEN.search(_style(values)))


def _style(values: Mapping[str, str]) -> str:
    return re.sub(r"\s", "", values.get("style", "")).lower()


def _kept(tag: str, values: Mapping[str, str]) -> dict[str, str]:
    """The attributes that mean something on paper."""
    wanted = {"ol": ("start",), "li": ("value",), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
    kept = {name: values[name] for name in wanted.get(tag, ()) if _NUMBER.fullmatch(values.get(name, ""))}
    if tag == "th" and values.get("scope") in ("col", "row"):
        kept["scope"] = values["scope"]
    side = _SIDE.search(_style(values))
    found = _CLASSES.get(side[1] if side else values.get("align", "").lower())
    if found and tag in ("td", "th", "tr", "p", "div"):
        kept["class"] = found
    if tag == "abbr" and values.get("title"):
        kept["title"] = printable(values["title"])
    return kept


def _sized(row: re.Match) -> str:
    """The beginning of a table with its first row, which tells how wide it is."""
    columns = sum(int(span or 1) for span in _CELL.findall(row[1]))
    return f'<table class="wide">{row[1]}' if columns > _WIDE else row[0]


def _written(tag: str, values: Mapping[str, str]) -> str:
    told = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
    return f"<{tag}{told}>"
