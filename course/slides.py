"""How many slides the text of a cell fills on the wall, by its words.

Measured at 1280 x 720 with 30 px letters and a heading: 125 words of running text fit on a slide, or about 85 in a list
of short lines. A line in a list takes the room of five words more, and a heading inside the text of fifteen.
"""

import math
import re
from collections.abc import Iterator

from course.findings import Finding
from course.notebooks import Cell

WORDS = 125  # that fit on one slide
ITEM, HEADING = 5, 15  # the room of a line in a list and of a heading inside the text, in words
MOST = 2  # slides that one cell may fill
_WORD = re.compile(r"\w[\w–-]*")
_ITEM = re.compile(r"^ *(?:[-*]|\d+\.) ", re.MULTILINE)
_HEADING = re.compile(r"^#{3,6} ", re.MULTILINE)


def findings(cells: tuple[Cell, ...]) -> Iterator[Finding]:
    """Texts for participants that fill more slides than a group follows."""
    for cell in cells:
        on_the_wall = cell.kind == "markdown" and not cell.tags & {"leader", "paper-only"}
        if on_the_wall and (filled := slides(cell.text)) > MOST:
            values = {"words": len(_WORD.findall(cell.text)), "slides": filled, "most": MOST, "fit": WORDS}
            yield Finding("notebook.slides", ("cells", cell.number), values=values)


def slides(text: str) -> int:
    """How many slides a text fills."""
    room = len(_WORD.findall(text)) + ITEM * len(_ITEM.findall(text)) + HEADING * len(_HEADING.findall(text))
    return math.ceil(room / WORDS)
