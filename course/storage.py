"""Where sealed answers lie, and how they get there whole.

Several people may share one account of the machine, so there is a file for each of them, with a name that tells
nothing. Whatever happens in the middle of a save, the file is the old one or the new one.
"""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from course.sealing import COST, SIDE_BY_SIDE, Cost, Key, Refusal, new_key, recognise

__all__ = ["Refusal", "SealedFile", "folder"]

CURRENT, PREVIOUS = ".nykurs", ".previous"
_ENDING = 32  # bytes at the end of a file: its checksum, which tells one save from another
_REASONS = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}
# What is told when no file opens: a healthy file that is not theirs says the most, since they may have none here.
_TELLING = ("wrong", "damaged", "denied", "read_only", "full", "unwritable", "newer", "foreign")


Wanted = Callable[[], bool]


def always() -> bool:
    """That somebody waits for what is searched for, until it is found."""
    return True


def folder() -> Path:
    """Where answers of this account are kept; it is made when some are."""
    import platformdirs

    chosen = os.environ.get("NYKURS_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path("nykurs", appauthor=False)


class SealedFile:
    """One person's answers on the disk, open for this process alone. It is used by one thread at a time.

    Making and opening one takes long, in any thread. It ends with a Refusal soon after it is no longer `wanted`.
    """

    def __init__(self, files: "_Files", key: Key) -> None:
        _make_private(files.folder)
        self._files = files
        self._lock: int | None = _lock(files.lock)
        self._key: Key | None = key
        self._seen = b""  # how the file on the disk ends, as far as we know; nothing while there is none
        self._sound = False  # whether that file is worth keeping as the previous version

    def __repr__(self) -> str:
        return f"SealedFile({'open' if self._key else 'closed'})"

    @classmethod
    def create(
        cls, folder: Path, nickname: str, password: str, cost: Cost = COST, wanted: Wanted = always
    ) -> "SealedFile":
        """A new file, which is on the disk from its first save on."""
        try:
            _find(folder / "journal", nickname, password, wanted)
        except Refusal:
            _go_on(wanted)
        else:
            raise Refusal("exists")
        with _refusing():
            return cls(_Files(folder / "journal", secrets.token_hex(8)), new_key(nickname, password, cost))

    @classmethod
    def open(
        cls, folder: Path, nickname: str, password: str, previous: bool = False, wanted: Wanted = always
    ) -> tuple["SealedFile", bytes]:
        """The file of this nickname and password, and its content; or, when asked for, that of the version before."""
        with _refusing():
            file = cls(*_find(folder / "journal", nickname, password, wanted))
            try:
                return file, file._read(previous)
            except BaseException:
                file.close()
                raise

    def save(self, content: bytes) -> None:
        """Keep this content instead. When this returns, it is safely on the disk."""
        data = self._key.seal(content)
        new, old = self._files.temporary(), self._files.temporary()
        with _refusing():
            if _ending(self._files.current) != self._seen:  # a backup was put back, or another program wrote
                raise Refusal("changed")
            try:
                _write(new, data)
                if self._sound:
                    _double(self._files.current, old)
                    os.replace(old, self._files.previous)
                os.replace(new, self._files.current)
            finally:
                _remove(new, old)
            self._seen, self._sound = data[-_ENDING:], True
            _settle(self._files.folder)

    def erase(self) -> None:
        """Remove all there is of this file, and forget its key."""
        with _refusing():
            for path in (self._files.current, self._files.previous, *self._files.temporaries()):
                path.unlink(missing_ok=True)
            with suppress(FileNotFoundError):  # somebody removed the folder
                _settle(self._files.folder)
            self.close()
            self._files.lock.unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's answers may lie there
            self._files.folder.rmdir()

    def close(self) -> None:
        """Forget the key, and let others open the file."""
        self._key = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _read(self, previous: bool) -> bytes:
        _remove(*self._files.temporaries())  # left by a save that was killed
        current = _contents(self._files.current)
        self._seen = current[-_ENDING:]
        if not previous:
            content = self._key.open(current)
            self._sound = True
            return content
        with suppress(Refusal):  # the version before must not give way to a damaged one
            self._key.open(current)
            self._sound = True
        return self._key.open(_contents(self._files.previous))


Tried = tuple[Key | None, set[str]]  # the key that fits, or the reasons why there is none


@dataclass(frozen=True)
class _Files:
    """What the files of one person are called."""

    folder: Path
    name: str

    @property
    def current(self) -> Path:
        return self.folder / f"{self.name}{CURRENT}"

    @property
    def previous(self) -> Path:
        return self.folder / f"{self.name}{PREVIOUS}"

    @property
    def lock(self) -> Path:
        return self.folder / f"{self.name}.lock"

    def temporary(self) -> Path:
        return self.folder / f"{self.name}.{secrets.token_hex(4)}.tmp"

    def temporaries(self) -> list[Path]:
        return list(self.folder.glob(f"{self.name}.*.tmp"))


def _find(folder: Path, nickname: str, password: str, wanted: Wanted) -> tuple[_Files, Key]:
    """The files that this nickname and password belong to. Each try takes as long as making a key."""
    with _refusing():
        paths = _kept(folder)
    journals = [[path for path in paths if path.stem == name] for name in dict.fromkeys(path.stem for path in paths)]
    refused: set[str] = set()
    for journal, (key, reasons) in zip(
        journals, _in_turn(lambda journal: _try(journal, nickname, password, wanted), journals), strict=True
    ):
        if key:
            return _Files(folder, journal[0].stem), key
        refused |= reasons
    raise Refusal(min(refused, key=_TELLING.index, default="wrong"))


def _in_turn(act: Callable[[list[Path]], Tried], journals: list[list[Path]]) -> Iterator[Tried]:
    """What each gives: the first alone, since it nearly always is the right one, and then some side by side."""
    from concurrent.futures import ThreadPoolExecutor

    yield from map(act, journals[:1])
    pool = ThreadPoolExecutor(SIDE_BY_SIDE, "nykurs-key")
    try:
        yield from pool.map(act, journals[1:])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _try(journal: list[Path], nickname: str, password: str, wanted: Wanted) -> Tried:
    """The key of one person's files, or why they do not open."""
    reasons: set[str] = set()
    for path in journal:
        _go_on(wanted)
        try:
            with _refusing():
                return recognise(_contents(path), nickname, password), reasons
        except Refusal as refusal:
            reasons.add(refusal.reason)
        if "wrong" in reasons:  # its previous version has the same key
            break
    return None, reasons


def _go_on(wanted: Wanted) -> None:
    if not wanted():
        raise Refusal("given_up")


def _kept(folder: Path) -> list[Path]:
    """Every file that may be somebody's, the one that was saved last first."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    paths = [folder / name for name in names if name.endswith((CURRENT, PREVIOUS))]
    return sorted(filter(Path.is_file, paths), key=lambda path: path.stat().st_mtime_ns, reverse=True)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the system says into a reason."""
    try:
        yield
    except OSError as fault:
        raise Refusal(_REASONS.get(fault.errno, "unwritable")) from fault


def _make_private(folder: Path) -> None:
    """A folder that only this account can look into, also when it was there before."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        with suppress(PermissionError):  # it is somebody else's, who decides
            folder.chmod(0o700)


def _lock(path: Path) -> int:
    """Take the system's own lock of a file, which ends with the process that has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        os.close(descriptor)
        if fault.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise Refusal("busy") from None
        raise
    return descriptor


def _contents(path: Path) -> bytes:
    """All of a file; nothing when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _ending(path: Path) -> bytes:
    """The last bytes of a file; nothing when there is none."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _ENDING))
            return file.read()
    except FileNotFoundError:
        return b""


def _write(path: Path, data: bytes) -> None:
    """A new file, and every byte of it on the disk."""
    binary = getattr(os, "O_BINARY", 0)  # only Windows has it, and needs it
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _double(path: Path, other: Path) -> None:
    """The same file under another name, as a copy where the disk knows no links (a memory stick)."""
    try:
        os.link(path, other)
    except OSError:
        _write(other, _contents(path))


def _remove(*paths: Path) -> None:
    """Take files away that nobody needs; one that stays harms nobody."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _settle(folder: Path) -> None:
    """Have the names of a folder on the disk as well, which Windows does by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # a disk elsewhere that cannot be asked
            raise
    finally:
        os.close(descriptor)
