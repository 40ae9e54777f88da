"""JupyterLab as a participant meets it: a server on this checkout, a Chromium, and pages that tell of any trouble."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlparse

import psutil
import pytest
from tools import CHROMIUM_ARGUMENTS, find_chromium, require

from widgets.lab import launch

TOKEN = "for-tests-only"
PATIENCE = 60  # seconds; a slow machine is not a fault
STOPPING = 20  # seconds
# Opens everything on a page that is folded.
UNFOLD = "document.querySelectorAll('.nykurs-more[aria-expanded=false]').forEach((button) => button.click())"


def wait_until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    """The condition's value as soon as it is true."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < end:
        if value := condition():
            return value
        pause.wait(0.05)
    raise AssertionError(f"waited {seconds} seconds for: {what}")


class Lab:
    """A JupyterLab server for the course, started as the start command does."""

    def __init__(
        self, folder: Path, leader: bool = False, edit: bool = False, surroundings: Mapping = {}, **options: object
    ) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log.txt"
        self.data = folder / "data"
        command, environment = launch.configure("nb", leader, self.port, TOKEN, folder / "run", edit, **options)
        environment = {**environment, "NYKURS_DATA": str(self.data), **surroundings}
        with self.log.open("w") as log:
            command = [*command, "--expose-app-in-browser"]
            self.process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        wait_until(self.answers, f"the server; {self.log}")

    def answers(self) -> bool:
        """Whether the server is up."""
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.request("api/status")[0] == 200
        except OSError:
            return False

    def request(self, path: str, method: str = "GET", body: object = None, token: str = TOKEN) -> tuple[int, str]:
        """Status and text of a request, without a browser."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/{path}", data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def empty(self) -> None:
        """Forget all entries, as «Avslutt og tøm» does."""
        assert self.request("nykurs/kernel", "POST", {"action": "empty"})[0] == 204

    def kernels(self) -> list[dict]:
        """The kernels that run."""
        return json.loads(self.request("api/kernels")[1])

    def kernel_processes(self) -> list[int]:
        """The process ids of all kernels at the course's id, also of one that the server has forgotten."""
        kernel = self.kernels()[0]["id"]
        return [
            process.pid
            for process in psutil.process_iter(["cmdline"])
            if any(f"kernel-{kernel}.json" in part for part in process.info["cmdline"] or ())
        ]

    def kernel_process(self) -> int:
        """The process id of the course's kernel, of which there is one."""
        found = wait_until(self.kernel_processes, "a kernel process")
        assert len(found) == 1, f"kernels that nobody ends: {found}"
        return found[0]

    def kill_kernel(self) -> None:
        """End the kernel as a crash would."""
        os.kill(self.kernel_process(), signal.SIGKILL)

    def stop(self) -> None:
        """Stop the server and its kernels, in the same two steps as the course does (build/serving.py)."""
        for end in (self.process.terminate, self.process.kill):
            if self.process.poll() is None:
                end()
                with contextlib.suppress(subprocess.TimeoutExpired):  # it waits for a kernel that was just asked for
                    self.process.wait(timeout=STOPPING)


@pytest.fixture(scope="session")
def start_lab(tmp_path_factory):
    """Starts further servers; they are stopped when all tests are done."""
    started = []

    def start(**options: object) -> Lab:
        started.append(Lab(tmp_path_factory.mktemp("lab"), **options))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def lab(start_lab):
    """The participants' server, shared by all tests."""
    return start_lab()


