"""What the page's own JavaScript asks the kernel for, and what it is told."""

import asyncio
import logging
import threading

import pytest

from course.journal import Journal
from course.keeping import Keeping
from course.model import WorksheetAnswer, frozen
from course.storage import Refusal
from widgets.desk import Desk

PASSWORD = "sju grønne sykler i regn"


class Line:
    """A comm without a browser at the other end. It takes what is ready, as a page does that still waits."""

    def __init__(self, waits: bool = True) -> None:
        self.said = []
        self.waits = waits
        self.turn = 0

    def on_msg(self, listener):
        self.hear = listener

    def on_close(self, listener):
        self.gone = listener

    def send(self, data):
        if data.get("ready") and self.waits:
            self.tell("take", turn=data["turn"])
        else:
            self.said.append(data)

    def tell(self, action, **data):
        """Something that is asked for, without waiting for the answer."""
        self.hear({"content": {"data": {"action": action, **data}}})

    def begin(self, action, **data):
        """A question, and its turn."""
        self.turn += 1
        self.tell(action, turn=self.turn, **data)
        return self.turn

    def ask(self, action, **data):
        """The answer to one question."""
        return self.answer(self.begin(action, **data))

    def answer(self, turn):
        """What was said about this turn, as soon as it is said."""
        goes_on_until(lambda: any(said.get("turn") == turn for said in self.said))
        return next(said for said in self.said if said.get("turn") == turn)


def goes_on_until(condition, seconds=60):
    """Let the kernel's own thread work until this is so."""
    loop = asyncio.get_event_loop()
    late = loop.time() + seconds
    while not condition():
        assert loop.time() < late
        loop.run_until_complete(asyncio.sleep(0))


@pytest.fixture
def desk(tmp_path, cheap_keys):
    """A desk over an empty journal."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    desk = Desk(Keeping(Journal(), folder=tmp_path))
    yield desk
    if desk._trial:
        desk._trial.give_up()
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
        "turn": 1,
    }


def test_keeping_and_locking_are_told(line):
    assert line.ask("create", nickname="Fjellrev", password=PASSWORD)["state"] == "open"
    assert line.ask("lock")["state"] == "off"
    assert line.ask("open", nickname="fjellrev", password="feil passord")["refused"] == "wrong"
    assert line.ask("open", nickname="fjellrev", password=PASSWORD)["state"] == "open"


def test_a_password_that_is_too_short_is_refused(line):
    assert line.ask("create", nickname="Fjellrev", password="kort")["refused"] == "short"


# A password takes long to try


class Door:
    """Holds everything that was found, on its way to the kernel's own thread, until it is let go."""

    def __init__(self, seek_new) -> None:
        self.reached, self.open = threading.Semaphore(0), threading.Event()
        self.seek_new = seek_new  # past the door

    def wait(self):
        self.reached.release()
        assert self.open.wait(60)


@pytest.fixture
def door(monkeypatch):
    """What is sought comes when the test says so."""
    held = Door(Keeping.seek_new)

    def slowly(act):
        def act_slowly(*given):
            found = act(*given)
            held.wait()
            return found

        return act_slowly

    monkeypatch.setattr(Keeping, "seek", slowly(Keeping.seek))
    monkeypatch.setattr(Keeping, "seek_new", slowly(Keeping.seek_new))
    yield held
    held.open.set()


@pytest.fixture
def kept(tmp_path, cheap_keys):
    """Somebody's answers on the disk."""
    one = Keeping(Journal(), folder=tmp_path)
    one.journal.put("my-goals", WorksheetAnswer(values=frozen({"own-words": "å sove"})))
    one.create("Fjellrev", PASSWORD)
    one.lock()


def is_free(folder) -> bool:
    """Whether the answers can be opened by another course, so that nobody holds their key."""
    other = Keeping(Journal(), folder=folder)
    try:
        other.open("Fjellrev", PASSWORD)
    except Refusal:
        return False
    other.lock()
    return True


