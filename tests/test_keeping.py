"""Keeping the live journal in its file: when, what, and what happens when it cannot be done."""

import threading

import pytest

from course import keeping, records
from course.journal import Journal
from course.keeping import Keeping
from course.model import QuizAnswer, WorksheetAnswer, frozen
from course.storage import Refusal, SealedFile

WHO = ("Fjellrev", "sju grønne sykler i regn")
GOALS = "my-goals"


def goals(text: str) -> WorksheetAnswer:
    return WorksheetAnswer(values=frozen({"own-words": text}))


@pytest.fixture
def course(tmp_path, cheap_keys):
    """Starts a course with an empty journal, as often as it is asked to, on one folder."""
    started = []

    def start() -> Keeping:
        started.append(Keeping(Journal(), folder=tmp_path))
        return started[-1]

    yield start
    for one in started:
        if one.is_open:
            one.lock()


def wait_for(condition, seconds=20):
    """True as soon as the saving thread has come so far."""
    pause = threading.Event()
    for _ in range(seconds * 50):
        if condition():
            return True
        pause.wait(0.02)
    return False


def test_what_was_entered_before_it_was_asked_for_is_kept_too(course):
    first = course()
    first.journal.put(GOALS, goals("å sove"))
    first.create(*WHO)
    assert first.lock()
    assert len(first.journal) == 0
    second = course()
    second.open(*WHO)
    assert second.journal.get(GOALS, WorksheetAnswer) == goals("å sove")


def test_a_change_is_saved_by_itself(course, tmp_path):
    one = course()
    one.create(*WHO)
    (path,) = tmp_path.rglob("*.nykurs")
    before = path.read_bytes()
    one.journal.put(GOALS, goals("å sove"))
    assert wait_for(lambda: path.read_bytes() != before)


def test_opening_and_locking_without_a_change_leaves_the_file_alone(course, tmp_path):
    one = course()
    one.create(*WHO)
    one.lock()
    (path,) = tmp_path.rglob("*.nykurs")
    before = path.read_bytes()
    second = course()
    second.open(*WHO)
    second.lock()
    assert path.read_bytes() == before


def test_what_was_entered_today_is_not_lost_when_kept_answers_come_back(course):
    one = course()
    one.journal.put(GOALS, goals("fra før helga"))
    one.create(*WHO)
    one.lock()
    one.journal.put(GOALS, goals("fra i dag"))
    one.journal.put("my-questions", WorksheetAnswer(values=frozen({"most-important": "søvn"})))
    one.open(*WHO)
    assert one.journal.get(GOALS, WorksheetAnswer) == goals("fra før helga")
    assert [each.text for each in one.journal.earlier(GOALS)] == ["fra i dag"]
    assert one.journal.get("my-questions", WorksheetAnswer).values["most-important"] == "søvn"
    one.lock()
    second = course()
    second.open(*WHO)
    assert [each.text for each in second.journal.earlier(GOALS)] == ["fra i dag"]


def test_a_second_course_is_told_that_it_is_open_already(course):
    one, two = course(), course()
    one.create(*WHO)
    with pytest.raises(Refusal) as refusal:
        two.open(*WHO)
    assert refusal.value.reason == "busy"
    assert not two.is_open


def test_a_save_that_fails_is_told_and_nothing_is_forgotten(course, monkeypatch):
    one, told = course(), []
    one.create(*WHO)
    one.on_change = lambda: told.append(one.trouble)

    def fail(self, content):
        raise Refusal("full")

    with monkeypatch.context() as broken:
        broken.setattr(SealedFile, "save", fail)
        one.journal.put(GOALS, goals("å sove"))
        assert not one.flush()
        assert not one.lock()
    assert (one.trouble, told[0]) == ("full", "full")
    assert one.journal.get(GOALS, WorksheetAnswer) == goals("å sove")
    assert one.flush()
    assert told[-1] == ""


