"""What the page's own JavaScript asks the kernel for, and what it is told."""

import asyncio
import logging

import pytest

from course.journal import Journal
from course.keeping import Keeping
from course.model import WorksheetAnswer, frozen
from widgets.desk import Desk

PASSWORD = "sju grønne sykler i regn"


class Line:
    """A comm without a browser at the other end."""

    def __init__(self) -> None:
        self.said = []

    def on_msg(self, listener):
        self.hear = listener

    def on_close(self, listener):
        self.gone = listener

    def send(self, data):
        self.said.append(data)

    def ask(self, action, **data):
        """The answer to one question."""
        self.hear({"content": {"data": {"turn": len(self.said), "action": action, **data}}})
        return self.said[-1]


@pytest.fixture
def desk(tmp_path, cheap_keys):
    """A desk over an empty journal."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    desk = Desk(Keeping(Journal(), folder=tmp_path))
    yield desk
    if desk.keeping.is_open:
        desk.keeping.lock()
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def line(desk):
    """One page."""
    line = Line()
    desk.receive(line, {"content": {"data": {"language": "nb"}}})
    return line


def test_a_page_hears_how_things_stand(line):
    assert line.ask("state") == {
        "state": "off",
        "trouble": "",
        "lockMinutes": 20,
        "locked": False,
        "entered": False,
        "turn": 0,
    }


def test_keeping_and_locking_are_told(line):
    assert line.ask("create", nickname="Fjellrev", password=PASSWORD)["state"] == "open"
    assert line.ask("lock")["state"] == "off"
    assert line.ask("open", nickname="fjellrev", password="feil passord")["refused"] == "wrong"
    assert line.ask("open", nickname="fjellrev", password=PASSWORD)["state"] == "open"


def test_a_password_that_is_too_short_is_refused(line):
    assert line.ask("create", nickname="Fjellrev", password="kort")["refused"] == "short"


def test_every_open_page_is_told_and_a_closed_one_is_not(desk, line):
    other, gone = Line(), Line()
    for page in (other, gone):
        desk.receive(page, {"content": {"data": {}}})
    gone.gone(None)
    line.ask("create", nickname="Fjellrev", password=PASSWORD)
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.sleep(0))
    assert other.said[-1]["state"] == "open"
    assert gone.said == []


def test_a_page_that_was_left_idle_does_not_lock_what_another_one_is_using(desk, line):
    other = Line()
    desk.receive(other, {"content": {"data": {}}})
    line.ask("create", nickname="Fjellrev", password=PASSWORD)
    other.ask("touch")
    assert line.ask("lock", idle=True)["refused"] == "in_use"
    assert desk.keeping.is_open
    other.gone(None)
    assert line.ask("lock", idle=True)["state"] == "off"


def test_answers_that_nobody_attends_to_are_locked_and_a_page_that_wakes_up_hears_of_it(desk, line):
    line.ask("create", nickname="Fjellrev", password=PASSWORD)
    desk.keeping.journal.put("my-goals", WorksheetAnswer(values=frozen({"own-words": "å sove"})))
    desk.keeping.on_idle()
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.sleep(0))
    assert line.said[-1]["locked"]
    assert len(desk.keeping.journal) == 0
    assert not line.ask("open", nickname="Fjellrev", password=PASSWORD)["locked"]


@pytest.mark.faults_expected
def test_a_fault_is_a_calm_answer_and_no_password_is_logged(line, caplog):
    with caplog.at_level(logging.DEBUG):
        assert line.ask("create", nickname=None, password=PASSWORD)["refused"] == "fault"
        assert line.ask("no such thing", password=PASSWORD)["refused"] == "fault"
    assert "KeyError" in caplog.text
    assert PASSWORD not in caplog.text


def test_no_answer_carries_a_password(line):
    line.ask("create", nickname="Fjellrev", password=PASSWORD)
    line.ask("suggest")
    assert PASSWORD not in str(line.said)


def test_a_download_is_readable(desk, line):
    desk.keeping.journal.put("my-goals", WorksheetAnswer(values=frozen({"own-words": "å sove"})))
    assert "å sove" in line.ask("download")["text"]


def test_a_clinic_can_switch_keeping_and_downloading_off(line, monkeypatch):
    monkeypatch.setenv("NYKURS_JOURNAL", "off")
    assert line.ask("state")["state"] == "forbidden"
    assert line.ask("create", nickname="Fjellrev", password=PASSWORD)["refused"] == "forbidden"
    assert line.ask("download")["refused"] == "forbidden"
