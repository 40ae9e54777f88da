"""`check` warns of a text that fills more slides on the wall than a group follows, and does not fail."""

from datetime import date
from pathlib import Path

import nbformat
import pytest

from course import content, notebooks, slides

TODAY = date(2026, 11, 22)
NOTEBOOKS = sorted(content.MODULES.glob("*/[0-9][0-9]_*.ipynb"))


def written(folder: Path, text: str, *tags: str) -> Path:
    """A notebook with one text in it."""
    cell = nbformat.v4.new_markdown_cell(text, id="long-text", metadata={"tags": list(tags)})
    path = folder / "01_eksempel.ipynb"
    path.write_bytes(notebooks.tidy(nbformat.v4.new_notebook(cells=[cell])))
    return path


def words(count: int) -> str:
    """A text of so many words."""
    return " ".join(["ord"] * count)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (words(125), 1),
        (words(126), 2),
        ("\n".join(["- " + words(9)] * 8), 1),
        ("\n".join(["1. " + words(9)] * 9), 2),
        (f"## {words(2)}\n\n{words(123)}", 1),
        (f"### {words(2)}\n\n{words(123)}", 2),
    ],
)
def test_lines_in_a_list_and_headings_take_room_beyond_their_words(text, filled):
    assert slides.slides(text) == filled


def test_a_text_of_more_than_two_slides_is_a_warning_and_no_fault(tmp_path):
    (letter,) = content.warnings(written(tmp_path, words(251)), TODAY)
    assert "01_eksempel.ipynb linje" in letter
    assert "«long-text»" in letter
    assert "251 ord" in letter
    assert "3 bilder" in letter
    assert letter not in content.problems(tmp_path / "01_eksempel.ipynb")
    assert content.warnings(written(tmp_path, words(250)), TODAY) == []


@pytest.mark.parametrize("tag", ["leader", "paper-only"])
def test_what_is_never_on_the_wall_may_be_long(tmp_path, tag):
    assert content.warnings(written(tmp_path, words(400), tag), TODAY) == []


def test_a_notebook_that_cannot_be_read_has_no_warnings(tmp_path):
    broken = tmp_path / "01_eksempel.ipynb"
    broken.write_text("{")
    assert content.warnings(broken, TODAY) == []
    assert content.warnings(tmp_path / "no-such.ipynb", TODAY) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_text_of_the_course_is_too_long_for_the_wall(path):
    assert content.warnings(path, TODAY) == []
