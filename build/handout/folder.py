"""The folder with handouts: what each was made from, one maker at a time, and every file whole whatever happens.

New pages are written beside the old ones, and put in their places when all of them are there.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course import whole

HIDDEN = ".cache"  # with the record, the figures and pages that are not finished; it can be removed at any time
_RECORD, _LOCK, _NEW = "record.json", "lock", "new"


def digest(data: bytes) -> str:
    """What a file says, in so many letters."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def opened(out: Path) -> Iterator["Folder"]:
    """The folder for one maker; another one waits. Nothing is put in place unless all goes well."""
    hidden = out / HIDDEN
    hidden.mkdir(parents=True, exist_ok=True)
    lock = _locked(hidden / _LOCK)
    try:
        shutil.rmtree(hidden / _NEW, ignore_errors=True)  # left by a maker that was killed
        folder = Folder(out)
        yield folder
        folder.put_in_place()
    finally:
        with suppress(OSError):
            shutil.rmtree(hidden / _NEW)
        os.close(lock)


class Folder:
    """What lies in the folder, what it was made from, and what is new."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._hidden = out / HIDDEN
        self._record = _record(self._hidden / _RECORD)
        self._known = dict(self._record)
        self._new: list[str] = []
        self._gone: list[str] = []

    def figures(self, version: str) -> Path:
        """Where figures of this version of the code are; those of other versions go."""
        kept = self._hidden / "figures" / version[:16]
        for other in (self._hidden / "figures").glob("*"):
            if other != kept:
                shutil.rmtree(other, ignore_errors=True)
        return kept

    def fresh(self, name: str, key: str) -> bool:
        """Whether this file is there, made from just this, and nobody has changed it since."""
        return self._record.get(name, ("",))[0] == key and self.untouched(name)

    def untouched(self, name: str) -> bool:
        """Whether this file says what it did when it was made here."""
        try:
            return self._record[name][1] == digest((self.out / name).read_bytes())
        except (KeyError, OSError):
            return False

    def sources(self, names: Iterable[str]) -> str:
        """What these files say now, in so many letters: how the key begins of what is made of them."""
        return digest("".join(self._known.get(name, ("", "-"))[1] for name in names).encode())

    def made_of(self, name: str, sources: Iterable[str]) -> bool:
        """Whether this file is there, and was made of these as they are now."""
        key = self._known.get(name, ("", ""))[0]
        return key.startswith(self.sources(sources)) and self.has(name)

    def has(self, name: str) -> bool:
        """Whether there is such a file, or will be."""
        return name in self._new or (self.out / name).is_file()

    def text(self, name: str) -> str:
        """What this page says: the new one, where there is one."""
        place = self._hidden / _NEW if name in self._new else self.out
        return (place / name).read_text(encoding="utf-8")

    def recorded(self) -> list[str]:
        """The name of every file that was made here."""
        return list(self._record)

    def remove(self, name: str) -> None:
        """A file that goes when the new ones come."""
        self._gone.append(name)
        del self._known[name]

    def add(self, name: str, key: str, made: str | bytes) -> None:
        """A new page, which waits for the others."""
        data = made.encode() if isinstance(made, str) else made
        path = self._hidden / _NEW / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._new.append(name)
        self._known[name] = [key, digest(data)]

    def put_in_place(self) -> None:
        """Every new page takes the place of the old one, unless it says the same; then what must go, goes."""
        for name in self._new:
            place, new = self.out / name, self._hidden / _NEW / name
            if not place.is_file() or place.read_bytes() != new.read_bytes():
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(new, place)
        for name in self._gone:
            (self.out / name).unlink(missing_ok=True)
        if self._known != self._record:
            whole.write(self._hidden / _RECORD, json.dumps(self._known, indent=0).encode())


def _record(path: Path) -> dict[str, list[str]]:
    """What each file was made from; nothing when that cannot be read."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    known = known if isinstance(known, dict) else {}
    return {name: made for name, made in known.items() if _is_made(made)}


def _is_made(made: object) -> bool:
    return isinstance(made, list) and [type(each) for each in made] == [str, str]


def _locked(path: Path) -> int:
    """The system's own lock of a file, which ends with the process that has it. Waits while another one has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if os.name != "nt":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor
    import msvcrt

    while True:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # waits ten seconds
            return descriptor
        except OSError:
            continue
