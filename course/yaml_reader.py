"""Reads one YAML file into plain data that remembers its lines, and names what makes a file unreadable.

It goes through YAML's events itself instead of letting a library build objects: every key is a text, a bare `no` or
`Yes` stays the text it looks like, nothing in a file can make an object, and aliases cannot blow up.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from course.findings import Finding, Keys

LARGEST = 500_000  # bytes; the longest module is a tenth of this
DEEPEST = 20  # levels; content needs nine
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the pure one reads the same, only slower
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_UNSEEN = re.compile(r"[^\n\r\t\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BARE = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class Document:
    """What a file says as dicts, lists, texts and numbers, and the line of every key and list item."""

    path: Path
    data: object
    lines: dict[int, dict] = field(default_factory=dict, repr=False)  # id of a container: key or index -> line
    findings: tuple[Finding, ...] = ()

    def line(self, keys: Keys) -> int:
        """The line of the nearest thing that exists along these keys."""
        here, line = self.data, 1
        for key in keys:
            line = self.lines.get(id(here), {}).get(key, line)
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                break
        return line


def read(path: Path) -> Document:
    """The document in a file; `findings` say what was wrong, and `data` is None when it could not be read at all."""
    try:
        text = _text(path)
    except Unreadable as unreadable:
        return Document(path, None, findings=(unreadable.finding,))
    builder = _Builder()
    try:
        builder.take(yaml.parse(text, Loader=_LOADER))
    except Unreadable as unreadable:
        return Document(path, None, findings=(*builder.findings, unreadable.finding))
    except yaml.YAMLError as error:
        return Document(path, None, findings=(*builder.findings, _explained(error, text)))
    if builder.top in ([], [None]) and not builder.findings:
        builder.findings.append(Finding("file.empty"))
    return Document(path, next(iter(builder.top), None), builder.lines, tuple(builder.findings))


def pieces(path: Path, *patterns: re.Pattern) -> list[object]:
    """For each pattern the data in the first piece of a file that fits it; None when none can be read by itself."""
    try:
        text = _text(path)
    except Unreadable:
        return [None] * len(patterns)
    return [_piece(found[0]) if (found := pattern.search(text)) else None for pattern in patterns]


def _piece(text: str) -> object:
    builder = _Builder()
    try:
        builder.take(yaml.parse(text, Loader=_LOADER))
    except (Unreadable, yaml.YAMLError):
        return None
    return next(iter(builder.top), None) if not builder.findings else None


class Unreadable(Exception):
    """A file that cannot be read, with the finding that says why."""

    def __init__(self, key: str, line: int = 1, **values: object) -> None:
        self.finding = Finding(key, line=line, values=values)
        super().__init__(key)


def _text(path: Path) -> str:
    """The text of a file as UTF-8, with or without a byte order mark, whatever its line ends."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable("file.missing") from error
    if len(raw) > LARGEST:
        raise Unreadable("file.long", kilobytes=len(raw) // 1000, limit=LARGEST // 1000)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:200]:
        raise Unreadable("file.utf16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("file.encoding", line=raw.count(b"\n", 0, error.start) + 1) from error
    unseen = _UNSEEN.search(text)
    if unseen:
        raise Unreadable("file.control", line=text.count("\n", 0, unseen.start()) + 1)
    return unicodedata.normalize("NFC", text)  # a Mac can write å as two characters


class _Builder:
    """Builds data from events with its own stack, so that no depth of nesting can exhaust Python's."""

    def __init__(self) -> None:
        self.top: list = []
        self.lines: dict[int, dict] = {}
        self.findings: list[Finding] = []
        self.stack: list[tuple[dict | list, list]] = [(self.top, [])]
        self.documents = 0

    def take(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            line = event.start_mark.line + 1
            if getattr(event, "tag", None) not in (None, "!"):
                raise Unreadable("yaml.tag", line=line, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
            handler = self.handlers.get(type(event))
            if handler:
                handler(self, event, line)

    def scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if _UNSEEN.search(event.value):  # a \0 or the like in a quoted text
            raise Unreadable("file.control", line=line)
        container, pending = self.stack[-1]
        if type(container) is dict and not pending:
            if event.value in container:
                first = self.lines[id(container)][event.value]
                values = {"key": event.value, "first": first}
                self.findings.append(Finding("yaml.duplicate", line=line, values=values))
            pending.append(event.value)
            self.lines[id(container)].setdefault(event.value, line)
        else:
            self.add(event.value if event.style else _plain(event.value), line)

    def open(self, event: yaml.Event, line: int) -> None:
        container = {} if isinstance(event, yaml.MappingStartEvent) else []
        if type(self.stack[-1][0]) is dict and not self.stack[-1][1]:
            raise Unreadable("yaml.complex_key", line=line)
        if len(self.stack) > DEEPEST:
            raise Unreadable("yaml.deep", line=line)
        self.add(container, line)
        self.lines[id(container)] = {}
        self.stack.append((container, []))

    def close(self, event: yaml.Event, line: int) -> None:
        self.stack.pop()

    def alias(self, event: yaml.AliasEvent, line: int) -> None:
        raise Unreadable("yaml.alias", line=line, name=event.anchor)

    def document(self, event: yaml.DocumentStartEvent, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Unreadable("yaml.two_documents", line=line)

    def add(self, value: object, line: int) -> None:
        container, pending = self.stack[-1]
        if type(container) is dict:
            container.setdefault(pending.pop(), value)
            return
        if container is not self.top:
            self.lines[id(container)][len(container)] = line
        container.append(value)

    handlers = {
        yaml.ScalarEvent: scalar,
        yaml.MappingStartEvent: open,
        yaml.SequenceStartEvent: open,
        yaml.MappingEndEvent: close,
        yaml.SequenceEndEvent: close,
        yaml.AliasEvent: alias,
        yaml.DocumentStartEvent: document,
    }


def _plain(text: str) -> object:
    """What an unquoted value means: true, false, nothing, a number, or else just its text."""
    if text in _BARE:
        return _BARE[text]
    if _NUMBER.fullmatch(text) and len(text) < 16:
        return float(text) if "." in text else int(text)
    return text


# A line that starts a new key or list item, and one that opens a quote it does not close.
_STARTS = re.compile(r"\s*(- |[\w-]+:(\s|$)|#|$)")
_OPENS = re.compile(r"""\s*(- )?([\w-]+:\s+|- )(["'])(?!.*\3\s*(#.*)?$)""")
_NO_COLON = re.compile(r"""\s*(- )?([\w-]+)\s+["'].*["']\s*$""")


def _explained(error: yaml.YAMLError, text: str) -> Finding:
    """The finding that fits a syntax error best; YAML itself often notices a mistake several lines too late."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding("file.control")
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    at = min(mark.line if mark else 0, len(lines) - 1)
    if lines[at].lstrip(" ").startswith("\t") or "\t" in lines[at][: len(lines[at]) - len(lines[at].lstrip())]:
        return Finding("yaml.tab", line=at + 1)
    if "escape" in (error.problem or ""):
        return Finding("yaml.backslash", line=at + 1)
    return _unclosed(lines, at) or _no_colon(lines, at) or _general(error, lines, at)


def _unclosed(lines: list[str], at: int) -> Finding | None:
    for number, line in enumerate(lines[: at + 1]):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _OPENS.match(line) and _STARTS.match(following) and line.count('"') % 2 | line.count("'") % 2:
            return Finding("yaml.quote", line=number + 1)
    return None


def _no_colon(lines: list[str], at: int) -> Finding | None:
    for number in range(max(at - 1, 0), at + 1):
        match = _NO_COLON.match(lines[number])
        if match:
            return Finding("yaml.colon", line=number + 1, values={"key": match[2]})
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _general(error: yaml.MarkedYAMLError, lines: list[str], at: int) -> Finding:
    if lines[at].count('"') > 2:
        return Finding("yaml.inner_quote", line=at + 1)
    if "mapping values" in (error.problem or ""):
        return Finding("yaml.unquoted_colon", line=at + 1)
    if _indent(lines[at]) not in {_indent(line) for line in lines[:at]} | {_indent(line) + 2 for line in lines[:at]}:
        return Finding("yaml.indent", line=at + 1)
    return Finding("yaml.unreadable", line=at + 1)
