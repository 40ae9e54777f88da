"""Figures that were drawn before, on the disk. Nothing is kept unless somebody says where.

Only the makers of handouts do, and their figures are drawn from content alone: nothing of a participant's is in them.
"""

import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course import whole

_folder: Path | None = None
_reads = True


@contextmanager
def kept_in(folder: Path, reads: bool = True) -> Iterator[None]:
    """Figures drawn inside are kept in this folder, and found there again unless `reads` says no."""
    global _folder, _reads
    before = _folder, _reads
    _folder, _reads = folder, reads
    try:
        yield
    finally:
        _folder, _reads = before


def kept(draw: Callable) -> Callable:
    """The same function, which looks for its figure among those drawn before."""

    @functools.wraps(draw)
    def found_or_drawn(*values: object, **named: object) -> object:
        if _folder is None:
            return draw(*values, **named)
        path = _folder / f"{_key(draw, (*values, *sorted(named.items())))}.json"
        figure = _read(path) if _reads else None
        if figure is None:
            figure = draw(*values, **named)
            _write(path, figure.svg, figure.alt)
        return figure

    return found_or_drawn


def _key(draw: Callable, values: tuple) -> str:
    """A name for a function and what it is called with."""
    told = "\0".join(map(_told, (draw, *values)))
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def _told(value: object) -> str:
    # The repr of a function tells where it lies in memory, which differs from run to run.
    return f"{value.__module__}.{value.__qualname__}" if callable(value) else repr(value)


def _read(path: Path) -> object | None:
    """The figure in a file; None when there is none, or it is not what was written."""
    from widgets.figures import Figure

    try:
        mark, _, said = path.read_text(encoding="utf-8").partition("\n")
        return Figure(**json.loads(said)) if mark == _mark(said) else None
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, svg: str, alt: str) -> None:
    """Keep a figure; where that cannot be done it is drawn again the next time."""
    said = json.dumps({"svg": svg, "alt": alt}, ensure_ascii=False)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.write(path, f"{_mark(said)}\n{said}".encode())


def _mark(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
