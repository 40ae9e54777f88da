"""A read-only contents manager that knows the course's own notebooks and nothing else.

It leaves a participant's page without the cells that are not for participants, so that no leader sentence ever reaches
their browser.
"""

import hashlib
import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.contents.manager import AsyncContentsManager
from tornado.web import HTTPError, authenticated
from traitlets import Bool, Unicode, default

import course
from course import content, notebooks
from course.model import Module
from course.notebooks import Cell

MODULES = Path(course.__file__).parent / "modules"


def served(notebook: dict, leader: bool) -> dict:
    """The notebook as a participant (or the leader) gets it: other audiences' cells left out, all cells locked."""
    hidden = {"paper-only"} if leader else {"paper-only", "leader"}
    served_notebook = deepcopy(notebook)
    served_notebook["cells"] = [locked(cell) for cell in served_notebook["cells"] if not hidden & tags(cell)]
    return served_notebook


def tags(cell: dict) -> set[str]:
    """The tags of a cell."""
    return set(cell.get("metadata", {}).get("tags", ()))


def locked(cell: dict) -> dict:
    """A cell that cannot be edited or deleted, and whose failure does not stop the cells after it."""
    metadata = cell.setdefault("metadata", {}) | {"editable": False, "deletable": False}
    if cell["cell_type"] == "code":
        metadata["tags"] = sorted(tags(cell) | {"raises-exception"})
        metadata["trusted"] = True
    cell["metadata"] = metadata
    return cell


class NoFiles(JupyterHandler):
    """The door beside the contents manager, which would hand out whole files: shut."""

    @authenticated
    def get(self, path: str) -> NoReturn:
        """There are no files here."""
        raise HTTPError(404)

    head = get


class CourseContents(AsyncContentsManager):
    """Lists and serves the notebooks that have a content file; refuses everything that would write."""

    language = Unicode("nb", help="the language folder of the course").tag(config=True)
    leader = Bool(False, help="serve the leader's cells too").tag(config=True)

    @default("files_handler_class")
    def _no_files(self) -> type:
        return NoFiles

    @property
    def folder(self) -> Path:
        """Where the course's notebooks lie."""
        return MODULES / self.language

    def names(self) -> tuple[str, ...]:
        """The stems that are served."""
        return content.names(self.language)

    def read(self, name: str) -> tuple[Module, tuple[Cell, ...]]:
        """A module and the cells of its notebook."""
        return content.load(name, self.language), notebooks.read(self.folder / f"{name}.ipynb")

    def found(self, name: str) -> tuple[Module, tuple[Cell, ...]]:
        """The same for a page that asks by name: 404 for what the course does not have or cannot read."""
        if name not in self.names():
            raise HTTPError(404)
        try:
            return self.read(name)
        except (content.ContentError, notebooks.NotebookError) as fault:
            raise HTTPError(404) from fault

    def notebook(self, path: str) -> Path | None:
        """The file behind a path, or None when the course has no such notebook."""
        name = path.strip("/")
        stem = name.removesuffix(".ipynb")
        return self.folder / name if name.endswith(".ipynb") and stem in self.names() else None

    async def dir_exists(self, path: str) -> bool:
        """Only the top folder exists."""
        return path.strip("/") == ""

    async def file_exists(self, path: str = "") -> bool:
        """Whether the course has this notebook."""
        return self.notebook(path) is not None

    async def is_hidden(self, path: str) -> bool:
        """Nothing that is served is hidden."""
        return False

    async def get(
        self,
        path: str,
        content: bool = True,
        type: str | None = None,
        format: str | None = None,
        require_hash: bool = False,
    ) -> dict:
        """The list of notebooks, or one of them."""
        if path.strip("/") == "":
            return self._folder_model(content)
        file = self.notebook(path)
        if file is None or type in ("directory", "file"):
            raise HTTPError(404, self._words["lab.not_found"])
        return self._notebook_model(file, content, require_hash)

    def _folder_model(self, with_content: bool) -> dict:
        model = self._model("", "directory", self.folder)
        if with_content:
            files = (self.folder / f"{name}.ipynb" for name in self.names())
            model |= {"format": "json", "content": [self._model(file.name, "notebook", file) for file in files]}
        return model

    def _notebook_model(self, file: Path, with_content: bool, require_hash: bool) -> dict:
        model = self._model(file.name, "notebook", file)
        if with_content:
            notebook = json.loads(file.read_text(encoding="utf-8"))
            model |= {"format": "json", "content": served(notebook, self.leader)}
        if require_hash:  # JupyterLab compares it before a save, which never happens here
            model |= {"hash": hashlib.sha256(file.read_bytes()).hexdigest(), "hash_algorithm": "sha256"}
        return model

    def _model(self, path: str, kind: str, file: Path) -> dict:
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        return {
            "name": path,
            "path": path,
            "type": kind,
            "created": changed,
            "last_modified": changed,
            "mimetype": None,
            "writable": False,
            "format": None,
            "content": None,
        }

    @property
    def _words(self) -> dict:
        return content.words(self.language)

    async def _refuse(self, *arguments: object, **keywords: object) -> NoReturn:
        raise HTTPError(403, self._words["lab.read_only"])

    save = new = new_untitled = copy = update = delete = delete_file = rename = rename_file = _refuse
    create_checkpoint = restore_checkpoint = delete_checkpoint = trust_notebook = _refuse

    async def list_checkpoints(self, path: str) -> list:
        """There are none."""
        return []
