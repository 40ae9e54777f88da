"""Tries a nickname and a password beside the kernel's own thread, so that exercises go on answering meanwhile.

What was found waits until the page takes it. Once nobody wants it any longer it is dropped and its key forgotten,
whenever it comes: it is never opened for whoever sits there then.
"""

import logging
import threading
from collections.abc import Callable

from course.keeping import Found
from course.storage import Refusal

log = logging.getLogger("nykurs")
Seek = Callable[[Callable[[], bool]], Found]


class Trial:
    """One search, which begins when the one `before` it has ended. `done` is called at its end, from its thread."""

    def __init__(self, seek: Seek, done: Callable[["Trial"], None], before: "Trial | None" = None) -> None:
        self.refused = ""
        self._found: Found | None = None
        self._wanted = True
        self._handing = threading.Lock()
        self._thread = threading.Thread(
            target=self._run, args=(seek, done, before._thread if before else None), name="nykurs-trial", daemon=True
        )
        self._thread.start()

    def take(self) -> Found | None:
        """What was found, once; from now on it is the taker's."""
        with self._handing:
            found, self._found = self._found, None
        return found

    def give_up(self) -> None:
        """Nobody wants it any longer."""
        with self._handing:
            self._wanted = False
        if found := self.take():
            found.drop()

    def _run(self, seek: Seek, done: Callable[["Trial"], None], before: threading.Thread | None) -> None:
        if before:
            before.join()  # it may hold the file that is looked for until it hears that nobody wants it
        try:
            self._keep(seek(lambda: self._wanted))
        except Refusal as refusal:
            self.refused = refusal.reason
        except Exception as fault:  # a participant never sees a traceback, and its message can carry a password
            log.warning("%s while a password was tried", type(fault).__name__)
            self.refused = "fault"
        done(self)

    def _keep(self, found: Found) -> None:
        with self._handing:
            if self._wanted:
                self._found = found
                return
        found.drop()
