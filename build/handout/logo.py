"""A clinic's logo: a small picture beside its file, looked at from the first byte to the last before it is printed.

It stands in the page's own style as a picture in a picture, where nothing runs and nothing is fetched, whatever it is.
"""

import re
import stat
import struct
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from course import clinic

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 20_000  # bytes: it comes in addition to the size of every page
WIDEST = 2000  # pixels: more is of no use, and a few bytes can say any number
HEIGHT, WIDTH = 34, 170  # CSS pixels on the page: 9 mm high, and at most 45 mm wide
PLAIN = " /:=;,+'"  # signs of a drawing that an address in a style can have as they are
_SVG = "{http://www.w3.org/2000/svg}"
_PROLOGUE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml\s[^<>?]*\?>\s*)?")
_LENGTH = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,9})?)(?:px|mm|cm|pt|in)?")
_TWICE = frozenset(["use", "symbol", "pattern", "marker"])
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the marks in a JPEG file that its size stands after


class Unfit(Exception):
    """Why a file cannot be the logo: the key of a letter, without «logo_»."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)


def style(file: Path, name: str) -> str:
    """The logo of this clinic file as a picture in a style; ContentError with a letter when it cannot be used."""
    try:
        data = _read(file.parent, name)
        kind, width, height = _kind(data, Path(name).suffix.lower())
    except Unfit as unfit:
        raise clinic.refused(file, f"logo_{unfit.key}", logo=name, **unfit.values) from unfit
    scale = min(HEIGHT / height, WIDTH / width)
    return picture(kind, data, round(width * scale, 1), round(height * scale, 1))


def _read(folder: Path, name: str) -> bytes:
    """The bytes of a plain file in the folder; nothing is opened that could lead out of it or never end."""
    here = folder
    try:
        for part in Path(name).parts:
            here = here / part
            if here.is_symlink():
                raise Unfit("link")
        told = here.lstat()
        if not stat.S_ISREG(told.st_mode):
            raise Unfit("file")
        if told.st_size > LARGEST:
            raise Unfit("large", kilobytes=-(-told.st_size // 1000), limit=LARGEST // 1000)
        return here.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise Unfit("missing") from fault
    except OSError as fault:
        raise Unfit("file") from fault


def _kind(data: bytes, ending: str) -> tuple[str, float, float]:
    """What sort of picture it is, and its width and height; it must be what its name says."""
    if ending == ".svg":
        return ("svg+xml", *_drawing(data))
    kind, size = ("png", _png(data)) if ending == ".png" else ("jpeg", _jpeg(data))
    if size is None or 0 in size:
        raise Unfit("kind")
    if max(size) > WIDEST:
        raise Unfit("pixels", width=size[0], height=size[1], limit=WIDEST)
    return (kind, *size)


def _png(data: bytes) -> tuple[int, int] | None:
    whole = data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) > 24
    return struct.unpack(">II", data[16:24]) if whole else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """The size in a JPEG file, found by going from mark to mark."""
    place = 2 if data[:3] == b"\xff\xd8\xff" else len(data)
    while place + 9 < len(data) and data[place] == 0xFF:
        mark, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if mark in _SIZED:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def _drawing(data: bytes) -> tuple[float, float]:
    """The width and height of an SVG in which every element and attribute is one of a drawing."""
    from xml.etree import ElementTree

    from handout.guard import SVG, Guard

    try:
        text = _PROLOGUE.sub(b"", data).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Unfit("broken") from fault
    faults = [fault for fault in Guard().read(text).faults if fault.key != "no_alt"]  # a name is ours to give
    if not text.lower().startswith("<svg") or faults:
        raise Unfit("active", about=faults[0].about if faults else "<…>")
    try:
        root = ElementTree.fromstring(text)  # no entities: the guard has refused every declaration
    except ElementTree.ParseError as fault:
        raise Unfit("broken") from fault
    if any(_name(element).lower() not in SVG for element in root.iter()) or root.tag != f"{_SVG}svg":
        raise Unfit("broken")
    if twice := _drawn_twice(root):
        raise Unfit("active", about=f"<{twice}>")
    return _size(root.get("viewBox", ""), root.get("width", ""), root.get("height", ""))


def _name(element: "Element") -> str:
    return element.tag.removeprefix(_SVG)


def _drawn_twice(root: "Element") -> str:
    """What could draw the same again and again, each time with more in it, until no page is ever finished."""
    for element in root.iter():
        name = _name(element)
        inner = element.iter() if name == "clipPath" else ()
        clipped = any("clip-path" in each.attrib or "clip" in each.get("style", "") for each in inner)
        if name.lower() in _TWICE or clipped or (name == "style" and "clip" in (element.text or "")):
            return name
    return ""


def _size(box: str, width: str, height: str) -> tuple[float, float]:
    sides = box.replace(",", " ").split()[2:] or [width.strip(), height.strip()]
    found = [_LENGTH.fullmatch(side) for side in sides]
    if len(found) != 2 or not all(found) or not all(float(each[1]) for each in found):
        raise Unfit("size")
    return float(found[0][1]), float(found[1][1])


def picture(kind: str, data: bytes, width: float, height: float) -> str:
    """The picture in a drawing of the size it is printed in, since a page's margin gives a picture none."""
    inner = f"data:image/{kind};base64,{b64encode(data).decode()}"
    size = f"width='{width}' height='{height}'"
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' {size}><image {size} href='{inner}'/></svg>"
    return 'url("data:image/svg+xml,' + quote(drawing, safe=PLAIN) + '")'
