"""What the wall shows of exercises about a person's own life."""

import pytest

from course import content, journal
from course.keeping import Keeping
from course.model import Excerpt, GroupBoard, GroupBoardAnswer, Quiz, QuizAnswer, Tally, TallyAnswer, WorksheetAnswer
from widgets import desk, presenting

NAME = "01_avhengighet"
BOARDS = [
    (name, content.load(name).answer_name(exercise), exercise)
    for name in content.names("nb")
    for exercise in content.load(name).exercises
    if isinstance(exercise, (Tally, GroupBoard))
]


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_exercise_is_either_for_the_room_or_has_a_face_without_a_form(name):
    faces = presenting.faces(name, "nb")
    for exercise in content.load(name, "nb").exercises:
        assert (exercise.id in faces) is presenting.is_private(exercise)
    assert not any(tag in face for face in faces.values() for tag in ("<input", "<textarea", "<select"))


def test_a_kind_that_nobody_has_thought_of_is_private():
    assert presenting.is_private(object())
    assert not presenting.is_private(Quiz.__new__(Quiz))


def entered() -> journal.Journal:
    """A store with hands and cards of every module, and with answers of somebody's own."""
    store = journal.Journal()
    for _, name, exercise in BOARDS:
        hands = isinstance(exercise, Tally)
        store.put(name, TallyAnswer(revealed=True) if hands else GroupBoardAnswer(columns={"": ("Musikk",)}))
    store.put(f"{NAME}/recap", QuizAnswer(at=1))
    store.put("my-reasons", WorksheetAnswer(values={"secret": "hemmelig ord"}))
    store.keep_earlier("my-reasons", (Excerpt(label="Før", text="hemmelig ord"),))
    return store


def present(store: journal.Journal, **asked: object) -> dict:
    """What the desk answers when a page begins to present."""
    return desk.ACTIONS["present"](Keeping(store), {"module": NAME, **asked})


def test_the_presenter_begins_with_an_empty_store():
    store = entered()
    reply = present(store)
    assert store.snapshot() == ({}, {})
    assert reply["faces"]["my-reasons"]


@pytest.mark.parametrize("name", sorted({name for name, _, _ in BOARDS}))
def test_the_same_meeting_keeps_what_the_room_made_in_this_module_and_nothing_else(name):
    store = entered()
    before = store.snapshot()[0]
    present(store, module=name, again=True)
    mine = {answer: before[answer] for module, answer, _ in BOARDS if module == name}
    assert store.snapshot() == (mine, {})


def test_an_answer_of_another_kind_under_the_name_of_a_board_is_not_the_rooms():
    name = next(answer for module, answer, _ in BOARDS if module == NAME)
    answers = {name: WorksheetAnswer(values={"secret": "hemmelig ord"})}
    assert presenting.boards(NAME, "nb", answers) == {}


def test_the_page_can_ask_whether_the_room_has_made_something():
    ask = desk.ACTIONS["boards"]
    assert ask(Keeping(entered()), {"module": NAME}) == {"boards": True}
    assert ask(Keeping(journal.Journal()), {"module": NAME}) == {"boards": False}
