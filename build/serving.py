"""`python3 build start` and its kin: a JupyterLab server from its first answer to its clean end.

Everything Jupyter writes goes to a temporary folder that is removed at the end; nothing is written to the checkout.
"""

import contextlib
import json
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NoReturn

from messages import Stop, say

ROOT = Path(__file__).resolve().parent.parent
USUAL_PORT = 8878  # the same from time to time, so that the browser's cache is of use
SLOWEST_START = 120  # seconds; a cold disk and a virus scanner can take most of a minute
SLOWEST_STOP = 15
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # no system has all of them


@dataclass(frozen=True)
class Setting:
    """What differs between the course and the workshop of its authors."""

    edit: bool
    opened: str
    stop: str
    stopped: str
    preview: bool = False


COURSE = Setting(edit=False, opened="start.open", stop="start.stop", stopped="start.stopped")
NOTHING_KEPT = Setting(edit=False, opened="start.open", stop="start.stop_empty", stopped="start.stopped_empty")
WORKSHOP = Setting(edit=True, opened="edit.open", stop="edit.stop", stopped="edit.stopped")
PREVIEW = Setting(edit=False, opened="preview.open", stop="preview.stop", stopped="preview.stopped", preview=True)


class Server:
    """One running JupyterLab."""

    def __init__(self, process: subprocess.Popen, port: int, token: str) -> None:
        self.process, self.port, self.token = process, port, token

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Send one request to the server, past any proxy that the machine has."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=5) as answer:
            return answer.read()

    def wait_until_it_answers(self) -> None:
        """Return when the server answers a request."""
        latest = time.monotonic() + SLOWEST_START
        while time.monotonic() < latest:
            if self.process.poll() is not None:
                raise Stop("start.failed")
            with contextlib.suppress(OSError, ValueError):
                return json.loads(self.ask("/api"))
            time.sleep(0.1)
        raise Stop("start.slow", seconds=SLOWEST_START)

    def wait_until_it_ends(self) -> None:
        """Return when the server has ended. On Windows, Ctrl-C is not noticed while waiting for a process."""
        while self.process.poll() is None:
            time.sleep(0.5)

    def stop(self) -> None:
        """Let the server end its kernels and itself; the same on every system, where signals are not."""
        with contextlib.suppress(OSError):
            self.ask("/api/shutdown", method="POST")
        for end in (self.process.terminate, self.process.kill):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(SLOWEST_STOP)
                return
            end()
        self.process.wait()


def serve(
    setting: Setting,
    language: str,
    *,
    leader: bool = False,
    port: int | None = None,
    browser: bool = True,
    log: bool = False,
    notebook: PurePath | None = None,
    clinic: Path | None = None,
    present: bool = False,
) -> None:
    """Run JupyterLab until Ctrl-C, and tell in words what is happening."""
    port, token = free_port(port), secrets.token_urlsafe(24)
    journal = may_keep(clinic)
    setting = setting if (journal and not present) or setting.edit or setting.preview else NOTHING_KEPT
    say("start.begin")
    from widgets.lab import launch  # here, so that the first words come before the slow imports

    with told_to_stop(), run_folder() as folder:
        command, surroundings = launch.configure(
            language,
            leader,
            port,
            token,
            folder,
            setting.edit,
            journal=journal,
            present=present,
            preview=setting.preview,
        )
        with running(command, surroundings, port, token, folder, log) as server:
            server.wait_until_it_answers()
            show(setting, address(port, token, notebook), browser)
            server.wait_until_it_ends()
            raise Stop("start.died")
    say(setting.stopped)


def free_port(wanted: int | None) -> int:
    """The wanted port, or a sentence if it is taken; without a wish, one that is free."""
    if wanted is None:
        try:
            return free_port(USUAL_PORT)
        except Stop:
            return free_port(0)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where reuse would let us take a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # elsewhere, where reuse lets us take a port that was just left
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except PermissionError as fault:
            raise Stop("start.forbidden", port=wanted) from fault
        except OverflowError as fault:
            raise Stop("start.no_such_port", port=wanted) from fault
        except OSError as fault:
            raise Stop("start.busy", port=wanted) from fault
        return probe.getsockname()[1]


@contextlib.contextmanager
def told_to_stop() -> Iterator[None]:
    """Ctrl-C, being told to stop and a closed window all end what is inside, in order and only once."""
    numbers = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]

    def stop(*_: object) -> NoReturn:
        for number in numbers:  # someone who presses Ctrl-C again must not leave a server behind
            signal.signal(number, signal.SIG_IGN)
        say("start.stopping")
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, stop)
    with contextlib.suppress(KeyboardInterrupt):
        yield


def may_keep(asked: Path | None) -> bool:
    """Whether participants may keep answers on this machine. A file that does not say so plainly stops the course."""
    from course import clinic  # here, since it is slow to import and most commands need no clinic
    from course.content import ContentError

    place = clinic.place(asked)
    if place is None:
        return True
    try:
        journal = clinic.read(place).journal
    except ContentError as fault:
        raise Stop("clinic.wrong", path=place, letter=fault) from fault
    if not journal:
        say("clinic.off", path=place)  # whoever decided it can see that it holds
    return journal


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """A temporary folder for everything Jupyter writes."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="nykurs-", ignore_cleanup_errors=True)
    except OSError as fault:
        raise Stop("start.no_folder") from fault
    with folder as name:
        yield Path(name)


@contextlib.contextmanager
def running(
    command: list[str], surroundings: dict[str, str], port: int, token: str, folder: Path, log: bool
) -> Iterator[Server]:
    """A server in a group of its own, so that Ctrl-C reaches only us and we can end it in order."""
    group = {"start_new_session": True, "creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    with (folder / "server.txt").open("wb") as file:
        output = None if log else file
        pipes = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        server = Server(subprocess.Popen(command, env=surroundings, cwd=ROOT, **pipes, **group), port, token)
        try:
            yield server
        finally:
            server.stop()


def address(port: int, token: str, notebook: PurePath | None) -> str:
    """The page to open first; an author's JupyterLab has its folder at course/, where texts and notebooks lie."""
    if notebook and notebook.is_absolute():
        notebook = notebook.relative_to(ROOT / "course")
    page = f"/tree/{notebook.as_posix()}" if notebook else ""
    return f"http://127.0.0.1:{port}/lab{page}?token={token}"


def show(setting: Setting, page: str, browser: bool) -> None:
    """Open the browser, or print the address for someone to open it."""
    if browser and open_browser(page):
        say(setting.opened)
    else:
        if browser:
            say("start.no_browser")
        say("start.address", address=page)
    say(setting.stop)


def open_browser(page: str) -> bool:
    """Open the machine's browser; False if it has none with a window."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    # A browser of exactly this type draws in the terminal, where nobody can use JupyterLab.
    return type(found) is not webbrowser.GenericBrowser and found.open(page)
