"""`python3 build clean`: removes what was made, and empties the notebooks of outputs, counts and state."""

import shutil
from pathlib import Path

from messages import Stop, say

from course import notebooks

MADE = ("dist", ".pytest_cache", ".ruff_cache", ".hypothesis")
MADE_ANYWHERE = ("__pycache__", ".ipynb_checkpoints")


def tidy(root: Path) -> None:
    """Tidy the checkout, and tell what was done."""
    removed = [remove(folder, root) for folder in made(root)]
    emptied = [empty(notebook, root) for notebook in sorted((root / "course" / "modules").rglob("*.ipynb"))]
    if not any(removed + emptied):
        say("clean.nothing")


def made(root: Path) -> list[Path]:
    """The folders that can be made again; the environment is not among them."""
    folders = [root / name for name in MADE if (root / name).is_dir()]
    rooms = [folder for folder in root.iterdir() if folder.is_dir() and folder.name not in (".venv", ".git", *MADE)]
    return folders + [folder for room in rooms for name in MADE_ANYWHERE for folder in sorted(room.rglob(name))]


def remove(folder: Path, root: Path) -> bool:
    """Remove one folder."""
    try:
        shutil.rmtree(folder)
    except OSError as fault:
        raise Stop("clean.failed", path=fault.filename or folder) from fault
    say("clean.removed", path=folder.relative_to(root))
    return True


def empty(notebook: Path, root: Path) -> bool:
    """Empty one notebook; False if it was empty."""
    try:
        changed = notebooks.clean(notebook)
    except notebooks.NotebookError as fault:
        raise Stop("clean.unreadable", path=notebook.relative_to(root)) from fault
    if changed:
        say("clean.notebook", path=notebook.relative_to(root))
    return changed
