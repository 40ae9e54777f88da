"""The leader's second window: the script of every part, the key of its exercises, and the emergency sheet.

A page of its own, and the only one that is sent the leader's text while a module stands on the wall. It is served only
where a leader started the course.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from urllib.parse import quote

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from course import content, notebooks, recap, rhythm
from course.boards import boards
from course.model import Module, Support
from widgets.sheets.common import rich

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'"
_STATIC = "lab/extensions/nykurs-lab/static/"
_SHARED_WORDS = ("present_at", "present_side", "close")


class CompanionHandler(JupyterHandler):
    """GET: the page for one module."""

    auth_resource = "kernels"

    @property
    def content_security_policy(self) -> str:
        """What the page may load: its own files."""
        return POLICY

    @web.authenticated
    @authorized
    def get(self, name: str) -> None:
        """The page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page(*self.serverapp.contents_manager.found(name), self.base_url))


def page(module: Module, cells: tuple[notebooks.Cell, ...], base_url: str) -> str:
    """The page's HTML; what it shows is drawn by companion.js from the data in it."""
    words, language = content.words(module.language), module.language
    data = describe(module, cells, words)
    data["session"] = f"{base_url}nykurs/session/{quote(module.name)}"
    data["address"] = f"{base_url}lab/tree/{quote(module.name)}.ipynb"
    title = words["lab.companion_title"].format(title=data["title"])
    island = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    static = escape(base_url + _STATIC)
    styles = "".join(f'<link rel="stylesheet" href="{static}{file}">' for file in ("theme.css", "companion.css"))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{styles}</head><body>'
        f'<script type="application/json" id="nykurs-companion">{island}</script>'
        f'<script type="module" src="{static}companion.js"></script></body></html>'
    )


def describe(module: Module, cells: tuple[notebooks.Cell, ...], words: Mapping[str, str]) -> dict:
    """Everything the page shows of a module, apart from its plan."""
    support = content.support(module.language)
    prefix = "lab."
    names = [key for key in words if key.startswith(f"{prefix}companion_")] + [prefix + name for name in _SHARED_WORDS]
    return {
        "module": module.name,
        "title": module.title,
        "language": module.language,
        "words": {key.removeprefix(prefix): words[key] for key in names},
        "parts": list(_parts(module, cells)),
        "keys": dict(_keys(module, cells, words, support)),
        "emergency": emergency(support, words),
    }


def _parts(module: Module, cells: tuple[notebooks.Cell, ...]) -> Iterator[dict]:
    """Each part with its cells, and what the leader says and does in it, whichever meeting is held."""
    of_boards = {cell for board in boards(module, cells) for cell in board.cells}
    for name, found in rhythm.by_part(module, cells).items():
        script = _script(cell for cell in found if cell.id not in of_boards)
        yield {"id": name, "cells": [cell.id for cell in found if not cell.leader], "notes": script}


def _script(cells: Iterable[notebooks.Cell]) -> str:
    return prose("\n\n".join(cell.text for cell in cells if cell.leader and cell.kind == "markdown"))


def _keys(
    module: Module, cells: tuple[notebooks.Cell, ...], words: Mapping[str, str], support: Support
) -> Iterator[tuple[str, str]]:
    """The key of each exercise that has one, by the cell that shows it; before it, what is said of a group's board."""
    from widgets import sheet

    said = {each.cells[-1]: _script(cell for cell in cells if cell.id in each.cells) for each in boards(module, cells)}
    exercises = {exercise.id: exercise for exercise in recap.of(module).exercises}
    for cell in cells:
        if cell.shows in exercises:
            key = sheet.key(exercises[cell.shows], words, support.boxes)
            yield cell.id, said.get(cell.id, "") + key


def prose(markdown: str) -> str:
    """The HTML of a leader's cell; HTML in it is shown as it was written."""
    import mistune

    return str(mistune.create_markdown(escape=True, plugins=["table"])(markdown))


def emergency(support: Support, words: Mapping[str, str]) -> str:
    """The leader's emergency sheet, without the lines that are filled in by hand."""
    columns = [words[f"handout.emergency.{name}"] for name in ("what", "say", "do", "call")]
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(alert.title)}</th>'
        + "".join(f"<td>{rich(text)}</td>" for text in (alert.say, alert.do, alert.call))
        + "</tr>"
        for alert in support.alerts
    )
    title = escape(words["handout.emergency.title"])
    here = escape(words["lab.companion_here"])
    return (
        f'<h2 id="emergency-title">{title}</h2><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table><p>{here}</p>"
    )
