"""The commands as someone meets them: every fault is one plain sentence in bokmål, and nothing is left behind."""

import contextlib
import importlib.util
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import webbrowser
from datetime import date
from pathlib import Path
from unittest import mock

import commands
import environment
import groups
import inspection
import psutil
import pytest
import serving
import tidying
from messages import WORDS, Stop

from course import content

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
COMMANDS = (
    "start",
    "present",
    "session",
    "preview",
    "new-module",
    "questions",
    "test",
    "handouts",
    "bundle",
    "check",
    "edit",
    "clean",
    "bench",
)
MODULES = content.names("nb")
TODAY = date(2026, 11, 21)
on_posix = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to another process on Windows")


def surroundings(**more: object) -> dict[str, str]:
    # Without an installed course, the packages are found here; the commands' own output is UTF-8 everywhere.
    return (
        os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | {name: str(value) for name, value in more.items()}
    )


def run(*arguments: object) -> subprocess.CompletedProcess:
    """Run one command in this process: what it said, and its exit code."""
    said, complaint = io.StringIO(), io.StringIO()
    program = ["commands.py", *map(str, arguments)]
    with (
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complaint),
        mock.patch.object(sys, "argv", program),
    ):
        try:
            code = commands.main()
        except SystemExit as end:
            code = end.code
    return subprocess.CompletedProcess(program, code, said.getvalue(), complaint.getvalue())


def assert_one_sentence(text: str) -> None:
    assert text.count("\n") <= 1
    assert text.strip().endswith((".", "?"))
    assert "Traceback" not in text


