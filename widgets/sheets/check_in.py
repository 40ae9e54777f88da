"""The printed faces of check-ins over time, and the words that say what their picture shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from course.model import CheckIn, CheckInAnswer, CheckInEntry, Field, frozen
from widgets import check_in_figure
from widgets.box import day
from widgets.figures import Figure
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, private_note, section

COLUMNS = 8  # days on the blank sheet
NUMBERS = range(11)
_DATE = re.compile(r"20\d\d-\d\d-\d\d")


def is_date(text: object) -> bool:
    """Whether a text is a day of this century as it is kept."""
    try:
        return isinstance(text, str) and bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def rated(exercise: CheckIn, values: Mapping[str, object]) -> dict[str, int]:
    """The numbers that belong to the scales of this exercise."""
    chosen = ((scale.id, values.get(scale.id)) for scale in exercise.scales)
    return {name: value for name, value in chosen if type(value) is int and value in NUMBERS}


def usable(exercise: CheckIn, answer: CheckInAnswer) -> tuple[CheckInEntry, ...]:
    """The days that can be shown, in order: an answer may be older than the exercise."""
    days = {
        entry.date: CheckInEntry(date=entry.date, values=frozen(values))
        for entry in answer.entries
        if is_date(entry.date) and (values := rated(exercise, entry.values))
    }
    return tuple(days[name] for name in sorted(days))


def drawing(exercise: CheckIn, entries: Sequence[CheckInEntry], words: Words) -> Figure:
    """The picture with its text alternative."""
    short = words["check_in.short_date"]
    written = [date.fromisoformat(entry.date).strftime(short) for entry in entries]
    return check_in_figure.picture(exercise.scales, entries, written, alternative(exercise, entries, words))


def alternative(exercise: CheckIn, entries: Sequence[CheckInEntry], words: Words) -> str:
    """What the picture shows, as facts; the table has every number."""
    span = {"first": day(entries[0].date, words), "last": day(entries[-1].date, words), "count": len(entries)}
    opening = words["check_in.alt" if len(entries) > 1 else "check_in.alt_day"].format(**span)
    return " ".join([opening, *(_in_words(scale, entries, words) for scale in exercise.scales)])


def _in_words(scale: Field, entries: Sequence[CheckInEntry], words: Words) -> str:
    values = [entry.values[scale.id] for entry in entries if scale.id in entry.values]
    if not values:
        return words["check_in.alt_none"].format(label=scale.label)
    facts = {"first": values[0], "last": values[-1], "lowest": min(values), "highest": max(values)}
    return words["check_in.alt_scale" if len(values) > 1 else "check_in.alt_one"].format(label=scale.label, **facts)


def below(exercise: CheckIn, entries: Sequence[CheckInEntry], words: Words) -> str:
    """What stands under the picture: the caption, and how the picture is read where that can be unclear."""
    how = [words["check_in.order"]] if len(entries) > 1 else []
    how += [words["check_in.broken"]] if check_in_figure.broken(exercise.scales, entries) else []
    return paragraph(exercise.caption, "caption") + paragraph(" ".join(how), "hint")


def cells(exercise: CheckIn, entry: CheckInEntry, words: Words) -> list[str]:
    """A day's numbers in the order of the scales."""
    return [str(entry.values.get(scale.id, words["check_in.none"])) for scale in exercise.scales]


def blank(exercise: CheckIn, words: Words, boxes: Boxes) -> str:
    """A grid for eight days, in which the picture is drawn by hand."""
    how = paragraph(words["check_in.paper"], "hint")
    return _sheet(exercise, how + _grid(exercise, words) + paragraph(exercise.caption, "caption"), boxes)


def filled(exercise: CheckIn, answer: CheckInAnswer, words: Words, boxes: Boxes) -> str:
    """The owner's picture, and the same as a table."""
    entries = usable(exercise, answer)
    return _sheet(exercise, _shown(exercise, entries, words), boxes) if entries else blank(exercise, words, boxes)


def projected(exercise: CheckIn, answer: CheckInAnswer, words: Words, boxes: Boxes) -> str:
    """An example on the wall: a picture for each scale, so that its words are large."""
    entries = usable(exercise, answer)
    if not entries:
        return blank(exercise, words, boxes)
    each = (replace(exercise, scales=(scale,)) for scale in exercise.scales)
    pictures = "".join(drawing(one, entries, words).html() for one in each)
    return _sheet(exercise, pictures + below(exercise, entries, words), boxes)


def key(exercise: CheckIn, words: Words, boxes: Boxes) -> str:
    """For the leader: the fictional person's days as an example."""
    if not exercise.example:
        return ""
    title = escape(words["check_in.key_title"].format(title=exercise.title))
    note = paragraph(words["check_in.key_note"], "hint")
    return f'<section class="key"><h4>{title}</h4>{note}{_shown(exercise, exercise.example, words)}</section>'


def _sheet(exercise: CheckIn, body: str, boxes: Boxes) -> str:
    return section("check_in", exercise, private_note(boxes), body, paragraph(exercise.ending, "ending"))


def _shown(exercise: CheckIn, entries: Sequence[CheckInEntry], words: Words) -> str:
    figure = drawing(exercise, entries, words).html()
    return figure + below(exercise, entries, words) + _table(exercise, entries, words)


def _table(exercise: CheckIn, entries: Sequence[CheckInEntry], words: Words) -> str:
    labels = (words["check_in.day"], *(scale.label for scale in exercise.scales))
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels)
    rows = "".join(
        f'<tr><th scope="row">{escape(day(entry.date, words))}</th>'
        f"{''.join(f'<td>{escape(text)}</td>' for text in cells(exercise, entry, words))}</tr>"
        for entry in entries
    )
    return f'<table class="check-in-days"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _grid(exercise: CheckIn, words: Words) -> str:
    empty = "<td></td>" * COLUMNS
    # A head, so that a second page has room for the dates as well.
    head = f'<thead><tr class="dates"><th scope="row">{escape(words["check_in.print_date"])}</th>{empty}</tr></thead>'
    panels = "".join(_panel(scale, empty) for scale in exercise.scales)
    return f'<table class="check-in-grid">{head}{panels}</table>'


def _panel(scale: Field, empty: str) -> str:
    """One scale: its name, and a row for each number from 10 down to 0."""
    head = f'<tr><th scope="rowgroup" colspan="{COLUMNS + 1}">{escape(scale.label)}</th></tr>'
    ends = {0: scale.low, 10: scale.high}
    rows = "".join(
        f'<tr><th scope="row">{number} <span>{escape(ends.get(number, ""))}</span></th>{empty}</tr>'
        for number in reversed(NUMBERS)
    )
    return f"<tbody>{head}{rows}</tbody>"
