"""Markdown for paper: links become text with their address, because a sheet of paper cannot be clicked."""

import functools
from collections.abc import Callable
from html import unescape

import mistune
from mistune.util import striptags


class Paper(mistune.HTMLRenderer):
    """HTML from Markdown without a single address to fetch. What an author writes as HTML goes on to the guard."""

    def __init__(self) -> None:
        super().__init__(escape=False)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """The link's text; a web address is printed after it, a page of the course has none on paper."""
        if not url.startswith(("http://", "https://")):
            return text
        address = mistune.escape(url.split("://", 1)[1].rstrip("/"))
        return text if address in text else f"{text} ({address})"


_PLUGINS = ["table", "strikethrough"]
_render = mistune.create_markdown(renderer=Paper(), plugins=_PLUGINS)


@functools.lru_cache(maxsize=256)  # a module's participant and leader read mostly the same
def html(markdown: str) -> str:
    """The HTML of a Markdown cell, not yet guarded."""
    return str(_render(markdown))


class Screen(mistune.HTMLRenderer):
    """HTML from Markdown with all that its author meant for a screen; `handout.cleaning` makes it fit for paper."""

    def __init__(self, formula: Callable[[str, bool], str]) -> None:
        super().__init__(escape=False)
        self._formula = formula

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link to any address."""
        return f'<a href="{mistune.escape(url)}">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture from any address."""
        alt = mistune.escape(unescape(striptags(text)))
        return f'<img src="{mistune.escape(url)}" alt="{alt}">'

    def formula(self, text: str) -> str:
        """A formula in a line."""
        return self._formula(text, False)

    def block_formula(self, text: str) -> str:
        """A formula that stands by itself."""
        return self._formula(text, True)

    def footnote_ref(self, key: str, index: int) -> str:
        """The number of a footnote."""
        return f"<sup>{index}</sup>"

    def footnote_item(self, text: str, key: str, index: int) -> str:
        """A footnote."""
        return f"<li>{text}</li>"

    def footnotes(self, text: str) -> str:
        """All footnotes of a cell, in the order of their numbers."""
        return f"<hr><ol>{text}</ol>"


def from_elsewhere(markdown: str, formula: Callable[[str, bool], str]) -> str:
    """The HTML of a cell from another notebook, not yet cleaned; `formula` tells what stands for LaTeX."""
    from handout import footnotes, mathematics

    plugins = [*_PLUGINS, footnotes.plugin, mathematics.plugin]
    return str(mistune.create_markdown(renderer=Screen(formula), plugins=plugins)(markdown))
