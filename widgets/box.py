"""Fixed texts as a notebook shows them: safety boxes, the help numbers and the list of sources."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from course import content, topics
from course.model import HelpNumber, Module, Support
from widgets.sheets.common import note, paragraph

BOX = "application/vnd.nykurs.box+json"


class BoxView:
    """One fixed text. It looks the same on screen and on paper."""

    def __init__(self, module: Module, identifier: str, words: Mapping[str, str], support: Support) -> None:
        self.module = module
        self.identifier = identifier
        self.html = _html(module, identifier, words, support)

    def __repr__(self) -> str:
        return f"BoxView({self.module.name!r}, {self.identifier!r})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return {
            "text/html": self.html,
            "text/plain": repr(self),
            BOX: {"module": self.module.name, "id": self.identifier},
        }


def _html(module: Module, identifier: str, words: Mapping[str, str], support: Support) -> str:
    if identifier == "help":
        return help_numbers(support.numbers, words)
    if identifier == "sources":
        return sources(module, words)
    return f'<div role="note" class="box box-{escape(identifier)}">{note(support.boxes[identifier])}</div>'


def help_numbers(numbers: Iterable[HelpNumber], words: Mapping[str, str]) -> str:
    """The numbers to call, in the order of the file: danger to life first."""
    rows = "".join(
        f'<tr><th scope="row">{escape(number.service)}</th><td class="number">{escape(number.number)}</td>'
        f"<td>{escape(number.purpose)}</td></tr>"
        for number in numbers
        if number.printed
    )
    oldest = min((number.checked for number in numbers if number.printed), default="")
    checked = paragraph(words["sheet.checked"].format(date=day(oldest, words)), "hint") if oldest else ""
    title = escape(words["sheet.help_title"])
    head = "".join(
        f'<th scope="col">{escape(words[f"sheet.help_{name}"])}</th>' for name in ("service", "number", "purpose")
    )
    return (
        f'<section class="box box-help"><h3>{title}</h3>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{checked}</section>"
    )


def day(written: str, words: Mapping[str, str]) -> str:
    """An ISO date as this language writes it."""
    return date.fromisoformat(written).strftime(words["handout.date"])


def source_ids(module: Module) -> tuple[str, ...]:
    """Every source a module rests on, once each, in order."""
    found: dict[str, None] = {}
    for part in module.parts:
        found.update(dict.fromkeys(part.sources))
    for exercise in module.exercises:
        found.update(dict.fromkeys(topics.sources(exercise)))
    return tuple(sorted(found))


def sources(module: Module, words: Mapping[str, str]) -> str:
    """The list of sources: each reference once, with the ids of the facts it carries."""
    known = content.sources(module.language)
    references: dict[str, list[str]] = {}
    for identifier in source_ids(module):
        references.setdefault(known[identifier].reference, []).append(identifier)
    items = "".join(
        f"<li>{escape(reference)} <small>({escape(', '.join(ids))})</small></li>"
        for reference, ids in references.items()
    )
    return f'<section class="box box-sources"><h3>{escape(words["sheet.sources_title"])}</h3><ul>{items}</ul></section>'
