"""The house itself: who imports whom, what git sees, what the README tells, and tidy files."""

import ast
import importlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
COMMANDS = {file.stem for file in BUILD.glob("*.py")}
WORDS = json.loads((BUILD / "words.nb.json").read_text(encoding="utf-8"))
NOTEBOOKS = sorted((ROOT / "course" / "modules").rglob("*.ipynb"))
DRAWING = ("matplotlib", "numpy")
# Each room, and what it may import of ours.
ROOMS = {
    "course": ("course", {"course"}),
    "widgets": ("widgets", {"course", "widgets"}),
    "build/handout": ("handout", {"course", "widgets", "handout"}),
}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """The top names of everything imported in a piece of code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def imported_at_once(tree: ast.Module) -> Iterator[str]:
    """The top names of what is imported when the file is, not when a function runs or types are checked."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not for_types(node):
            waiting.extend(ast.iter_child_nodes(node))


def for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_lies_before_it(room):
    _, allowed = ROOMS[room]
    ours = {"course", "widgets", "handout", "tests", *COMMANDS}
    wrong = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in sources(room)
        for name in set(imported(ast.parse(file.read_text(encoding="utf-8")))) & ours - allowed
    }
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_drawing_libraries_are_imported_only_inside_functions(room):
    wrong = {
        file.relative_to(ROOT).as_posix()
        for file in sources(room)
        if {*imported_at_once(ast.parse(file.read_text(encoding="utf-8")))} & {*DRAWING}
    }
    assert not wrong


@pytest.mark.parametrize("room", ["course", "build"])
def test_only_widgets_draw(room):
    wrong = {
        file.relative_to(ROOT).as_posix()
        for file in sources(room)
        if {*imported(ast.parse(file.read_text(encoding="utf-8")))} & {*DRAWING}
    }
    assert not wrong


@pytest.mark.parametrize(
    ("package", "heavy"),
    [
        ("course", {"ipywidgets", "matplotlib", "numpy", "jsonschema"}),
        ("widgets", {"ipywidgets", "anywidget", "matplotlib", "numpy", "jsonschema"}),
        ("handout", {"nbconvert", "nbformat", "ipywidgets", "matplotlib", "numpy", "jsonschema"}),
    ],
)
def test_importing_a_package_imports_nothing_heavy(package, heavy):
    code = f"import sys; sys.path[:0] = {[str(ROOT), str(BUILD)]}; import {package}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


@pytest.mark.parametrize("package", ["course", "widgets", "handout"])
def test_the_packages_come_from_this_checkout(package):
    assert Path(importlib.import_module(package).__file__).is_relative_to(ROOT)


def test_the_door_needs_only_the_standard_library():
    names = set()
    for stem in ("__main__", "messages", "environment"):
        names |= set(imported(ast.parse((BUILD / f"{stem}.py").read_text(encoding="utf-8"))))
    assert names <= sys.stdlib_module_names | COMMANDS


@pytest.mark.parametrize("stem", ["__main__", "messages"])
def test_an_old_python_can_read_the_door(stem):
    ast.parse((BUILD / f"{stem}.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_build_is_a_program_and_not_a_package():
    assert not (BUILD / "__init__.py").exists()


def git(*arguments: str) -> set[str]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", *arguments], capture_output=True, check=True)
    return set(filter(None, done.stdout.decode().split("\0")))


def test_git_ignores_nothing_that_we_wrote_in_build():
    seen = git("--cached", "--others", "--exclude-standard", "build")
    made = {".pyc", ".pyo"}
    written = {
        path.relative_to(ROOT).as_posix() for path in BUILD.rglob("*") if path.is_file() and path.suffix not in made
    }
    assert written == seen


def test_git_tracks_nothing_that_was_made():
    assert not [path for path in git("--cached") if path.startswith(("dist/", ".venv/")) or "__pycache__" in path]


def test_the_double_click_files_can_be_run():
    assert (ROOT / "start.command").read_bytes().startswith(b"#!/bin/sh\n")
    assert b"\r" not in (ROOT / "start.command").read_bytes()
    if sys.platform != "win32":
        assert (ROOT / "start.command").stat().st_mode & 0o111
        assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_readme_tells_of_every_command():
    from commands import commands

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in commands.commands if f"python3 build {name}" not in readme]


def test_every_direct_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    ]
    lines = [line for line in lines if line]
    assert lines.pop() == "-e ."
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines if re.fullmatch(r"[\w-]+==[\w.]+", line)}
    assert len(pinned) == len(lines)
    direct = {re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    assert direct <= pinned


def test_what_tests_need_is_pinned():
    lines = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"[\w-]+==[\w.]+(\s|$)", line) for line in lines if line and not line.startswith("#"))


def constants(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def asked_for(file: Path) -> Iterator[str]:
    """The keys that a file of the commands asks for by name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        asks = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("words", "say", "Stop", "explained")
        if asks and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def test_the_commands_use_every_message_and_have_every_message_they_use():
    files = sorted(BUILD.glob("*.py"))
    keys = set(WORDS) - {"click"}
    assert {key for file in files for key in asked_for(file)} <= keys
    assert keys <= {text for file in files for text in constants(file)}


def test_the_words_of_click_are_ours_or_unused():
    """The files of click whose words a user of the commands can meet."""
    folder = Path(click.__file__).parent
    texts = set().union(*(constants(folder / f"{name}.py") for name in ("core", "decorators", "exceptions")))
    texts |= set().union(*(constants(folder / f"{name}.py") for name in ("formatting", "parser", "types")))
    assert set(WORDS["click"]) - {"required"} <= texts


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_hold_no_outputs_counts_or_state(notebook):
    data = json.loads(notebook.read_text(encoding="utf-8"))
    code = [cell for cell in data["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert "widgets" not in data["metadata"]


def test_nothing_tells_of_the_machine_it_was_written_on():
    places = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")
    wrong = []
    for path in (ROOT / name for name in git("--cached", "--others", "--exclude-standard")):
        if path.is_file() and path.suffix in (".py", ".md", ".yaml", ".json", ".ipynb", ".js", ".css", ".txt", ".toml"):
            text = path.read_text(encoding="utf-8", errors="replace")
            wrong += [path.relative_to(ROOT).as_posix()] if path != Path(__file__) and places.search(text) else []
    assert not wrong


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=["lint", "format"])
def test_ruff_is_content(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--quiet", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
