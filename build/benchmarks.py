"""`python3 build bench NAME`: runs bench/NAME.py, which prints its figures itself."""

import subprocess
import sys

import environment
from names import ROOT, known


def run(name: str) -> int:
    """Run one benchmark, and give its exit code."""
    known(name, benchmarks())
    environment.ready_for_tests()  # the benchmarks drive the same browser
    return subprocess.call([sys.executable, ROOT / "bench" / f"{name}.py"], cwd=ROOT)


def benchmarks() -> list[str]:
    """The files in bench/ that are programs; the others help them."""
    return [file.stem for file in (ROOT / "bench").glob("*.py") if "__main__" in file.read_text(encoding="utf-8")]
