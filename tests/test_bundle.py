"""What a locked-down machine needs: the package of sheets, and the folder that starts without a network."""

import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import bundle
import commands
import environment
import offline
import paper_package
import pytest
import wheels
from handout import folder, making, pdf
from messages import WORDS, Stop
from packaging.requirements import Requirement

from course import content

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "index.html": '<a href="nb/01_a.html">Ark</a> <a href="nb/01_a.pdf">PDF</a>',
    "nb/01_a.html": "<h1>Et ark</h1>",
    "nb/01_a.leder.html": "<h1>Lederen</h1>",
}


@pytest.fixture
def out(tmp_path, monkeypatch):
    """Where the package comes, made of a few small pages."""

    def make(wanted, pages):
        drawn = {name.replace(".html", ".pdf"): "%PDF" for name in PAGES if wanted.sizes and name != making.INDEX}
        for name, text in {**PAGES, **drawn}.items():
            (pages / name).parent.mkdir(parents=True, exist_ok=True)
            (pages / name).write_text(text, encoding="utf-8")
        return making.Made([pages / name for name in (*PAGES, *drawn)])

    monkeypatch.setattr(bundle.prints, "written", make)
    monkeypatch.setattr(pdf, "engine", lambda sizes=(): pdf)
    return tmp_path / "out"


def make_package(out: Path) -> zipfile.ZipFile:
    bundle.make(None, None, out, "nb", paper_only=True)
    return zipfile.ZipFile(io.BytesIO((out / bundle.PACKAGE).read_bytes()))


# The package


def test_the_package_holds_every_page_as_html_and_pdf_and_nothing_else(out):
    package = make_package(out)
    drawn = {"nb/01_a.pdf", "nb/01_a.leder.pdf"}
    assert set(package.namelist()) == {*PAGES, *drawn, bundle.READ_FIRST}
    assert package.read("nb/01_a.html") == b"<h1>Et ark</h1>"
    assert package.testzip() is None
    assert {path.name for path in out.iterdir()} == {bundle.PACKAGE, folder.HIDDEN}


def test_every_audience_is_asked_for(out, monkeypatch):
    asked = []
    monkeypatch.setattr(bundle.prints, "written", lambda wanted, pages: asked.append(wanted) or making.Made())
    make_package(out)
    assert [(set(wanted.audiences), wanted.modules) for wanted in asked] == [
        (set(making.ENDINGS), tuple(content.names("nb")))
    ]


def test_the_package_opens_with_a_plain_text_that_names_the_door_and_says_that_it_is_a_draft(out):
    said = make_package(out).read(bundle.READ_FIRST)
    assert said.startswith(b"\xef\xbb\xbf")  # so that an old Notepad shows its letters
    assert said.count(b"\r\n") == said.count(b"\n") > 10
    text = said.decode("utf-8-sig")
    for needed in ("index.html", "Pakk ut", content.words("nb")["lab.draft"], "kurs.pdf", "Her ligger ingen svar"):
        assert needed in text
    assert "{" not in text
    assert max(map(len, text.splitlines())) <= 76


def test_the_same_pages_give_the_same_bytes(out, tmp_path):
    make_package(out)
    make_package(tmp_path / "elsewhere")
    assert (out / bundle.PACKAGE).read_bytes() == (tmp_path / "elsewhere" / bundle.PACKAGE).read_bytes()


def test_neither_the_order_nor_the_hour_is_seen_in_the_package(monkeypatch):
    files = {"b.html": b"b" * 99, "a.html": b"a", "nb/c.pdf": b"c"}
    first = paper_package.packed(files)
    monkeypatch.setattr(zipfile.time, "time", lambda: 2_000_000_000.0)
    assert paper_package.packed(dict(reversed(files.items()))) == first
    entries = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert [entry.filename for entry in entries] == sorted(files)
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 3)}


def test_packing_adds_no_path_of_this_machine(out):
    package = make_package(out)
    everything = b"".join(package.read(name) for name in package.namelist())
    for place in (ROOT, out, Path.home(), Path(sys.prefix)):
        assert str(place).encode() not in everything


