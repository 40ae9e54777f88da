"""Writes the letter about a finding: file, line, place, what is wrong and what to write instead.

The sentences are `letters.yaml` in the language of the content; a language without them borrows bokmål's.
"""

import difflib
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from course.findings import Finding, Keys
from course.yaml_reader import Document, read

MANY = 15  # names that fit in one sentence
CLOSE = 0.6  # how alike two names are when one may be meant for the other, 0 to 1
CONTENT = Path(__file__).parent / "content"


@functools.cache
def sentences(language: str = "nb") -> Mapping[str, str]:
    """The sentences for letters by dotted key."""
    own = CONTENT / language / "letters.yaml"
    return dict(flat(read(own if own.is_file() else CONTENT / "nb" / "letters.yaml").data))


def flat(tree: object, prefix: str = "") -> Iterable[tuple[str, object]]:
    """Every text of nested groups with its dotted key."""
    if not isinstance(tree, dict):
        yield prefix, tree
        return
    for key, branch in tree.items():
        yield from flat(branch, f"{prefix}.{key}" if prefix else key)


def letters(document: Document, findings: Iterable[Finding]) -> list[str]:
    """One letter for each finding, in the order of the file and without repeats."""
    numbered = [(finding.line or document.line(finding.keys), letter(document, finding)) for finding in findings]
    return list(dict.fromkeys(text for _, text in sorted(numbered, key=lambda pair: pair[0])))


def letter(document: Document, finding: Finding) -> str:
    """The letter about one finding."""
    said = sentences(document.path.parent.name)
    where = place(document, finding.keys)
    form = said["letter_with_place" if where else "letter"]
    line = finding.line or document.line(finding.keys)
    return form.format(file=document.path.name, line=line, place=where, sentence=sentence(document, finding).strip())


def sentence(document: Document, finding: Finding) -> str:
    """What a finding says, without where it is."""
    return sentences(document.path.parent.name)[finding.key].format(**finding.values)


def place(document: Document, keys: Keys) -> str:
    """The things along the way to a value by their ids: exercise, question, option."""
    said = sentences(document.path.parent.name)
    here, before, names = document.data, "top", []
    for key in keys:
        try:
            here = here[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(key, int):
            names.append(_item(said, before, key, here))
        before = key
    return said["between"].join(names)


def _item(said: Mapping[str, str], before: str | int, number: int, item: object) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    form = said.get(f"place.{before}")
    if form is None or not isinstance(name, str) and "«" in form:
        return said["place.row" if before == "top" else "place.other"].format(list=before, name=number + 1)
    return form.format(name=name if isinstance(name, str) else number + 1)


def hint(wanted: object, names: Iterable[str], language: str = "nb") -> str:
    """A sentence with the nearest of the names, or with all of them when none is near."""
    said, names = sentences(language), tuple(names)
    if not names:
        return said["nearest.none"]
    lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(str(wanted).lower(), lower, 1, CLOSE)
    if near:
        return said["nearest.one"].format(nearest=lower[near[0]])
    if len(names) <= MANY:
        return said["nearest.all"].format(names=listed(names, said))
    near = difflib.get_close_matches(str(wanted).lower(), lower, 3, 0)
    return said["nearest.several"].format(names=listed([lower[name] for name in near], said))


def listed(names: Iterable[str], said: Mapping[str, str]) -> str:
    """Names in one sentence: a, b eller c."""
    *first, last = [str(name) for name in names]
    return said["last_between"].join([said["between"].join(first), last] if first else [last])
