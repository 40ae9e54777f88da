"""What stands around the content of a page: titles, draft line, help numbers, the leader's plan of the meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course import content
from course.model import HelpNumber, Support
from widgets.box import day

TEMPLATES = Path(__file__).parent / "templates"

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

    @property
    def numbers_line(self) -> str:
        """The help numbers on one line."""
        return " · ".join(f"{label} {number}" for label, number in self.numbers)

    @property
    def css(self) -> str:
        """The style of the page, with the margins of printed pages filled in."""
        style = (TEMPLATES / "handout" / "handout.css").read_text(encoding="utf-8")
        before, after = self.words["handout.page"].split("{page}")
        middle, end = after.split("{pages}")
        count = f"{quoted(before)} counter(page) {quoted(middle)} counter(pages) {quoted(end)}"
        margins = {
            "top-left": quoted(f"{self.words['handout.course']} · {self.title}"),
            "top-center": quoted(self.warning),
            "top-right": quoted(self.draft),
            "bottom-left": quoted(self.numbers_line),
            "bottom-right": count,
        }
        return (
            style + "@page {" + " ".join(f"@{place} {{ content: {text} }}" for place, text in margins.items()) + "}\n"
        )


def quoted(text: str) -> str:
    """A text as a CSS string that can end neither itself nor the style element."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&\n\r' else sign for sign in text) + '"'


def frame(language: str, title: str, *, draft: bool, leader: bool) -> Frame:
    """The words around a page of this language."""
    words, support = content.words(language), content.support(language)
    return Frame(
        language=language,
        title=title,
        words=words,
        draft=support.boxes["draft"].paragraphs[0] if draft else "",
        warning=words["handout.leader_only"] if leader else "",
        numbers=tuple(line_numbers(support, words)),
        short=" ".join(support.boxes["short"].paragraphs),
        checked=day(min(number.checked for number in support.numbers if number.id in ON_EVERY_PAGE), words),
    )


def line_numbers(support: Support, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The numbers of every printed page, with the short words for what they are for."""
    known = {number.id: number for number in support.numbers}
    for identifier in ON_EVERY_PAGE:
        yield words[f"handout.line.{identifier}"], known[identifier].number


def unconfirmed(support: Support) -> tuple[HelpNumber, ...]:
    """Printed numbers that someone must look up on the service's own page first."""
    return tuple(number for number in support.numbers if number.printed and number.status == "confirm-before-print")


def approved(language: str) -> bool:
    """Whether every module of this language is approved; until then what they share is a draft as well."""
    return all(content.load(name, language).approved for name in content.names(language))
