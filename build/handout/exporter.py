"""`jupyter nbconvert --to handout`: one self-contained page for paper, for the participant or for the leader."""

import re
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import Enum, default

from handout import AUDIENCES


class HandoutExporter(TemplateExporter):
    """A course notebook as a handout. The work is done in `handout.sheets`, imported when there is something to do."""

    output_mimetype = "text/html"
    audience = Enum(AUDIENCES, default_value="participant", help="Who the handout is for.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "handout"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        from handout.page import TEMPLATES

        return [str(TEMPLATES), *super()._default_extra_template_basedirs()]

    def default_filters(self) -> Any:
        """The usual filters and the one that makes a page of a notebook."""
        yield from super().default_filters()
        yield "handout", self._page
        yield "numbers", _unbroken_numbers
        yield "rich", _rich

    def _page(self, notebook: Any, resources: dict) -> Any:
        from handout import sheets

        return sheets.page(notebook, resources.get("metadata", {}), self.audience, self.log.warning)


def _rich(text: str) -> str:
    """Plain text with `**bold**` as its only mark-up."""
    from widgets.sheets.common import rich

    return rich(text)


def _unbroken_numbers(text: str) -> str:
    """The same text, in which no telephone number is broken over two lines."""
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", text)
