"""Servers and a browser for the benchmarks: the course, and a stock JupyterLab with one notebook to compare with."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # where the system's tools are looked for
from tools import CHROMIUM_ARGUMENTS, find_chromium

STOCK_CELL = """import ipywidgets
choice = ipywidgets.RadioButtons(options=["en", "to", "tre"], value=None)
reply = ipywidgets.Label()
choice.observe(lambda change: setattr(reply, "value", f"Svar: {change['new']}"), "value")
ipywidgets.VBox([choice, reply])"""


@dataclass
class Server:
    """A running JupyterLab."""

    address: str
    token: str
    process: subprocess.Popen

    def url(self, path: str) -> str:
        """The address of a page, with the token."""
        return f"{self.address}{path}?token={self.token}"

    def api(self, path: str, method: str = "GET", body: dict | None = None) -> object:
        """The answer of the server's REST interface."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def kernel_memory(self) -> float:
        """Memory that only the kernels use, in MiB."""
        kernels = [
            child
            for child in psutil.Process(self.process.pid).children(recursive=True)
            if "ipykernel_launcher" in " ".join(child.cmdline())
        ]
        return sum(kernel.memory_full_info().uss for kernel in kernels) / 2**20


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def course_server(present: bool = False) -> Iterator[Server]:
    """The course, as `python3 build start` runs it, or `present`."""
    from widgets.lab import launch

    port, token = free_port(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        arguments, environment = launch.configure("nb", False, port, token, Path(folder), present=present)
        with _running(arguments, environment, port, token) as server:
            yield server


@contextmanager
def stock_server() -> Iterator[Server]:
    """JupyterLab as it comes, with a notebook of one cell."""
    port, token = free_port(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "root"
        root.mkdir()
        (root / "stock.ipynb").write_text(json.dumps(_stock_notebook()), encoding="utf-8")
        page = Path(folder) / "settings" / "page_config.json"
        page.parent.mkdir()
        page.write_text(json.dumps({"disabledExtensions": {"nykurs-lab": True}}), encoding="utf-8")
        overrides = {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
            "@jupyterlab/translation-extension:plugin": {"locale": "default"},
        }
        (page.parent / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
        arguments = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            f"--ServerApp.port={port}",
            f"--ServerApp.root_dir={root}",
            f"--IdentityProvider.token={token}",
            f"--LabApp.app_settings_dir={page.parent}",
            "--LabServerApp.extra_labextensions_path=[]",
            "--LabApp.expose_app_in_browser=True",
            "--Application.log_level=ERROR",
        ]
        folders = {name: str(Path(folder) / name.lower()) for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")}
        environment = os.environ | {f"JUPYTER_{name}": path for name, path in folders.items()}
        environment |= {
            "IPYTHONDIR": str(Path(folder) / "ipython"),
            "JUPYTERLAB_SETTINGS_DIR": str(Path(folder) / "user"),
        }
        environment |= {"JUPYTERLAB_WORKSPACES_DIR": str(Path(folder) / "spaces")}
        with _running(arguments, environment, port, token) as server:
            yield server


def _stock_notebook() -> dict:
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cell = {
        "cell_type": "code",
        "id": "only",
        "metadata": {},
        "source": STOCK_CELL,
        "outputs": [],
        "execution_count": None,
    }
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def _running(arguments: list[str], environment: dict, port: int, token: str) -> Iterator[Server]:
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", token, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server) -> None:
    for _ in range(240):
        try:
            server.api("/api/status")
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("JupyterLab did not answer within a minute.")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, the system's own."""
    found = find_chromium()
    if found is None:
        raise SystemExit("Chromium is needed for this benchmark.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=[*CHROMIUM_ARGUMENTS, "--js-flags=--expose-gc"]
        )
        yield browser
        browser.close()
