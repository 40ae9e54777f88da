"""Markdown for paper: links become text with their address, because a sheet of paper cannot be clicked."""

import functools

import mistune


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


_render = mistune.create_markdown(renderer=Paper(), plugins=["table", "strikethrough"])


@functools.lru_cache(maxsize=256)  # a module's participant and leader read mostly the same
def html(markdown: str) -> str:
    """The HTML of a Markdown cell, not yet guarded."""
    return str(_render(markdown))
