"""Nothing active reaches a page: every piece of HTML is parsed and held against a list of what paper needs.

It refuses, it does not clean. A parser and not a pattern, because harmless escaped text may say «onclick=».
Browsers and `html.parser` disagree about odd mark-up, so comments, declarations, loose «<» and unclosed elements are
refused as well: what is left reads the same everywhere.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

VOID = frozenset(["br", "hr", "img", "col", "meta", "input"])
HTML = frozenset(
    [
        "div",
        "p",
        "span",
        "section",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "b",
        "i",
        "s",
        "del",
        "small",
        "sub",
        "sup",
        "br",
        "hr",
        "blockquote",
        "figure",
        "figcaption",
        "img",
        "pre",
        "code",
        "a",
        "abbr",
        "dfn",
        "cite",
        "q",
        "header",
    ]
)
# Of a drawing in the page. It has no style element: its rules would be for the whole page.
SVG = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "use",
        "clippath",
        "marker",
        "pattern",
        "lineargradient",
        "radialgradient",
        "stop",
        "symbol",
    ]
)
EVERYWHERE = frozenset(
    ["class", "id", "lang", "role", "title", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"]
)
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "img": frozenset(["src", "alt", "width", "height"]),
    "ol": frozenset(["start", "type", "reversed"]),
    "li": frozenset({"value"}),
    "th": frozenset(["scope", "colspan", "rowspan"]),
    "td": frozenset(["colspan", "rowspan"]),
    "col": frozenset({"span"}),
}
DRAWING = frozenset(
    [
        "xmlns",
        "xmlns:xlink",
        "version",
        "viewbox",
        "preserveaspectratio",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "dx",
        "dy",
        "d",
        "points",
        "transform",
        "style",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "opacity",
        "color",
        "display",
        "visibility",
        "clip-path",
        "clip-rule",
        "clippathunits",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "text-anchor",
        "dominant-baseline",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientunits",
        "gradienttransform",
        "spreadmethod",
        "fx",
        "fy",
        "patternunits",
        "patterntransform",
        "markerwidth",
        "markerheight",
        "markerunits",
        "refx",
        "refy",
        "orient",
        "marker-start",
        "marker-mid",
        "marker-end",
        "href",
        "xlink:href",
        "type",
        "focusable",
        "overflow",
    ]
)
# Formulas: what the converter in `handout.mathematics` gives and browsers draw. No links, actions or annotations.
MATH = {
    **dict.fromkeys(["mrow", "mn", "mtext", "msqrt", "mroot", "mtr", "mphantom"], frozenset[str]()),
    **dict.fromkeys(["msub", "msup", "msubsup"], frozenset[str]()),
    **dict.fromkeys(["munder", "mover", "munderover"], frozenset(["accent", "accentunder"])),
    "math": frozenset({"display"}),
    "mi": frozenset({"mathvariant"}),
    "mo": frozenset(
        [
            "stretchy",
            "fence",
            "form",
            "minsize",
            "maxsize",
            "largeop",
            "movablelimits",
            "lspace",
            "rspace",
            "separator",
            "accent",
        ]
    ),
    "mfrac": frozenset({"linethickness"}),
    "mspace": frozenset(["width", "height", "depth"]),
    "mpadded": frozenset(["width", "height", "depth", "lspace", "voffset"]),
    "mstyle": frozenset(["displaystyle", "scriptlevel"]),
    "mtable": frozenset({"displaystyle"}),
    "mtd": frozenset({"class"}),
}
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/svg+xml;base64,")


# Mark-up that can be read in one way only, with every value in quotation marks. Almost all is; `html.parser` reads the
# rest, and takes four times as long.
_PLAIN = re.compile(
    r"""([^<]+)|<([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z][a-zA-Z:-]*="[^"<>]*")*)( ?/)?>|</([a-zA-Z][a-zA-Z0-9]*)>"""
)
_ATTRIBUTE = re.compile(r' ([a-zA-Z:-]+)="([^"]*)"')


@dataclass(frozen=True)
class Fault:
    """What is wrong: a key of the words (without «handout.») and what it is about."""

    key: str
    about: str = ""


@dataclass
class _Drawing:
    """An inline picture that is being read, and whether it has said what it shows."""

    hidden: bool
    named: bool
    depth: int


class Parser(HTMLParser):
    """Python's parser, which would give up at a «<![» that it does not know; a browser reads on behind the next «>»."""

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Where the section ends."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i, report)


