"""The whole course as one page for PDF: a title, the contents with page numbers, and every module as a chapter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from course import content
from course.model import Exercise, Explore, GroupBoard, Module, Quiz, Tally
from handout.page import TEMPLATES, approved, frame
from handout.rendering import filled

_MAIN = re.compile(r"<main>(.*)</main>", re.S)
_NAMED = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_POINTING = re.compile(r'(href="#|url\(#)([^")]+)')
OF_THE_MEETING = Quiz, Tally, GroupBoard, Explore  # no one looks these up later, to write in them


@dataclass(frozen=True)
class Chapter:
    """One module: what it is called, its sheets to write on, and its content with ids of its own."""

    module: Module
    sheets: tuple[Exercise, ...]
    html: str


def page(pages: Mapping[str, str], language: str) -> str:
    """The book made of the participants' pages, by the name of their modules."""
    words = content.words(language)
    around = frame(language, words["handout.book.title"], draft=not approved(language), leader=False)
    style = (TEMPLATES / "handout" / "book.css").read_text(encoding="utf-8")
    chapters = tuple(_chapter(content.load(name, language), html) for name, html in pages.items())
    return filled("book", frame=replace(around, style=around.style + style), chapters=chapters)


def _chapter(module: Module, html: str) -> Chapter:
    main = _MAIN.search(html)[1]
    sheets = tuple(exercise for exercise in module.exercises if not isinstance(exercise, OF_THE_MEETING))
    return Chapter(module, sheets, own_ids(main, f"{module.name}-"))


def own_ids(html: str, prefix: str) -> str:
    """The same HTML where every id, and what points at it, begins with the prefix: chapters have ids in common."""
    named = _NAMED.sub(lambda found: f'{found[1]}="{_prefixed(found[2], prefix)}"', html)
    return _POINTING.sub(rf"\g<1>{prefix}\g<2>", named)


def _prefixed(names: str, prefix: str) -> str:
    return " ".join(f"{prefix}{name}" for name in names.split())
