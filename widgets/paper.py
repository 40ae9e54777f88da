"""What stands around every sheet on paper: its style, the draft line, and help numbers in the margins of every page."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from course import content
from course.model import Box, Support
from widgets.box import day

if TYPE_CHECKING:
    from course.clinic import Clinic

HERE = Path(__file__).parent
# The pocket card looks the same on the page, which can only load what lies in JupyterLab's folder.
STYLES = HERE / "sheets" / "sheet.css", HERE / "lab" / "labextension" / "static" / "pocket.css"

# Nothing is fetched, and nothing in a page can run, save for a script that the page itself is known by.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

TOLERANCE = "tolerance-caption"  # S-26: the overdose steps stand on the page of a figure with this caption

# On every printed page, in this order: danger to life, urgent, someone to talk to, advice on substances.
ON_EVERY_PAGE = ("ambulance", "emergency-clinic", "mental-helse", "rusinfo")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The words around a page, the same on screen and in the margins of every printed page."""

    language: str
    title: str
    words: Mapping[str, str]
    draft: str = ""
    warning: str = ""  # «do not hand out»
    numbers: tuple[tuple[str, str], ...] = ()
    checked: str = ""
    short: str = ""  # the short form of the safety box, under every sheet
    style: str = ""  # what this kind of page adds to the style of every sheet
    clinic: "Clinic | None" = None  # whose paper it is, where a clinic has said so
    logo: str = ""  # as a picture in a style
    script: str = ""  # the one script of a page that can be searched; a page to print has none

    @property
    def policy(self) -> str:
        """What the browser must keep the page to."""
        return policy(self.script)

    @property
    def numbers_line(self) -> str:
        """The help numbers on one line."""
        return " · ".join(f"{label} {number}" for label, number in self.numbers)

    @property
    def css(self) -> str:
        """The style of the page, with the margins of printed pages filled in."""
        before, after = self.words["handout.page"].split("{page}")
        middle, end = after.split("{pages}")
        count = f"{quoted(before)} counter(page) {quoted(middle)} counter(pages) {quoted(end)}"
        margins = {
            "top-left": self._head,
            "top-center": quoted(self.warning),
            "top-right": quoted(self.draft),
            "bottom-left": self._foot,
            "bottom-right": count,
        }
        shown = " ".join(f"@{place} {{ content: {text} }}" for place, text in margins.items())
        styles = "".join(path.read_text(encoding="utf-8") for path in STYLES)
        return f"{styles}{self.style}@page {{{shown}}}\n"

    @property
    def _head(self) -> str:
        """What stands at the top of every printed page, as texts and pictures of a style."""
        named = (self.clinic and self.clinic.name, self.words["handout.course"], self.title)
        text = quoted(" · ".join(filter(None, named)))
        return " ".join((self.logo, quoted("\n"), text)) if self.logo else text

    @property
    def _foot(self) -> str:
        """What stands at the foot of every printed page."""
        return quoted("\n".join(filter(None, (self.numbers_line, self.clinic and self.clinic.footer))))

    def day(self, written: str) -> str:
        """An ISO date as the page's language writes it."""
        return day(written, self.words)


def policy(script: str = "") -> str:
    """The policy of a page with this script, or with none."""
    if not script:
        return POLICY
    known = b64encode(sha256(script.encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{known}'"


def needs(html: str, boxes: Mapping[str, Box]) -> str:
    """The id of a fixed box that must stand on the same page as this sheet; "" when none must."""
    return "overdose" if escape(boxes[TOLERANCE].paragraphs[0]) in html else ""


def quoted(text: str) -> str:
    """A text as a CSS string that can end neither itself nor the style element."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&\n\r' else sign for sign in text) + '"'


def frame(language: str, title: str, *, draft: bool, warning: str = "", style: str = "") -> Frame:
    """The words around a page of this language."""
    words, support = content.words(language), content.support(language)
    return Frame(
        language=language,
        title=title,
        words=words,
        draft=support.boxes["draft"].paragraphs[0] if draft else "",
        warning=warning,
        numbers=_line_numbers(support, words),
        checked=day(min(number.checked for number in support.numbers if number.id in ON_EVERY_PAGE), words),
        short=" ".join(support.boxes["short"].paragraphs),
        style=style,
    )


def _line_numbers(support: Support, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The numbers of every printed page, with the short words for what they are for."""
    known = {number.id: number.number for number in support.numbers}
    return tuple((words[f"handout.line.{identifier}"], known[identifier]) for identifier in ON_EVERY_PAGE)
