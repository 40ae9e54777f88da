"""The printed faces of a group board: columns to write in by pen, or with the cards of the group."""

from collections.abc import Mapping
from html import escape

from course.model import GroupBoard, GroupBoardAnswer
from widgets.sheet import Boxes, Words
from widgets.sheets.common import by_column, paragraph, poster, poster_column, section

UNSORTED = ""


def blank(board: GroupBoard, words: Words, boxes: Boxes) -> str:
    """Empty columns."""
    return _poster(board, {}, words["group_board.print"], words)


def filled(board: GroupBoard, answer: GroupBoardAnswer, words: Words, boxes: Boxes) -> str:
    """The group's cards where they were put, with those that are not sorted under them."""
    cards = {name: texts for name, texts in answer.columns.items() if texts}
    return _poster(board, cards, words["tally.print_result"], words) if cards else blank(board, words, boxes)


def _poster(board: GroupBoard, cards: Mapping[str, tuple[str, ...]], note: str, words: Words) -> str:
    table = poster([(column.text, cards.get(column.id, ())) for column in board.columns])
    left = poster_column(words["group_board.unsorted"], cards[UNSORTED]) if cards.get(UNSORTED) else ""
    return section(
        "group_board", board, paragraph(board.question, "wall-question"), paragraph(note, "hint"), table, left
    )


def key(board: GroupBoard, words: Words, boxes: Boxes) -> str:
    """For the leader: the explanation, an example, and what never to ask about."""
    title = escape(words["group_board.key_title"].format(title=board.title))
    example = by_column((column.text, board.example.get(column.id, ())) for column in board.columns)
    shown = f"{paragraph(words['group_board.key_example'])}<ul>{example}</ul>" if example else ""
    body = f"{paragraph(board.explanation)}{shown}{paragraph(words['tally.print_leader'], 'hint')}"
    return f'<section class="key"><h4>{title}</h4>{body}</section>'
