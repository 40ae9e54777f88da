"""Holds a notebook against its content file: the parts, the leader's cells, what is shown, and the minutes."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import content, neighbours, recap
from course.findings import Finding
from course.letters import hint, sentences
from course.model import Exercise, Explore, Layer, Module, Part, Question, Quiz
from course.notebooks import Cell

LONGEST = 60  # minutes of core in a module
ROUND = 12  # minutes: 1.5 for each of eight people
QUESTION = 2  # minutes
ALWAYS = ("safety", "help", "sources")
_HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True)
class Minutes:
    """The minutes of one part, by what they go to."""

    prose: float = 0
    round: float = 0
    questions: float = 0
    exercises: float = 0

    @property
    def total(self) -> float:
        """All of them."""
        return self.prose + self.round + self.questions + self.exercises


def findings(path: Path, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    """Everything in which a notebook and its content file disagree."""
    file = neighbours.content_of(path)
    if not file.is_file():
        yield Finding("file.content_missing", values={"content": file.name, "language": file.parent.name})
        return
    try:
        module = content.read_module(file)
    except content.ContentError:
        yield Finding("notebook.content_faulty", values={"content": file.name})
        return
    yield from _code(module, cells, set(neighbours.boxes_beside(file)))
    yield from _title(module, cells)
    yield from _headings(module, cells)
    yield from _layers(module, cells)
    yield from _leader(module, cells)
    yield from _sum(module, cells)


def opening(module: Module) -> str:
    """The one line of a notebook's first cell."""
    language = "" if module.language == "nb" else f', "{module.language}"'
    return f'from widgets import module; show = module("{module.name}"{language})'


def _code(module: Module, cells: tuple[Cell, ...], boxes: set[str]) -> Iterator[Finding]:
    line = opening(module)
    if not cells or cells[0].kind != "code" or cells[0].text != line:
        yield Finding("notebook.first", ("cells", 0), values={"line": line})
    known = [exercise.id for exercise in module.exercises] + sorted(boxes | set(neighbours.OTHER_NAMES))
    for cell in cells[1:]:
        if cell.kind == "code" and not cell.shows:
            yield Finding("notebook.code", ("cells", cell.number))
        elif cell.shows and cell.shows not in known:
            values = {"id": cell.shows, "content": _file(module), "hint": hint(cell.shows, known, module.language)}
            yield Finding("notebook.unknown", ("cells", cell.number), values=values)
    on_paper = {cell.shows for cell in cells if not cell.tags & {"leader", "screen-only"}}
    yield from _unshown(module, {cell.shows for cell in cells if cell.everywhere}, on_paper)


def _unshown(module: Module, shown: set[str], on_paper: set[str]) -> Iterator[Finding]:
    for exercise in module.exercises:
        if exercise.id not in on_paper:  # one that is filled in by hand may be on paper alone
            yield Finding("notebook.unshown", values={"id": exercise.id})
    for box in ALWAYS:
        if box not in shown:
            yield Finding("notebook.box_missing", values={"id": box})
    tolerance = any(isinstance(exercise, Explore) and exercise.figure == "tolerance" for exercise in module.exercises)
    if tolerance and "overdose" not in shown:
        yield Finding("notebook.overdose")


def _file(module: Module) -> str:
    return f"{module.name}.yaml"


def headings(cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, int, str]]:
    """Every heading participants see: its cell, level and text."""
    for cell in cells:
        if cell.kind == "markdown" and not cell.leader:
            for match in _HEADING.finditer(cell.text):
                yield cell, len(match[1]), match[2]


