"""The names of languages, modules and benchmarks; for an unknown one, the nearest."""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from messages import Stop

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "course"


def known_language(language: str) -> str:
    """The language, if the course has it."""
    return known(language, [folder.name for folder in (COURSE / "content").iterdir() if folder.is_dir()])


def known_modules(names: Sequence[str], language: str) -> tuple[str, ...]:
    """The modules of these names; every module if no name is given."""
    from course import content  # here, since it is slow to import and most commands need no module

    everything = content.names(language)
    return tuple(known(name, everything) for name in names) or everything


def known_draft(name: str, language: str) -> str:
    """The module of this name, also one that has no notebook yet or cannot be read."""
    from course import drafts  # here, since it is slow to import and most commands need no module

    return known(name, drafts.names(language))


def known_notebook(name: str, language: str) -> Path:
    """The notebook of this name, also one that has no content file yet."""
    folder = COURSE / "modules" / language
    return folder / f"{known(name, [file.stem for file in folder.glob('*.ipynb')])}.ipynb"


def known(name: str, names: Iterable[str]) -> str:
    """The name, if it is one of these."""
    names = sorted(names)
    if name in names:
        return name
    if not names:
        raise Stop("unknown.none", name=name)
    nearest = difflib.get_close_matches(name, names, n=1)
    if nearest:
        raise Stop("unknown.nearest", name=name, nearest=nearest[0])
    raise Stop("unknown.list", name=name, known=", ".join(names))
