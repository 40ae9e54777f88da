"""Pictures of a notebook from elsewhere, as images that hold all of themselves: nothing is fetched, nothing runs."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from handout.guard import DRAWING, EVERYWHERE, SVG, harmless_style

LARGEST = 3_000_000  # bytes of a file beside the notebook
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OTHERS = ("GIF", "WEBP", "BMP", "TIFF")  # a page may hold none of these
_SPACE = "http://www.w3.org/2000/svg"
_DRAWN = SVG | {"image", "style"}  # an image is a page of its own, so its style stays in it
_AS = {"a": "g", "switch": "g"}
_ABOUT = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.S)
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*encoding=["']([\w.-]+)""")
_ACTIVE = frozenset(["script", "foreignobject", "animate", "set", "animatetransform", "animatemotion", "iframe"])


class NoPicture(Exception):
    """Why there is no picture: the end of a key of the words."""


@dataclass(frozen=True)
class Picture:
    """An image that can stand in a page, what it calls itself, and what in it was left out."""

    address: str
    title: str = ""
    left_out: tuple[str, ...] = ()


def beside(address: str, folder: Path | None) -> Picture:
    """A file in the notebook's folder or below it."""
    name = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if re.match(r"[\w+.-]{2,}:|[\\/]{2}", name):  # the other half is a machine of its own in Windows
        raise NoPicture("web")
    raw = _file(name, folder)
    return drawing(_text(raw)) if name.lower().endswith(".svg") else image(raw)


def _file(name: str, folder: Path | None) -> bytes:
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise NoPicture("missing")
        if path.stat().st_size > LARGEST:
            raise NoPicture("large")
        return path.read_bytes()
    except (OSError, ValueError, TypeError) as fault:  # a name that is none, or a notebook without a folder
        raise NoPicture("missing") from fault


def stored(kind: str, data: str) -> Picture:
    """A picture as a notebook stores it: drawings as text, others in Base64."""
    if kind == "image/svg+xml" and "<" in data:
        return drawing(data)
    try:
        raw = b64decode("".join(data.split()), validate=True)
    except ValueError as fault:
        raise NoPicture("unreadable") from fault
    return drawing(_text(raw)) if kind == "image/svg+xml" else image(raw)


def _text(raw: bytes) -> str:
    """A drawing in the letters that it says it is written in."""
    told = _ENCODING.match(raw)
    try:
        return raw.decode(told[1].decode() if told else "utf-8-sig")
    except (LookupError, UnicodeDecodeError) as fault:
        raise NoPicture("unreadable") from fault


def in_address(address: str) -> Picture:
    """A picture that is held by its own address."""
    found = re.fullmatch(r"data:(image/[\w+.-]+)(?:;[\w=-]+)*?(?:;base64)?,(.*)", address, re.S)
    if not found:
        raise NoPicture("unreadable")
    return stored(found[1], unquote(found[2]))


def image(raw: bytes) -> Picture:
    """A picture made of dots."""
    for beginning, kind in _BEGINNINGS.items():
        if raw.startswith(beginning):
            return _held(kind, raw)
    try:
        from PIL import Image  # comes with matplotlib, and is seldom needed

        made = BytesIO()
        Image.open(BytesIO(raw), formats=_OTHERS).convert("RGBA").save(made, "PNG")
    except Exception as fault:  # whatever is wrong with it, it is not shown
        raise NoPicture("unreadable") from fault
    return _held("image/png", made.getvalue())


def drawing(text: str) -> Picture:
    """A drawing with the elements and attributes that a drawing needs, and no others."""
    text = _ABOUT.sub("", text, count=1)
    try:
        if re.search(r"<!(?:ENTITY|DOCTYPE)", text):
            raise NoPicture("unreadable")
        root = ElementTree.fromstring(_spaced(text))
        left_out: dict[str, None] = {}
        title = _title(root)
        drawn = _redrawn(root, left_out)
        if drawn is None:
            raise NoPicture("unreadable")
        _drop_towers(drawn, left_out)
        drawn.set("xmlns", _SPACE)
        held = _held("image/svg+xml", ElementTree.tostring(drawn))
    except (ElementTree.ParseError, RecursionError, ValueError) as fault:
        raise NoPicture("unreadable") from fault
    return Picture(held.address, title, tuple(left_out))


def _held(kind: str, raw: bytes) -> Picture:
    return Picture(f"data:{kind};base64,{b64encode(raw).decode()}")


def _spaced(text: str) -> str:
    """The drawing with the name spaces that a page of HTML lets it do without."""
    start = text[: text.find(">")]
    spaces = {"xmlns": _SPACE, "xmlns:xlink": "http://www.w3.org/1999/xlink"}
    missing = "".join(f' {name}="{space}"' for name, space in spaces.items() if f"{name}=" not in start)
    return re.sub(r"<svg\b", f"<svg{missing}", text, count=1)


def _title(root: ElementTree.Element) -> str:
    told = root.get("aria-label") or root.findtext(f"{{{_SPACE}}}title") or ""
    return " ".join(told.split())


def _redrawn(element: ElementTree.Element, left_out: dict[str, None]) -> ElementTree.Element | None:
    """The same element; None when it is no part of a drawing."""
    space, _, name = str(element.tag).rpartition("}")
    name = _AS.get(name, name)
    if space != f"{{{_SPACE}" or name.lower() not in _DRAWN or not harmless_style(_style(name, element)):
        if name.lower() in _ACTIVE | {"style"} or (space == f"{{{_SPACE}" and _says(name, element)):
            left_out[f"<{name}>"] = None
        return None
    drawn = ElementTree.Element(name, dict(_attributes(name, element, left_out)))
    drawn.text, drawn.tail = element.text, element.tail
    # A list: given a generator, ElementTree hides that the drawing is too deep.
    drawn.extend([part for child in element if (part := _redrawn(child, left_out)) is not None])
    return drawn


def _drop_towers(drawing: ElementTree.Element, left_out: dict[str, None]) -> None:
    """Leave out what draws something that draws again: ten in each of ten storeys would never be finished."""
    named = {element.get("id"): element for element in drawing.iter()}
    for parent in list(drawing.iter()):
        for child in parent.findall("use"):
            target = named.get(child.get("href", "").removeprefix("#"))
            if target is not None and (target is child or target.find(".//use") is not None):
                parent.remove(child)
                left_out["<use>"] = None


def _says(name: str, element: ElementTree.Element) -> bool:
    return name != "metadata" and bool("".join(element.itertext()).strip())


def _style(name: str, element: ElementTree.Element) -> str:
    return "".join(element.itertext()) if name == "style" else ""


def _attributes(name: str, element: ElementTree.Element, left_out: dict[str, None]):
    """What it says of itself, as far as that is how it looks."""
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2]
        if local.lower().startswith("on"):
            left_out[local.lower()] = None
        elif local == "href":
            held = name == "image" and value.startswith(tuple(f"data:{kind};base64," for kind in _BEGINNINGS.values()))
            if held or value.startswith("#"):
                yield local, value
            elif name != "g":
                left_out[f"<{name}>"] = None
        elif local.lower() in DRAWING | EVERYWHERE and harmless_style(value):
            yield local, value
