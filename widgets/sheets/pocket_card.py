"""The printed faces of a pocket card: a strip of two panels of 85 x 54 mm that is cut out and folded once.

The fold has the print inside, so the outside is white paper that tells nobody anything.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from html import escape

from course import gathering
from course.model import Gathered, PocketCard, TriggerMapAnswer, WorksheetAnswer
from widgets.example import example
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, private_note, section
from widgets.sheets.plan import planned, when

ROWS = 3  # plans and people
# The sizes of the style, 11, 9, 7.5 and 6.5 points: how many letters a line surely holds and how many lines there are,
# for a plan and for a person's name or number. The first size that holds everything is taken; in the last one, what is
# too long ends with «…».
PLAN_SIZES = ((35, 3), (42, 4), (51, 5), (60, 6))
PERSON_SIZES = ((15, 2), (18, 2), (22, 3), (25, 4))
_WIDE = re.compile(r"[MWmw@%]|[^\x00-\u024f\u2000-\u203f]")  # letters that take the room of two
_DIGITS = re.compile(r"\d+(?: \d+)*")


def blank(card: PocketCard, words: Words, boxes: Boxes) -> str:
    """The card to write by hand."""
    return filled(card, Gathered(), words, boxes)


def filled(card: PocketCard, answer: Gathered, words: Words, boxes: Boxes) -> str:
    """The card with its owner's first three plans and people; lines to write on for what is missing."""
    note = private_note(boxes) if card.private else ""
    return section("pocket_card", card, note, face(card, answer, words, boxes))


def key(card: PocketCard, words: Words, boxes: Boxes) -> str:
    """For the leader: the fictional person's card, in words."""
    shown = example(card)
    if not shown:
        return ""
    listed = [
        words["trigger_map.plan_line"].format(if_text=first, then_text=then)
        for first, then in plans(card, shown, words)
    ]
    listed += [" – ".join(person) for person in people(card, shown)]
    title = escape(words["worksheet.key_title"].format(title=card.title))
    items = "".join(f"<li>{escape(line)}</li>" for line in listed)
    note = paragraph(words["worksheet.key_note"], "hint")
    return f'<section class="key"><h4>{title}</h4>{note}<ul class="replies">{items}</ul></section>'


def plans(card: PocketCard, answer: Gathered, words: Words) -> list[tuple[str, str]]:
    """The first three plans, each on one line: when, and what then."""
    kept: TriggerMapAnswer = gathering.of(card.plans, answer)
    return [(_tidy(when(trigger, words)), _tidy(trigger.then_text)) for trigger in planned(kept)][:ROWS]


def people(card: PocketCard, answer: Gathered) -> list[tuple[str, str]]:
    """The first three people, each with a name and a number."""
    kept: WorksheetAnswer = gathering.of(card.people, answer)
    rows = kept.values.get(card.people.source.fields[0].id, ())
    # The first columns are a name and a number; a row from a table that had fewer is filled up.
    cells = [tuple(map(_tidy, (*row, "", "")[: gathering.COLUMNS])) for row in rows]
    return [row for row in cells if any(row)][:ROWS]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def face(card: PocketCard, answer: Gathered, words: Words, boxes: Boxes) -> str:
    """The strip itself, with the words on where to cut and to fold beside it."""
    upper = _panel(card.plans.title, _plans(plans(card, answer, words), words))
    lower = _panel(card.people.title, _people(people(card, answer), words) + _help(card, boxes))
    guides = "".join(paragraph(words[f"pocket_card.{name}"], f"pocket-{name}") for name in ("cut", "fold"))
    strip = f'<div class="pocket">{upper}{lower}</div>'
    return f'<div class="pocket-sheet">{strip}<div class="pocket-guides">{guides}</div></div>'


def _panel(title: str, body: str) -> str:
    return f'<div class="pocket-panel" role="group" aria-label="{escape(title)}">{body}</div>'


def _plans(written: Sequence[tuple[str, str]], words: Words) -> str:
    size = _size(written, PLAN_SIZES, sum)
    items = "".join(_plan(pair, size, words) for pair in written)
    return f'<ul class="pocket-plans pocket-size-{size}">{items}{_empty_plan(words) * (ROWS - len(written))}</ul>'


def _plan(pair: tuple[str, str], size: int, words: Words) -> str:
    shown = zip(("if", "then"), pair, _shares(pair, *PLAN_SIZES[size]), strict=True)
    parts = "".join(
        f'<p class="pocket-lines-{lines}"><strong>{escape(words[f"pocket_card.{name}"])}</strong> {escape(text)}</p>'
        for name, text, lines in shown
    )
    return f"<li>{parts}</li>"


def _shares(pair: tuple[str, str], letters: int, lines: int) -> tuple[int, int]:
    """How many of a plan's lines «hvis» and «så» get: what they need, or half each when both are too long."""
    first, second = (_lines(text, letters) for text in pair)
    first = min(first, max(lines - second, lines // 2))
    return first, lines - first


def _lines(text: str, letters: int) -> int:
    """How many lines a text surely fits in."""
    return max(len(textwrap.wrap(_WIDE.sub("xx", text), letters)), 1)


def _size(pairs: Iterable[tuple[str, str]], sizes: Sequence[tuple[int, int]], height: Callable) -> int:
    """The first size that holds every pair; its two texts stand under (`sum`) or beside (`max`) each other."""
    pairs = tuple(pairs)
    fitting = (
        at
        for at, (letters, lines) in enumerate(sizes)
        if all(height([_lines(text, letters) for text in pair]) <= lines for pair in pairs)
    )
    return next(fitting, len(sizes) - 1)


def _empty_plan(words: Words) -> str:
    lines = "".join(f"<p>{escape(words[f'pocket_card.{name}'])}</p>" for name in ("if", "then"))
    return f'<li class="pocket-empty">{lines}</li>'


def _people(written: Sequence[tuple[str, str]], words: Words) -> str:
    size = _size(written, PERSON_SIZES, max)
    lines = PERSON_SIZES[size][1]
    cells = ["".join(f'<p class="pocket-lines-{lines}">{escape(cell)}</p>' for cell in row) for row in written]
    items = "".join(f"<li>{each}</li>" for each in cells)
    return f'<ul class="pocket-people pocket-size-{size}">{items}{_empty_person(words) * (ROWS - len(written))}</ul>'


def _empty_person(words: Words) -> str:
    cells = "".join(f"<p>{escape(words[f'pocket_card.{name}'])}</p>" for name in ("name", "number"))
    return f'<li class="pocket-empty">{cells}</li>'


def _help(card: PocketCard, boxes: Boxes) -> str:
    """The short form of the safety box to the letter, and the number that it lacks."""
    numbers = (f"{number.service}: {number.number}" for number in card.numbers)
    texts = map(escape, (*boxes["short"].paragraphs, *numbers))
    lines = (_DIGITS.sub(r'<span class="number">\g<0></span>', text) for text in texts)
    return f'<div class="pocket-help">{"".join(f"<p>{line}</p>" for line in lines)}</div>'
