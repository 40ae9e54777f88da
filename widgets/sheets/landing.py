"""The printed faces of a landing: both ways beside each other."""

from html import escape

from course.model import Landing, LandingAnswer, Way
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, rich, section


def blank(landing: Landing, words: Words, boxes: Boxes) -> str:
    """Every way with its steps."""
    ways = "".join(map(_way, landing.ways))
    return section("landing", landing, f'<div class="ways">{ways}</div>', paragraph(landing.ending))


def _way(way: Way) -> str:
    steps = "".join(f"<li>{rich(step)}</li>" for step in way.steps)
    return f'<div class="way"><h4>{escape(way.title)}</h4><ol>{steps}</ol></div>'


def filled(landing: Landing, answer: LandingAnswer, words: Words, boxes: Boxes) -> str:
    """The same: how somebody lands is not kept."""
    return blank(landing, words, boxes)


def key(landing: Landing, words: Words, boxes: Boxes) -> str:
    """There is no key to landing."""
    return ""