@pytest.fixture(scope="session")
def leader_lab(start_lab):
    """The server of `start --leader`."""
    return start_lab(leader=True)


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    require("Chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


class Troubles:
    """What a page must not do: errors in the console, faults in its scripts, requests to another machine."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """This trouble belongs to the test."""
        self.allowed.append(pattern)

    def watch(self, page) -> None:
        """Listen to a page from now on."""
        page.on("console", lambda message: message.type == "error" and self.add(f"console: {message.text}"))
        page.on("pageerror", lambda fault: self.add(f"fault: {fault}"))
        page.on("request", lambda request: self.look(request.url))

    def look(self, url: str) -> None:
        """Note a request that leaves this machine."""
        parts = urlparse(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.add(f"request: {url}")

    def add(self, text: str) -> None:
        """Note a trouble."""
        self.found.append(text)

    def unexpected(self) -> list[str]:
        """What no test allowed."""
        return [text for text in self.found if not any(re.search(pattern, text) for pattern in self.allowed)]


@pytest.fixture
def troubles():
    """Fails the test when one of its pages was in trouble."""
    troubles = Troubles()
    yield troubles
    assert not troubles.unexpected()


@contextlib.contextmanager
def opened_window(chromium):
    """A browser window, 1280 x 720."""
    window = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    window.set_default_timeout(PATIENCE * 1000)
    yield window
    window.close()


@pytest.fixture(scope="session")
def shared_window(chromium):
    """One window for all tests. It keeps JupyterLab's own files from test to test, which saves minutes."""
    with opened_window(chromium) as window:
        yield window
        clock = window.new_page().evaluate("String(setTimeout)")
        assert "[native code]" in clock, "a test has set the clock for all that came after it; see the fixture `clock`"


@pytest.fixture
def window(request, chromium):
    """The window of all tests. A clock is set for every page of a window, so a test that sets one has its own."""
    if "clock" not in request.fixturenames:
        yield request.getfixturevalue("shared_window")
        return
    with opened_window(chromium) as window:
        yield window


@pytest.fixture
def context(window, troubles):
    """The window for one test: its pages are watched, and closed afterwards."""
    window.on("page", troubles.watch)
    yield window
    window.remove_listener("page", troubles.watch)
    for page in window.pages:
        page.close()


@pytest.fixture
def clock(context):
    """The clock of all pages of this test."""
    return context.clock


@pytest.fixture
def open_home(context, lab):
    """Opens the first page."""

    def open_home(server: Lab = lab):
        page = context.new_page()
        page.goto(f"{server.address}/lab?token={TOKEN}")
        page.wait_for_selector(".nykurs-cards a")
        return page

    return open_home


@pytest.fixture
def open_module(context, lab):
    """Opens a module by its address and waits until its exercises are there. `fresh`: nothing has been entered."""

    def open_module(name: str = "01_avhengighet", *, fresh: bool = True, server: Lab = lab, page=None):
        if fresh:
            server.empty()
        page = page or context.new_page()
        page.goto(f"{server.address}/lab/tree/{name}.ipynb?token={TOKEN}")
        return ready(page)

    return open_module


# What a page that does not become ready is waiting for: the kernel, what was asked of it and how far each answer has
# come (1: the reply, 2: that the kernel is done), and exercises without a card.
STANDS = """() => {
  const panel = window.jupyterapp?.shell.currentWidget, kernel = panel?.sessionContext?.session?.kernel;
  const futures = [...(kernel?._futures?.values() ?? [])];
  const cells = [...document.querySelectorAll('.jp-CodeCell:not(:has(.nykurs-card))')];
  return {
    kernel: kernel && [kernel.connectionStatus, kernel.status],
    asked: futures.map(({ msg, _status }) => `${_status} ${msg.header.msg_type} ${msg.content.code ?? ''}`),
    without: cells.map(cell => cell.textContent.trim().slice(0, 60)),
  };
}"""


def ready(page):
    """The page, once the cells of its notebook have run."""
    from playwright.sync_api import TimeoutError as Waited

    try:
        page.wait_for_selector(".nykurs-page[data-nykurs-ready]", state="attached")
    except Waited as waited:
        raise AssertionError(f"the page is not ready: {page.evaluate(STANDS)}") from waited
    return page


@pytest.fixture(name="ready")
def ready_fixture():
    """Waits until a page's exercises are there."""
    return ready


@pytest.fixture(scope="session", name="wait_until")
def wait_until_fixture():
    """Waits for a state that the browser does not show."""
    return wait_until
