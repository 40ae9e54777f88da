"""The printed faces of a network map: three circles to write in, or the people on it as a list and as a map."""

from collections.abc import Sequence
from html import escape

from course.model import NetworkMap, NetworkMapAnswer, Person
from widgets import network_figure
from widgets.sheet import Boxes, Words
from widgets.sheets.common import heading, landing, paragraph, private_note, section

ROWS = 8  # empty rows on paper


def blank(exercise: NetworkMap, words: Words, boxes: Boxes) -> str:
    """Three empty circles and an empty list, and suggestions for who could stand there."""
    suggestions = words["network_map.paper_suggestions"].format(suggestions=", ".join(exercise.suggestions))
    return _sheet(
        exercise,
        words,
        boxes,
        paragraph(words["network_map.paper_map"], "question"),
        network_figure.draw(exercise, (), words, network_figure.PEN).html("figure-network figure-pen"),
        _table(exercise, (), words),
        paragraph(suggestions, "hint") if exercise.suggestions else "",
    )


def filled(exercise: NetworkMap, answer: NetworkMapAnswer, words: Words, boxes: Boxes) -> str:
    """The owner's map with the same as a list; as long as nobody is on it, the blank sheet."""
    return _filled(exercise, answer, words, boxes, network_figure.PAGE)


def projected(exercise: NetworkMap, answer: NetworkMapAnswer, words: Words, boxes: Boxes) -> str:
    """An example on the wall: numbers on the map, and the words in the list after it."""
    return _filled(exercise, answer, words, boxes, network_figure.WALL)


def key(exercise: NetworkMap, words: Words, boxes: Boxes) -> str:
    """There is none: no map is more right than another, and the example is shown on the wall."""
    return ""


def _filled(
    exercise: NetworkMap, answer: NetworkMapAnswer, words: Words, boxes: Boxes, paper: network_figure.Sheet
) -> str:
    if not answer.people:
        return blank(exercise, words, boxes)
    # On the wall there is room for the drawing and for whose it is, and the list is the next thing seen.
    numbered = paper is not network_figure.WALL and network_figure.numbered(answer.people, paper)
    numbers = paragraph(words["network_map.numbers_key"], "hint") if numbered else ""
    figure = network_figure.draw(exercise, answer.people, words, paper).html("figure-network")
    return _sheet(exercise, words, boxes, numbers, figure, _table(exercise, answer.people, words))


def _sheet(exercise: NetworkMap, words: Words, boxes: Boxes, *body: str) -> str:
    land = heading(words["network_map.paper_land"]) + landing(exercise.landing) if exercise.landing.strip() else ""
    notes = private_note(boxes) + safety(exercise)
    return section("network_map", exercise, notes, *body, land, paragraph(exercise.ending, "ending"))


def safety(exercise: NetworkMap) -> str:
    """What stands above the map for somebody who is afraid of a person on it."""
    return f'<div class="note">{paragraph(exercise.safety)}</div>'


def detail(exercise: NetworkMap, person: Person, words: Words) -> str:
    """Somebody's circle and what the contact does, in one line."""
    circle, effect = _titles(exercise, person)
    return words["network_map.detail"].format(circle=circle, effect=effect.lower())


def _titles(exercise: NetworkMap, person: Person) -> tuple[str, str]:
    circles = {circle.id: circle.title for circle in exercise.circles}
    effects = {effect.id: effect.title for effect in exercise.effects}
    return circles[person.circle], effects[person.effect]


def helping(exercise: NetworkMap, people: Sequence[Person]) -> tuple[str, ...]:
    """What those who help are called, the nearest first."""
    circles = network_figure.in_order(exercise)
    return tuple(
        one.text for circle in circles for one in network_figure.standing(people, circle) if one.effect == "helps"
    )


def _table(exercise: NetworkMap, people: Sequence[Person], words: Words) -> str:
    """One row a person, with the numbers of the map; empty rows for a pen when there is nobody."""
    names = ("number", "who", "where", "what")
    head = "".join(f'<th scope="col">{escape(words[f"network_map.{name}"])}</th>' for name in names)
    rows = "".join(_row(number, person, exercise) for number, person in enumerate(people or (None,) * ROWS, start=1))
    title = heading(words["network_map.paper_list" if people else "network_map.paper_crowded"])
    listed = f'<table class="people"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return title + listed


def _row(number: int, person: Person | None, exercise: NetworkMap) -> str:
    texts = (person.text, *_titles(exercise, person)) if person else ("", "", "")
    cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
    return f'<tr><th scope="row">{number}</th>{cells}</tr>'
