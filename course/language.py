"""Measures how hard a module is to read, and finds long sentences, exclamation marks and words we do not use.

LIX is the mean number of words in a sentence plus the percentage of words with more than six letters. A list item or
a heading ends a sentence. Fixed safety texts, names, numbers and the module's explained words are left out of it.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from course import content, neighbours, notebooks, recap
from course.findings import Finding, Keys
from course.letters import letter, letters, sentences
from course.model import Quiz
from course.yaml_reader import Document, read

HARDEST = 35  # LIX of a module
LONGEST = 20  # words in a sentence
LONG_WORD = 6  # letters; a longer word counts as long
SHOWN = 5  # of the longest sentences in a report

# Keys whose texts are names for the machine or for editors, not prose.
_NOT_PROSE = {
    "id",
    "kind",
    "layer",
    "step",
    "answers",
    "figure",
    "category",
    "circle",
    "effect",
    "next",
    "sources",
    "reviewed",
    "explained",
    "exercise",
    "pages",
    "module",
}
_EXAMPLE_OF_IDS = ("loop_map", "sorting_board")  # kinds whose example names things and says nothing
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TOKEN = re.compile(r"\d+(?:[ \u00a0.,]\d+)*|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"""([.!?…]+[»"”)*_]*)\s+(?=[«"“(*_]*[A-ZÆØÅ0-9])""")


@dataclass(frozen=True)
class Passage:
    """A piece of prose with the keys that lead to it, and whether only the leader reads it."""

    document: Document
    keys: Keys
    text: str
    leader: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence and where it stands."""

    passage: Passage
    text: str

    @property
    def words(self) -> int:
        """Words and numbers in it; a telephone number is one."""
        return len(_TOKEN.findall(self.text))


@dataclass(frozen=True)
class Readability:
    """What LIX is counted from."""

    words: int = 0
    long_words: int = 0
    sentences: int = 0
    left_out: int = 0

    @property
    def lix(self) -> float:
        """The LIX of the text, 0 when nothing was counted."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words

    @property
    def share_left_out(self) -> float:
        """The share of all words that was left out, 0 to 1."""
        everything = self.words + self.left_out
        return self.left_out / everything if everything else 0.0


@dataclass(frozen=True)
class Prose:
    """The sentences of one module, and what is left out of its LIX."""

    sentences: tuple[Sentence, ...]
    explained: tuple[str, ...] = ()
    fixed: frozenset[str] = field(default=frozenset(), repr=False)
    language: str = "nb"


def split(text: str, language: str = "nb") -> Iterator[str]:
    """The sentences of a text in Markdown, without its marks."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for block in _blocks(text):
        start = 0
        for match in _END.finditer(block):
            if not _short(language).search(block[start : match.start()] + match[1]):
                yield block[start : match.end(1)].strip()
                start = match.end()
        if block[start:].strip():
            yield block[start:].strip()


@functools.cache
def _short(language: str) -> re.Pattern:
    """An abbreviation or an initial whose full stop does not end a sentence."""
    words = "|".join(map(re.escape, sentences(language)["language.abbreviations"].split()))
    return re.compile(rf"\b(?:{words}|[A-ZÆØÅ])\.$")


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, headings, list items and table cells, each without its marks."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts = re.match(r"\s*(#{1,6} |[-*+] |\d+[.)] |\||> ?$)", line)
        if lines and (starts or not line.strip() or lines[0].startswith("#")):
            yield from _plain(lines)
            lines = []
        if line.strip():
            lines.append(line.strip())


def _plain(lines: list[str]) -> Iterator[str]:
    text = re.sub(r"^(#{1,6} |[-*+] |\d+[.)] |> )+", "", " ".join(line.lstrip("> ") for line in lines))
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*_`\\]+", "", text)
    cells = text.split("|") if "|" in text else [text]
    yield from (cell.strip() for cell in cells if re.search(r"\w", cell))


def measure(prose: Prose) -> Readability:
    """Counts the words and sentences of a module that LIX is made of."""
    names = frozenset(_names(prose.sentences))
    words = long_words = counted = left_out = 0
    for sentence in prose.sentences:
        everything = _TOKEN.findall(sentence.text)
        kept = _kept(sentence.text, prose, names)
        left_out += len(everything) - len(kept)
        words += len(kept)
        long_words += sum(len(re.sub(r"\W", "", word)) > LONG_WORD for word in kept)
        counted += bool(kept)
    return Readability(words, long_words, counted, left_out)


def _kept(text: str, prose: Prose, names: frozenset[str]) -> list[str]:
    """The words of a sentence that count."""
    if text in prose.fixed:
        return []
    if prose.explained:
        text = _explained(prose.explained, prose.language).sub(" ", text)
    return [word for word in _WORD.findall(text) if word not in names]


@functools.cache
def _explained(words: tuple[str, ...], language: str) -> re.Pattern:
    """The words with or without an ending."""
    endings = "|".join(sentences(language)["language.endings"].split())
    stems = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{stems})(?:{endings})?(?![\w-])", re.IGNORECASE)


def _names(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Words with a capital inside a sentence, which in Norwegian are names."""
    for sentence in sentences:
        for match in _WORD.finditer(sentence.text):
            before = sentence.text[: match.start()].rstrip()
            if match[0][0].isupper() and before and before[-1] not in '«"“(:–-.!?…»':
                yield match[0]


def passages(name: str, language: str = "nb") -> Iterator[Passage]:
    """All prose of a module: the texts of its content file and of its notebook."""
    file = content.CONTENT / language / f"{name}.yaml"
    document = read(file)
    for keys, text in _texts(document.data):
        yield Passage(document, keys, text)
    notebook = neighbours.notebook_of(file)
    if notebook.is_file():
        yield from _notebook(notebook)


def _notebook(path: Path) -> Iterator[Passage]:
    document = notebooks.document(path)
    for cell in notebooks.cells(document.data):
        if cell.kind == "markdown":
            yield Passage(document, ("cells", cell.number), cell.text, cell.leader)


def _texts(data: object, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(data, str):
        yield keys, data
        return
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in pairs:
        named = (key == "often" or "fields" in keys[-1:]) and isinstance(item, str)  # an id in this place
        ids = key == "example" and isinstance(data, dict) and data.get("kind") in _EXAMPLE_OF_IDS
        if key not in _NOT_PROSE and not named and not ids:
            yield from _texts(item, (*keys, key))


def as_met(name: str, language: str = "nb") -> Prose:
    """What participants read when they meet a module: in its recap are questions from earlier modules, and what those
    modules explain is not explained here."""
    asked, own = recap.shown(content.load(name, language)), prose(name, language)
    others = {question.partition(".")[0] for question in asked} - {name}
    said = (each for other in sorted(others) for each in prose(other, language).sentences if _recap_question(each))
    every = ((sentence, _recap_question(sentence)) for sentence in (*own.sentences, *said))
    return replace(own, sentences=tuple(sentence for sentence, question in every if not question or question in asked))


def _recap_question(sentence: Sentence) -> str:
    """The name of the recap's question that a sentence is part of; "" for any other sentence."""
    keys, data = sentence.passage.keys, sentence.passage.document.data
    if keys[:1] != ("exercises",) or keys[2:3] != ("questions",) or data["exercises"][keys[1]]["id"] != recap.ID:
        return ""
    return f"{sentence.passage.document.path.stem}.{data['exercises'][keys[1]]['questions'][keys[3]]['id']}"


def prose(name: str, language: str = "nb", leader: bool = False) -> Prose:
    """What participants read in a module, or what only its leader reads."""
    found = [passage for passage in passages(name, language) if passage.leader == leader]
    said = tuple(Sentence(passage, text) for passage in found for text in split(passage.text, language))
    return Prose(said, content.load(name, language).explained, fixed(language), language)


@functools.cache
def fixed(language: str) -> frozenset[str]:
    """The sentences of the fixed boxes, which nobody may rewrite."""
    boxes = content.support(language).boxes.values()
    return frozenset(text for box in boxes for paragraph in box.paragraphs for text in split(paragraph, language))


def problems(name: str, language: str = "nb") -> list[str]:
    """What is wrong with the language of a module, as letters to its author."""
    by_document: dict[int, tuple[Document, list[Finding]]] = {}
    for leader in (False, True):
        for sentence in prose(name, language, leader).sentences:
            document, found = by_document.setdefault(id(sentence.passage.document), (sentence.passage.document, []))
            found += _sentence(sentence, language)
    told = [text for document, found in by_document.values() for text in letters(document, found)]
    return told + _too_hard(name, language) + _unsourced(name, language)


def guide_problems(path: Path) -> list[str]:
    """What is wrong with the language of the leader's guide, as letters to its author."""
    document, language = read(path), path.parent.name
    passages = (Passage(document, keys, text, leader=True) for keys, text in _texts(document.data))
    said = tuple(Sentence(passage, text) for passage in passages for text in split(passage.text, language))
    found = [finding for sentence in said for finding in _sentence(sentence, language)]
    lix = measure(Prose(said, fixed=fixed(language), language=language)).lix
    if lix > HARDEST:
        found.append(Finding("language.lix", values={"lix": _number(lix), "limit": HARDEST}))
    return letters(document, found)


def _too_hard(name: str, language: str) -> list[str]:
    lix = measure(as_met(name, language)).lix
    if lix <= HARDEST:
        return []
    document = read(content.CONTENT / language / f"{name}.yaml")
    return letters(document, [Finding("language.lix", values={"lix": _number(lix), "limit": HARDEST})])


def _unsourced(name: str, language: str) -> list[str]:
    document = read(content.CONTENT / language / f"{name}.yaml")
    found = [Finding("language.no_source", values={"id": item}) for item in without_source(name, language)]
    return letters(document, found)


def _sentence(sentence: Sentence, language: str) -> Iterator[Finding]:
    keys, values = sentence.passage.keys, {"sentence": sentence.text}
    if sentence.words > LONGEST and sentence.text not in fixed(language):
        yield Finding("language.long", keys, values={**values, "count": sentence.words, "limit": LONGEST})
    if "!" in sentence.text:
        yield Finding("language.exclamation", keys, values=values)
    for found, instead in avoided(sentence.text, language, sentence.passage.leader):
        yield Finding("language.avoid", keys, values={"found": found, "instead": instead})
    here = sentences(language)["language.here"]
    if _recap_question(sentence):  # it is asked in later meetings too
        for found in re.findall(rf"(?i)\b(?:{here})\b", sentence.text):
            yield Finding("language.recap", keys, values={"found": found})


def avoided(text: str, language: str = "nb", leader: bool = False) -> Iterator[tuple[str, str]]:
    """Every word in a text that we do not use, with what to write instead; people's own words in «…» are theirs."""
    own = re.sub(r"«[^»]*»", "«»", text)
    for pattern, instead, fine_for_leader in _avoid_list(language):
        if not (leader and fine_for_leader):
            yield from ((match[0], instead) for match in pattern.finditer(own))


@functools.cache
def _avoid_list(language: str) -> tuple[tuple[re.Pattern, str, bool], ...]:
    entries = read(content.CONTENT / language / "avoid.yaml").data or []
    return tuple((_pattern(entry), entry["instead"], entry.get("leader", False)) for entry in entries)


def _pattern(entry: dict) -> re.Pattern:
    forms = [_form(word) for word in (entry["word"], *entry.get("forms", ()))]
    # Short words in capitals (OD) mean something else in small letters.
    flags = 0 if entry["word"].isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?!\w)", flags)


def _form(word: str) -> str:
    middle = r"\s+".join(re.escape(part) for part in word.strip("*").split())
    return (r"[\w-]*" if word.startswith("*") else "") + middle + (r"[\w-]*" if word.endswith("*") else "")


def report(name: str, language: str = "nb") -> list[str]:
    """Lines about how a module reads: its LIX, what was left out of it, and its longest sentences with their places."""
    counted, said = measure(as_met(name, language)), sentences(language)
    values = {"words": counted.words, "sentences": counted.sentences, "left_out": round(100 * counted.share_left_out)}
    lines = [said["language.summary"].format(module=name, lix=_number(counted.lix), **values)]
    lines.append(said["language.layers"].format(**words_by_layer(name, language)))
    lines.append(said["language.claims"].format(count=len(without_source(name, language))))
    return lines + [_line(sentence) for sentence in longest(name, language)]


def words_by_layer(name: str, language: str = "nb") -> dict[str, int]:
    """How many words of a notebook's prose participants read in each layer, core and more."""
    counted = {"core": 0, "more": 0}
    for cell in notebooks.read(neighbours.notebook_of(content.CONTENT / language / f"{name}.yaml")):
        if cell.kind == "markdown" and not cell.leader:
            words = sum(len(_TOKEN.findall(sentence)) for sentence in split(cell.text, language))
            counted["more" if "more" in cell.tags else "core"] += words
    return counted


def without_source(name: str, language: str = "nb") -> list[str]:
    """The ids of knowledge parts and questions that make claims and name no source."""
    module = content.load(name, language)
    parts = [part.id for part in module.parts if part.step == "knowledge" and not part.sources]
    quizzes = [exercise for exercise in module.exercises if isinstance(exercise, Quiz)]
    return parts + [
        question.id for quiz in quizzes for question in quiz.questions if not (question.sources or quiz.sources)
    ]


def longest(name: str, language: str = "nb") -> list[Sentence]:
    """The longest sentences participants read, the longest first; fixed texts are not among them."""
    free = [sentence for sentence in prose(name, language).sentences if sentence.text not in fixed(language)]
    return sorted(free, key=lambda sentence: -sentence.words)[:SHOWN]


def _line(sentence: Sentence) -> str:
    values = {"count": sentence.words, "sentence": sentence.text}
    return letter(sentence.passage.document, Finding("language.longest", sentence.passage.keys, values=values))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
