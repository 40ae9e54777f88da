"""A kernel gives what the in-process runner gives: the same outputs for nbval, the same handouts byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import handout
import nbformat
import pytest
from handout import AUDIENCES, making, run

from course import content

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(content.MODULES.glob("*/[0-9][0-9]*_*.ipynb"))
MARK = "Velg "  # stands on every quiz sheet


@pytest.fixture
def kernels(monkeypatch) -> dict[str, str]:
    """The environment of a kernel that finds this checkout, wherever the notebook lies."""
    places = os.pathsep.join((str(ROOT), str(ROOT / "build")))
    monkeypatch.setenv("PYTHONPATH", places)
    monkeypatch.delenv("MPLBACKEND", raising=False)
    return dict(os.environ)


def expected(folder: Path, notebooks: list[Path]) -> list[Path]:
    """Copies whose stored outputs are the in-process runner's."""
    copies = [folder / f"{path.parent.name}-{path.name}" for path in notebooks]
    for path, copy in zip(notebooks, copies, strict=True):
        nbformat.write(nbformat.from_dict(run.run(path)), copy)
    return copies


def nbval(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """All notebooks of a folder, held against their stored outputs, in one process."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "--rootdir", folder, folder]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)


def test_a_kernel_gives_the_html_and_svg_of_the_in_process_runner(tmp_path, kernels):
    copies = expected(tmp_path, NOTEBOOKS)
    stored = sum(len(cell.get("outputs", ())) for copy in copies for cell in run.read(copy)["cells"])
    done = nbval(tmp_path, kernels)
    assert stored >= len(NOTEBOOKS)  # nbval compares nothing when nothing is stored
    assert done.returncode == 0, done.stdout[-4000:]


def test_a_changed_sheet_makes_nbval_fail(tmp_path, kernels):
    quizzes = content.MODULES / "nb" / "01_avhengighet.ipynb"
    (copy,) = expected(tmp_path, [quizzes])
    text = copy.read_text(encoding="utf-8")
    assert MARK in text
    copy.write_text(text.replace(MARK, "Kryss av ", 1), encoding="utf-8")
    done = nbval(tmp_path, kernels)
    assert done.returncode == 1
    assert "text/html" in done.stdout
    assert "1 failed" in done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The handouts of every module, made in this process."""
    out = tmp_path_factory.mktemp("in-process")
    handout.make(out=out)
    return out


def test_kernels_and_this_process_make_the_same_handouts(made, tmp_path, kernels):
    handout.make(out=tmp_path, kernel=True)
    files = sorted(path.relative_to(made) for path in made.rglob("*.html"))
    assert len(files) > 2 * len(NOTEBOOKS)
    assert [str(file) for file in files if (tmp_path / file).read_bytes() != (made / file).read_bytes()] == []


# Every kernel costs two seconds; what a leader gets more is made from the same outputs.
COMMANDS = {
    "participant": [path for path in NOTEBOOKS if path.parent.name == "nb"],
    "leader": [path for path in NOTEBOOKS if path.stem == "07_tilbakefall" or os.environ.get("NYKURS_FULL")],
}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_command_of_nbconvert_gives_the_same_bytes(audience, made, tmp_path, kernels):
    command = [sys.executable, "-m", "nbconvert", "--to", "handout", "--execute", *COMMANDS[audience]]
    command += ["--output-dir", tmp_path, f"--HandoutExporter.audience={audience}"]
    done = subprocess.run(command, env=kernels, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    for path in COMMANDS[audience]:
        expected = made / path.parent.name / f"{path.stem}{making.ENDINGS[audience]}"
        assert (tmp_path / f"{path.stem}.html").read_bytes() == expected.read_bytes(), path.stem
