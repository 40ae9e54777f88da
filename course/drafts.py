"""Reads a module that is being written: every exercise that is whole, and letters in the place of every other.

`content.load` refuses a file with a mistake in it. An author who looks at the page while writing needs the rest of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from course import content, gathering, kinds, meaning
from course.building import Misfit
from course.content import ContentError
from course.findings import Finding
from course.letters import letters
from course.model import Exercise, Module
from course.yaml_reader import Document, read

FILES = "[0-9][0-9]*_*.yaml"


@dataclass(frozen=True)
class Sketch:
    """One exercise as far as it is written: itself when it is whole, else the letters about it."""

    id: str
    kind: str
    exercise: Exercise | None = None
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A module as far as it is written. `readable` is False when nothing could be read; `letters` are not about an
    exercise."""

    module: Module
    sketches: tuple[Sketch, ...] = ()
    letters: tuple[str, ...] = ()
    readable: bool = True


def names(language: str = "nb") -> tuple[str, ...]:
    """Every module that has a content file, whole or not."""
    return tuple(sorted(path.stem for path in (content.CONTENT / language).glob(FILES)))


def stamps(language: str = "nb") -> tuple[tuple[str, int, int], ...]:
    """What changes when any content file of a language does."""
    found = []
    for path in sorted((content.CONTENT / language).glob("*.yaml")):
        try:
            state = path.stat()
        except OSError:
            continue  # an editor is just putting another in its place
        found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def load(name: str, language: str = "nb") -> Draft:
    """The module of this name as far as it is written."""
    document = read(content.CONTENT / language / f"{name}.yaml")
    found = content.findings(document)
    items = document.data.get("exercises") if isinstance(document.data, dict) else None
    if not isinstance(items, list):
        return Draft(_module(document), letters=tuple(letters(document, found)), readable=False)
    about = _by_exercise(document, found, len(items))
    first = [_sketch(document, number, item, about[number]) for number, item in enumerate(items)]
    module = _module(document, [sketch.exercise for sketch in first if sketch.exercise])
    sketches = tuple(_gathered(document, number, sketch, module) for number, sketch in enumerate(first))
    module = replace(module, exercises=tuple(sketch.exercise for sketch in sketches if sketch.exercise))
    return Draft(module, sketches, tuple(letters(document, about[None])))


def _by_exercise(document: Document, found: Iterable[Finding], count: int) -> Mapping[int | None, list[Finding]]:
    """The findings by the number of the exercise they are about; None for the rest of the file."""
    about: dict[int | None, list[Finding]] = {None: [], **{number: [] for number in range(count)}}
    for finding in found:
        about[_number(document, finding, count)].append(finding)
    return about


def _number(document: Document, finding: Finding, count: int) -> int | None:
    if finding.keys[:1] == ("exercises",) and len(finding.keys) > 1:
        return finding.keys[1]
    if finding.line is None:
        return None
    starts = [document.line(("exercises", number)) for number in range(count)]
    ends = [line for key, line in document.lines[id(document.data)].items() if line > document.line(("exercises",))]
    if any(line <= finding.line for line in ends):
        return None  # below the exercises
    return max((number for number, line in enumerate(starts) if line <= finding.line), default=None)


def _sketch(document: Document, number: int, item: object, found: list[Finding]) -> Sketch:
    """An exercise by itself, or the letters about it."""
    named = item if isinstance(item, dict) else {}
    texts = [named[key] if isinstance(named.get(key), str) else "" for key in ("id", "kind")]
    if found:
        return Sketch(*texts, letters=tuple(letters(document, found)))
    claims = {option: _words(document)[f"quiz.{option}"] for option in kinds.CLAIM_OPTIONS}
    try:
        return Sketch(*texts, exercise=kinds.exercise(meaning.claims_with_text(item, claims)))
    except (Misfit, TypeError, KeyError, AttributeError, ValueError):
        return _unexpected(document, number, Sketch(*texts))


def _gathered(document: Document, number: int, sketch: Sketch, module: Module) -> Sketch:
    """A plan or a pocket card with what it shows of other exercises; any other sketch as it is."""
    if not sketch.exercise or not gathering.sections(sketch.exercise):
        return sketch
    alone = replace(module, exercises=(sketch.exercise,))
    try:
        beside = [name for name in gathering.modules(alone) if name != module.name]
        others = {module.name: module, **{name: content.load(name, module.language) for name in beside}}
        numbers = content.support(module.language).numbers
        return replace(sketch, exercise=gathering.resolve(alone, others, numbers).exercises[0])
    except ContentError as fault:
        return replace(sketch, exercise=None, letters=fault.problems)
    except (Misfit, KeyError):
        return _unexpected(document, number, sketch)


def _unexpected(document: Document, number: int, sketch: Sketch) -> Sketch:
    said = letters(document, [Finding("file.unexpected", ("exercises", number))])
    return replace(sketch, exercise=None, letters=tuple(said))


def _words(document: Document) -> Mapping[str, str]:
    return content.words(document.path.parent.name)


def _module(document: Document, exercises: Iterable[Exercise] = ()) -> Module:
    """What a card asks of its module; the parts stand in the notebook and are not needed."""
    data = document.data if isinstance(document.data, dict) else {}
    path = Path(document.path)
    texts = {key: data[key] if isinstance(data.get(key), str) else "" for key in ("title", "summary")}
    texts["title"] = texts["title"].strip() or path.stem
    return Module(name=path.stem, language=path.parent.name, parts=(), exercises=tuple(exercises), **texts)
