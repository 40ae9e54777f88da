"""A process that is killed in the middle of a save loses nothing that was said to be safe."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from keeps_saving import NICKNAME, PASSWORD, content_of, number_in

from course.sealing import Cost
from course.storage import SealedFile

KILLS = 200 if os.environ.get("NYKURS_FULL") == "1" else 20
LONGEST = 0.003  # seconds; a save takes less, so any moment of it can be hit
PROGRAM = Path(__file__).with_name("keeps_saving.py")
ROOT = PROGRAM.parent.parent


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A folder with number 0 in it. The kills follow each other in it, as a journal may live through many."""
    folder = tmp_path_factory.mktemp("kept")
    file = SealedFile.create(folder, NICKNAME, PASSWORD, Cost(n=2))
    file.save(content_of(0))
    file.close()
    return folder


@pytest.fixture(scope="module")
def cut_short():
    """How many kills came between the first byte of a save and its end, counted over all of them."""
    found: list[Path] = []
    yield found
    assert found, "no kill came in the middle of a save"


def killed(folder: Path, chance: random.Random) -> int:
    """Kill a process that saves at a moment nobody chose, and give the last number it said was safe."""
    child = subprocess.Popen(
        [sys.executable, PROGRAM, folder],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with child:
        lines = [child.stdout.readline() for _ in range(chance.randint(1, 30))]
        time.sleep(chance.uniform(0, LONGEST))  # the moment must be any, so there is nothing to wait for
        child.kill()
        lines += child.stdout.readlines()
    return int(lines[-1])


def opened(folder: Path, previous: bool = False) -> int:
    file, content = SealedFile.open(folder, NICKNAME, PASSWORD, previous=previous)
    file.close()
    return number_in(content)


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_save_leaves_the_old_content_or_the_new(number, kept, cut_short):
    safe = killed(kept, random.Random(number))
    cut_short += kept.rglob("*.tmp")
    now = opened(kept)
    assert now in (safe, safe + 1)
    assert opened(kept, previous=True) in (now - 1, now)
    assert not list(kept.rglob("*.tmp"))