@pytest.mark.parametrize(
    "name",
    ["a:b.html", "a?.html", "nb/con.html", "LPT1", "nb/a.", "a /b.html", "nb\\a.html", "../a.html", "/a", "a" * 101],
)
def test_a_name_that_windows_cannot_have_is_refused(name):
    with pytest.raises(Stop) as fault:
        paper_package.packed({name: b""})
    assert str(fault.value) == WORDS["bundle.name"].format(name=name)


def test_two_names_that_are_one_on_windows_are_refused():
    with pytest.raises(Stop, match=r"«nb/a\.html» og «nb/A\.html»"):
        paper_package.packed({"nb/A.html": b"", "nb/a.html": b""})


def test_the_names_of_the_course_are_safe_everywhere():
    names = [f"nb/{name}{ending}" for name in content.names("nb") for ending in making.ENDINGS.values()]
    paper_package.refuse_unsafe([*names, *(name.replace(".html", ".pdf") for name in names), bundle.READ_FIRST])


def test_without_weasyprint_the_package_has_no_pdf_not_even_an_old_one_and_says_so(out, monkeypatch, capsys):
    make_package(out)

    def missing(sizes=()):
        raise pdf.MissingEngine

    monkeypatch.setattr(pdf, "engine", missing)
    package = make_package(out)
    assert not [name for name in package.namelist() if name.endswith(".pdf")]
    assert not list(out.rglob("*.pdf"))
    assert "uten PDF-filer" in " ".join(package.read(bundle.READ_FIRST).decode("utf-8-sig").split())
    assert WORDS["bundle.no_pdf"] in capsys.readouterr().out


@pytest.mark.parametrize(("number", "key"), [(errno.ENOSPC, "full"), (errno.EACCES, "unwritable")])
def test_a_full_disk_is_said_in_a_sentence_and_the_old_package_stays(number, key, out, monkeypatch):
    make_package(out)
    before = (out / bundle.PACKAGE).read_bytes()

    def full(path, data):
        raise OSError(number, "")

    monkeypatch.setitem(PAGES, "nb/02_b.html", "<h1>Et ark til</h1>")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Stop) as said:
        make_package(out)
    assert str(said.value) == str(Stop(f"bundle.{key}", out=out))
    assert (out / bundle.PACKAGE).read_bytes() == before


# What is asked for


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (("windows", None), "platform"),
        (("win32", None), "platform"),
        (("manylinux_2_12_x86_64", None), "platform"),
        ((None, "3.10"), "python"),
        ((None, "3"), "python"),
        ((None, ""), "python"),
    ],
)
def test_what_cannot_be_made_gets_a_letter_before_anything_is_made(asked, key, tmp_path):
    with pytest.raises(Stop) as fault:
        bundle.make(*asked, tmp_path / "out", "nb")
    values = {"platform": asked[0], "python": asked[1], "examples": ", ".join(wheels.EXAMPLES)}
    assert str(fault.value) == WORDS[f"bundle.{key}"].format(**values)
    assert not (tmp_path / "out").exists()


