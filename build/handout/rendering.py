"""Fills in the templates, with the filters that both nbconvert's environment and our own quicker one have."""

import functools
import re
from typing import TYPE_CHECKING

from course import content
from handout import lean
from handout.page import TEMPLATES
from handout.page_guard import PageGuard
from handout.refusal import NotebookError
from widgets.sheets.common import rich

if TYPE_CHECKING:
    from jinja2 import Environment


def unbroken_numbers(text: str) -> str:
    """The same text, in which no telephone number is broken over two lines."""
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", text)


FILTERS = {"lean": lean.style, "numbers": unbroken_numbers, "rich": rich}


def render(name: str, **values: object) -> str:
    """A page from the template of this name."""
    return finished(filled(name, **values), values["frame"].script if "frame" in values else "")


def filled(name: str, **values: object) -> str:
    """The template of this name, filled in, without the last look: for what is made of finished pages alone."""
    return _environment().get_template(f"{name}.html.j2").render(**values).lstrip()


def finished(html: str, script: str = "") -> str:
    """The page as it is written; NotebookError when anything in it could run, fetch or hide something.

    `script` is the only one that it may have.
    """
    html = html.lstrip()
    faults = PageGuard(script).read(html).faults
    if faults:
        words = content.words("nb")
        reasons = (words[f"handout.refused.{fault.key}"].format(about=fault.about) for fault in dict.fromkeys(faults))
        raise NotebookError(tuple(words["handout.refused.page"].format(reason=reason) for reason in reasons))
    return lean.without_quotes(lean.without_endings(html))


@functools.cache
def _environment() -> "Environment":
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "handout"))
    environment.filters |= FILTERS
    return environment
