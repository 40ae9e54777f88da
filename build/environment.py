"""The course's own Python environment, `.venv`: made once, and made again when what it was made from has changed.

Standard library only. A stamp in the environment tells what it was made from, so that the next start skips the work.
The JupyterLab extension's files are copied into the environment, so they are part of the stamp.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

from messages import Stop, say, words

ROOT = Path(__file__).resolve().parent.parent
RETRIES = 3
SPACE_NEEDED = 900  # MB: the environment takes about 700, and pip needs room to unpack
COPIED = Path("widgets", "lab", "labextension")
WHEELS, MADE_FOR = "wheels", "made-for.json"  # `python3 build bundle` lays them beside the course
# What pip says, in any of its versions, when the fault is the network or the disk.
NETWORK_SIGNS = ("NewConnectionError", "Max retries exceeded", "ConnectionError", "name resolution", "timed out")
NETWORK_SIGNS += ("ConnectTimeoutError", "ReadTimeoutError", "ProxyError", "No route to host", "getaddrinfo failed")
NETWORK_SIGNS += ("SSLError", "Connection refused", "Connection reset", "Network is unreachable")
DISK_SIGNS = ("No space left on device", "Errno 28", "not enough space on the disk", "Disk quota exceeded")


def ready(root: Path = ROOT) -> Path:
    """The environment's Python, after making what is missing."""
    folder = root / ".venv"
    made_from = {"python": sys.version, "checkout": str(root), "files": fingerprint(root, sources(root))}
    if read_stamp(folder / "nykurs.json") != made_from:
        check_wheels(root)
        make(folder, made_from)
        install(folder, root / "requirements.txt", "install.course")
        write_stamp(folder / "nykurs.json", made_from)
        say("install.done")
    return python_of(folder)


def ready_for_tests(root: Path = ROOT) -> None:
    """Add what only tests and benchmarks need."""
    folder, requirements = root / ".venv", root / "tests" / "requirements.txt"
    if not requirements.is_file():
        raise Stop("tests.missing")
    # Making the environment again empties it, so the main stamp, which lives in it, need not be counted here.
    made_from = {"files": fingerprint(root, [requirements])}
    if read_stamp(folder / "nykurs-tests.json") != made_from:
        install(folder, requirements, "install.tests")
        write_stamp(folder / "nykurs-tests.json", made_from)


def hand_over(python: Path, arguments: list[str], root: Path = ROOT) -> int:
    """Run commands.py in the environment, and give its exit code. It alone decides what Ctrl-C means."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    process = subprocess.Popen([python, root / "build" / "commands.py", *arguments], env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # after the start, since a child inherits what is ignored
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def sources(root: Path) -> Iterator[Path]:
    """The files that the environment is made from."""
    yield root / "requirements.txt"
    yield root / "pyproject.toml"
    yield from sorted(path for path in (root / COPIED).rglob("*") if path.is_file())


def fingerprint(root: Path, files: Iterable[Path]) -> str:
    """One value for the names and contents of these files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(
            f"{file.relative_to(root).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return digest.hexdigest()


def read_stamp(file: Path) -> dict | None:
    """What a stamp says; an empty one if the work was never finished, None if it was never begun."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}


def write_stamp(file: Path, made_from: dict) -> None:
    """Tell what the environment was made from."""
    file.write_text(json.dumps(made_from), encoding="utf-8")


def python_of(folder: Path) -> Path:
    """Where an environment keeps its Python."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def make(folder: Path, made_from: dict) -> None:
    """Make the environment, unless the one that is there can be added to."""
    if can_be_kept(folder, made_from):
        write_stamp(folder / "nykurs.json", {})
        return
    check_tools()
    check_space(folder.parent)
    say("install.make", folder=folder)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()
        write_stamp(folder / "nykurs.json", {})  # until it is finished, so that a half-made one is made anew
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as fault:
        raise explained("venv.failed", str(fault), folder=folder) from fault


def can_be_kept(folder: Path, made_from: dict) -> bool:
    """Whether the environment works and was made by this Python, here, and to the end."""
    stamp = read_stamp(folder / "nykurs.json")
    if stamp is not None and any(stamp.get(key) != made_from[key] for key in ("python", "checkout")):
        return False
    ask = [python_of(folder), "-c", "import sys, pip; print(sys.version)"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == made_from["python"].strip()


def check_tools(find: object = importlib.util.find_spec) -> None:
    """Some systems ship Python without the part that makes environments."""
    if not all(map(find, ("venv", "ensurepip"))):
        raise Stop("venv.missing", version=f"{sys.version_info.major}.{sys.version_info.minor}")


def check_space(folder: Path, free: int | None = None) -> None:
    """Stop before the work rather than in the middle of it."""
    free = shutil.disk_usage(folder).free if free is None else free
    if free < SPACE_NEEDED * 1_000_000:
        raise Stop("disk.full", needed=SPACE_NEEDED, free=free // 1_000_000)


def check_wheels(root: Path) -> None:
    """The packages that lie beside the course are for one Python on one system; stop at once where it is another."""
    made_for = read_stamp(root / WHEELS / MADE_FOR)
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    if made_for and (made_for.get("python"), made_for.get("system")) != (found, sys.platform):
        wanted = {key: made_for.get(key) for key in ("platform", "python")}
        raise Stop("wheels.others", found=found, here=sysconfig.get_platform(), **wanted)


def install(folder: Path, requirements: Path, what: str) -> None:
    """Install a list of packages, from the folder beside the course if it is there, and tell how far it has come."""
    wheels = folder.parent / WHEELS
    lying = wheels.is_dir()
    say("wheels.install" if lying else what)
    # The line "-e ." is read from the current folder, so pip runs in the checkout.
    command = [python_of(folder), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--no-index", "--find-links", wheels] if lying else ["--retries", str(RETRIES)]
    command += ["--progress-bar", "off", "--requirement", requirements]
    log = folder / "nykurs-install.txt"
    try:
        with log.open("w", encoding="utf-8") as file:
            code = follow(command, folder.parent, file)
    except OSError as fault:
        raise explained("install.failed", str(fault), log=log) from fault
    if code:
        key = "wheels.failed" if lying else "install.failed"
        raise explained(key, log.read_text(encoding="utf-8", errors="replace"), log=log)


def follow(command: list, folder: Path, log: object) -> int:
    """Run pip: every line to a file, and on a terminal one line that counts what has been fetched."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    fetched = 0
    with subprocess.Popen(command, cwd=folder, env=environment, errors="replace", **pipes) as process:
        for line in process.stdout:
            log.write(line)
            fetched += line.startswith("Collecting ")
            saving = line.startswith("Installing ")
            show_progress(words("install.saving") if saving else words("install.fetching", number=fetched))
    show_progress("")
    return process.returncode


def show_progress(text: str) -> None:
    """Write over the line of the terminal; nothing in a file."""
    if sys.stdout.isatty():
        print(f"\r{text:<70}\r{text}", end="", flush=True)


def explained(key: str, text: str, **values: object) -> Stop:
    """The sentence for a fault: the disk, the network, or what the key says."""
    if any(sign in text for sign in DISK_SIGNS):
        return Stop("disk.full", needed=SPACE_NEEDED, free=shutil.disk_usage(ROOT).free // 1_000_000)
    if any(sign in text for sign in NETWORK_SIGNS):
        return Stop("network.missing")
    return Stop(key, **values)
