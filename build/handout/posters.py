"""Posters for the wall: one question a page, with nothing on them that is private, and no answers (S-21).

A claim from a quiz is none: it would hang there without its answer, a myth in large letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from course import content, notebooks, recap, rhythm
from course.model import Exercise, GroupBoard, Module, Tally
from course.notebooks import Cell
from handout import meeting
from handout.page import TEMPLATES, frame
from handout.rendering import render

HIDDEN = {"leader", "screen-only"}
SIZES = ((60, "huge"), (110, "great"))  # so many letters at the most; whatever is longer is just large
_ITEM = re.compile(r"^ *(\d+)[.)] +(.+(?:\n +(?!\d+[.)] )\S.*)*)$", re.MULTILINE)  # with its indented lines
_LEAD = re.compile(r"^(?! *\d+[.)] )(?![#*]).+", re.MULTILINE)


@dataclass(frozen=True)
class Poster:
    """One page for the wall. `kind` is talk, tally or board; `choices` are answers or columns, in order."""

    kind: str
    above: str
    text: str
    rule: str
    choices: tuple[str, ...] = ()

    @property
    def size(self) -> str:
        """How large its letters can be."""
        sizes = SIZES if self.kind == "talk" else ()  # a table or columns stand below the others
        return next((name for most, name in sizes if len(self.text) <= most), "large")


def page(name: str, language: str) -> str:
    """The posters of a module; of a chosen meeting, when there is one."""
    module = recap.of(content.load(name, language))
    cells = notebooks.read(content.MODULES / language / f"{name}.ipynb")
    words = content.words(language)
    title = words["handout.posters.title"].format(title=module.title)
    around = frame(language, title, draft=not module.approved, leader=False)
    style = (TEMPLATES / "handout" / "posters.css").read_text(encoding="utf-8")
    around = replace(around, style=around.style + style)
    return render("posters", frame=around, posters=tuple(posters(module, cells, words)))


def posters(module: Module, cells: tuple[Cell, ...], words: dict[str, str]) -> Iterator[Poster]:
    """What the group talks about, in the order of the notebook."""
    held = meeting.held(module, cells)
    out = held.out if held else frozenset()
    talks = _talks(module, cells)
    exercises = {exercise.id: exercise for exercise in module.exercises if not exercise.private}
    for cell in cells:
        if cell.id in out or cell.tags & HIDDEN:
            continue
        if cell.id in talks:
            yield from _questions(cell, *talks[cell.id])
        elif cell.shows in exercises:
            yield from _of_exercise(exercises[cell.shows], words)


def _talks(module: Module, cells: tuple[Cell, ...]) -> dict[str, tuple[str, str]]:
    """The texts that ask for a talk: the title of the part and its rule, by the id of the cell."""
    found, parts = {}, rhythm.by_part(module, cells)
    for part in (each for each in module.parts if each.step == "talk"):
        texts = [cell for cell in parts[part.id] if cell.kind == "markdown" and not cell.tags & HIDDEN]
        rule = next((lead[0] for cell in texts if (lead := _LEAD.search(cell.text))), "")
        found |= {cell.id: (part.title, rule) for cell in texts}
    return found


def _questions(cell: Cell, title: str, rule: str) -> Iterator[Poster]:
    for number, text in _ITEM.findall(cell.text):  # the leader's notes call them by their number
        yield Poster("talk", f"{title} · {number}", " ".join(text.split()), rule)


def _of_exercise(exercise: Exercise, words: dict[str, str]) -> Iterator[Poster]:
    if isinstance(exercise, Tally):
        choices = tuple(option.text for option in exercise.options)
        yield Poster("tally", exercise.title, exercise.question, words["tally.print"], choices)
    elif isinstance(exercise, GroupBoard):
        choices = tuple(column.text for column in exercise.columns)
        yield Poster("board", exercise.title, exercise.question, words["group_board.rule"], choices)
