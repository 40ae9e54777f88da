"""Makes matplotlib's SVG fit to stand in a page: small, the same bytes every time, and without rules that leak out."""

import hashlib
import re
from xml.etree import ElementTree

from widgets.svg_paths import shortened

_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_SIZE = re.compile(r"([\d.]+)px")
_REFERENCE = re.compile(r"#([\w-]+)")
_ROUNDED = frozenset({"d", "transform", "x", "y", "width", "height", "points", "font-size", "stroke-dasharray"})
_LEFT_OUT = frozenset({"metadata", "style"})  # a style element here would apply to the whole page
# matplotlib's own style element said this for every element; as attributes of the root it is inherited.
_ROOT = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
_IDLE = {("text-anchor", "start"), ("stroke-dashoffset", "0")}


def tidy(markup: str) -> str:
    """The same picture as one `<svg>` element without prolog, metadata, style rules or unused ids."""
    root = ElementTree.fromstring(markup)
    _plain(root)
    _unwrap(root)
    _keep_used_ids(root)
    box = root.get("viewBox", "0 0 0 0").split()
    root.attrib = {"viewBox": " ".join(box), "width": box[2], "height": box[3], **_ROOT}
    text = ElementTree.tostring(root, encoding="unicode")
    return _own_ids(re.sub(r">\s+<", "><", text).replace(" />", "/>"))


def rounded(text: str) -> str:
    """The same text with every decimal number cut to one decimal."""
    return _NUMBER.sub(lambda found: _short(float(found[0])), text)


def _short(number: float) -> str:
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")  # adding nothing turns -0.0 into 0.0


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _plain(element: ElementTree.Element) -> None:
    """Names without namespaces, styles as attributes, rounded numbers."""
    element.tag = _local(element.tag)
    attributes = {_local(name): value for name, value in element.attrib.items()}
    attributes.update(_attributes(attributes.pop("style", "")))
    for name in _ROUNDED & attributes.keys():
        attributes[name] = " ".join(rounded(attributes[name]).split())
    if "d" in attributes:
        attributes["d"] = shortened(attributes["d"])
    element.attrib = {name: value for name, value in attributes.items() if not _idle(name, value)}
    for child in list(element):
        if _local(child.tag) in _LEFT_OUT:
            element.remove(child)
        else:
            _plain(child)


def _idle(name: str, value: str) -> bool:
    """Whether an attribute says only what holds without it."""
    return value.startswith("rotate(-0 ") or value.startswith("rotate(0 ") or (name, value) in _IDLE


def _attributes(style: str) -> dict[str, str]:
    """A style attribute as presentation attributes; the font family is left to the page."""
    found = {}
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            found.update(_font(value))
        elif name != "font-family":
            found[name] = value.removesuffix("px") if name == "font-size" else value
    return found


def _font(value: str) -> dict[str, str]:
    """The size, weight and slant of a CSS font shorthand."""
    before = value.partition("px")[0].split()
    found = {"font-size": _SIZE.search(value)[1]}
    if {"bold", "700"} & set(before):
        found["font-weight"] = "bold"
    if "italic" in before:
        found["font-style"] = "italic"
    return found


def _unwrap(element: ElementTree.Element) -> None:
    """Groups that say nothing give place to their children, and empty ones go away."""
    children = []
    for child in element:
        _unwrap(child)
        says_nothing = child.tag == "g" and not set(child.attrib) - {"id"}
        if child.tag in ("g", "defs") and not len(child):
            continue
        children.extend(child if says_nothing else [child])
    for child in children:
        child.tail = None
    element[:] = children
    if element.tag not in ("text", "tspan"):
        element.text = None


def _keep_used_ids(root: ElementTree.Element) -> None:
    """Ids that something points at, with short names; the others go."""
    short: dict[str, str] = {}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "href" or "url(" in value:  # elsewhere a # begins a colour
                element.attrib[name] = _REFERENCE.sub(lambda found: f"#{_short_id(short, found[1])}", value)
    for element in root.iter():
        identifier = element.attrib.pop("id", None)
        if identifier in short:
            element.set("id", short[identifier])


def _short_id(short: dict[str, str], name: str) -> str:
    return short.setdefault(name, str(len(short)))


def _own_ids(text: str) -> str:
    """Ids that belong to this picture alone, so that several can stand on one page."""
    mark = digest(text)
    text = re.sub(r'\bid="', f'id="{mark}-', text)
    return re.sub(r'(href="|url\()#', rf"\1#{mark}-", text)


def digest(text: str) -> str:
    """A short name for a text, the same every time."""
    return f"f{hashlib.sha256(text.encode()).hexdigest()[:8]}"
