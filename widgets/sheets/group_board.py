"""The printed faces of a group board: columns to write in by pen, or with the cards of the group."""

from collections.abc import Mapping
from html import escape

from course.model import GroupBoard, GroupBoardAnswer
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, section

UNSORTED = ""


def blank(board: GroupBoard, words: Words, boxes: Boxes) -> str:
    """Empty columns."""
    return _poster(board, {}, words["group_board.print"], words)


def filled(board: GroupBoard, answer: GroupBoardAnswer, words: Words, boxes: Boxes) -> str:
    """The group's cards where they were put, with those that are not sorted under them."""
    cards = {name: texts for name, texts in answer.columns.items() if texts}
    return _poster(board, cards, words["tally.print_result"], words) if cards else blank(board, words, boxes)


def _poster(board: GroupBoard, cards: Mapping[str, tuple[str, ...]], note: str, words: Words) -> str:
    columns = "".join(_column(column.text, cards.get(column.id, ())) for column in board.columns)
    table = f'<div class="board board-of-{len(board.columns)}">{columns}</div>'
    left = _column(words["group_board.unsorted"], cards[UNSORTED]) if cards.get(UNSORTED) else ""
    return section(
        "group_board", board, paragraph(board.question, "wall-question"), paragraph(note, "hint"), table, left
    )


def _column(title: str, texts: tuple[str, ...]) -> str:
    cards = "".join(f"<li>{escape(text)}</li>" for text in texts)
    listed = f"<ul>{cards}</ul>" if cards else ""
    return f'<div class="board-column"><h4>{escape(title)}</h4>{listed}</div>'


def key(board: GroupBoard, words: Words, boxes: Boxes) -> str:
    """For the leader: the explanation, an example, and what never to ask about."""
    title = escape(words["group_board.key_title"].format(title=board.title))
    example = "".join(
        f"<li><strong>{escape(column.text)}:</strong> {escape('; '.join(board.example[column.id]))}</li>"
        for column in board.columns
        if board.example.get(column.id)
    )
    shown = f"{paragraph(words['group_board.key_example'])}<ul>{example}</ul>" if example else ""
    body = f"{paragraph(board.explanation)}{shown}{paragraph(words['tally.print_leader'], 'hint')}"
    return f'<section class="key"><h4>{title}</h4>{body}</section>'
