"""`python3 build test`: the tests in three groups, the quick ones first; all groups run, whatever fails."""

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import environment
from messages import say, words

ROOT = Path(__file__).resolve().parent.parent
# Files side by side. Not in the browser: there two servers and two browsers on two cores were hardly quicker than one.
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")
GROUPS = {
    "test.fast": ("tests", "--ignore=tests/browser", "--ignore=tests/test_notebooks.py", *SIDE_BY_SIDE),
    "test.notebooks": ("tests/test_notebooks.py",),
    "test.browser": ("tests/browser",),
}


def run(fast: bool, full: bool = False) -> int:
    """Run the groups, and give 1 if any of them failed. `full`: with every module, and hundreds of faults and kills."""
    environment.ready_for_tests()
    if full:
        os.environ["NYKURS_FULL"] = "1"
    groups = {"test.fast": GROUPS["test.fast"]} if fast else GROUPS
    results = [run_group(words(name), arguments) for name, arguments in groups.items()]
    for name, passed, minutes in results:
        say("test.passed" if passed else "test.failed", group=name, minutes=f"{minutes:.1f}".replace(".", ","))
    missing = runpy.run_path(str(ROOT / "tests" / "tools.py"))["missing"]()
    say("test.skipped", tools=", ".join(missing)) if missing else say("test.complete")
    return 0 if all(passed for _, passed, _ in results) else 1


def run_group(name: str, arguments: tuple[str, ...]) -> tuple[str, bool, float]:
    """Run one group with pytest: its name, whether it passed, and its minutes."""
    say("test.group", group=name)
    begun = time.monotonic()
    # No test collected is a failure too: then the group has lost its tests.
    passed = subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT) == 0
    return name, passed, (time.monotonic() - begun) / 60
