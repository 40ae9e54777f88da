"""What a clinic has decided for a machine: understood in every plain form, refused in words, and followed."""

import contextlib
import json
import os
import re
import socket
import sys
import textwrap
from datetime import date
from inspect import signature
from pathlib import Path

import platformdirs
import pytest
import serving
import yaml
from messages import words
from platformdirs import macos, unix, windows
from test_commands import run

from course import clinic, content, keeping, letters
from course.content import ContentError
from widgets.lab import launch

LESMEG = Path(__file__).resolve().parent.parent / "LESMEG.md"


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch) -> Path:
    """The folder where this machine would have its file; the test's own, and not there yet."""
    for name in (clinic.VARIABLE, "NYKURS_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(platformdirs, "site_config_dir", lambda *_, **__: str(tmp_path / "machine"))
    return tmp_path / "machine"


@pytest.fixture
def written(tmp_path):
    """Writes a clinic file: its path."""

    def write(text: str | bytes, path: Path = tmp_path / "klinikk.yaml") -> Path:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def letter(path: Path) -> str:
    with pytest.raises(ContentError) as fault:
        clinic.read(path)
    return str(fault.value)


# What a file says


@pytest.mark.parametrize("word", ["off", '"off"', "'off'", "Off", "OFF", "false", "False", '"false"', "off  # her"])
def test_off_is_off_however_it_is_written(written, word):
    assert clinic.read(written(f"journal: {word}\n")) == clinic.Clinic(journal=False)


@pytest.mark.parametrize("word", ["on", '"on"', "On", "ON", "true", "True"])
def test_on_is_on_however_it_is_written(written, word):
    assert clinic.read(written(f"journal: {word}\n")) == clinic.Clinic(journal=True)


@pytest.mark.parametrize("word", ["on", "off", "On", "OFF", "true", "False"])
def test_a_bare_word_means_what_yaml_itself_reads(written, word):
    text = f"journal: {word}\n"
    assert clinic.read(written(text)).journal is yaml.safe_load(text)["journal"]


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfjournal: off\r\n", b"# Bestemt i mai\n\njournal: off"])
def test_the_file_of_an_ordinary_editor_is_read(written, text):
    assert clinic.read(written(text)).journal is False


BAD = {
    "misspelt key": ("jurnal: off", "linje 1: Nøkkelen jurnal finnes ikke her. Mente du journal?"),
    "one key too many": ("journal: off\nfarge: blå", "linje 2: Nøkkelen farge finnes ikke her."),
    "logo without a name": ("journal: off\nlogo: x.png", "linje 2: logo står uten name."),
    "logo above": ("journal: off\nlogo: ../../etc/x.png", "linje 2: «../../etc/x.png» passer ikke som logo."),
    "logo within and above": ("journal: off\nlogo: a/../../x.png", "passer ikke som logo. Skriv navnet på en bildefil"),
    "logo from the root": ("journal: off\nlogo: /etc/x.png", "«/etc/x.png» passer ikke som logo."),
    "logo on a drive": ("journal: off\nlogo: 'C:\\x.png'", "passer ikke som logo."),
    "logo on a share": ("journal: off\nlogo: '\\\\a\\x.png'", "passer ikke som logo."),
    "logo elsewhere": ("journal: off\nlogo: 'https://example.org/x.png'", "passer ikke som logo."),
    "logo as a script": ("journal: off\nlogo: 'javascript:alert(1).svg'", "passer ikke som logo."),
    "logo of another kind": ("journal: off\nlogo: x.gif", "«x.gif» passer ikke som logo."),
    "logo that is a device": ("journal: off\nlogo: /dev/zero", "«/dev/zero» passer ikke som logo."),
    "empty name": ('journal: off\nname: " "', "name er tom. Skriv navnet på stedet"),
    "long name": (f"journal: off\nname: {'a' * 51}", "name har 51 tegn, og høyst 50 får plass. Skriv det kortere."),
    "very long name": (f"journal: off\nname: {'a' * 400_000}", "name har 400000 tegn, og høyst 50 får plass."),
    "name in lines": ('journal: off\nname: "a\\nb"', "passer ikke som name. Skriv navnet på stedet på én linje"),
    "long footer": (f"journal: off\nfooter: {'a' * 81}", "footer har 81 tegn, og høyst 80 får plass."),
    "no numbers": ("journal: off\nnumbers: []", "numbers har 0, men trenger minst 1."),
    "many numbers": (f"journal: off\nnumbers: [{'{}, ' * 5}]", "numbers har 5, men kan ha høyst 4."),
    "number as a number": ("journal: off\nnumbers:\n- number: 113", 'Sett anførselstegn rundt: "113"'),
    "number that is a text": (
        "journal: off\nnumbers:\n- number: ring oss",
        "«ring oss» passer ikke som number. Skriv bare",
    ),
    "number without a date": (
        'journal: off\nnumbers:\n- {service: a, number: "113"}',
        "checked mangler. Skriv checked:",
    ),
    "number on no day": (
        'journal: off\nnumbers:\n- {service: a, number: "113", checked: "2026-02-30"}',
        "linje 3, numbers nummer 1: «2026-02-30» finnes ikke i kalenderen.",
    ),
    "bomb": ("journal: &a off\nname: *a", "Det kan ikke brukes"),
    "bomb of lists": ("a: &a [x, x]\nb: &b [*a, *a]\njournal: off", "Det kan ikke brukes"),
    "very long line": (b"journal: off\nname: " + b"a" * 1_000_000, "1000 kB"),
    "Norwegian word": ("# 1\njournal: av", "linje 2: «av» passer ikke som journal. Skriv off når"),
    "misspelt word": ("journal: offf", "«offf» passer ikke som journal. Skriv off når"),
    "number": ("journal: 0", "«0» passer ikke som journal. Skriv off når"),
    "nothing": ("journal:", "journal er tom."),
    "list": ("journal: [off]", "journal skal være én tekst"),
    "no key": ("{}", 'journal mangler. Skriv journal: "off".'),
    "no colon": ("journal off", "Innholdet skal være en gruppe av nøkler"),
    "twice": ("journal: off\njournal: on", "linje 2: Nøkkelen journal står to ganger"),
    "two documents": ("journal: on\n---\njournal: off", "linje 2: Her begynner et nytt dokument"),
    "open quote": ('journal: "off', "Et anførselstegn blir åpnet"),
    "tag": ("journal: !!bool off", "!!bool, en merkelapp"),
    "empty": ("", 'Fila er tom. Skriv journal: "off" eller journal: "on".'),
    "only a comment": ("# journal: off\n", 'Fila er tom. Skriv journal: "off" eller journal: "on".'),
    "wide letters": ("journal: off".encode("utf-16"), "UTF-16"),
    "other letters": (b"# p\xe5\njournal: off", "ikke lagret som UTF-8"),
    "huge": (b"#" * 600_000, "600 kB"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_wrong_gives_a_letter_with_the_place_and_what_to_write(written, name):
    text, expected = BAD[name]
    said = letter(written(text))
    assert said.startswith("klinikk.yaml linje ")
    assert expected in said


FULL = """journal: on
name: "Ruspoliklinikken"
logo: "bilder/logo.png"
numbers:
  - service: "Vakttelefonen vår"
    number: "22 00 00 00"
    note: "Hverdager 8–15"
    checked: "2026-11-01"
  - service: "Ambulant team"
    number: "+47 22 00 00 01"
    checked: "2025-11-21"
footer: "Storgata 1"
"""


def test_what_a_clinic_gives_for_its_paper_is_read(written):
    first = clinic.LocalNumber(
        service="Vakttelefonen vår", number="22 00 00 00", checked="2026-11-01", note="Hverdager 8–15"
    )
    second = clinic.LocalNumber(service="Ambulant team", number="+47 22 00 00 01", checked="2025-11-21")
    assert clinic.read(written(FULL)) == clinic.Clinic(
        name="Ruspoliklinikken", logo="bilder/logo.png", numbers=(first, second), footer="Storgata 1"
    )


def test_paper_alone_is_no_decision_about_keeping(written):
    assert 'journal mangler. Skriv journal: "off".' in letter(written(FULL.replace("journal: on\n", "")))


def test_a_number_checked_in_the_future_stops_paper_but_not_the_course(written):
    path = written(FULL)
    assert clinic.read(path, date(2026, 11, 1)) == clinic.read(path)
    with pytest.raises(ContentError, match="linje 8, numbers nummer 1: Datoen 2026-11-01 er ikke kommet ennå"):
        clinic.read(path, date(2026, 10, 31))


def test_a_number_that_nobody_has_looked_at_for_a_year_is_told_of(written):
    said = clinic.read(written(FULL))
    assert clinic.outdated(said, date(2026, 11, 21)) == ()
    (sentence,) = clinic.outdated(said, date(2026, 11, 22))
    assert sentence.startswith("Nummeret til Ambulant team ble sist kontrollert 2025-11-21.")


def test_a_file_that_is_not_there_or_cannot_be_read_is_told_apart(tmp_path):
    assert letters.sentences()["clinic.missing"] in letter(tmp_path / "klinikk.yaml")
    assert letters.sentences()["clinic.unreadable"] in letter(tmp_path)


def test_a_file_that_we_may_not_read_is_said_to_be_so(written, monkeypatch):
    path = written("journal: off")
    read = Path.read_bytes

    def refuse(asked):
        if asked == path:
            raise PermissionError(13, "Permission denied")
        return read(asked)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert letters.sentences()["clinic.unreadable"] in letter(path)


# Where it lies


def test_the_option_comes_before_the_environment_and_the_environment_before_the_machine(
    tmp_path, machine, written, monkeypatch
):
    assert clinic.place() is None
    written("journal: off", machine / clinic.NAME)
    assert clinic.place() == machine / clinic.NAME
    monkeypatch.setenv(clinic.VARIABLE, str(tmp_path / "environment.yaml"))
    assert clinic.place() == tmp_path / "environment.yaml"
    assert clinic.place(tmp_path / "option.yaml") == tmp_path / "option.yaml"
    monkeypatch.setenv(clinic.VARIABLE, "")
    assert clinic.place() == machine / clinic.NAME


def test_every_place_of_the_system_is_looked_in(tmp_path, machine, written, monkeypatch):
    places = os.pathsep.join(map(str, (tmp_path / "desktop", machine)))
    monkeypatch.setattr(platformdirs, "site_config_dir", lambda *_, **__: places)
    assert clinic.place() is None
    written("journal: off", machine / clinic.NAME)
    assert clinic.place() == machine / clinic.NAME


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders")
def test_a_desktop_with_a_folder_of_its_own_does_not_hide_the_machines_file(tmp_path, written, monkeypatch):
    monkeypatch.undo()
    monkeypatch.delenv(clinic.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{tmp_path / 'desktop'}:{tmp_path}")
    path = written("journal: off", tmp_path / "nykurs" / clinic.NAME)
    assert clinic.place() == path


def test_a_misnamed_file_in_the_machines_folder_does_not_pass_unseen(machine, written):
    written("journal: off", machine / "clinic.yaml.txt")
    assert letters.sentences()["clinic.missing"] in letter(clinic.place())


def test_lesmeg_names_the_places_that_are_looked_in(monkeypatch):
    said = LESMEG.read_text(encoding="utf-8")
    monkeypatch.delenv("XDG_CONFIG_DIRS", raising=False)
    monkeypatch.setattr(windows, "get_win_folder", lambda _: "C:\\ProgramData")
    places = [system("nykurs", False).site_config_dir for system in (unix.Unix, macos.MacOS)]
    assert [place for place in places if f"`{place}/{clinic.NAME}`" not in said] == []
    assert f"`{windows.Windows('nykurs', False).site_config_dir}/{clinic.NAME}`".replace("/", "\\") in said


def test_the_examples_in_lesmeg_can_be_copied(written):
    texts = re.findall(r"```yaml\n( *journal: .*?)```", LESMEG.read_text(encoding="utf-8"), re.DOTALL)
    keeping, paper = (clinic.read(written(textwrap.dedent(text)), date(2026, 11, 22)) for text in texts)
    assert keeping == clinic.Clinic(journal=False)
    assert all((paper.name, paper.logo, paper.numbers, paper.footer))


def test_lesmeg_quotes_what_is_said_where_nothing_may_be_kept():
    assert f"«{words('clinic.off', path='').split('. ')[0]}.»" in LESMEG.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["keep", "keep_new", "keep_open", "kept", "download", "erase", "lock", "sheet_offer"])
def test_lesmeg_calls_things_what_the_page_calls_them(key):
    assert content.words()[f"lab.{key}"].rstrip(".") in LESMEG.read_text(encoding="utf-8")


def test_lesmeg_tells_after_how_long_answers_are_locked_and_the_page_is_covered():
    said = LESMEG.read_text(encoding="utf-8")
    assert f"låst etter {keeping.LOCK_MINUTES} minutter" in said
    assert f"stille i {signature(launch.configure).parameters['idle_minutes'].default} minutter" in said


@pytest.mark.skipif(os.name == "nt", reason="a symbolic link needs a right of its own on Windows")
def test_a_link_that_leads_nowhere_counts_as_the_machines_folder(machine):
    machine.symlink_to(machine.parent / "gone")
    assert clinic.place() == machine / clinic.NAME


# What follows from it


@pytest.fixture
def servers(monkeypatch) -> list:
    """The servers that were begun, without beginning any: their arguments."""
    begun = []

    @contextlib.contextmanager
    def running(*arguments):
        begun.append(arguments)
        raise serving.Stop("stopped")
        yield

    monkeypatch.setattr(serving, "running", running)
    monkeypatch.setattr(serving, "told_to_stop", contextlib.nullcontext)  # Ctrl-C stays pytest's
    return begun


@pytest.mark.parametrize("command", ["start", "edit"])
@pytest.mark.parametrize("name", ["misspelt key", "empty", "wide letters"])
def test_with_a_bad_file_on_the_machine_nothing_is_started(machine, written, servers, command, name):
    path = written(BAD[name][0], machine / clinic.NAME)
    done = run(command, "--no-browser")
    assert (done.returncode, done.stdout, servers) == (1, "", [])
    assert str(path) in done.stderr
    assert BAD[name][1] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["nowhere.yaml", "https://example.org/clinic.yaml"])
def test_a_file_that_is_not_on_this_machine_starts_nothing(servers, path):
    done = run("start", "--no-browser", "--clinic", path)
    assert (done.returncode, done.stdout, servers) == (1, "", [])
    assert letters.sentences()["clinic.missing"] in done.stderr


def test_off_reaches_the_kernels_environment_and_is_said(written, servers):
    path = written("journal: off")
    done = run("start", "--no-browser", "--clinic", path)
    ((_, surroundings, *_),) = servers
    assert surroundings["NYKURS_JOURNAL"] == "off"
    assert words("clinic.off", path=path) in done.stdout


@pytest.mark.parametrize("text", [None, "journal: on"])
def test_without_a_decision_against_it_nothing_is_switched_off(written, servers, text):
    run("start", "--no-browser", *(("--clinic", written(text)) if text else ()))
    ((_, surroundings, *_),) = servers
    assert "NYKURS_JOURNAL" not in surroundings


def configured(folder: Path, **options: object) -> tuple[object, object]:
    """What the server's environment and the page's settings say about keeping."""
    _, surroundings = launch.configure("nb", False, 9299, "token", folder, **options)
    settings = json.loads((folder / "config" / "jupyter_server_config.json").read_text(encoding="utf-8"))
    return surroundings.get("NYKURS_JOURNAL"), settings.get("NyKurs", {}).get("journal")


def test_off_reaches_the_environment_and_the_page(tmp_path):
    assert configured(tmp_path, journal=False) == ("off", False)
    assert configured(tmp_path, journal=False, edit=True) == ("off", None)
    assert configured(tmp_path) == (None, True)


@pytest.mark.parametrize("said", ["off", "OFF", " off"])
def test_off_in_the_environment_stays_off(tmp_path, monkeypatch, said):
    monkeypatch.setenv("NYKURS_JOURNAL", said)
    assert configured(tmp_path, journal=True) == ("off", False)


def test_on_in_the_environment_does_not_undo_what_the_clinic_decided(tmp_path, monkeypatch):
    monkeypatch.setenv("NYKURS_JOURNAL", "on")
    assert configured(tmp_path, journal=False) == ("off", False)


def test_nothing_is_read_from_the_network(machine, written, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("asked another machine")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    written("journal: off", machine / clinic.NAME)
    assert clinic.read(clinic.place()).journal is False
    letter(written("jurnal: off"))
    letter(Path("https://example.org/clinic.yaml"))
