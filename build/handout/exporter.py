"""`jupyter nbconvert --to handout`: one self-contained page for paper, for the participant or for the leader."""

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
        """The usual filters and ours; the one called `handout` makes a page of a notebook."""
        from handout.rendering import FILTERS

        yield from super().default_filters()
        yield from FILTERS.items()
        yield "handout", self._page

    def from_notebook_node(self, nb: Any, resources: Any = None, **keywords: Any) -> tuple[str, dict]:
        """The page as it is written, after the last look at the whole of it."""
        from handout.rendering import finished

        html, resources = super().from_notebook_node(nb, resources, **keywords)
        return finished(html), resources

    def _page(self, notebook: Any, resources: dict) -> Any:
        from handout import sheets

        return sheets.page(notebook, resources.get("metadata", {}), self.audience, self.log.warning)
