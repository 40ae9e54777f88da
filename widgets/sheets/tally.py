"""The printed faces of a tally: the group's own poster, to tally by pen or with what the group answered."""

from html import escape

from course.model import Tally, TallyAnswer, TallyOption
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, rich, section


def blank(tally: Tally, words: Words, boxes: Boxes) -> str:
    """A box beside every option, to put a stroke in for each hand."""
    rows = "".join(_row(option, "") for option in tally.options)
    return _poster(tally, rows, words["tally.print"], words)


def filled(tally: Tally, answer: TallyAnswer, words: Words, boxes: Boxes) -> str:
    """What the group answered, as bars and numbers; the blank one as long as nobody has."""
    counts = {option.id: answer.counts.get(option.id, 0) for option in tally.options}
    if not any(counts.values()):
        return blank(tally, words, boxes)
    widest = max(10, *counts.values())
    rows = "".join(_row(option, _bar(counts[option.id], widest)) for option in tally.options)
    return _poster(tally, rows, words["tally.print_result"], words)


def _poster(tally: Tally, rows: str, note: str, words: Words) -> str:
    heads = "".join(f'<th scope="col">{escape(words[f"tally.print_{name}"])}</th>' for name in ("option", "count"))
    table = f'<table class="tally"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return section("tally", tally, paragraph(tally.question, "wall-question"), paragraph(note, "hint"), table)


def _row(option: TallyOption, count: str) -> str:
    return f'<tr><th scope="row">{escape(option.text)}</th><td>{count}</td></tr>'


def _bar(count: int, widest: int) -> str:
    """The number, and a bar that prints in black and white."""
    width = round(100 * count / widest)
    bar = f'<rect width="{width}" height="8"/>'
    drawn = f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{bar}</svg>'
    return f'<span class="tally-count">{count}</span> {drawn}'


def key(tally: Tally, words: Words, boxes: Boxes) -> str:
    """For the leader: what fits, every reply, the explanation, and what never to ask about."""
    title = escape(words["sheet.key_title"].format(title=tally.title))
    options = "".join(_reply(option, words) for option in tally.options)
    body = f"<ul>{options}</ul>{paragraph(tally.explanation)}{paragraph(words['tally.print_leader'], 'hint')}"
    return f'<section class="key"><h4>{title}</h4>{paragraph(tally.question, "question")}{body}</section>'


def _reply(option: TallyOption, words: Words) -> str:
    mark = f" – <strong>{escape(words['sheet.expected'])}</strong>" if option.fitting else ""
    reply = f". {rich(option.reply)}" if option.reply else ""
    return f"<li>{escape(option.text)}{mark}{reply}</li>"
