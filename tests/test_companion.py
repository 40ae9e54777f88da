"""What the leader's second window is sent: every word for the leader, and nothing that runs."""

import json
import re
from html.parser import HTMLParser

import pytest

from course import content, notebooks
from course.boards import boards
from widgets.lab import companion
from widgets.lab.contents import MODULES


def cells(name: str) -> tuple[notebooks.Cell, ...]:
    """The cells of a module's notebook."""
    return notebooks.read(MODULES / "nb" / f"{name}.ipynb")


class Text(HTMLParser):
    """The text of a page, without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(html: str) -> str:
    """What is read, in one line."""
    parser = Text()
    parser.feed(html)
    return " ".join(parser.text.split())


@pytest.fixture(scope="module")
def words():
    """The words of the interface."""
    return content.words("nb")


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_word_for_the_leader_is_there_and_every_cell_of_the_others_has_its_part(name, words):
    module, found = content.load(name, "nb"), cells(name)
    told = companion.describe(module, found, words)
    script = " ".join(plain(html) for html in (*(part["notes"] for part in told["parts"]), *told["keys"].values()))
    for cell in found:
        if cell.leader and cell.kind == "markdown":
            for sentence in re.findall(r"[^.\n*|]{20,}", cell.text):
                assert " ".join(sentence.removeprefix("- ").split()) in script
    known = {identifier for part in told["parts"] for identifier in part["cells"]}
    before = next(cell.number for cell in found if cell.text.startswith("## "))
    assert known == {cell.id for cell in found if cell.number >= before and not cell.leader}


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_key_stands_with_the_cell_that_shows_its_exercise(name, words):
    told = companion.describe(content.load(name, "nb"), cells(name), words)
    shown = {cell.id: cell.shows for cell in cells(name)}
    quizzes = {exercise.id for exercise in content.load(name, "nb").exercises if type(exercise).__name__ == "Quiz"}
    assert quizzes <= {shown[identifier] for identifier, key in told["keys"].items() if key}


@pytest.mark.parametrize("name", content.names("nb"))
def test_what_is_said_of_the_groups_board_stands_with_the_board_alone(name, words):
    module, found = content.load(name, "nb"), cells(name)
    told, texts = companion.describe(module, found, words), {cell.id: cell.text for cell in found}
    boards_there = boards(module, found)
    assert boards_there
    for board in boards_there:
        said = plain(companion.prose(texts[board.cells[0]]))
        assert plain(told["keys"][board.cells[-1]]).startswith(said)
        assert not any(said in plain(part["notes"]) for part in told["parts"])


def test_the_emergency_sheet_has_every_row(words):
    support = content.support("nb")
    sheet = plain(companion.emergency(support, words))
    assert len(support.alerts) > 3
    for alert in support.alerts:
        for text in (alert.title, alert.say, alert.do, alert.call):
            assert " ".join(text.split()) in sheet


def test_html_in_a_leaders_cell_is_shown_and_not_obeyed():
    assert "<script" not in companion.prose("Si: <script>alert(1)</script>")
    assert "javascript:" not in companion.prose("[her](javascript:alert(1))")


def test_the_data_cannot_end_the_element_it_lies_in(words):
    html = companion.page(content.load("01_avhengighet"), cells("01_avhengighet"), "/")
    island = re.search(r'<script type="application/json" id="nykurs-companion">(.*?)</script>', html, re.DOTALL)[1]
    assert "<" not in island
    assert json.loads(island)["title"] == content.load("01_avhengighet", "nb").title
