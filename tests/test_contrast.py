"""The colours in our drawings, read out of every drawing the course makes: words and lines stand out from their ground.

Contrast is a matter of light alone, so what holds here holds for a print in black and white.
"""

import itertools
import re
from datetime import date, timedelta
from pathlib import Path

import painted
import pytest
from painted import PAPER, contrast
from test_drawings import settings

from course import content
from course.model import (
    CheckIn,
    CheckInEntry,
    Choice,
    Explore,
    LoopMap,
    NetworkMap,
    Person,
    Tally,
    TallyAnswer,
    Trigger,
    TriggerMap,
    frozen,
)
from widgets import check_in_figure, drawings, figures, loop_figure, map_figure, network_figure, sheet

WORDS, LINES = 4.5, 3
# What means nothing by itself: the ground below a curve and behind a pause, which lines and words tell of as well.
DECORATION = {figures.WASH}
COLOURS = {value for value in vars(figures).values() if isinstance(value, str) and value.startswith("#")}


def exercises(kind):
    """All exercises of a kind in the course."""
    modules = map(content.load, content.names("nb"))
    return [one for module in modules for one in module.exercises if isinstance(one, kind)]


def explored(words):
    for name, figure in drawings.EXPLORE.items():
        for values, small in itertools.product(settings(name), (False, True)):
            yield figure.draw(values, words, "x", small)
    for one in exercises(Explore):
        yield from (drawings.EXPLORE[one.figure].draw(scene.values, words, "x", True) for scene in one.scenes)


def trigger_maps(words):
    ratings = (None, 0, 4, 5, 10)
    for one, count in itertools.product(exercises(TriggerMap)[:1], (0, 6, 14)):
        rows = [*(category.id for category in one.categories), "gone"]
        triggers = [
            Trigger(id=f"t{n}", text=f"krangel {n}", category=rows[n % len(rows)], strength=ratings[n % 5],
                    then_text="går" * (n % 2)) for n in range(count)
        ]  # fmt: skip
        yield from (map_figure.draw(one, triggers, words, paper) for paper in (map_figure.PAGE, map_figure.WALL))
        yield map_figure.draw(one, one.example, words)


def network_maps(words):
    papers = (network_figure.PAGE, network_figure.WALL, network_figure.TELEPHONE, network_figure.PEN)
    places = list(itertools.product(network_figure.CIRCLES, network_figure.SHAPES))
    people = [
        Person(id=f"p{n}", text=f"venn {n}", circle=circle, effect=effect) for n, (circle, effect) in enumerate(places)
    ]
    for one, paper in itertools.product(exercises(NetworkMap)[:1], papers):
        yield from (network_figure.draw(one, those, words, paper) for those in ((), people, people * 2, one.example))


def loop_maps(words):
    items = tuple(Choice(id=f"c{n}", text=f"tanke nummer {n} som er lang") for n in range(7))
    assert exercises(LoopMap)
    for count, broken, wall in itertools.product((3, 7), ("", "c1"), (False, True)):
        yield loop_figure.circle(items[:count], broken, "x", "her kan den brytes", wall)
        yield loop_figure.empty(count, "x")


def check_ins(words):
    days = [(date(2027, 1, 4) + timedelta(weeks=n)).isoformat() for n in range(9)]
    for one, count in itertools.product(exercises(CheckIn)[:1], (1, 2, 9)):
        entries = [
            CheckInEntry(date=day, values=frozen({scale.id: n * 7 % 11 for scale in one.scales if n % 4}))
            for n, day in enumerate(days[:count])
        ]
        yield check_in_figure.picture(one.scales, entries, days, "x")


def tallies(words):
    for one, most in itertools.product(exercises(Tally), (1, 30)):
        counts = frozen({option.id: most - n for n, option in enumerate(one.options)})
        face = sheet.filled(one, TallyAnswer(counts=counts), words, content.support("nb").boxes)
        yield from (figures.Figure(picture, "x") for picture in re.findall("<svg.*?</svg>", face))