# The words


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example_and_no_english(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Eksempel: python3 build {command}" in done.stdout
    assert not re.search(r"\b(Usage|Options|OPTIONS|ARGS|TEXT|INTEGER|Show|default|required)\b", done.stdout)


def test_help_lists_every_command_with_a_whole_sentence():
    done = run("--help")
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if line.startswith("  ") and line.split())
    assert {name: lines[name].endswith(".") and not lines[name].endswith("..") for name in COMMANDS} == dict.fromkeys(
        COMMANDS, True
    )
    assert not re.search(r"\b(Usage|Options|Commands|COMMAND|ARGS)\b", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("strat",), "Kommandoen strat finnes ikke. Mente du 'start'?"),
        (("start", "--prot", "1"), "Valget --prot finnes ikke. Mente du '--port'?"),
        (("start", "--port"), "Valget --port må ha noe etter seg."),
        (("start", "--port", "abc"), "Verdien til '--port' passer ikke: «abc» er ikke et helt tall."),
        (("start", "extra"), "Dette var for mye: extra"),
        (("start", "--leader=yes"), "Valget --leader skal ikke ha noe etter seg."),
        (("bench",), "Her mangler 'NAVN'."),
        (("session",), "Her mangler 'MODUL'."),
        (("session", "00_velkommen", "--minutes", "lenge"), "«lenge» er ikke et helt tall."),
        (("check", "nowhere.yaml"), "Verdien til '[FIL ...]' passer ikke: Fant ikke nowhere.yaml."),
        (("check", "course"), "Verdien til '[FIL ...]' passer ikke: course er en mappe, men skal være en fil."),
        (("handouts", "--for", "me"), "«me» er ikke blant disse: 'participant', 'leader', 'group'."),
        (("handouts", "--out", "README.md"), "README.md er en fil, men skal være en mappe."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_written_wrong_is_explained_in_bokmal(arguments, sentence):
    done = run(*arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Feil: " in done.stderr
    assert not re.search(r"\b(Error|Usage|Try|Invalid|Missing|No such|Got)\b", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("handouts", "01_avhengihet"), "«01_avhengihet» finnes ikke. Mente du «01_avhengighet»?"),
        (("edit", "01_avhengihet"), "«01_avhengihet» finnes ikke. Mente du «01_avhengighet»?"),
        (("handouts", "xyz"), f"«xyz» finnes ikke. Velg en av disse: {', '.join(MODULES)}."),
        (("start", "--language", "nn"), "«nn» finnes ikke. Velg en av disse: nb."),
        (("bench", "opne"), "«opne» finnes ikke. Mente du «open»?"),
        (("session", "00_velkomen"), "«00_velkomen» finnes ikke. Mente du «00_velkommen»?"),
        (("start", "--port", "70000"), WORDS["start.no_such_port"].format(port=70000)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_unknown_name_is_one_sentence_with_the_nearest(arguments, sentence):
    done = run(*arguments)
    assert (done.returncode, done.stderr.strip()) == (1, sentence)
    assert_one_sentence(done.stderr)


def test_an_unforeseen_fault_is_one_sentence_and_the_traceback_lies_in_a_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(commands, "commands", lambda **_: 1 / 0)
    monkeypatch.setattr(commands.tempfile, "tempdir", str(tmp_path))
    assert commands.main() == 1
    (file,) = tmp_path.iterdir()
    said = capsys.readouterr().err
    assert str(file) in said
    assert_one_sentence(said)
    assert "ZeroDivisionError" in file.read_text(encoding="utf-8")


# A meeting


@pytest.fixture
def choices(tmp_path, monkeypatch):
    """Where choices of meetings are kept in this test."""
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "sessions.json"


def test_a_meeting_is_shown_with_clock_times_and_what_is_left_out_and_kept_until_it_is_taken_back(choices):
    done = run("session", "07_tilbakefall", "--minutes", 90, "--start", "9.30", "--skip", "my-map", "warm-up")
    assert done.returncode == 0
    assert "Tilbakefall og utløsere: 90 minutter, fra 09:30 til 11:00" in done.stdout
    assert re.search(r"09:30 +Velkommen og innsjekk +check-in +12\b", done.stdout)
    assert re.search(r"\d\d:\d\d +Pause +10\b", done.stdout)
    assert "  Øvelse: Kart og plan (my-map)" in done.stdout.split("Ikke med:")[1].splitlines()
    kept = {"minutes": 90, "skip": ["my-map", "warm-up"], "start": "09:30"}
    assert json.loads(choices.read_text(encoding="utf-8")) == {"07_tilbakefall": kept}
    assert "fra 09:30 til 11:00" in run("session", "07_tilbakefall").stdout
    assert "det vanlige møtet, 60 minutter" in run("session", "07_tilbakefall", "--usual").stdout
    assert json.loads(choices.read_text(encoding="utf-8")) == {}
    assert "det vanlige møtet, 60 minutter" in run("session", "07_tilbakefall").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--minutes", 50), "Et møte kan ikke være 50 minutter. Velg 45, 60 eller 90 minutter."),
        (("--minutes", 60, "--start", "ti"), "«ti» er ikke et klokkeslett. Skriv det slik: 10:00."),
        (("--minutes", 60, "--skip", "agrement"), "har ingen del som heter «agrement»."),
        (("--minutes", 60, "--skip", "agreement"), "«Gruppeavtalen og stoppordet» er med i alle møter."),
        (("--skip", "warm-up"), "Skriv også hvor lenge møtet varer"),
        (("--usual", "--minutes", 60), "--usual må stå alene."),
        (("--minutes", 60, "warm-up"), "Dette var for mye: warm-up."),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_meeting_that_cannot_be_says_what_can_and_keeps_nothing(arguments, sentence, choices):
    done = run("session", "00_velkommen", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert_one_sentence(done.stderr)
    assert not choices.exists()


def test_a_choice_that_cannot_be_kept_is_told(choices):
    choices.parent.write_text("a file where a folder should be", encoding="utf-8")
    done = run("session", "00_velkommen", "--minutes", 45)
    assert (done.returncode, done.stdout) == (1, "")
    assert_one_sentence(done.stderr)


# The door and the environment


@pytest.fixture
def door():
    """build/__main__.py as a module."""
    specification = importlib.util.spec_from_file_location("door", BUILD / "__main__.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_a_too_old_python_is_told_so_in_one_sentence(door, capsys, version):
    assert door.main(["start"], version) == 1
    said = capsys.readouterr().err
    assert ".".join(map(str, version)) in said
    assert_one_sentence(said)


def test_a_fault_in_the_environment_ends_in_its_sentence_and_exit_code_1(door, capsys, monkeypatch):
    def fail():
        raise Stop("network.missing")

    monkeypatch.setattr(environment, "ready", fail)
    assert door.main(["start"]) == 1
    assert capsys.readouterr().err.strip() == WORDS["network.missing"]


def test_ctrl_c_during_the_installation_ends_without_a_traceback(door, capsys, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "ready", interrupt)
    assert door.main(["start"]) == 130
    assert capsys.readouterr().out.strip() == WORDS["stopped"]


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_a_python_without_environments_is_explained(lacking):
    with pytest.raises(Stop, match="python3-venv|python3.*-venv") as fault:
        environment.check_tools(find=lambda name: name != lacking)
    assert_one_sentence(str(fault.value))


def test_too_little_disk_is_told_before_the_work_begins(tmp_path):
    with pytest.raises(Stop, match="900 MB, men bare 10 MB") as fault:
        environment.check_space(tmp_path, free=10_000_000)
    assert_one_sentence(str(fault.value))
    environment.check_space(tmp_path, free=901_000_000)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk.full"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "network.missing"),
        ("[Errno -3] Temporary failure in name resolution", "network.missing"),
        ("HTTPSConnectionPool: Read timed out.", "network.missing"),
        ("ERROR: something else", "install.failed"),
    ],
)
def test_what_pip_says_becomes_a_sentence_about_what_to_do(text, key):
    beginning = WORDS[key].split("{")[0][:20]
    fault = environment.explained("install.failed", text, log="install.txt")
    assert str(fault).startswith(beginning)
    assert_one_sentence(str(fault))


def test_no_network_during_the_installation_is_one_sentence(tmp_path, monkeypatch, capsys):
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")  # nobody answers at the discard port
    monkeypatch.setattr(environment, "RETRIES", 1)
    monkeypatch.setattr(environment, "python_of", lambda folder: sys.executable)
    (tmp_path / ".venv").mkdir()
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("nykurs-is-not-a-package\n", encoding="utf-8")
    with pytest.raises(Stop) as fault:
        environment.install(tmp_path / ".venv", requirements, "install.course")
    assert str(fault.value) == WORDS["network.missing"]
    assert capsys.readouterr().out.strip() == WORDS["install.course"]


@pytest.fixture
def checkout(tmp_path):
    """A small checkout in a folder with a space and Norwegian letters."""
    root = tmp_path / "Ny kurs æøå"
    for name in ("requirements.txt", "pyproject.toml", "widgets/lab/labextension/package.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


@pytest.fixture
def steps(monkeypatch):
    """What was done to make an environment, without doing it; the Python of one that was made is ours."""
    done = []

    def make(folder, **_):
        done.append("make")
        folder.mkdir(exist_ok=True)

    monkeypatch.setattr(environment.venv, "create", make)
    monkeypatch.setattr(environment, "install", lambda *_: done.append("install"))
    monkeypatch.setattr(
        environment, "python_of", lambda folder: Path(sys.executable) if folder.exists() else folder / "python"
    )
    return done


def test_a_finished_environment_is_used_as_it_is(checkout, steps):
    environment.ready(checkout)
    assert steps == ["make", "install"]
    environment.ready(checkout)
    assert steps == ["make", "install"]


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml", "widgets/lab/labextension/package.json"])
def test_a_changed_file_installs_again_into_the_same_environment(checkout, steps, name):
    environment.ready(checkout)
    (checkout / name).write_text("changed", encoding="utf-8")
    environment.ready(checkout)
    assert steps == ["make", "install", "install"]


def test_a_new_file_of_the_extension_installs_again(checkout, steps):
    environment.ready(checkout)
    (checkout / "widgets/lab/labextension/static.js").write_text("", encoding="utf-8")
    environment.ready(checkout)
    assert steps == ["make", "install", "install"]


@pytest.mark.parametrize("change", ["python", "checkout"])
def test_another_python_or_a_moved_checkout_makes_the_environment_anew(checkout, steps, change):
    environment.ready(checkout)
    stamp = checkout / ".venv" / "nykurs.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text(encoding="utf-8")) | {change: "other"}), encoding="utf-8")
    environment.ready(checkout)
    assert steps == ["make", "install"] * 2


def test_an_interrupted_installation_is_begun_again_from_nothing(checkout, steps, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            environment.ready(checkout)
    environment.ready(checkout)
    assert steps == ["make", "make", "install"]


def test_an_environment_whose_making_was_interrupted_is_made_anew(checkout, steps, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment.venv, "create", interrupt)
        with pytest.raises(KeyboardInterrupt):
            environment.ready(checkout)
    environment.ready(checkout)
    assert steps == ["make", "install"]


def test_an_environment_that_someone_made_by_hand_is_added_to(checkout, steps):
    (checkout / ".venv").mkdir()
    environment.ready(checkout)
    assert steps == ["install"]


def test_an_environment_that_cannot_be_made_is_one_sentence(checkout, steps, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(environment.venv, "create", refuse)
    with pytest.raises(Stop) as fault:
        environment.ready(checkout)
    assert str(fault.value) == WORDS["venv.failed"].format(folder=checkout / ".venv")


def test_what_tests_need_is_installed_once(checkout, steps):
    environment.ready(checkout)
    (checkout / "tests").mkdir()
    (checkout / "tests" / "requirements.txt").write_text("", encoding="utf-8")
    environment.ready_for_tests(checkout)
    environment.ready_for_tests(checkout)
    assert steps == ["make", "install", "install"]


def handing_over(root: Path, program: str) -> subprocess.Popen:
    """The door handing over to a program of the test, in a folder of its own."""
    (root / "build").mkdir(parents=True)
    (root / "build" / "commands.py").write_text(program, encoding="utf-8")
    code = f"import sys, pathlib; sys.path.insert(0, {str(BUILD)!r}); import environment; "
    code += f"sys.exit(environment.hand_over(pathlib.Path(sys.executable), sys.argv[1:], pathlib.Path({str(root)!r})))"
    command = [sys.executable, "-c", code, "start", "æ ø"]
    return subprocess.Popen(
        command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_the_door_hands_on_the_arguments_and_gives_the_exit_code_back(tmp_path):
    process = handing_over(tmp_path / "Ny kurs", "import sys; print(sys.argv[1:]); sys.exit(7)")
    said, _ = process.communicate()
    assert (said.strip(), process.returncode) == ("['start', 'æ ø']", 7)


@on_posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_the_door_waits_for_the_command_to_end_in_order(tmp_path, number):
    program = (
        "import signal, sys\n"
        "def end(*_):\n    print('ended', flush=True); sys.exit(0)\n"
        "for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, end)\n"
        "print('begun', flush=True)\n"
        "while True: signal.pause()\n"
    )
    process = handing_over(tmp_path / "Ny kurs", program)
    assert process.stdout.readline() == "begun\n"
    if number == signal.SIGINT:  # a terminal sends it to both
        psutil.Process(process.pid).children()[0].send_signal(number)
    process.send_signal(number)
    said, complaint = process.communicate()
    assert (said, complaint, process.returncode) == ("ended\n", "", 0)


@on_posix
def test_a_double_click_starts_the_course_from_any_folder(tmp_path):
    folder = tmp_path / "Ny kurs æøå"
    (folder / "build").mkdir(parents=True)
    (folder / "build" / "__main__.py").write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    shutil.copy(ROOT / "start.command", folder)
    done = subprocess.run([folder / "start.command"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "['start']\n"


@on_posix
def test_a_double_click_keeps_the_window_open_when_something_is_wrong(tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "__main__.py").write_text("raise SystemExit('Galt.')", encoding="utf-8")
    shutil.copy(ROOT / "start.command", tmp_path)
    done = subprocess.run([tmp_path / "start.command"], input="\n", capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "Galt.\n")
    assert "Trykk Enter" in done.stdout


# Start


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_is_one_sentence_and_exit_code_1(busy_port):
    done = run("start", "--no-browser", "--port", busy_port)
    assert (done.returncode, done.stderr.strip()) == (1, WORDS["start.busy"].format(port=busy_port))
    assert_one_sentence(done.stderr)


def test_without_a_wish_another_port_is_found_when_the_usual_is_busy(busy_port, monkeypatch):
    monkeypatch.setattr(serving, "USUAL_PORT", busy_port)
    assert serving.free_port(None) not in (0, busy_port)


@pytest.mark.parametrize("found", [webbrowser.Error("none"), webbrowser.GenericBrowser("lynx")], ids=["none", "text"])
def test_without_a_browser_the_address_is_printed(monkeypatch, capsys, found):
    def get():
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(serving.webbrowser, "get", get)
    serving.show(serving.COURSE, "http://127.0.0.1:1/lab?token=t", browser=True)
    said = capsys.readouterr().out
    assert WORDS["start.no_browser"] in said
    assert "http://127.0.0.1:1/lab?token=t" in said


def test_a_browser_is_opened_on_the_page_and_the_token_is_not_printed(monkeypatch, capsys):
    opened = []

    class Browser:
        def open(self, page):
            opened.append(page)
            return True

    monkeypatch.setattr(serving.webbrowser, "get", Browser)
    serving.show(serving.COURSE, "http://127.0.0.1:1/lab?token=t", browser=True)
    assert opened == ["http://127.0.0.1:1/lab?token=t"]
    assert "token" not in capsys.readouterr().out


def test_a_server_that_does_not_start_is_one_sentence(tmp_path):
    broken = [sys.executable, "-c", "raise SystemExit(1)"]
    with (
        serving.running(broken, surroundings(), 9, "t", tmp_path, log=False) as server,
        pytest.raises(Stop) as fault,
    ):
        server.wait_until_it_answers()
    assert_one_sentence(str(fault.value))


@on_posix
def test_start_answers_and_leaves_nothing_behind_when_it_is_stopped(tmp_path):
    from urllib.request import urlopen

    command = [sys.executable, BUILD / "commands.py", "start", "--no-browser"]
    with subprocess.Popen(
        command, env=surroundings(TMPDIR=tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            said = [process.stdout.readline() for _ in range(3)]
            assert said[0].strip() == WORDS["start.begin"]
            (address,) = re.findall(r"http://127\.0\.0\.1:\d+/\S+", said[1])
            with urlopen(address) as answer:
                assert answer.status == 200
            family = psutil.Process(process.pid).children(recursive=True)
            assert list(tmp_path.glob("nykurs-*"))
        finally:
            process.send_signal(signal.SIGINT)
            rest, complaint = process.communicate()
    assert (process.returncode, complaint) == (0, "")
    assert rest.splitlines() == [WORDS["start.stopping"], WORDS["start.stopped"]]
    assert not list(tmp_path.glob("nykurs-*"))
    assert family
    assert not psutil.wait_procs(family, timeout=10)[1]


# Check and clean


def test_check_says_that_a_good_file_is_fine_and_a_bad_one_is_not(tmp_path, capsys):
    bad = tmp_path / "01_avhengighet.yaml"
    bad.write_text("title: [", encoding="utf-8")
    good = content.MODULES / "nb" / f"{MODULES[0]}.ipynb"
    assert inspection.inspect([good, bad], TODAY) == 1
    said = capsys.readouterr().out
    assert f"{WORDS['check.fine']:<9}course" in said
    assert f"{WORDS['check.fault']:<9}" in said
    assert WORDS["check.total.faults"].format(faults=1, count=2) in said


def test_check_refuses_a_file_of_another_kind_in_words(tmp_path, capsys):
    (tmp_path / "picture.png").write_bytes(b"")
    assert inspection.inspect([tmp_path / "picture.png"], TODAY) == 1
    assert WORDS["check.not_ours"] in capsys.readouterr().out


def test_the_course_passes_its_own_check():
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert WORDS["check.total.fine"].split("{")[0] in done.stdout


def test_clean_removes_what_was_made_and_empties_notebooks_but_keeps_the_environment(tmp_path, capsys):
    notebook = tmp_path / "course" / "modules" / "nb" / "01_avhengighet.ipynb"
    for folder in ("dist/handouts", ".venv/__pycache__", ".pytest_cache", "widgets/__pycache__", notebook.parent):
        (tmp_path / folder).mkdir(parents=True)
    data = json.loads((content.MODULES / "nb" / f"{MODULES[0]}.ipynb").read_text(encoding="utf-8"))
    next(cell for cell in data["cells"] if cell["cell_type"] == "code")["execution_count"] = 7
    notebook.write_text(json.dumps(data), encoding="utf-8")
    tidying.tidy(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".venv", "widgets", "course"}
    assert (tmp_path / ".venv" / "__pycache__").exists()
    assert not (tmp_path / "widgets" / "__pycache__").exists()
    assert '"execution_count": 7' not in notebook.read_text(encoding="utf-8")
    capsys.readouterr()
    tidying.tidy(tmp_path)
    assert capsys.readouterr().out.strip() == WORDS["clean.nothing"]


# Test


@pytest.fixture
def pytest_runs(monkeypatch):
    """Which groups were asked for; the first one fails."""
    runs = []

    def call(command, **_):
        runs.append(command[3:])
        return 1 if len(runs) == 1 else 0

    monkeypatch.setattr(groups.subprocess, "call", call)
    monkeypatch.setattr(groups.environment, "ready_for_tests", lambda: None)
    return runs


def test_every_group_runs_though_the_first_one_fails(pytest_runs, capsys):
    assert groups.run(fast=False) == 1
    assert [run[0] for run in pytest_runs] == ["tests", "tests/test_notebooks.py", "tests/browser"]
    said = capsys.readouterr().out
    assert said.count("minutter") == 3
    assert WORDS["test.failed"].split("{")[0] in said


def test_fast_runs_only_the_fast_group(pytest_runs):
    groups.run(fast=True)
    assert len(pytest_runs) == 1


def test_the_last_line_names_the_tools_that_are_missing(pytest_runs, capsys, monkeypatch):
    monkeypatch.setattr(groups.runpy, "run_path", lambda path: {"missing": lambda: ["Chromium", "Java"]})
    groups.run(fast=True)
    assert capsys.readouterr().out.splitlines()[-1] == WORDS["test.skipped"].format(tools="Chromium, Java")


@pytest.mark.parametrize(("everything", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_tool_skips_its_tests_or_fails_them_when_everything_is_required(monkeypatch, everything, outcome):
    import tools

    monkeypatch.setitem(tools.TOOLS, "Java", lambda: None)
    monkeypatch.setenv("REQUIRE_ALL", everything)
    with pytest.raises(outcome):
        tools.require("Java")


def test_a_benchmark_is_run_with_its_exit_code(monkeypatch):
    import benchmarks

    monkeypatch.setattr(benchmarks.environment, "ready_for_tests", lambda: None)
    monkeypatch.setattr(benchmarks.subprocess, "call", lambda command, cwd: (command[1].name, cwd) == ("open.py", ROOT))
    assert benchmarks.run("open") == 1
