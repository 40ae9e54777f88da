"""The printed faces of a loop map, and the words that say what its drawing shows."""

from html import escape

from course.model import Choice, LoopMap, LoopMapAnswer
from widgets.figures import Figure
from widgets.loop_figure import circle, empty
from widgets.sheet import Boxes, Words
from widgets.sheets.common import lines, paragraph, private_note, section, tick_list, written
from widgets.sheets.explore import captions

EMPTY_CIRCLE = 4


def arrows(items: tuple[Choice, ...], words: Words) -> list[tuple[str, str]]:
    """The arrows of a circle: the id of the item each begins at, and its words."""
    following = items[1:] + items[:1]
    return [
        (item.id, words["loop_map.arrow"].format(before=item.text, after=after.text))
        for item, after in zip(items, following, strict=True)
    ]


def drawing(answer: LoopMapAnswer, words: Words, wall: bool = False) -> Figure:
    """The circle with its text alternative; for a wall it lies down."""
    alt = words["loop_map.alt"].format(arrows="; ".join(text for _, text in arrows(answer.items, words)))
    broken = dict(arrows(answer.items, words)).get(answer.broken)
    if broken:
        alt += " " + words["loop_map.alt_broken"].format(arrow=broken)
    return circle(answer.items, answer.broken, alt, words["loop_map.here"], wall)


def in_words(answer: LoopMapAnswer, words: Words) -> str:
    """The same as a list."""
    here = f" – <strong>{escape(words['loop_map.here'])}</strong>"
    shown = arrows(answer.items, words)
    items = "".join(f"<li>{escape(text)}{here if name == answer.broken else ''}</li>" for name, text in shown)
    return f'<div class="loop-words"><p>{escape(words["loop_map.in_words"])}</p><ul>{items}</ul></div>'


def blank(loop: LoopMap, words: Words, boxes: Boxes) -> str:
    """Suggestions to tick, an empty circle to write in, and lines for the plan."""
    return _begun(loop, LoopMapAnswer(), words, boxes)


def filled(loop: LoopMap, answer: LoopMapAnswer, words: Words, boxes: Boxes) -> str:
    """The owner's circle, drawn and in words. As long as it is none, the blank sheet with what there is of it."""
    if len(answer.items) < 2:
        return _begun(loop, answer, words, boxes)
    body = drawing(answer, words).html() + in_words(answer, words) + captions(loop, boxes)
    return section("loop_map", loop, private_note(boxes), body, _plan(answer, words), paragraph(loop.ending, "ending"))


def projected(loop: LoopMap, answer: LoopMapAnswer, words: Words, boxes: Boxes) -> str:
    """An example on the wall: the large drawing under its caption, without lines that nobody writes on."""
    if len(answer.items) < 2:
        return _begun(loop, answer, words, boxes)
    body = drawing(answer, words, True).html() + captions(loop, boxes)
    return section("loop_map", loop, private_note(boxes), body, paragraph(loop.ending, "ending"))


def _begun(loop: LoopMap, answer: LoopMapAnswer, words: Words, boxes: Boxes) -> str:
    chosen = {item.id for item in answer.items}
    suggested = {choice.id for choice in loop.suggestions}
    choices = (*loop.suggestions, *(item for item in answer.items if item.id not in suggested))
    ticked = frozenset(place for place, choice in enumerate(choices) if choice.id in chosen)
    return section(
        "loop_map",
        loop,
        private_note(boxes),
        paragraph(words["loop_map.choose"], "question"),
        tick_list((choice.text for choice in choices), ticked),
        paragraph(words["loop_map.print_circle"], "question"),
        empty(EMPTY_CIRCLE, words["loop_map.empty_alt"]).html(),
        captions(loop, boxes),
        _plan(answer, words),
        paragraph(loop.ending, "ending"),
    )


def _plan(answer: LoopMapAnswer, words: Words) -> str:
    space = written(answer.plan) if answer.plan else lines(3)
    return f'<div class="loop-plan">{paragraph(words["loop_map.print_plan"], "question")}{space}</div>'


def key(loop: LoopMap, words: Words, boxes: Boxes) -> str:
    """For the leader: the fictional person's circle as an example."""
    texts = {choice.id: choice for choice in loop.suggestions}
    items = tuple(texts[name] for name in loop.example if name in texts)
    if len(items) < 2:
        return ""
    title = escape(words["loop_map.key_title"].format(title=loop.title))
    return f'<section class="key"><h4>{title}</h4>{in_words(LoopMapAnswer(items=items), words)}</section>'