# By the module that draws them.
DRAWN = {
    "drawings": explored,
    "figures": explored,
    "map_figure": trigger_maps,
    "network_figure": network_maps,
    "loop_figure": loop_maps,
    "check_in_figure": check_ins,
    "tally": tallies,
}


def unreadable(drawing: str) -> list[str]:
    """What does not stand out, where, and from what."""
    marks = painted.marks(drawing)
    return [fault for place, mark in enumerate(marks) if (fault := _fault(marks, place, *_needs(mark)))]


def _needs(mark: painted.Mark) -> tuple[str, float, float]:
    """The colour by which a mark is seen, the contrast it needs, and how much of it must have that."""
    if mark.words:
        return mark.fill, WORDS, 1
    if mark.stroke not in (painted.NOTHING, PAPER):
        # Lines cross lines and touch axes; a dot stands on its curve and an arrow's head on its line.
        return mark.stroke, LINES, 0.75 if mark.fill == painted.NOTHING else 0.5
    seen = mark.fill not in (painted.NOTHING, PAPER, *DECORATION)
    return mark.fill, LINES, 0.5 if seen else 0


def _fault(marks: list[painted.Mark], place: int, colour: str, least: float, share: float) -> str:
    mark = marks[place]
    grounds = [painted.behind(marks, place, point) for point in mark.along()] if share else []
    faint = [ground for ground in grounds if ground != colour and contrast(colour, ground) < least]
    if len(faint) <= (1 - share) * len(grounds) and (not grounds or set(grounds) != {colour}):
        return ""
    return f"{mark.words or 'shape'} at {mark.lines[0][0]}: {colour} on {', '.join(sorted(set(faint)))}"


def test_every_module_that_draws_is_read():
    folder = Path(figures.__file__).parent
    drawing = {
        path.stem
        for path in folder.rglob("*.py")
        if re.search(r"^@kept$|savefig|'<svg v", path.read_text("utf-8"), re.M)
    }
    assert drawing == set(DRAWN)


@pytest.mark.parametrize("module", sorted(set(DRAWN) - {"figures"}))
def test_words_and_lines_stand_out_from_what_they_lie_on(module, words):
    pictures = {figure.svg for figure in DRAWN[module](words)}
    assert len(pictures) > 2
    assert sorted({fault for picture in pictures for fault in unreadable(picture)}) == []
    # A colour comes from where all of them stand with what they are for, and is no copy of it.
    used = {colour for picture in pictures for colour in re.findall('(?:fill|stroke)="(#[^"]*)"', picture)}
    assert used <= COLOURS


def test_what_is_drawn_anywhere_on_a_printed_face_stands_out(words, boxes):
    found = 0
    for one in exercises(object):
        faces = (sheet.blank(one, words, boxes), sheet.key(one, words, boxes), sheet.projected(one, words, boxes))
        for picture in re.findall("<svg.*?</svg>", "".join(faces), re.S):
            found += 1
            assert unreadable(picture) == [], one.id
    assert found > 5


def test_a_word_or_a_line_that_is_faint_is_found():
    ground = '<path d="m0 0l99 0 0 99-99 0z" fill="#1d5c63"/>'
    for mark in (
        '<text x="50" y="50" font-size="10" fill="#1f2a30" text-anchor="middle">en</text>',
        '<path d="m-9 50l120 0" fill="none" stroke="#1f2a30"/>',
        '<rect x="9" y="9" width="20" height="20" fill="#1f2a30"/>',
    ):
        assert len(unreadable(f"<svg>{ground}{mark}</svg>")) == 1
        assert unreadable(f"<svg>{mark}</svg>") == []
        assert unreadable(f"<svg>{ground.replace('#1d5c63', PAPER)}{mark}</svg>") == []
    assert len(unreadable('<svg><path d="m0 0l99 9" stroke="#c9d1d4"/></svg>')) == 1
    assert len(unreadable('<svg><text fill="#8a979d">en</text></svg>')) == 1
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