def _title(module: Module, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    titles = [(cell, text) for cell, level, text in headings(cells) if level == 1]
    if not titles:
        yield Finding("notebook.title", values={"title": module.title})
    for cell, text in titles:
        if text != module.title:
            values = {"found": text, "content": _file(module), "title": module.title}
            yield Finding("notebook.title_other", ("cells", cell.number), values=values)


def _headings(module: Module, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    titles = [part.title for part in module.parts]
    found = [(cell, text) for cell, level, text in headings(cells) if level == 2]
    for cell, text in found:
        if text not in titles:
            values = {"found": text, "content": _file(module), "hint": hint(text, titles, module.language)}
            yield Finding("notebook.heading_unknown", ("cells", cell.number), values=values)
    for part in module.parts:
        if part.title not in [text for _, text in found]:
            yield Finding("notebook.heading_missing", values={"part": part.id, "title": part.title})
    yield from _order(module, [(cell, text) for cell, text in found if text in titles])
    yield from _levels(cells)


def _order(module: Module, found: list[tuple[Cell, str]]) -> Iterator[Finding]:
    texts = [text for _, text in found]
    wanted = [part.title for part in module.parts if part.title in texts]
    for (cell, text), title in zip(found, wanted, strict=False):
        if text != title:
            values = {"found": text, "content": _file(module)}
            yield Finding("notebook.heading_order", ("cells", cell.number), values=values)
            return


def _levels(cells: tuple[Cell, ...]) -> Iterator[Finding]:
    before = 1  # a missing title has a letter of its own
    for cell, level, text in headings(cells):
        if level > before + 1:
            yield Finding("notebook.heading_level", ("cells", cell.number), values={"found": text})
        before = level


def by_part(module: Module, cells: tuple[Cell, ...]) -> dict[str, list[Cell]]:
    """The cells of each part by its id: from its heading to the next."""
    starts = {cell.number: text for cell, level, text in headings(cells) if level == 2}
    ids = {part.title: part.id for part in module.parts}
    parts: dict[str, list[Cell]] = {part.id: [] for part in module.parts}
    here = ""
    for cell in cells:
        here = ids.get(starts[cell.number], "") if cell.number in starts else here
        if here:
            parts[here].append(cell)
    return parts


def minutes(module: Module, cells: tuple[Cell, ...]) -> dict[str, Minutes]:
    """The minutes of each part by its id, as design.md counts them.

    A part of the core counts what is core in it; a part for those with more time counts everything in it. An exercise
    that is shown twice counts where it is shown first. The recap is that of a meeting, and as long whatever is drawn.
    """
    exercises = {exercise.id: exercise for exercise in recap.asked(module).exercises}
    counted, taken, cells_of = {}, set(), by_part(module, cells)
    for part in module.parts:
        shown = [cell.shows for cell in cells_of[part.id] if not cell.leader]
        new = [exercises[name] for name in dict.fromkeys(shown) if name in exercises and name not in taken]
        taken.update(exercise.id for exercise in new)
        counted[part.id] = _part_minutes(part, [item for item in new if _counts(part.layer, item.layer)])
    return counted


def _part_minutes(part: Part, exercises: list[Exercise]) -> Minutes:
    questions = sum(QUESTION for exercise in exercises for question in _questions(exercise, part.layer))
    return Minutes(part.minutes, ROUND * part.round, questions, sum(exercise.minutes for exercise in exercises))


def _questions(exercise: Exercise, layer: Layer) -> list[Question]:
    if not isinstance(exercise, Quiz):
        return []
    counted = [question for question in exercise.questions if _counts(layer, question.layer)]
    return counted[: exercise.pool] if exercise.pool else counted


def _counts(part: Layer, layer: Layer) -> bool:
    return part == "more" or layer == "core"


def _layers(module: Module, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    """The tag `more` on a part's heading and on an exercise says what their layer says."""
    layers = {exercise.id: exercise.layer for exercise in module.exercises}
    cells_of = by_part(module, cells)
    for part in module.parts:
        for cell in cells_of[part.id][:1]:
            yield from _layer(module, cell, part.id, part.layer)
        for cell in cells_of[part.id]:
            if cell.shows in layers and not cell.leader:
                layer = "more" if part.layer == "more" else layers[cell.shows]
                yield from _layer(module, cell, cell.shows, layer)


def _layer(module: Module, cell: Cell, what: str, layer: Layer) -> Iterator[Finding]:
    tagged = "more" in cell.tags
    if tagged != (layer == "more"):
        tag = sentences(module.language)["notebook.layer_tagged" if tagged else "notebook.layer_untagged"]
        values = {"tag": tag, "what": what, "layer": layer, "content": _file(module)}
        yield Finding("notebook.layer", ("cells", cell.number), values=values)


def _leader(module: Module, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    counted, cells_of = minutes(module, cells), by_part(module, cells)
    for part in module.parts:
        texts = [cell for cell in cells_of[part.id] if cell.leader and cell.kind == "markdown"]
        wanted = _number(counted[part.id].total)
        values = {"part": part.id, "minutes": wanted, "line": _leader_line(wanted, module.language)}
        if not cells_of[part.id]:
            continue  # its heading is missing, which is said already
        if not texts:
            yield Finding("notebook.leader_missing", ("cells", cells_of[part.id][0].number), values=values)
            continue
        match = _leader_pattern(module.language).match(texts[0].text)
        if not match:
            yield Finding("notebook.leader_start", ("cells", texts[0].number), values=values)
        elif match[1] != wanted:
            values |= {"found": match[1], "count": _account(counted[part.id], module.language)}
            yield Finding("notebook.leader_minutes", ("cells", texts[0].number), values=values)


def _leader_line(minutes: str, language: str) -> str:
    said = sentences(language)
    return said["notebook.leader_line_one" if minutes == "1" else "notebook.leader_line"].format(minutes=minutes)


@functools.cache
def _leader_pattern(language: str) -> re.Pattern:
    forms = [sentences(language)[f"notebook.{key}"].split("{minutes}") for key in ("leader_line", "leader_line_one")]
    (before, several), (_, one) = [[re.escape(text.removesuffix("**")) for text in form] for form in forms]
    # Behind the minutes there may be a note, such as which of two meetings the part belongs to.
    return re.compile(rf"{before}(\d+(?:,\d+)?)(?:{several}|{one})(?: · [^*\n]+)?\*\*")


def _sum(module: Module, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    total = core_minutes(module, cells)
    if total > LONGEST:
        counted, said = minutes(module, cells), sentences(module.language)
        each = functools.partial(str.format, said["notebook.counted_part"])
        core = [part for part in module.parts if part.layer == "core"]
        count = ", ".join(each(title=part.title, minutes=_number(counted[part.id].total)) for part in core)
        yield Finding("notebook.minutes", values={"minutes": _number(total), "limit": LONGEST, "count": count})


def core_minutes(module: Module, cells: tuple[Cell, ...]) -> float:
    """The minutes of the core of a module."""
    counted = minutes(module, cells)
    return sum(counted[part.id].total for part in module.parts if part.layer == "core")


def _account(counted: Minutes, language: str) -> str:
    numbers = {name: _number(value) for name, value in vars(counted).items()}
    return sentences(language)["notebook.counted"].format(**numbers)


def _number(value: float) -> str:
    """A number as it is written in Norwegian: 3 or 3,5."""
    return f"{value:g}".replace(".", ",")
