"""What a clinic has decided for a machine: one small YAML file, and where it lies.

A file that cannot be understood stops the course, since the decision it holds may be that nothing is kept.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from course import contract
from course.content import ContentError
from course.findings import Finding
from course.letters import letters
from course.yaml_reader import read as read_yaml

NAME = "clinic.yaml"
VARIABLE = "NYKURS_CLINIC"
_SPOKEN = {"true": "on", "false": "off"}


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """One clinic's decisions. `journal` says whether participants may keep and download their answers."""

    journal: bool = True


def place(asked: Path | None = None) -> Path | None:
    """The file to follow: the one asked for, the one the environment names, or the machine's; None without any."""
    named = asked or os.environ.get(VARIABLE)
    return Path(named).absolute() if named else _machine_file()


def read(path: Path) -> Clinic:
    """What the file says; ContentError with a letter when it does not say it plainly."""
    document = read_yaml(path)
    data = _spoken(document.data)
    found = [_ours(finding, path) for finding in document.findings]
    if document.data is not None:
        found += contract.findings(data, "clinic", "nb")
    if found:
        raise ContentError(tuple(letters(document, found)))
    return Clinic(journal=data["journal"] == "on")


def _machine_file() -> Path | None:
    """A machine has decided something when it has the folder, so a misnamed file in it does not pass unseen."""
    import platformdirs  # here, since only the start of the course asks

    # All places, since a desktop can put one of its own before the one that everyone knows.
    folders = platformdirs.site_config_dir("nykurs", appauthor=False, multipath=True).split(os.pathsep)
    return next((Path(folder, NAME) for folder in folders if _is_there(Path(folder))), None)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # something is there that we may not look at
        pass
    return True


def _spoken(data: object) -> object:
    """The same with on or off as a word, however it was written: on, Off, "off", true."""
    value = data.get("journal") if isinstance(data, dict) else None
    if not isinstance(value, str | int | float):  # nothing there, or nothing that one word could stand for
        return data
    word = str(value).strip().lower()
    return data | {"journal": _SPOKEN.get(word, word)}


def _ours(finding: Finding, path: Path) -> Finding:
    """Some letters about a file say other things to a clinic than to an author."""
    names = {"file.empty": "empty", "file.missing": "unreadable" if _is_there(path) else "missing"}
    return Finding(f"clinic.{names[finding.key]}") if finding.key in names else finding
