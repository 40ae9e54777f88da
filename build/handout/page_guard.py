"""The last look at a page: the whole of it, as it will be written, is held against what a page may be made of.

Every piece was looked at before. This is for what a template, a style or something nobody thought of could let in.
"""

import re

from handout.guard import HTML, Fault, Guard
from widgets.paper import policy

BODY = ["html", "body"]
PLACES = {"html": [], "head": ["html"], "body": ["html"], "main": BODY, "footer": BODY, "script": BODY}
AROUND = frozenset(["html", "head", "meta", "title", "style", "body", "main", "footer"])
# Where sheets can be looked for. The page's one script must be ours to the letter, and has its place at the end.
SEARCH = {"label": {"for"}, "input": {"type", "autocomplete"}, "script": set()}
_BESIDE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:pdf|html(?:#[\w-]+)?)", re.ASCII)
# From left to right, so that none is found inside another: a comment, a picture that stands in the style, a text.
_QUIET = re.compile(
    r"""/\*.*?\*/|url\("data:image/svg\+xml,[^"\\<]*"\)|("(?:\\[0-9a-fA-F]{1,6} ?|[^"\\<\n])*")""", re.S
)
_AT = re.compile(r"@([\w-]*)")
_AT_RULES = frozenset(["page", "media", "supports", "top-left", "top-center", "top-right", "bottom-left"])
_AT_RULES |= frozenset(["bottom-center", "bottom-right"])
_NEVER = ("url(", "image-set(", "src(", "expression(", "behavior", "-moz-binding", "javascript", "\\", "<", '"', "'")


class PageGuard(Guard):
    """Reads a whole page. `script` is the text of the one script that it must have; most pages have none."""

    formulas = True  # those that were let through piece by piece

    def __init__(self, script: str = "") -> None:
        super().__init__()
        self.script = script
        self.tags = HTML | AROUND | (SEARCH.keys() if script else set())
        self.metas: list[dict] = []
        self.scripts: list[str] = []
        self.begun = False

    def read(self, html: str) -> "PageGuard":
        """Read all of it; a page that does not begin as ours, or lacks its policy, has a fault."""
        beginning = "<!DOCTYPE html>\n"
        self.begun = html.startswith(beginning)
        super().read(html.removeprefix(beginning))
        if self.metas != _metas(self.script):
            self.faults.append(Fault("active", "<meta>"))
        if self.scripts != ([self.script] if self.script else []):
            self.faults.append(Fault("active", "<script>"))
        return self

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"]:
            if not harmless(data):
                self.faults.append(Fault("active", "<style>"))
            return
        if self._open == [*BODY, "script"]:
            self.scripts.append(data)
            return
        super().handle_data(data)

    def _enter(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in (*AROUND, "script") and not self._drawing:
            self._stand(tag, attributes)
        super()._enter(tag, attributes)

    def _stand(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What stands around a page's content has its own place."""
        if tag == "meta":
            self.metas.append(dict(attributes))
        if not self.begun or self._open != PLACES.get(tag, ["html", "head"]):
            self.faults.append(Fault("active", f"<{tag}>"))

    def _may(self, tag: str, name: str, value: str) -> bool:
        if tag == "meta":
            return name in ("charset", "name", "content", "http-equiv")
        if tag == "a" and name == "href" and _BESIDE.fullmatch(value):
            return True
        if self.script and (name == "hidden" or name in SEARCH.get(tag, ())):
            return True
        return super()._may(tag, name, value)


def _metas(script: str) -> list[dict]:
    """What a page says of itself, in this order."""
    return [
        {"charset": "utf-8"},
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"http-equiv": "Content-Security-Policy", "content": policy(script)},
        {"name": "referrer", "content": "no-referrer"},
    ]


def harmless(css: str) -> bool:
    """Whether a style fetches nothing: known rules only, and every address is a picture that stands in it."""
    plain = _QUIET.sub(lambda found: "text" if found[1] else "", css).lower()
    plain = re.sub(r"\[[\w-]+[\^$*|~]?=text\]", "", plain)
    return set(_AT.findall(plain)) <= _AT_RULES and not any(word in plain for word in _NEVER)
