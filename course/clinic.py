"""What a clinic has decided for a machine: one small YAML file, and where it lies.

A file that cannot be understood stops the course, since the decision it holds may be that nothing is kept.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from course import contract
from course.content import ContentError
from course.findings import Finding
from course.letters import letters, sentences
from course.outlook import old
from course.yaml_reader import read as read_yaml

NAME = "clinic.yaml"
VARIABLE = "NYKURS_CLINIC"
_SPOKEN = {"true": "on", "false": "off"}


@dataclass(frozen=True, kw_only=True)
class LocalNumber:
    """A telephone number of the clinic's own, and the ISO date somebody there saw that it was right."""

    service: str
    number: str
    checked: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """One clinic's decisions. `journal` says whether participants may keep and download their answers; the rest is for
    paper. `logo` is a file as seen from the clinic's own, and `handout.logo` is the one that looks at it."""

    journal: bool = True
    name: str = ""
    logo: str = ""
    numbers: tuple[LocalNumber, ...] = ()
    footer: str = ""


def place(asked: Path | None = None) -> Path | None:
    """The file to follow: the one asked for, the one the environment names, or the machine's; None without any."""
    named = asked or os.environ.get(VARIABLE)
    return Path(named).absolute() if named else _machine_file()


def read(path: Path, today: date | None = None) -> Clinic:
    """What the file says; ContentError with a letter when it does not say it plainly.

    With `today`, a number that was checked on a later day is refused as well. The course itself starts whatever day the
    machine believes it is.
    """
    document = read_yaml(path)
    data = _spoken(document.data)
    found = [_ours(finding, path) for finding in document.findings]
    if document.data is not None:
        found += list(contract.findings(data, "clinic", "nb")) or _meant(data, today)
    if found:
        raise ContentError(tuple(letters(document, found)))
    numbers = tuple(LocalNumber(**_stripped(number)) for number in data.get("numbers", ()))
    told = _stripped({key: data.get(key, "") for key in ("name", "logo", "footer")})
    return Clinic(journal=data["journal"] == "on", numbers=numbers, **told)


def refused(path: Path, key: str, **values: object) -> ContentError:
    """The letter about a logo that cannot be used, with the line that names it."""
    return ContentError(tuple(letters(read_yaml(path), [Finding(f"clinic.{key}", ("logo",), values=values)])))


def outdated(clinic: Clinic, today: date) -> tuple[str, ...]:
    """A sentence for each number that nobody has looked at for a year."""
    said = sentences()["warn.number_old"]
    numbers = (number for number in clinic.numbers if old(number.checked, today))
    return tuple(said.format(service=number.service, checked=number.checked) for number in numbers)


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text.strip() for key, text in texts.items()}


def _meant(data: Mapping, today: date | None) -> list[Finding]:
    """What is wrong in a file in which every value has its form."""
    alone = [Finding("clinic.logo_alone", ("logo",))] if "logo" in data and "name" not in data else []
    return [*alone, *_dates(data.get("numbers", ()), today)]


def _dates(numbers: list[Mapping], today: date | None) -> Iterator[Finding]:
    for place, number in enumerate(numbers):
        keys, checked = ("numbers", place, "checked"), number["checked"]
        try:
            then = date.fromisoformat(checked)
        except ValueError:
            yield Finding("meaning.date", keys, values={"value": checked})
            continue
        if today and then > today:
            yield Finding("clinic.future", keys, values={"checked": checked})


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
