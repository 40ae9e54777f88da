"""What each page is made from, as one value: files, code, libraries and choices. Nothing heavy is imported to tell.

A value that misses something would show old pages as new ones, so a test watches every file that a page reads.
"""

import functools
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from course import chosen, content, recap
from handout import letterhead
from handout.folder import digest
from widgets import paper

HERE = Path(__file__).parent
_TEXTS = dict.fromkeys(("participant", "group"), ("ui", "support", "sources"))
_TEXTS["leader"] = (*_TEXTS["participant"], "guide")


class Inputs:
    """The values of one run: a file is read once."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._files: dict[Path, str] = {}
        self.drawing = _value((sys.version, *libraries(), *self._told(_code(("course", "widgets")))))
        self._making = _value((self.drawing, letterhead.value(), *self._told(_code(("handout",)))))

    def module(self, name: str, audience: str, beside: Iterable[str]) -> str:
        """The value of a module's page; `beside` are the modules that it gathers from."""
        files = [self.notebook(name), *map(self.text, (name, *beside, *_TEXTS[audience]))]
        asked = recap.shown(content.load(name, self.language), chosen.recap(name))  # all it has of earlier modules
        return _value((self._making, audience, repr(chosen.read(name)), repr(asked), *self._told(files)))

    def shared(self, name: str, lying: Iterable[str]) -> str:
        """The value of a page about the whole course; `lying` are the files that it may lead to."""
        modules = content.names(self.language)
        choices = (repr(chosen.read(module)) for module in modules)
        texts = map(self.text, (*modules, *_TEXTS["leader"]))
        files = [*texts, *map(self.notebook, modules)]
        return _value((self._making, name, *modules, *choices, *lying, *self._told(files)))

    def notebook(self, name: str) -> Path:
        """Where a module's notebook is."""
        return content.MODULES / self.language / f"{name}.ipynb"

    def text(self, name: str) -> Path:
        """Where a content file is."""
        return content.CONTENT / self.language / f"{name}.yaml"

    def _told(self, files: Iterable[Path]) -> Iterator[str]:
        for path in files:
            if path not in self._files:
                self._files[path] = _read(path)
            yield f"{path.name}:{self._files[path]}"


def _value(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return "-"


def _code(rooms: Iterable[str]) -> Iterator[Path]:
    """Our own files that can change a page."""
    folders = {"course": Path(content.__file__).parent, "widgets": Path(paper.__file__).parent, "handout": HERE}
    for room in rooms:
        yield from sorted(folders[room].glob("*.py"))
        yield from sorted(folders[room].glob("sheets/*.py"))
        yield from sorted(path for path in folders[room].glob("templates/*/*") if path.is_file())
    yield from paper.STYLES


@functools.cache
def libraries() -> tuple[str, ...]:
    """The name and version of everything that is installed: one listing of each folder, no file is opened."""
    folders = (Path(place) for place in sys.path if place)
    return tuple(sorted(path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")))
