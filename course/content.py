"""The only reader of `course/content/`: YAML, the schema, its meaning, and the frozen data of `course.model`.

`load` and its like hold a file against its meaning but not against the schema, whose library costs a kernel more than
the rest of its start. When something does not fit, they ask `problems` for the whole letter.
"""

import functools
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from course import contract, gathering, meaning, neighbours, outlook
from course.building import Misfit, build
from course.findings import Finding
from course.kinds import CLAIM_OPTIONS, exercise
from course.letters import flat, hint, letter, letters
from course.model import Box, Guide, Module, Source, Support, frozen
from course.yaml_reader import Document, read

CONTENT = Path(__file__).parent / "content"
MODULES = Path(__file__).parent / "modules"

# Which definition of the schema a file follows; every other name is a module.
DEFINITIONS = {
    "ui": "ui",
    "letters": "ui",
    "support": "support",
    "guide": "guide",
    "sources": "source_list",
    "avoid": "avoid_list",
    "phrase": "phrase_list",
}
PHRASE_WORDS = 6**4  # as many as four dice can point at; fewer would make a suggested password easier to guess

Stamp = tuple[Path, int, int]  # a file, when it was changed, and its size


class ContentError(Exception):
    """Content that cannot be used; its text is the whole letter to the author."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def load(name: str, language: str = "nb") -> Module:
    """The module of this name; ContentError with the nearest name when there is none."""
    path = CONTENT / language / f"{name}.yaml"
    known = sorted(path.stem for path in (CONTENT / language).glob("[0-9][0-9]*_*.yaml"))
    if name not in known:
        raise _error(Document(path, None), Finding("file.unknown_module", values=_unknown(name, known, language)))
    return read_module(path)


def _unknown(name: str, known: list[str], language: str) -> dict[str, str]:
    return {"name": name, "hint": hint(name, known, language)}


def read_module(path: Path) -> Module:
    """The module in one file."""
    claims, stamp = claim_words(path.parent.name), stamped(path)
    module = _module(*stamp, claims)
    gathers = any(gathering.sections(exercise) for exercise in module.exercises)
    return _with_its_sources(stamp, module, claims) if gathers else module


def claim_words(language: str) -> tuple[str, ...]:
    """What the three options of a claim are called in a language; one without words of its own borrows bokmål's."""
    spoken = words(language if (CONTENT / language / "ui.yaml").is_file() else "nb")
    return tuple(spoken[f"quiz.{option}"] for option in CLAIM_OPTIONS)


def _with_its_sources(stamp: Stamp, module: Module, claim_texts: tuple[str, ...]) -> Module:
    path = stamp[0]
    try:
        beside = [path.with_name(f"{name}.yaml") for name in gathering.modules(module)]
        if all(file.is_file() for file in beside):
            return _gathered(stamp, tuple(map(stamped, beside)), stamped(path.with_name("support.yaml")), claim_texts)
    except (Misfit, KeyError):
        pass  # a section names what is not there, which `problems` says better
    raise _all_of(read(path))


def names(language: str = "nb") -> tuple[str, ...]:
    """The names of all modules that have both a content file and a notebook, in order."""
    written = {path.stem for path in (CONTENT / language).glob("[0-9][0-9]*_*.yaml")}
    return tuple(sorted(written & {path.stem for path in (MODULES / language).glob("*.ipynb")}))


def words(language: str = "nb") -> Mapping[str, str]:
    """Every word of the interface by its dotted key."""
    return _words(*stamped(CONTENT / language / "ui.yaml"))


def support(language: str = "nb") -> Support:
    """Help numbers, fixed boxes and the leader's emergency sheet."""
    return _support(*stamped(CONTENT / language / "support.yaml"))


def guide(language: str = "nb") -> Guide:
    """What the leader needs around every meeting."""
    return _guide(*stamped(CONTENT / language / "guide.yaml"))


def sources(language: str = "nb") -> Mapping[str, Source]:
    """Where claims come from, by fact id."""
    return _sources(*stamped(CONTENT / language / "sources.yaml"))


def phrase_words(language: str = "nb") -> tuple[str, ...]:
    """The words that a suggested password is drawn from."""
    return _phrase_words(*stamped(CONTENT / language / "phrase.yaml"))


def problems(path: Path) -> list[str]:
    """Everything that is wrong in a content file or a notebook, as letters to its author."""
    if path.suffix == ".ipynb":
        from course import notebooks  # here, because it reads content through this module

        return notebooks.problems(path)
    document = read(path.resolve())
    return letters(document, findings(document))


