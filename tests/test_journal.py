"""The store of answers."""

import pytest

from course.journal import Journal
from course.model import QuizAnswer, WorksheetAnswer, frozen


def test_an_answer_that_was_never_given_is_an_empty_one_of_its_kind():
    assert Journal().get("01/goals", WorksheetAnswer) == WorksheetAnswer()


def test_what_is_put_is_what_comes_back():
    journal = Journal()
    answer = WorksheetAnswer(values=frozen({"why": "Barna"}))
    journal.put("01/goals", answer)
    assert journal.get("01/goals", WorksheetAnswer) is answer


def test_a_name_keeps_the_kind_it_was_first_used_with():
    journal = Journal()
    journal.put("mine", WorksheetAnswer())
    with pytest.raises(TypeError, match="WorksheetAnswer"):
        journal.put("mine", QuizAnswer())
    assert journal.get("mine", QuizAnswer) == QuizAnswer()


def test_others_are_told_of_a_change_and_the_writer_is_not():
    journal, told = Journal(), []
    for owner in ("writer", "other"):
        journal.listen("mine", owner, lambda owner=owner: told.append(owner))
    journal.put("mine", QuizAnswer(at=1), writer="writer")
    assert told == ["other"]


def test_nobody_is_told_when_nothing_changed_or_after_they_left():
    journal, told = Journal(), []
    journal.listen("mine", "other", lambda: told.append("other"))
    journal.put("mine", QuizAnswer(at=1))
    journal.put("mine", QuizAnswer(at=1))
    journal.forget("other")
    journal.put("mine", QuizAnswer(at=2))
    assert told == ["other"]


def test_clearing_leaves_nothing():
    journal = Journal()
    journal.put("mine", QuizAnswer(at=3))
    journal.clear()
    assert len(journal) == 0
    assert journal.get("mine", QuizAnswer) == QuizAnswer()


def test_the_repr_never_shows_an_entry():
    journal = Journal()
    journal.put("mine", WorksheetAnswer(values=frozen({"why": "hemmelig"})))
    assert "hemmelig" not in repr(journal)
