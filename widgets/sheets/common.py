"""What every printed face is made of: escaped HTML. A pen is expected, so lines are real borders."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from course.model import Box, Exercise

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBER = re.compile(r"\d{2,}(?: \d{2,})+")


def rich(text: str) -> str:
    """Plain text with `**bold**` as its only mark-up; a telephone number is never broken over two lines."""
    numbered = _NUMBER.sub(r'<span class="number">\g<0></span>', escape(text))
    return _BOLD.sub(r"<strong>\1</strong>", numbered)


def paragraph(text: str, name: str = "") -> str:
    """A paragraph, or nothing for an empty text."""
    if not text.strip():
        return ""
    return f'<p class="{name}">{rich(text)}</p>' if name else f"<p>{rich(text)}</p>"


def section(kind: str, exercise: Exercise, *body: str) -> str:
    """A sheet: title, introduction and body, with the id that is printed on it."""
    return (
        f'<section class="sheet sheet-{kind}" id="sheet-{escape(exercise.id)}">'
        f"<h3>{escape(exercise.title)}</h3>{paragraph(exercise.introduction)}{''.join(body)}</section>"
    )


def lines(count: int) -> str:
    """Lines to write on."""
    return '<div class="line"></div>' * count


def poster(columns: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Columns of cards beside each other, to be read from afar."""
    return f'<div class="board board-of-{len(columns)}">{"".join(poster_column(*each) for each in columns)}</div>'


def poster_column(title: str, cards: Sequence[str]) -> str:
    """One column of a poster."""
    listed = "".join(f"<li>{escape(text)}</li>" for text in cards)
    return f'<div class="board-column"><h4>{escape(title)}</h4>{f"<ul>{listed}</ul>" if listed else ""}</div>'


def by_column(columns: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Columns as items of a list: each title and its cards on one line; "" when no column has any."""
    return "".join(
        f"<li><strong>{escape(title)}:</strong> {escape('; '.join(cards))}</li>" for title, cards in columns if cards
    )


def heading(text: str) -> str:
    """A heading inside a sheet."""
    return f"<h4>{escape(text)}</h4>"


def landing(text: str) -> str:
    """A landing, one thing to do a line; nothing for an empty text."""
    items = "".join(f"<li>{escape(line)}</li>" for line in text.splitlines() if line.strip())
    return f'<ol class="landing">{items}</ol>' if items else ""


def written(text: str) -> str:
    """What a participant wrote, line breaks kept."""
    return f'<div class="written">{escape(text)}</div>'


def boxes_to_circle(low: str, high: str, chosen: int | None = None) -> str:
    """The numbers 0 to 10 to circle, with words at both ends; a chosen one is marked."""
    numbers = "".join(f'<li class="chosen">{each}</li>' if each == chosen else f"<li>{each}</li>" for each in range(11))
    first, last = (f'<span class="scale-end">{escape(end)}</span>' if end else "" for end in (low, high))
    return f'<div class="scale">{first}<ol class="circles">{numbers}</ol>{last}</div>'


def tick_list(texts: Iterable[str], chosen: frozenset[int] = frozenset()) -> str:
    """Things to tick; chosen ones, by their place from 0, are ticked."""
    items = "".join(
        f'<li class="{"tick ticked" if place in chosen else "tick"}">{escape(text)}</li>'
        for place, text in enumerate(texts)
    )
    return f'<ul class="ticks">{items}</ul>'


def note(box: Box, name: str = "") -> str:
    """A fixed text in its box."""
    title = f'<p class="title"><strong>{escape(box.title)}</strong></p>' if box.title else ""
    body = "".join(paragraph(text) for text in box.paragraphs)
    return f'<div class="note {name}">{title}{body}</div>' if name else f'<div class="note">{title}{body}</div>'


def private_note(boxes: Mapping[str, Box]) -> str:
    """The words of S-20, which stand beside every private field."""
    return note(boxes["private"], "private")
