"""The printed faces of a trigger map: the list, the map, the landing and then the plan, always in that order."""

from collections.abc import Sequence
from html import escape

from course.model import Trigger, TriggerMap, TriggerMapAnswer
from widgets import map_figure
from widgets.sheet import Boxes, Words
from widgets.sheets.common import boxes_to_circle, heading, landing, lines, paragraph, private_note, section, written

ROWS = 6  # empty rows on paper
PLANS = 2


def blank(exercise: TriggerMap, words: Words, boxes: Boxes) -> str:
    """The list and the map to fill in by hand."""
    return section(
        "trigger_map",
        exercise,
        private_note(boxes),
        _suggestions(exercise, words),
        _table(exercise, (), words),
        _grid(exercise, words),
        heading(words["trigger_map.paper_land"]),
        landing(exercise.landing),
        heading(words["trigger_map.paper_plan"]),
        _plan_lines(words) * PLANS,
        paragraph(exercise.ending, "ending"),
    )


def filled(exercise: TriggerMap, answer: TriggerMapAnswer, words: Words, boxes: Boxes) -> str:
    """The same sheet with its owner's triggers, map and plans."""
    return _filled(exercise, answer, words, boxes, map_figure.PAGE)


def projected(exercise: TriggerMap, answer: TriggerMapAnswer, words: Words, boxes: Boxes) -> str:
    """An example on the wall, with the words on its map as large as they can be."""
    return _filled(exercise, answer, words, boxes, map_figure.WALL)


def _filled(exercise: TriggerMap, answer: TriggerMapAnswer, words: Words, boxes: Boxes, sheet: map_figure.Sheet) -> str:
    return section(
        "trigger_map",
        exercise,
        private_note(boxes),
        _table(exercise, answer.triggers, words),
        heading(words["trigger_map.paper_map"]),
        map_figure.draw(exercise, answer.triggers, words, sheet).html("figure-map"),
        heading(words["trigger_map.paper_land"]),
        landing(exercise.landing),
        heading(words["trigger_map.paper_plan"]),
        plans(answer.triggers, words) or _plan_lines(words) * PLANS,
        paragraph(exercise.ending, "ending"),
    )


def key(exercise: TriggerMap, words: Words, boxes: Boxes) -> str:
    """For the leader: the fictional person's map, because there is no right one."""
    body = paragraph(words["trigger_map.key"])
    if exercise.example:
        figure = map_figure.draw(exercise, exercise.example, words).html("figure-map")
        listed = listing(exercise, exercise.example, words)
        body += f"<p><strong>{escape(words['trigger_map.example'])}</strong></p>{figure}{listed}"
        body += plans(exercise.example, words)
    title = escape(words["trigger_map.key_title"].format(title=exercise.title))
    return f'<section class="key"><h4>{title}</h4>{body}</section>'


def listing(exercise: TriggerMap, triggers: Sequence[Trigger], words: Words) -> str:
    """The map as text: every trigger with its number, group, ratings and whether there is a plan."""
    if not triggers:
        return ""
    items = "".join(
        f"<li><strong>{escape(trigger.text)}</strong> "
        f'<span class="map-detail">{escape(detail(exercise, trigger, words))}</span></li>'
        for trigger in triggers
    )
    return f'<ol class="map-list">{items}</ol>'


def detail(exercise: TriggerMap, trigger: Trigger, words: Words) -> str:
    """A trigger's group, ratings and plan in one line."""
    planned = words["trigger_map.planned" if trigger.planned else "trigger_map.unplanned"]
    parts = (_group(exercise, trigger, words), *rated(exercise, trigger, words), planned)
    return ", ".join(part for part in parts if part)


def rated(exercise: TriggerMap, trigger: Trigger, words: Words) -> tuple[str, str]:
    """How strong and how often, in words."""
    often = next((choice.text for choice in exercise.often if choice.id == trigger.often), "")
    if trigger.strength is None:
        return words["trigger_map.unrated"], often
    return words["trigger_map.strength_of"].format(strength=trigger.strength), often


def plans(triggers: Sequence[Trigger], words: Words) -> str:
    """Every plan as a sentence; "" when there is none."""
    items = "".join(f"<li>{written(_plan(trigger, words))}</li>" for trigger in triggers if trigger.planned)
    return f'<ul class="plans">{items}</ul>' if items else ""


def _group(exercise: TriggerMap, trigger: Trigger, words: Words) -> str:
    labels = map_figure.rows(exercise, (trigger,), words)
    return labels[map_figure.row_of(trigger, labels)]


def _plan(trigger: Trigger, words: Words) -> str:
    when = trigger.if_text.strip() or trigger.text
    return words["trigger_map.plan_line"].format(if_text=when, then_text=trigger.then_text.strip().rstrip("."))


def _suggestions(exercise: TriggerMap, words: Words) -> str:
    rows = "".join(
        f"<li><strong>{escape(category.label)}:</strong> {escape(', '.join(category.suggestions))}</li>"
        for category in exercise.categories
        if category.suggestions
    )
    return f'{heading(words["trigger_map.paper_suggestions"])}<ul class="suggestions">{rows}</ul>' if rows else ""


def _table(exercise: TriggerMap, triggers: Sequence[Trigger], words: Words) -> str:
    """One row a trigger; empty rows for a pen when there is none."""
    names = ("number", "trigger", "group", "strength_short", "often_short")
    head = "".join(f'<th scope="col">{escape(words[f"trigger_map.{name}"])}</th>' for name in names)
    count = len(triggers) or ROWS
    rows = "".join(
        _row(number, triggers[number - 1] if triggers else None, exercise, words) for number in range(1, count + 1)
    )
    ends = words["trigger_map.scale_ends"].format(low=exercise.low, high=exercise.high)
    return (
        f"{heading(words['trigger_map.paper_list'])}{paragraph(ends, 'hint')}"
        f'<table class="triggers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(number: int, trigger: Trigger | None, exercise: TriggerMap, words: Words) -> str:
    strength = boxes_to_circle("", "", trigger.strength if trigger else None)
    texts = (trigger.text, _group(exercise, trigger, words)) if trigger else ("", "")
    often = rated(exercise, trigger, words)[1] if trigger else ""
    cells = [f"<td>{escape(text)}</td>" for text in texts]
    return f'<tr><th scope="row">{number}</th>{"".join(cells)}<td>{strength}</td><td>{escape(often)}</td></tr>'


def _grid(exercise: TriggerMap, words: Words) -> str:
    """An empty map as a table, because a pen needs no figure and a blank sheet should cost nothing to make."""
    head = "".join(f'<th scope="col">{strength}</th>' for strength in range(11))
    rows = "".join(
        f'<tr><th scope="row">{escape(category.label)}</th>{"<td></td>" * 11}</tr>' for category in exercise.categories
    )
    return (
        f"{heading(words['trigger_map.paper_map'])}{paragraph(words['trigger_map.paper_map_help'], 'hint')}"
        f'<table class="map-grid"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _plan_lines(words: Words) -> str:
    parts = ("if_label", "then_label")
    return "".join(f"{paragraph(words[f'trigger_map.{part}'], 'plan-label')}{lines(1)}" for part in parts)
