"""Looks for a word in files, in every form in which a program may have written it down."""

import base64
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

GZIP = b"\x1f\x8b\x08"
DEEPEST = 3  # packed files inside packed files


def forms(word: str) -> dict[str, bytes]:
    """The word as bytes: plain, in other encodings, escaped, and in base64 wherever it may begin."""
    plain = word.encode()
    found = {
        "plain": plain,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "latin-1": word.encode("latin-1"),
        "json": json.dumps(word)[1:-1].encode(),
        "percent": quote(word).encode(),
    }
    for encoded, name in ((plain, "base64"), (found["utf-16-le"], "base64-utf-16")):
        for shift in range(3):
            # What stands before and after changes the first and the last letters, so those are left out.
            found[f"{name}-{shift}"] = base64.b64encode(b"\0" * shift + encoded)[4:-4]
    return found


def unpacked(data: bytes, depth: int = DEEPEST) -> Iterator[bytes]:
    """The data, and what is packed in it with gzip or zip."""
    yield data
    if not depth:
        return
    for piece in (*_zip_members(data), *_gzip_streams(data)):
        yield from unpacked(piece, depth - 1)


def _gzip_streams(data: bytes) -> Iterator[bytes]:
    at = data.find(GZIP)
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(data[at:])  # what follows the stream is of no matter
        at = data.find(GZIP, at + 1)


def _zip_members(data: bytes) -> Iterator[bytes]:
    if b"PK\x03\x04" not in data[:4]:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


def found_in(data: bytes, words: Iterable[str]) -> set[str]:
    """In which forms any of the words stands in the data."""
    wanted = {f"{word}/{name}": form for word in words for name, form in forms(word).items()}
    return {name for piece in unpacked(data) for name, form in wanted.items() if form in piece}


def files(roots: Iterable[Path], since: float = 0) -> Iterator[Path]:
    """The files below the roots that have been written since a moment; a file that goes while we look is gone."""
    for root in roots:
        for path in [root] if root.is_file() else below(root):
            try:
                if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                    yield path
            except OSError:
                continue


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder; one of its folders that goes while we look is gone too."""
    return (Path(place, name) for place, _, names in os.walk(folder) for name in names)


def leaks(roots: Iterable[Path], words: Iterable[str], since: float = 0) -> dict[Path, set[str]]:
    """The files in which a word stands, in their content or their name, and in which form."""
    words = list(words)
    found = {}
    for path in files(roots, since):
        try:
            forms_here = found_in(path.read_bytes(), words)
        except OSError:
            continue
        forms_here |= {f"{word}/name" for word in words if word in str(path)}
        if forms_here:
            found[path] = forms_here
    return found
