"""An offline folder: the course and its packages for one machine, which starts there without a network."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import environment
import wheels
from wheels import Target

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("build", "course", "docs", "widgets")  # tests and benchmarks are for those who write the course
FILES = ("README.md", "LESMEG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "LICENSE-texts.md")
FILES += ("pyproject.toml", "requirements.txt", "start.bat", "start.command")
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__")


def make(machine: Target, hidden: Path, place: Path, more: Mapping[str, bytes]) -> None:
    """Make the folder beside the old one, and put it in its place when it is whole."""
    new, old = hidden / "offline", hidden / "old"
    put_back(old, place)
    shutil.rmtree(new, ignore_errors=True)  # left by a maker that was killed
    try:
        copy(new)
        for name, data in more.items():
            (new / name).write_bytes(data)
        pack(new / environment.WHEELS, machine)
        put(new, place, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        put_back(old, place)


def copy(new: Path) -> None:
    """The course as it is here, without what was made and what is hidden."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, new / name, ignore=_LEFT_OUT)
    for name in FILES:
        shutil.copy2(ROOT / name, new / name)


def pack(folder: Path, machine: Target) -> None:
    """The packages, and for which machine they are."""
    wheels.fetch(wheels.wanted(ROOT), machine, folder)
    told = {"platform": machine.name, "python": machine.python, "system": machine.surroundings["sys_platform"]}
    (folder / environment.MADE_FOR).write_text(json.dumps(told), encoding="utf-8")


def put(new: Path, place: Path, old: Path) -> None:
    """The new folder takes the place of the old one, which is kept until then."""
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)


def put_back(old: Path, place: Path) -> None:
    """The old folder, back where it was if no new one came there; also after a maker that was killed in between."""
    if old.exists() and not place.exists():
        os.replace(old, place)
    shutil.rmtree(old, ignore_errors=True)
