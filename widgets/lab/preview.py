"""What the server of `python3 build preview` serves: one generated notebook a module, from the folder of this run."""

from pathlib import Path

from traitlets import Unicode

from course import content, drafts, notebooks
from course.content import ContentError
from course.model import Module
from course.notebooks import Cell, NotebookError
from widgets.lab.contents import MODULES, CourseContents


def write(folder: Path, language: str) -> None:
    """Write the notebooks of every module, whole or not, into a folder of this run."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = content.words(language)
    for name in drafts.names(language):
        (folder / f"{name}.ipynb").write_bytes(notebooks.tidy(notebook(name, language, words)))


def notebook(name: str, language: str, words: dict) -> dict:
    """A page that shows a module's exercises in all their faces."""
    lead = words["preview.lead"].format(file=f"{name}.yaml")
    texts = {
        "title": ("markdown", f"# {words['preview.title'].format(name=name)}\n\n{lead}"),
        "open": ("code", "from widgets import preview"),
        "exercises": ("code", f'preview.show("{name}", "{language}")'),
    }
    cells = [{"id": at, "cell_type": kind, "metadata": {}, "source": text} for at, (kind, text) in texts.items()]
    return {"cells": cells}


class PreviewContents(CourseContents):
    """Serves the generated notebooks, read-only as the course is."""

    made = Unicode(help="the folder of the generated notebooks").tag(config=True)

    @property
    def folder(self) -> Path:
        """Where the generated notebooks lie."""
        return Path(self.made)

    def names(self) -> tuple[str, ...]:
        """The stems that are served."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.ipynb")))

    def read(self, name: str) -> tuple[Module, tuple[Cell, ...]]:
        """The module as far as it is written, and the cells of its own notebook when that can be read."""
        try:
            return content.load(name, self.language), notebooks.read(MODULES / self.language / f"{name}.ipynb")
        except (ContentError, NotebookError, OSError):
            return drafts.load(name, self.language).module, ()
