"""The last look at a page: the whole of it, as it will be written, is held against what a page may be made of.

Every piece was looked at before. This is for what a template, a style or something nobody thought of could let in.
"""

import re

from handout.guard import HTML, Fault, Guard
from widgets.paper import POLICY

AROUND = frozenset(["html", "head", "meta", "title", "style", "body", "main", "footer"])
_META = (
    {"charset": "utf-8"},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"http-equiv": "Content-Security-Policy", "content": POLICY},
    {"name": "referrer", "content": "no-referrer"},
)
_BESIDE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.html(?:#[\w-]+)?", re.ASCII)
# From left to right, so that none is found inside another: a comment, a picture that stands in the style, a text.
_QUIET = re.compile(
    r"""/\*.*?\*/|url\("data:image/svg\+xml,[^"\\<]*"\)|("(?:\\[0-9a-fA-F]{1,6} ?|[^"\\<\n])*")""", re.S
)
_AT = re.compile(r"@([\w-]*)")
_AT_RULES = frozenset(["page", "media", "supports", "top-left", "top-center", "top-right", "bottom-left"])
_AT_RULES |= frozenset(["bottom-center", "bottom-right"])
_NEVER = ("url(", "image-set(", "src(", "expression(", "behavior", "-moz-binding", "javascript", "\\", "<", '"', "'")


class PageGuard(Guard):
    """Reads a whole page."""

    tags = HTML | AROUND

    def __init__(self) -> None:
        super().__init__()
        self.metas: list[dict] = []
        self.begun = False

    def read(self, html: str) -> "PageGuard":
        """Read all of it; a page that does not begin as ours, or lacks its policy, has a fault."""
        beginning = "<!DOCTYPE html>\n"
        self.begun = html.startswith(beginning)
        super().read(html.removeprefix(beginning))
        if self.metas != list(_META):
            self.faults.append(Fault("active", "<meta>"))
        return self

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"] and not self._drawing:
            if not harmless(data):
                self.faults.append(Fault("active", "<style>"))
            return
        super().handle_data(data)

    def _enter(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in AROUND and not self._drawing:
            self._stand(tag, attributes)
        super()._enter(tag, attributes)

    def _stand(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What stands around a page's content has its own place."""
        if tag == "meta":
            self.metas.append(dict(attributes))
        places = {"html": [], "head": ["html"], "body": ["html"], "main": ["html", "body"], "footer": ["html", "body"]}
        if not self.begun or self._open != places.get(tag, ["html", "head"]):
            self.faults.append(Fault("active", f"<{tag}>"))

    def _may(self, tag: str, name: str, value: str) -> bool:
        if tag == "meta":
            return name in ("charset", "name", "content", "http-equiv")
        if tag == "a" and name == "href" and _BESIDE.fullmatch(value):
            return True
        return super()._may(tag, name, value)


def harmless(css: str) -> bool:
    """Whether a style fetches nothing: known rules only, and every address is a picture that stands in it."""
    plain = _QUIET.sub(lambda found: "text" if found[1] else "", css).lower()
    plain = re.sub(r"\[[\w-]+[\^$*|~]?=text\]", "", plain)
    return set(_AT.findall(plain)) <= _AT_RULES and not any(word in plain for word in _NEVER)
