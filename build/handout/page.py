"""What stands around the content of a handout, and whether it may be printed: drafts, numbers to look up first."""

from pathlib import Path

from course import content
from course.model import HelpNumber, Support
from handout import letterhead
from widgets import paper
from widgets.paper import Frame

TEMPLATES = Path(__file__).parent / "templates"


def frame(
    language: str, title: str, *, draft: bool, leader: bool, guide: bool = False, elsewhere: bool = False
) -> Frame:
    """The words around a page of this language, and the style of handouts, with the guide's for `leader` or `guide`."""
    warning = content.words(language)["handout.leader_only"] if leader else ""
    files = ["handout.css"] + ["guide.css"] * (leader or guide) + ["elsewhere.css"] * elsewhere
    style = "".join((TEMPLATES / "handout" / file).read_text(encoding="utf-8") for file in files)
    return letterhead.on(paper.frame(language, title, draft=draft, warning=warning, style=style))


def unconfirmed(support: Support) -> tuple[HelpNumber, ...]:
    """Printed numbers that someone must look up on the service's own page first."""
    return tuple(number for number in support.numbers if number.printed and number.status == "confirm-before-print")


def approved(language: str) -> bool:
    """Whether every module of this language is approved; until then what they share is a draft as well."""
    return all(content.load(name, language).approved for name in content.names(language))