def test_a_failed_save_is_never_taken_for_a_saved_one_by_a_second_try_at_the_same_time(course, monkeypatch):
    one, entered, go_on = course(), threading.Event(), threading.Event()
    one.create(*WHO)

    def fail(self, content):
        entered.set()
        go_on.wait(20)
        raise Refusal("full")

    with monkeypatch.context() as broken:
        broken.setattr(SealedFile, "save", fail)
        one.on_change = lambda: go_on.wait(20)
        one.journal.put(GOALS, goals("å sove"))
        answers = []
        tries = [threading.Thread(target=lambda: answers.append(one.lock())) for _ in range(3)]
        for each in tries:
            each.start()
        assert entered.wait(20)
        go_on.set()
        for each in tries:
            each.join()
    assert answers == [False, False, False]
    assert one.journal.get(GOALS, WorksheetAnswer) == goals("å sove")


@pytest.mark.faults_expected
def test_whatever_goes_wrong_while_saving_it_is_told_and_tried_again(course, monkeypatch, caplog):
    one = course()
    one.create(*WHO)

    def fail(*_, **__):
        raise OSError("å sove stod i denne meldingen")

    with monkeypatch.context() as broken:
        broken.setattr(records.Scribe, "bytes", fail)
        one.journal.put(GOALS, goals("å sove"))
        assert not one.lock()
        assert not one.lock()
    assert one.trouble == "unwritable"
    assert "å sove" not in caplog.text
    assert wait_for(lambda: one.flush())
    assert one.lock()


def test_nothing_is_left_open_when_the_first_save_fails(course, monkeypatch, tmp_path):
    one = course()

    def fail(self, content):
        raise Refusal("full")

    monkeypatch.setattr(SealedFile, "save", fail)
    with pytest.raises(Refusal):
        one.create(*WHO)
    assert not one.is_open
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_clinic_can_switch_it_off(course, monkeypatch, tmp_path):
    monkeypatch.setenv("NYKURS_JOURNAL", "off")
    for act in (course().create, course().open):
        with pytest.raises(Refusal) as refusal:
            act(*WHO)
        assert refusal.value.reason == "forbidden"
    assert not list(tmp_path.iterdir())


def test_a_document_of_a_later_course_is_refused_and_left(course, monkeypatch, tmp_path):
    one = course()
    one.create(*WHO)
    one.lock()

    def unread(data):
        raise records.Misread

    with monkeypatch.context() as later:
        later.setattr(records, "from_bytes", unread)
        with pytest.raises(Refusal) as refusal:
            one.open(*WHO)
    assert refusal.value.reason == "newer"
    one.open(*WHO)


def test_a_fault_while_opening_leaves_the_file_free_for_the_next_try(course, monkeypatch):
    one = course()
    one.create(*WHO)
    one.lock()
    with monkeypatch.context() as broken:
        broken.setattr(records, "read", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            one.open(*WHO)
    assert not one.is_open
    one.open(*WHO)
    assert one.is_open


def test_deleting_everything_leaves_no_file_and_the_answers_on_the_page(course, tmp_path):
    one = course()
    one.journal.put(GOALS, goals("å sove"))
    one.create(*WHO)
    one.erase()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not one.is_open
    assert one.journal.get(GOALS, WorksheetAnswer) == goals("å sove")


def test_the_time_before_locking_is_kept_with_the_answers(course):
    one = course()
    one.create(*WHO)
    one.lock_after(60)
    one.lock()
    assert one.lock_minutes == keeping.LOCK_MINUTES
    one.open(*WHO)
    assert one.lock_minutes == 60


def test_a_course_that_nobody_touches_is_said_to_be_idle(course, monkeypatch):
    monkeypatch.setattr(keeping, "GRACE", 0.04)
    one, idle = course(), threading.Event()
    one.on_idle = idle.set
    one.create(*WHO)
    one.lock_after(0)
    assert idle.wait(20)


def test_records_without_an_exercise_are_kept_as_they_are(course):
    one = course()
    one.create(*WHO)
    one._strays = {"gone/exercise": {"kind": "quiz", "answer": {"at": 2}}}
    one.journal.put("01_avhengighet/recap", QuizAnswer(at=1))
    one.lock()
    one.open(*WHO)
    assert one.strays["gone/exercise"]["answer"] == {"at": 2}


def test_its_repr_shows_nothing(course):
    one = course()
    one.journal.put(GOALS, goals("hemmelig"))
    one.create(*WHO)
    assert repr(one) == "Keeping(open)"
