"""The packages of an offline folder: wheels for one kind of machine and one Python, all that are needed and no others.

pip picks files for another machine, but asks this one which packages it needs (issue 11664 of pypa/pip). So what it
leaves out, such as the colours that Windows alone needs, is found here, by reading what each wheel says of itself.
"""

import errno
import re
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import environment
from messages import Stop

EDITABLE = "editables"  # what hatchling asks for to lay out "-e .", beside what pyproject.toml names
OLDEST = 11
EXAMPLES = ("win_amd64", "macosx_14_0_arm64", "macosx_14_0_x86_64", "manylinux_2_28_x86_64")
_HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
_TAG = re.compile(
    r"(?P<windows>win)_(?P<a>amd64|arm64)|(?P<mac>macosx)_\d+_\d+_(?P<b>arm64|x86_64)"
    r"|(?P<linux>manylinux)(?:2014|_2_(?P<glibc>1[7-9]|[2-9]\d))_(?P<c>x86_64|aarch64)"
)
_SYSTEMS = {
    "win": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    "macosx": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "manylinux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
}


@dataclass(frozen=True)
class Target:
    """The machine that the packages are for: what pip calls it, what it says of itself, and its Python."""

    name: str
    python: str
    platforms: tuple[str, ...]  # () for this machine, which pip knows
    surroundings: Mapping[str, str]

    @property
    def foreign(self) -> bool:
        """Whether it differs from what runs this."""
        return bool(self.platforms) or self.python != _HERE


@dataclass(frozen=True)
class Wheel:
    """A package in a file: what it is, and what it needs."""

    name: str
    version: Any
    needs: tuple[Any, ...]


def target(platform: str | None, python: str | None) -> Target:
    """The machine of this name, or a letter; this machine and its Python where nothing is said."""
    number = re.fullmatch(r"3\.(\d{1,2})", _HERE if python is None else python)
    if not number or int(number[1]) < OLDEST:
        raise Stop("bundle.python", python=python)
    if platform is None:
        return Target(_plain(sysconfig.get_platform()), number[0], (), _surroundings(number[0], {}))
    found = _TAG.fullmatch(platform)
    if not found:
        raise Stop("bundle.platform", platform=platform, examples=", ".join(EXAMPLES))
    system = found["windows"] or found["mac"] or found["linux"]
    machine = found["a"] or found["b"] or found["c"]
    told = _SYSTEMS[system] | {"platform_machine": machine.upper() if found["windows"] else machine}
    accepted = _linux(int(found["glibc"] or 17), machine) if found["linux"] else [platform]
    return Target(platform, number[0], tuple(accepted), _surroundings(number[0], told))


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _linux(glibc: int, machine: str) -> list[str]:
    """The names of all files that run there; for a Mac, pip knows the older ones itself."""
    return [*(f"manylinux_2_{number}_{machine}" for number in range(glibc, 16, -1)), f"manylinux2014_{machine}"]


def _surroundings(python: str, told: Mapping[str, str]) -> dict[str, str]:
    from packaging.markers import default_environment  # here, since most commands need no wheel

    version = {} if python == _HERE else {"python_version": python, "python_full_version": f"{python}.0"}
    return {**default_environment(), **told, **version}


def wanted(root: Path) -> list[str]:
    """What the course is installed from: its list, what lays out the course itself, and what makes PDF."""
    listed = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line for text in listed if (line := text.split("#")[0].strip()) and not line.startswith("-"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extra = project["project"].get("optional-dependencies", {}).get("pdf", [])
    return [*pinned, *project["build-system"]["requires"], EDITABLE, *extra]


def fetch(requirements: Iterable[str], machine: Target, folder: Path) -> None:
    """Fill the folder with all packages that these need on that machine."""
    from packaging.requirements import Requirement

    asked = [each for each in map(Requirement, requirements) if applies(each, machine)]
    folder.mkdir(parents=True)
    # On a machine like this one, pip chooses best. For another, each step is chosen here, since pip would ask for ours.
    alone = ["--no-deps"] if machine.foreign else []
    lacking, tried = sorted(map(_without_marker, asked)), set()
    while lacking and not tried.issuperset(lacking):
        _download([*alone, *lacking], machine, folder)
        tried.update(lacking)
        lacking = missing(asked, machine, folder)
    if lacking:
        raise Stop("bundle.incomplete", platform=machine.name, python=machine.python, names=", ".join(lacking))


def missing(asked: Iterable[Any], machine: Target, folder: Path) -> list[str]:
    """What these need on that machine, and what that needs in turn, but is not in the folder."""
    lying = [read(path) for path in folder.glob("*.whl")]
    lacking, seen, waiting = [], set(), list(asked)
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        if wheel := _best(requirement, lying):
            waiting += [each for each in wheel.needs if applies(each, machine, requirement.extras)]
        else:
            lacking.append(_without_marker(requirement))
    return sorted(lacking)


def applies(requirement: Any, machine: Target, extras: Iterable[str] = ()) -> bool:
    """Whether that machine needs it, when these extras were asked for."""
    chosen = ("", *extras)
    return requirement.marker is None or any(
        requirement.marker.evaluate({**machine.surroundings, "extra": extra}) for extra in chosen
    )


def read(path: Path) -> Wheel:
    """What a wheel says of itself."""
    from packaging.requirements import Requirement
    from packaging.utils import parse_wheel_filename

    name, version, *_ = parse_wheel_filename(path.name)
    try:
        with ZipFile(path) as packed:
            said = next(each for each in packed.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each))
            headers = BytesHeaderParser().parsebytes(packed.read(said))
    except (BadZipFile, StopIteration) as fault:
        raise Stop("bundle.broken_wheel", name=path.name) from fault
    needs = tuple(Requirement(text) for text in headers.get_all("Requires-Dist", ()))
    return Wheel(name, version, needs)


def _best(requirement: Any, lying: Iterable[Wheel]) -> Wheel | None:
    from packaging.utils import canonicalize_name

    name, allowed = canonicalize_name(requirement.name), requirement.specifier
    fitting = [each for each in lying if each.name == name and allowed.contains(each.version, prereleases=True)]
    return max(fitting, key=lambda each: each.version, default=None)


def _without_marker(requirement: Any) -> str:
    """As pip is to be asked on this machine, where the marker could say no."""
    return str(requirement).split(";")[0].strip()


def _download(asked: Iterable[str], machine: Target, folder: Path) -> None:
    options = ["--only-binary", ":all:", "--python-version", machine.python, "--dest", folder]
    options += [option for tag in machine.platforms for option in ("--platform", tag)]
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [sys.executable, "-m", "pip", "download", *quiet, *options, *asked]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="nykurs-", suffix=".txt", delete=False) as log:
        code = environment.follow(command, folder, log)
    said = Path(log.name).read_text(encoding="utf-8", errors="replace")
    if code:
        raise _explained(said, machine, log.name)
    with suppress(OSError):
        Path(log.name).unlink()


def _explained(said: str, machine: Target, log: str) -> Exception:
    """What pip's fault is to whoever asked; the disk's is told by the command."""
    if any(sign in said for sign in environment.DISK_SIGNS):
        return OSError(errno.ENOSPC, "")
    if any(sign in said for sign in environment.NETWORK_SIGNS):
        return Stop("network.missing")
    return Stop("bundle.no_wheels", platform=machine.name, python=machine.python, log=log)