class Guard(Parser):
    """Reads one piece of HTML and collects its faults, its headings and its ids."""

    tags = HTML  # outside drawings and formulas
    formulas = False  # the course's own notebooks have none

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.faults: list[Fault] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._drawing: _Drawing | None = None
        self._formula = 0  # how deep it stands, while a formula is being read

    def read(self, html: str) -> "Guard":
        """Read all of it; what is still open at the end is a fault too."""
        pieces = list(_PLAIN.finditer(html))
        if sum(piece.end() - piece.start() for piece in pieces) == len(html):
            for piece in pieces:
                self._take(*piece.groups())
        else:
            self.feed(html)
            self.close()
        self.faults += [Fault("unclosed", f"<{tag}>") for tag in self._open]
        return self

    def _take(self, text: str | None, tag: str | None, told: str, closed: str | None, ended: str | None) -> None:
        """One piece of plain mark-up: a text, the beginning of an element or its end."""
        if text is not None:
            self.handle_data(text)
        elif ended:
            self.handle_endtag(ended.lower())
        else:
            attributes = [(name.lower(), unescape(value)) for name, value in _ATTRIBUTE.findall(told)]
            (self.handle_startendtag if closed else self.handle_starttag)(tag.lower(), attributes)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._enter(tag, attributes)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._enter(tag, attributes)
        if tag not in VOID and not self._drawing:  # a browser reads <div/> as an open <div>
            self.faults.append(Fault("unclosed", f"<{tag}/>"))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(Fault("unclosed", f"</{tag}>"))
            return
        self._open.pop()
        if self._drawing and len(self._open) < self._drawing.depth:
            if not (self._drawing.hidden or self._drawing.named):
                self.faults.append(Fault("no_alt"))
            self._drawing = None
        if len(self._open) < self._formula:
            self._formula = 0

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self.faults.append(Fault("active", "<"))
        if self._drawing and self._open[-1:] == ["title"] and data.strip():
            self._drawing.named = True

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.faults.append(Fault("active", "<!-- -->"))

    def handle_decl(self, declaration: str) -> None:
        self.faults.append(Fault("active", f"<!{declaration[:20]}>"))

    unknown_decl = handle_decl

    def handle_pi(self, data: str) -> None:
        self.faults.append(Fault("active", f"<?{data[:20]}>"))

    def _enter(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if not attributes and tag in self.tags and tag != "img" and not self._drawing and not self._formula:
            return  # most elements are bare ones
        values = {name: value or "" for name, value in attributes}
        if tag == "math" and self.formulas and not self._drawing and not self._formula:
            self._formula = len(self._open) + 1
        if tag == "svg" and not self._drawing and not self._formula:
            named = bool(values.get("aria-label", "").strip())
            self._drawing = _Drawing(values.get("aria-hidden") == "true", named, len(self._open) + 1)
        if tag not in (SVG if self._drawing else MATH if self._formula else self.tags):
            self.faults.append(Fault("active", f"<{tag}>"))
        doubled = len(values) < len(attributes)  # a browser takes the first of two, and we would look at the last
        self.faults += [
            Fault("active", f"<{tag} {name}>")
            for name, value in values.items()
            if doubled or not self._may(tag, name, value)
        ]
        if tag == "img" and not values.get("alt", "").strip():
            self.faults.append(Fault("no_alt"))
        if "id" in values:
            self.ids.append(values["id"])

    def _may(self, tag: str, name: str, value: str) -> bool:
        if name in EVERYWHERE:
            return True
        if name not in (DRAWING if self._drawing else (MATH if self._formula else ATTRIBUTES).get(tag, ())):
            return False
        if name in ("href", "xlink:href"):
            return value.startswith("#") or (tag == "a" and value.startswith("tel:"))
        if name == "src":
            return value.startswith(PICTURES)
        return harmless_style(value) if self._drawing else True


def harmless_style(value: str) -> bool:
    """Whether a style or a drawing attribute points at nothing but its own page."""
    plain = re.sub("""\\(["']#""", "(#", value.lower().replace(" ", ""))
    if "\\" in plain or "@" in plain or "expression(" in plain or "/*" in plain:
        return False
    return plain.count("url(") == plain.count("url(#") and "image-set(" not in plain and "src(" not in plain


@dataclass
class Outline:
    """Headings and ids of a whole page, gathered piece by piece."""

    level: int = 0
    ids: set[str] = field(default_factory=set)

    def add(self, guard: Guard) -> list[Fault]:
        """What this piece breaks: the order of headings, a second h1, an id that is already taken."""
        faults = []
        for level in guard.headings:
            if level > self.level + 1 or (level == 1 and self.level):
                faults.append(Fault("heading", f"h{level}"))
            self.level = level
        for identifier in guard.ids:
            if identifier in self.ids:
                faults.append(Fault("twice", identifier))
            self.ids.add(identifier)
        return faults