def test_the_command_hands_on_what_was_asked_for(tmp_path):
    program = [
        sys.executable,
        commands.__file__,
        "bundle",
        "--paper-only",
        "--python",
        "3.12",
        "--out",
        tmp_path / "out",
    ]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr.strip()) == (1, WORDS["bundle.both"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", wheels.EXAMPLES)
def test_every_machine_that_the_letter_names_can_be_asked_for(name):
    assert wheels.target(name, "3.12").name == name


# The packages


def wheel(place: Path, name: str, version: str, *needs: str, tag: str = "py3-none-any") -> None:
    """A package that holds nothing, and says what it needs."""
    place.mkdir(exist_ok=True)
    about = f"{name}-{version}.dist-info"
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(place / f"{name}-{version}-{tag}.whl", "w") as packed:
        packed.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{said}\n")
        packed.writestr(f"{about}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        packed.writestr(f"{about}/RECORD", "")


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """All the packages there are, with no other place to look."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    shelf = tmp_path / "shelf"
    for name, value in (("CONFIG_FILE", os.devnull), ("NO_INDEX", "1"), ("FIND_LINKS", shelf.as_uri())):
        monkeypatch.setenv(f"PIP_{name}", value)
    wheel(shelf, "a", "1", "b[more]", 'win_only>=2; sys_platform == "win32"', 'linux_only; sys_platform == "linux"')
    wheel(shelf, "b", "1", 'extra; extra == "more"', 'other; extra == "less"', 'older; python_version < "3.12"')
    for name in ("linux_only", "extra", "other", "older"):
        wheel(shelf, name, "1")
    for version in "12":
        wheel(shelf, "win_only", version, tag="cp313-cp313-win_amd64")
    return shelf


@pytest.mark.parametrize(
    ("platform", "python", "lacking"),
    [
        ("win_amd64", "3.13", ["extra", "win_only>=2"]),
        ("manylinux_2_28_x86_64", "3.11", ["extra", "linux_only", "older"]),
        ("macosx_14_0_arm64", "3.12", ["extra"]),
    ],
)
def test_what_lacks_is_what_the_other_machine_needs(shelf, platform, python, lacking, tmp_path):
    for each in shelf.glob("[ab]-*.whl"):
        shutil.copy(each, tmp_path)
    wheel(tmp_path, "win_only", "1")
    assert wheels.missing([Requirement("a")], wheels.target(platform, python), tmp_path) == lacking


def test_pip_fetches_what_the_other_machine_needs_and_nothing_that_only_ours_does(shelf, tmp_path):
    wheels.fetch(["a"], wheels.target("win_amd64", "3.13"), tmp_path / "wheels")
    fetched = {path.name.rsplit("-", 3)[0] for path in (tmp_path / "wheels").iterdir()}
    assert fetched == {"a-1", "b-1", "extra-1", "win_only-2"}


def test_a_package_that_the_other_machine_cannot_have_is_a_sentence(shelf, tmp_path):
    with pytest.raises(Stop) as fault:
        wheels.fetch(["a"], wheels.target("win_amd64", "3.12"), tmp_path / "wheels")  # win_only is for 3.13 alone
    beginning = WORDS["bundle.no_wheels"].split("{log}")[0].format(platform="win_amd64", python="3.12")
    assert str(fault.value).startswith(beginning)


@pytest.mark.parametrize(
    ("said", "fault"),
    [("[Errno 28] No space left on device", OSError), ("NewConnectionError", Stop), ("ResolutionImpossible", Stop)],
)
def test_what_pip_says_becomes_the_disk_the_network_or_the_machine(said, fault):
    assert isinstance(wheels._explained(said, wheels.target("win_amd64", "3.12"), "log"), fault)


def test_all_that_installs_the_course_is_asked_for():
    names = {re.split(r"[<>=\[]", each)[0] for each in wheels.wanted(ROOT)}
    assert {"jupyterlab", "matplotlib", "hatchling", "editables", "weasyprint", "pypdf"} <= names
    assert not names & {"pytest", "playwright", "ruff", "-e ."}


# The folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder made before; the course is small, and its packages are one file."""
    monkeypatch.setattr(offline, "ROOT", tmp_path / "course")
    for name in (
        *offline.FILES,
        "build/a.py",
        "course/__pycache__/a.pyc",
        "docs/.hidden",
        "widgets/b.js",
        "tests/c.py",
    ):
        (tmp_path / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(wheels, "wanted", lambda root: ["a"])
    monkeypatch.setattr(wheels, "fetch", lambda asked, machine, folder: wheel(folder, *asked, "1"))
    made = tmp_path / "out" / "win_amd64"
    (tmp_path / "out" / folder.HIDDEN).mkdir(parents=True)
    made.mkdir()
    (made / "old.txt").write_text("old", encoding="utf-8")
    return made


def make_folder(place: Path) -> None:
    offline.make(wheels.target("win_amd64", "3.12"), place.parent / folder.HIDDEN, place, {"LES.txt": b"Les"})


def names(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


def test_the_folder_holds_the_course_its_packages_and_nothing_that_was_made_or_is_hidden(place):
    make_folder(place)
    own = {"LES.txt", "wheels/a-1-py3-none-any.whl", "wheels/made-for.json"}
    assert names(place) == {*offline.FILES, "build/a.py", "widgets/b.js", *own}
    told = json.loads((place / "wheels" / "made-for.json").read_text(encoding="utf-8"))
    assert told == {"platform": "win_amd64", "python": "3.12", "system": "win32"}
    assert {path.name for path in place.parent.iterdir()} == {place.name, folder.HIDDEN}
    assert names(place.parent / folder.HIDDEN) == set()


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(errno.ENOSPC, ""), Stop("network.missing")])
def test_the_old_folder_stays_whole_when_the_new_one_is_interrupted(place, fault, monkeypatch):
    def stop(*_):
        raise fault

    monkeypatch.setattr(wheels, "fetch", stop)
    with pytest.raises(type(fault) if isinstance(fault, Exception) else fault):
        make_folder(place)
    assert names(place.parent) == {"win_amd64/old.txt"}


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(place, monkeypatch):
    replace = os.replace

    def stop(source, target):
        if Path(source).name == "offline":
            raise PermissionError
        replace(source, target)

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(PermissionError):
        make_folder(place)
    assert names(place.parent) == {"win_amd64/old.txt"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="A process is killed here")
@pytest.mark.parametrize("steps", range(2))
def test_a_maker_killed_at_any_step_leaves_a_folder_that_the_next_one_finds_whole(place, monkeypatch, steps):
    replace, left = os.replace, iter(range(steps))

    def killed(source, target):
        return replace(source, target) if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL)

    if not (child := os.fork()):
        try:
            monkeypatch.setattr(os, "replace", killed)
            make_folder(place)
        finally:
            os._exit(1)  # it was not killed; nor may it go on as a second pytest
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    monkeypatch.setattr(wheels, "fetch", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_folder(place)
    assert names(place.parent) == {"win_amd64/old.txt"}


def test_what_a_maker_left_that_was_killed_at_the_end_is_not_in_the_way(place):
    left = place.parent / folder.HIDDEN / "old"
    left.mkdir()
    (left / "older.txt").write_text("older", encoding="utf-8")
    make_folder(place)
    assert "LES.txt" in names(place)
    assert not left.exists()


def test_the_real_course_is_copied_so_that_it_installs_as_it_does_here(tmp_path):
    offline.copy(tmp_path / "copy")
    copy = tmp_path / "copy"
    assert environment.fingerprint(copy, environment.sources(copy)) == environment.fingerprint(
        ROOT, environment.sources(ROOT)
    )
    for needed in ("build/__main__.py", "course/modules/nb", "widgets/lab", "start.bat", "LESMEG.md"):
        assert (copy / needed).exists()
    hidden = [name for name in names(copy) if re.search(r"(^|/)(\.|__pycache__|tests/|dist/)", name)]
    assert hidden == []
    assert not [name for name in names(copy) if str(ROOT).encode() in (copy / name).read_bytes()]


def test_a_folder_without_tests_says_so_when_they_are_asked_for(tmp_path):
    with pytest.raises(Stop) as fault:
        environment.ready_for_tests(tmp_path)
    assert str(fault.value) == WORDS["tests.missing"]


def test_the_folder_says_what_it_is_and_how_it_begins():
    text = bundle.told("offline", "nb", python="3.12", platform="win_amd64", system="Windows").decode("utf-8-sig")
    for needed in ("start.bat", "Python 3.12", "Windows", "LESMEG.md", content.words("nb")["lab.draft"]):
        assert needed in text
    assert "{" not in text


# Installing from the folder


@pytest.fixture
def installing(tmp_path, monkeypatch):
    """What pip is asked for, and what it answers, in a folder that can have packages beside it."""
    asked = []

    def follow(command, folder, log):
        asked.append(list(map(str, command)))
        log.write("ERROR: No matching distribution found for numpy")
        return len(asked) - 1  # the second one fails

    monkeypatch.setattr(environment, "follow", follow)
    (tmp_path / ".venv").mkdir()
    install = environment.install
    return asked, lambda: install(tmp_path / ".venv", tmp_path / "requirements.txt", "install.course")


def test_packages_beside_the_course_are_installed_without_asking_the_network(installing, tmp_path, capsys):
    asked, install = installing
    (tmp_path / "wheels").mkdir()
    install()
    at = asked[0].index("--no-index")
    assert asked[0][at : at + 3] == ["--no-index", "--find-links", str(tmp_path / "wheels")]
    assert capsys.readouterr().out.strip() == WORDS["wheels.install"]
    with pytest.raises(Stop, match=WORDS["wheels.failed"][:30]):
        install()


def test_without_such_packages_nothing_is_different(installing, capsys):
    asked, install = installing
    install()
    assert "--no-index" not in asked[0]
    assert capsys.readouterr().out.strip() == WORDS["install.course"]


@pytest.mark.parametrize("other", [{"python": "3.99"}, {"system": "other"}])
def test_packages_for_another_machine_are_told_before_the_environment_is_made(other, tmp_path):
    here = {"python": f"{sys.version_info.major}.{sys.version_info.minor}", "system": sys.platform, "platform": "x_y"}
    told = tmp_path / "wheels" / "made-for.json"
    told.parent.mkdir()
    told.write_text(json.dumps(here), encoding="utf-8")
    environment.check_wheels(tmp_path)
    told.write_text(json.dumps(here | other), encoding="utf-8")
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(Stop, match=f"laget for x_y med Python {(here | other)['python']}, men"):
        environment.ready(tmp_path)
    assert not (tmp_path / ".venv").exists()


# The whole way, with the network off

WITHOUT_NETWORK = """
import fcntl, re, socket, struct, subprocess, sys, urllib.request
OFF = sys.argv[1] == "off"
if OFF:  # a namespace of its own has nothing but its own loop, which is down
    fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 0x41))
    try:
        socket.create_connection(("192.0.2.1", 80), 5)
    except OSError:
        print("no network")
process = subprocess.Popen([sys.executable, "build", "start", "--no-browser"], stdout=subprocess.PIPE, text=True)
try:
    for line in process.stdout:
        print(line, end="")
        if address := re.search(r"http://127\\S+", line):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            print("answered", opener.open(address[0], timeout=60).status)
            break
finally:
    process.terminate()
    print("ended", process.wait(60))
"""


def can_be_alone() -> bool:
    """Whether a process can have a network of its own, without any other machine on it."""
    try:
        return (
            sys.platform == "linux" and subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
        )
    except OSError:
        return False


@pytest.mark.skipif(not os.environ.get("NYKURS_FULL"), reason="Takes two or three minutes: build test --full")
def test_the_folder_installs_and_starts_with_the_network_off(tmp_path):
    machine, out = wheels.target(None, None), tmp_path / "out"
    bundle.make_offline(machine, out, "nb")
    place = out / machine.name
    assert wheels.missing(map(Requirement, wheels.wanted(ROOT)), machine, place / "wheels") == []
    alone = can_be_alone()
    dead = dict.fromkeys(("http_proxy", "https_proxy", "PIP_INDEX_URL"), "http://127.0.0.1:9/")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    around = {**kept, **dead, "HOME": str(tmp_path), "PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}
    around["NYKURS_DATA"] = str(tmp_path / "data")
    command = [
        *(["unshare", "-rn"] if alone else []),
        sys.executable,
        "-c",
        WITHOUT_NETWORK,
        "off" if alone else "dead",
    ]
    done = subprocess.run(command, cwd=place, env=around, capture_output=True, text=True, encoding="utf-8", timeout=900)
    assert done.stdout.count("no network") == alone, done
    assert "answered 200" in done.stdout, done
    assert "ended 0" in done.stdout, done