def ended(desk) -> None:
    """The search has ended, and the kernel's own thread has heard of it."""
    desk._trial._thread.join(60)
    asyncio.get_event_loop().run_until_complete(asyncio.sleep(0))


def test_the_kernel_answers_others_while_a_password_is_tried(kept, desk, line, door):
    turn = line.begin("open", nickname="Fjellrev", password=PASSWORD)
    assert door.reached.acquire(timeout=60)
    assert line.ask("state")["state"] == "off"
    desk.keeping.journal.put("my-questions", WorksheetAnswer(values=frozen({"most-important": "søvn"})))
    door.open.set()
    assert line.answer(turn)["state"] == "open"
    values = {name: answer.values for name, answer in desk.keeping.journal.snapshot()[0].items()}
    assert values["my-goals"]["own-words"] == "å sove"
    assert values["my-questions"]["most-important"] == "søvn"


@pytest.mark.parametrize("gives_up", [lambda line: line.tell("give_up", turn=99), lambda line: line.gone(None)])
def test_what_comes_after_the_page_has_given_up_is_never_opened_and_its_key_is_forgotten(
    gives_up, kept, desk, line, door, tmp_path
):
    line.begin("open", nickname="Fjellrev", password=PASSWORD)
    assert door.reached.acquire(timeout=60)
    gives_up(line)
    door.open.set()
    ended(desk)
    assert desk.state()["state"] == "off"
    assert len(desk.keeping.journal) == 0
    assert is_free(tmp_path)


def test_what_no_page_takes_is_dropped(kept, desk, door, tmp_path, monkeypatch):
    monkeypatch.setattr("widgets.desk.TAKING", 0)
    gone = Line(waits=False)
    desk.receive(gone, {"content": {"data": {}}})
    turn = gone.begin("open", nickname="Fjellrev", password=PASSWORD)
    door.open.set()
    assert gone.answer(turn)["ready"]
    goes_on_until(lambda: is_free(tmp_path))
    gone.tell("take", turn=turn)
    assert gone.said[-1]["refused"] == "given_up"
    assert desk.state()["state"] == "off"
    assert len(desk.keeping.journal) == 0


def test_a_page_that_gives_up_before_its_answers_are_kept_leaves_no_file(desk, line, door, tmp_path):
    turn = line.begin("create", nickname="Fjellrev", password=PASSWORD)
    assert door.reached.acquire(timeout=60)
    line.tell("give_up", turn=99)
    door.open.set()
    ended(desk)
    assert line.answer(turn)["refused"] == "given_up"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_the_page_that_asked_takes_what_was_found(kept, desk, door):
    asker, other = Line(waits=False), Line()
    for page in (asker, other):
        desk.receive(page, {"content": {"data": {}}})
    turn = asker.begin("open", nickname="Fjellrev", password=PASSWORD)
    door.open.set()
    assert asker.answer(turn)["ready"]
    other.tell("take", turn=turn)
    assert other.said[-1]["refused"] == "given_up"
    assert desk.state()["state"] == "off"
    asker.tell("take", turn=turn)
    assert asker.said[-1]["state"] == "open"


def test_who_asks_once_more_gets_the_answers_and_the_first_try_holds_nothing(kept, desk, line, door):
    first = line.begin("open", nickname="Fjellrev", password=PASSWORD)
    assert door.reached.acquire(timeout=60)
    second = line.begin("open", nickname="Fjellrev", password=PASSWORD)
    door.open.set()
    assert line.answer(first)["refused"] == "given_up"
    assert line.answer(second)["state"] == "open"


def test_what_another_page_has_opened_meanwhile_stays_open(kept, desk, line, door, tmp_path):
    turn = line.begin("create", nickname="Blåmeis", password=PASSWORD)
    assert door.reached.acquire(timeout=60)
    desk.keeping.begin(door.seek_new(desk.keeping, "Dompap", PASSWORD))
    door.open.set()
    assert line.answer(turn)["refused"] == "busy"
    assert desk.keeping.is_open
    assert len(list(tmp_path.rglob("*.nykurs"))) == 2


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
