"""What the wall shows of exercises about a person's own life."""

import pytest

from course import content, journal
from course.keeping import Keeping
from course.model import Quiz, QuizAnswer
from widgets import desk, presenting


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_exercise_is_either_for_the_room_or_has_a_face_without_a_form(name):
    faces = presenting.faces(name, "nb")
    for exercise in content.load(name, "nb").exercises:
        assert (exercise.id in faces) is presenting.is_private(exercise)
    assert not any(tag in face for face in faces.values() for tag in ("<input", "<textarea", "<select"))


def test_a_kind_that_nobody_has_thought_of_is_private():
    assert presenting.is_private(object())
    assert not presenting.is_private(Quiz.__new__(Quiz))


def test_the_presenter_begins_with_an_empty_store():
    store = journal.Journal()
    store.put("recap", QuizAnswer(at=1))
    reply = desk.ACTIONS["present"](Keeping(store), {"module": "01_avhengighet"})
    assert len(store) == 0
    assert reply["faces"]["my-reasons"]
