"""Keeps the live journal in an encrypted file, when the participant has asked for it.

A change is noted at once and saved a moment later by a thread of its own, so nobody waits for the disk. The key lives
in the open file's object and nowhere else, and goes when the file is closed.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from course import records, shelf, storage
from course.journal import Journal
from course.model import Answer, Excerpt, WorksheetAnswer
from course.storage import Refusal, SealedFile, Wanted, always

PAUSE = 0.4  # seconds; what is typed in one go is saved in one go
LOCK_MINUTES = 20  # without a touch; the participant can choose another time, which is kept with the answers
GRACE = 60  # seconds more than the page waits, before answers are locked that no page shows any longer

log = logging.getLogger("nykurs")


def allowed() -> bool:
    """Whether this machine lets participants keep and download answers (a clinic can switch it off)."""
    return os.environ.get("NYKURS_JOURNAL", "").strip().lower() != "off"


@dataclass(frozen=True)
class Found:
    """A file that a nickname and a password have opened, and what it holds; nothing yet when it is new."""

    file: SealedFile
    content: bytes | None = field(default=None, repr=False)

    def drop(self) -> None:
        """Forget the key. Of a new file nothing stays."""
        if self.content is None:
            with suppress(Refusal):
                self.file.erase()
        self.file.close()


class Keeping:
    """One journal and the file it is kept in, if it is kept.

    `trouble` is the reason why the last change is not on disk yet, "" when it is. `on_change` is called, from whatever
    thread, when `is_open` or `trouble` has changed; `on_idle` when nobody has touched the course for so long that it
    should be locked.
    """

    def __init__(self, journal: Journal, language: str = "nb", folder: Path | None = None) -> None:
        self.journal = journal
        self.language = language
        self.folder = folder
        self.lock_minutes = LOCK_MINUTES
        self.trouble = ""
        self.on_change: Callable[[], None] = lambda: None
        self.on_idle: Callable[[], None] = lambda: None
        self._file: SealedFile | None = None
        self._strays: Mapping[str, dict] = {}
        self._touched = time.monotonic()
        self._scribe = records.Scribe()
        self._unsaved = False
        self._saving = threading.Lock()
        self._wake = threading.Event()

    def __repr__(self) -> str:
        return f"Keeping({'open' if self.is_open else 'closed'})"  # never what it holds

    @property
    def is_open(self) -> bool:
        """Whether answers are being kept."""
        return self._file is not None

    @property
    def strays(self) -> Mapping[str, dict]:
        """Kept records whose exercise the course no longer has; they are saved again as they are."""
        return self._strays

    @property
    def idle_seconds(self) -> float:
        """Since somebody last touched the course, on any page."""
        return time.monotonic() - self._touched

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = time.monotonic()

    # Opening. All of these raise Refusal, and then nothing has changed. The two that seek take long; they touch nothing
    # here, so they may run in a thread of their own. What they found is begun with in the thread of the journal.

    def seek_new(self, nickname: str, password: str, wanted: Wanted = always) -> Found:
        """A file for somebody who has none."""
        self._must_be_allowed()
        return Found(SealedFile.create(self._folder(), nickname, password, wanted=wanted))

    def seek(self, nickname: str, password: str, previous: bool = False, wanted: Wanted = always) -> Found:
        """The file of this nickname and password; `previous` is the version before the last."""
        self._must_be_allowed()
        return Found(*SealedFile.open(self._folder(), nickname, password, previous=previous, wanted=wanted))

    def begin(self, found: Found) -> None:
        """Keep the journal in this file from now on. What was kept comes back beside what has been entered today."""
        try:
            self._must_be_allowed()
            if found.content is None:
                found.file.save(self._content())
                self._begin(found.file)
            else:
                self._bring_back(found)
        except BaseException:
            if self._file is not found.file:
                found.drop()  # or nobody could open it again
            raise

    def create(self, nickname: str, password: str) -> None:
        """Keep the journal from now on, with what has been entered so far. Refusal when that cannot be saved."""
        self.begin(self.seek_new(nickname, password))

    def open(self, nickname: str, password: str, previous: bool = False) -> None:
        """Bring back what was kept, beside what has been entered today; `previous` is the version before the last."""
        self.begin(self.seek(nickname, password, previous))

    def _bring_back(self, found: Found) -> None:
        document = self._read(found.content)
        kept = records.read(document, self.language)
        joined = self._joined(kept.answers, kept.earlier)
        self.lock_minutes = document.get("lock_minutes", LOCK_MINUTES)
        self._strays = kept.strays
        entered_today = len(self.journal)
        self.journal.restore(*joined)
        self._begin(found.file)
        if entered_today:
            self._note()

    def _read(self, content: bytes) -> dict:
        try:
            return records.from_bytes(content)
        except records.Misread:
            raise Refusal("newer") from None

    def _must_be_allowed(self) -> None:
        if not allowed():
            raise Refusal("forbidden")
        if self.is_open:
            raise Refusal("busy")

    def _folder(self) -> Path:
        return self.folder or storage.folder()

    def _joined(
        self, kept: Mapping[str, Answer], earlier: Mapping[str, tuple[Excerpt, ...]]
    ) -> tuple[dict[str, Answer], dict[str, tuple[Excerpt, ...]]]:
        """What was kept and what has been entered today, with nothing lost of either."""
        today, earlier_today = self.journal.snapshot()
        exercises = shelf.exercises(self.language)
        answers, excerpts = {**today, **kept}, {**earlier_today, **earlier}
        for name in today.keys() & kept.keys() & exercises.keys():
            answers[name], more = records.merge(exercises[name][1], kept[name], today[name])
            if more:
                excerpts[name] = (*excerpts.get(name, ()), *more)
        for name in (name for name in today if name.endswith(shelf.PLACE)):
            answers[name] = records.merge_place(kept.get(name, WorksheetAnswer()), today[name])
        return answers, excerpts

    def _begin(self, file: SealedFile) -> None:
        self._file = file
        self.trouble = ""
        self.touch()
        self.journal.watch(self._note)
        threading.Thread(target=self._keep_saving, args=(file,), name="nykurs-keeping", daemon=True).start()
        self.on_change()

    # While it is open.

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a touch."""
        self.lock_minutes = minutes
        self._note()

    def flush(self) -> bool:
        """Save now what is not saved yet. Whether everything is on disk."""
        with self._saving:
            before = self.trouble
            if self._file is not None and self._unsaved:
                self.trouble = self._save()
            saved, changed = not self.trouble, self.trouble != before
        if changed:
            self.on_change()
        return saved

    def _save(self) -> str:
        """The reason why a save failed, or nothing."""
        self._unsaved = False  # before the content is taken: what changes meanwhile is saved once more
        try:
            self._file.save(self._content())
        except Refusal as refusal:
            self._unsaved = True
            return refusal.reason
        except Exception as fault:  # whatever it is, nothing is lost, and it is tried again
            self._unsaved = True
            log.warning("%s while saving", type(fault).__name__)  # its message could carry what was written
            return "unwritable"
        return ""

    def _content(self) -> bytes:
        kept = (*self.journal.snapshot(), self._strays, self.language)
        return self._scribe.bytes(*kept, lock_minutes=self.lock_minutes)

    def _note(self) -> None:
        self.touch()
        self._unsaved = True
        self._wake.set()

    def _keep_saving(self, file: SealedFile) -> None:
        while self._file is file:
            if self._wake.wait(timeout=GRACE / 4):  # else: once more what could not be saved
                self._wake.clear()
                time.sleep(PAUSE)
            self.flush()
            if self._file is file and self.idle_seconds > self.lock_minutes * 60 + GRACE:
                self.on_idle()

    # Closing.

    def lock(self) -> bool:
        """Save, and then forget the key and every answer. False when the last changes cannot be saved: then nothing
        is forgotten."""
        if not self.flush():
            return False
        self._close()
        self.journal.clear()
        return True

    def erase(self) -> None:
        """Remove the file and its previous version. What has been entered stays in memory."""
        with self._saving:
            self._file.erase()
        self._close()

    def _close(self) -> None:
        self.journal.watch(None)
        with self._saving:
            file, self._file = self._file, None
            self._strays, self._unsaved, self.trouble = {}, False, ""
            self._scribe = records.Scribe()
            if file:
                file.close()
        self.lock_minutes = LOCK_MINUTES
        self._wake.set()
        self.on_change()
