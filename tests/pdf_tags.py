"""What a screen reader meets in a tagged PDF: its structure, the text in the order of the structure, and its fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, PdfObject

_CODE = r"<([0-9a-fA-F]+)>\s*"
_ENTRIES = {"bfchar": re.compile(_CODE * 2), "bfrange": re.compile(_CODE * 3)}
_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.S)

MARGIN = -1  # what stands in the margins is marked as no part of the text


@dataclass(frozen=True)
class Tag:
    """An element of the structure: what it is, its alternative text, and the text that stands right in it."""

    kind: str  # "" for text
    alt: str = ""
    text: str = ""
    scope: str = ""


class Tagged:
    """A PDF and its structure."""

    def __init__(self, pdf: Path | BytesIO) -> None:
        self.reader = PdfReader(pdf)
        self.catalog = self.reader.trailer["/Root"]
        self._texts: dict[int, dict[int | None, str]] = {}

    def tags(self) -> Iterator[Tag]:
        """Every element, in the order it is read."""
        yield from self._below(self.catalog["/StructTreeRoot"], None)

    def fonts(self) -> Iterator[DictionaryObject]:
        """The descriptor of every font on every page."""
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                whole = font.get_object()
                yield whole.get("/DescendantFonts", [whole])[0].get_object()["/FontDescriptor"]

    def unmarked(self) -> str:
        """Text that belongs neither to the structure nor to the margins, so that a screen reader may lose it."""
        return "".join(self._text(page, None) for page in self.reader.pages)

    def _below(self, element: DictionaryObject, page: PdfObject | None) -> Iterator[Tag]:
        page = element.get("/Pg", page)
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        for kid in map(PdfObject.get_object, kids):
            if isinstance(kid, int):
                yield Tag("", text=self._text(page, kid))
            elif "/MCID" in kid:
                yield Tag("", text=self._text(kid.get("/Pg", page), kid["/MCID"]))
            elif "/S" in kid:
                yield Tag(kid["/S"], str(kid.get("/Alt", "")), scope=kid.get("/A", {}).get("/Scope", ""))
                if kid["/S"] != "/Figure":  # its alternative text is read instead
                    yield from self._below(kid, page)

    def _text(self, page: PdfObject, mark: int | None) -> str:
        number = page.indirect_reference.idnum
        if number not in self._texts:
            self._texts[number] = _marked(page, self.reader)
        return self._texts[number].get(mark, "")


def _marked(page: DictionaryObject, reader: PdfReader) -> dict[int | None, str]:
    """The text of a page by the number it is marked with; None for text with no mark at all."""
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    found: dict[int | None, str] = {}
    open_marks: list[int] = []
    letters: dict[int, str] = {}
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            open_marks.append(properties.get("/MCID", MARGIN) if isinstance(properties, dict) else MARGIN)
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            mark = open_marks[-1] if open_marks else None
            pieces = operands[0] if operator == b"TJ" else operands
            found[mark] = found.get(mark, "") + "".join(_read(piece, letters) for piece in pieces)
    return found


def _read(piece: PdfObject, letters: dict[int, str]) -> str:
    if not hasattr(piece, "original_bytes"):
        return ""
    data = piece.original_bytes
    return "".join(letters.get(data[at] << 8 | data[at + 1], "") for at in range(0, len(data), 2))


def _letters(font: DictionaryObject) -> dict[int, str]:
    """What each glyph of a font means."""
    letters: dict[int, str] = {}
    for kind, body in _SECTION.findall(font["/ToUnicode"].get_data().decode("latin-1")):
        for first, *last, meaning in _ENTRIES[kind].findall(body):
            for glyph in range(int(first, 16), int(last[0] if last else first, 16) + 1):
                text = bytes.fromhex(meaning).decode("utf-16-be")
                letters[glyph] = chr(ord(text) + glyph - int(first, 16)) if last else text
    return letters
