"""The printed faces of a sorting board: a table with a row for each card and a box to cross for each column."""

from html import escape

from course.model import Choice, Column, SortingBoard, SortingBoardAnswer
from widgets.columns import place
from widgets.sheet import Boxes, Words
from widgets.sheets.common import by_column, paragraph, poster, private_note, section


def blank(board: SortingBoard, words: Words, boxes: Boxes) -> str:
    """Boxes to cross, and empty rows for own cards."""
    return filled(board, SortingBoardAnswer(), words, boxes)


def filled(board: SortingBoard, answer: SortingBoardAnswer, words: Words, boxes: Boxes) -> str:
    """The same with its owner's crosses and cards; what is not sorted can still be crossed by hand."""
    empty = max(board.own_cards - len(answer.own), 0)
    how = [words["sorting_board.print"]] + ([words["sorting_board.print_own"]] if empty else [])
    rows = [_row(card, place(answer.columns, card.id), board, words) for card in (*board.cards, *answer.own)]
    rows += [_row(Choice(id="", text=""), None, board, words)] * empty
    body = f'<table class="sorting">{_head(board, words)}<tbody>{"".join(rows)}</tbody></table>'
    note, ending = private_note(boxes), paragraph(board.ending, "ending")
    return section("sorting_board", board, note, paragraph(" ".join(how), "hint"), body, ending)


def _head(board: SortingBoard, words: Words) -> str:
    titles = (words["sorting_board.card"], *(column.title for column in board.columns))
    cells = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    return f"<thead><tr>{cells}</tr></thead>"


def _row(card: Choice, column: str | None, board: SortingBoard, words: Words) -> str:
    first = f'<th scope="row">{escape(card.text)}</th>' if card.text else "<td></td>"
    return f"<tr>{first}{''.join(_cell(each.id == column, words) for each in board.columns)}</tr>"


def _cell(chosen: bool, words: Words) -> str:
    if not chosen:
        return '<td><span class="cross"></span></td>'
    return f'<td><span class="cross" role="img" aria-label="{escape(words["sorting_board.chosen"])}">✕</span></td>'


def projected(board: SortingBoard, answer: SortingBoardAnswer, words: Words, boxes: Boxes) -> str:
    """For a whole room: the columns side by side, large enough for the back row."""
    columns = [(column.title, cards(board, answer, column)) for column in board.columns]
    return section("sorting_board", board, poster(columns))


def cards(board: SortingBoard, answer: SortingBoardAnswer, column: Column) -> tuple[str, ...]:
    """The words of the cards in one column, in the order they were put there."""
    texts = {card.id: card.text for card in (*board.cards, *answer.own)}
    return tuple(texts[name] for name in answer.columns.get(column.id, ()) if name in texts)


def key(board: SortingBoard, words: Words, boxes: Boxes) -> str:
    """For the leader: how the fictional person has sorted."""
    listed = example(board)
    if not listed:
        return ""
    title, note = words["sorting_board.key_title"].format(title=board.title), words["sorting_board.key_note"]
    return f'<section class="key"><h4>{escape(title)}</h4>{paragraph(note, "hint")}{listed}</section>'


def example(board: SortingBoard) -> str:
    """The fictional person's cards, column by column; "" when there are none."""
    sorted_cards = SortingBoardAnswer(columns=board.example)
    rows = by_column((column.title, cards(board, sorted_cards, column)) for column in board.columns)
    return f'<ul class="replies">{rows}</ul>' if rows else ""