def warnings(path: Path, today: date) -> list[str]:
    """What is not wrong but needs a look: facts that are old or unconfirmed, a module nobody approved, long slides."""
    if path.suffix == ".ipynb":
        from course import notebooks  # here, because it reads content through this module

        return notebooks.warnings(path)
    path, readers = path.resolve(), {"support": _support, "sources": _sources}
    if DEFINITIONS.get(path.stem) not in (None, "support", "source_list"):
        return []
    try:
        readers[path.stem](*stamped(path)) if path.stem in readers else read_module(path)
    except ContentError:
        return []  # first things first: `problems` has the letters
    document = read(path)
    return letters(document, outlook.findings(document, today))


def findings(document: Document) -> list[Finding]:
    """Everything that is wrong in a content file, with the keys that lead there."""
    found = list(document.findings)
    if document.data is None:
        return found
    language, definition = document.path.parent.name, DEFINITIONS.get(document.path.stem, "module")
    found += contract.findings(document.data, definition, language)
    if definition == "module":
        found += _meaning(document)
        found += neighbours.module(document)
        found += gathering.findings(document)
    elif definition == "ui":
        found += meaning.braces(document.data)
    else:
        found += meaning.ids(document.data, (), document.line)
        found += meaning.dates(document.data)
        found += neighbours.sources(document)
    if definition == "guide":
        from course import plans  # here, because it reads modules through this module

        found += plans.findings(document)
    return found


def _meaning(document: Document) -> list[Finding]:
    data = document.data if isinstance(document.data, dict) else {}
    return list(meaning.module(data, document.path.parent.name, document.line))


def stamped(path: Path) -> Stamp:
    """A file and what changes when it is changed, so that a cache never shows an old text."""
    try:
        state = path.stat()
    except OSError as error:
        raise _error(Document(path, None), Finding("file.missing")) from error
    return path, state.st_mtime_ns, state.st_size


def _error(document: Document, finding: Finding) -> ContentError:
    return ContentError((letter(document, finding),))


def _built(path: Path, make: Callable[[Document], object]) -> object:
    """What a function makes of a file, or the letter about why it cannot."""
    document = read(path)
    try:
        if not document.findings and document.data is not None:
            return make(document)
    except (Misfit, TypeError, KeyError, AttributeError, ValueError):
        pass  # wrong in a way that `problems` explains better than the exception does
    raise _all_of(document)


def _all_of(document: Document) -> ContentError:
    """Everything that is wrong in a file that cannot be used."""
    found = problems(document.path)
    return ContentError(tuple(found)) if found else _error(document, Finding("file.unexpected"))


@functools.cache
def _module(path: Path, modified: int, size: int, claim_texts: tuple[str, ...]) -> Module:
    return _built(path, functools.partial(_make_module, dict(zip(CLAIM_OPTIONS, claim_texts, strict=True))))


def _make_module(claim_texts: dict[str, str], document: Document) -> Module:
    if _meaning(document):
        raise Misfit("meaning")
    data = dict(document.data)
    exercises = [exercise(meaning.claims_with_text(item, claim_texts)) for item in data.pop("exercises")]
    extra = {"name": document.path.stem, "language": document.path.parent.name, "exercises": tuple(exercises)}
    return build(Module, data, **extra)


@functools.cache
def _gathered(stamp: Stamp, beside: tuple[Stamp, ...], support_stamp: Stamp, claim_texts: tuple[str, ...]) -> Module:
    """The module with what it gathers from the files beside it; each of their stamps is a part of the cache's key."""
    others = {each[0].stem: _module(*each, claim_texts) for each in beside}
    return gathering.resolve(_module(*stamp, claim_texts), others, _support(*support_stamp).numbers)


@functools.cache
def _words(path: Path, modified: int, size: int) -> Mapping[str, str]:
    return _built(path, _make_words)


def _make_words(document: Document) -> Mapping[str, str]:
    texts = dict(flat(document.data))
    if not all(isinstance(text, str) for text in texts.values()):
        raise Misfit("text")
    return frozen(texts)


@functools.cache
def _support(path: Path, modified: int, size: int) -> Support:
    return _built(path, _make_support)


def _make_support(document: Document) -> Support:
    data = dict(document.data)
    boxes = {box["id"]: build(Box, box) for box in data.pop("boxes")}
    return build(Support, data, boxes=frozen(boxes))


@functools.cache
def _guide(path: Path, modified: int, size: int) -> Guide:
    return _built(path, lambda document: build(Guide, document.data))


@functools.cache
def _sources(path: Path, modified: int, size: int) -> Mapping[str, Source]:
    return _built(path, lambda document: frozen({item["id"]: build(Source, item) for item in document.data}))


@functools.cache
def _phrase_words(path: Path, modified: int, size: int) -> tuple[str, ...]:
    return _built(path, _make_phrase_words)


def _make_phrase_words(document: Document) -> tuple[str, ...]:
    if len(set(document.data)) != PHRASE_WORDS or not all(isinstance(word, str) for word in document.data):
        raise Misfit("phrase")
    return tuple(document.data)
