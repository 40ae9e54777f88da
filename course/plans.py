"""Holds the guide's course plans against the modules beside it: each is there, and each meeting can be held."""

from collections.abc import Iterator
from datetime import time

from course import content, neighbours, notebooks, session
from course.agenda import reason
from course.building import Misfit, build
from course.findings import Finding, Keys
from course.letters import hint
from course.model import GuideMeeting
from course.session import Choice, Impossible, Session
from course.yaml_reader import Document

START = time()  # which clock a plan begins at does not matter


def meeting(planned: GuideMeeting, language: str) -> Session:
    """The meeting as it is held, with clock times from midnight."""
    module = content.load(planned.module, language)
    cells = notebooks.read(content.MODULES / language / f"{planned.module}.ipynb")
    return session.build(module, cells, Choice(planned.minutes, START, planned.skip))


def findings(document: Document) -> Iterator[Finding]:
    """Every module that is not there, every meeting that cannot be, and every meeting that a plan does not find."""
    modules = sorted(path.stem for path in document.path.parent.glob("[0-9][0-9]*_*.yaml"))
    language = document.path.parent.name
    for group in ("extras", "meetings"):
        for keys, item in _items(document, group):
            if isinstance(item.get("module"), str) and item["module"] not in modules:
                values = {"value": item["module"], "hint": hint(item["module"], modules, language)}
                yield Finding("cross.section_module", (*keys, "module"), values=values)
            elif group == "meetings":
                yield from _possible(document, keys, item)
    yield from _known(document)


def _items(document: Document, group: str) -> Iterator[tuple[Keys, dict]]:
    data = document.data.get(group) if isinstance(document.data, dict) else None
    for number, item in enumerate(data if isinstance(data, list) else ()):
        if isinstance(item, dict):
            yield (group, number), item


def _possible(document: Document, keys: Keys, item: dict) -> Iterator[Finding]:
    try:
        planned = build(GuideMeeting, item)
        path = document.path.with_name(f"{planned.module}.yaml")
        module, cells = content.read_module(path), notebooks.read(neighbours.notebook_of(path))
        session.build(module, cells, Choice(planned.minutes, START, planned.skip))
    except Impossible as fault:
        yield Finding("session.meeting", keys, values={"reason": reason(module, fault)})
    except (Misfit, OSError, content.ContentError, notebooks.NotebookError):
        return  # the schema, or the module's own letters, say it better


def _known(document: Document) -> Iterator[Finding]:
    known = [item["id"] for _, item in _items(document, "meetings") if isinstance(item.get("id"), str)]
    for keys, item in _items(document, "plans"):
        named = item.get("meetings")
        for number, name in enumerate(named if isinstance(named, list) else ()):
            if isinstance(name, str) and name not in known:
                values = {"value": name, "hint": hint(name, known, document.path.parent.name)}
                yield Finding("session.meeting_unknown", (*keys, "meetings", number), values=values)
