"""The headings of a page from elsewhere: one title, and no level left out on the way down."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape

from handout.sheets import Piece

_HEADING = re.compile(r"<(/?)h([1-6])\b")
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


def outlined(pieces: Sequence[Piece], title: str) -> tuple[tuple[Piece, ...], str]:
    """The pieces with their headings in order, and the title of the page: its author's own, or this one."""
    levels = [int(level) for piece in pieces if _prose(piece) for end, level in _HEADING.findall(piece.html) if not end]
    own = levels[:1] == [1] and levels.count(1) == 1
    steps = _Steps(down=0 if own or 1 not in levels else 1)
    if not own:
        pieces = (Piece("prose", f"<h1>{escape(title)}</h1>"), *pieces)
    pieces = tuple(steps.taken(piece) if _prose(piece) else piece for piece in pieces)
    first = next((found for piece in pieces if (found := _TITLE.search(piece.html))), None)
    return pieces, _text(first[1]) if own and first else title


def _prose(piece: Piece) -> bool:
    return piece.kind in ("prose", "leader")


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


class _Steps:
    """Numbers the headings it meets; `down` is how far they all go down, to make room for a title."""

    def __init__(self, down: int) -> None:
        self._down, self._level, self._begun = down, 0, False

    def taken(self, piece: Piece) -> Piece:
        """The piece with its headings at their new levels."""
        return replace(piece, html=_HEADING.sub(self._tag, piece.html))

    def _tag(self, found: re.Match) -> str:
        if not found[1]:
            wanted = int(found[2]) + (self._down if self._begun else 0)
            self._level, self._begun = min(wanted, self._level + 1, 6), True
        return f"<{found[1]}h{self._level}"
