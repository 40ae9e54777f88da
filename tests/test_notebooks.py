"""A kernel gives what the in-process runner gives: the same outputs for nbval, the same handouts byte for byte."""

import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from handout import AUDIENCES, run
from handout.exporter import HandoutExporter
from nbclient import NotebookClient

from course import content

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(content.MODULES.glob("*/[0-9][0-9]_*.ipynb"))
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
        nbformat.write(run.run(path), copy)
    return copies


def nbval(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """All notebooks of a folder, held against their stored outputs, in one process."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "--rootdir", folder, folder]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)


def test_a_kernel_gives_the_html_and_svg_of_the_in_process_runner(tmp_path, kernels):
    copies = expected(tmp_path, NOTEBOOKS)
    stored = sum(len(cell.get("outputs", ())) for copy in copies for cell in run.read(copy).cells)
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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kernel_and_the_in_process_runner_give_the_same_handouts(path, kernels):
    by_kernel = run.read(path)
    in_process = run.run_node(deepcopy(by_kernel))
    NotebookClient(by_kernel, resources={"metadata": {"path": str(path.parent)}}).execute()
    for audience in AUDIENCES:
        exporter = HandoutExporter(audience=audience)
        resources = {"metadata": {"name": path.stem, "path": str(path.parent)}}
        pages = [exporter.from_notebook_node(ran, resources)[0] for ran in (by_kernel, in_process)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize(("name", "audience"), [("01_avhengighet", "participant"), ("07_tilbakefall", "leader")])
def test_the_command_of_nbconvert_gives_the_same_bytes(name, audience, tmp_path, kernels):
    path = content.MODULES / "nb" / f"{name}.ipynb"
    command = [sys.executable, "-m", "nbconvert", "--to", "handout", "--execute", path, "--output-dir", tmp_path]
    command.append(f"--HandoutExporter.audience={audience}")
    done = subprocess.run(command, env=kernels, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    resources = {"metadata": {"name": path.stem, "path": str(path.parent)}}
    in_process, _ = HandoutExporter(audience=audience).from_notebook_node(run.run(path), resources)
    written = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    assert written == in_process
