"""The face for a whole room: the fictional person's example or a blank sheet, never a participant's entries."""

import pytest

from course import content, journal
from course.model import Landing, LoopMap, Quiz, TriggerMap, Worksheet
from widgets import module, sheet
from widgets.example import example

EXERCISES = [(name, exercise) for name in content.names("nb") for exercise in content.load(name).exercises]
NAMED = [f"{name}-{exercise.id}" for name, exercise in EXERCISES]


@pytest.mark.parametrize(("name", "exercise"), EXERCISES, ids=NAMED)
def test_every_exercise_has_a_face_for_the_room_that_says_whose_it_is(name, exercise, words, boxes):
    shown = sheet.projected(exercise, words, boxes)
    assert f'id="sheet-{exercise.id}"' in shown
    assert (words["sheet.projected"] in shown) == (example(exercise) is not None)


@pytest.mark.parametrize(("name", "exercise"), EXERCISES, ids=NAMED)
def test_it_does_not_change_with_what_a_participant_enters(name, exercise, words, boxes):
    before = sheet.projected(exercise, words, boxes)
    card = module(name)(exercise.id)
    kept = example(exercise)
    if kept is not None:
        card.keep(kept if not isinstance(exercise, Worksheet) else type(kept)(values={"secret": "hemmelig ord"}))
        assert len(journal.live)
    assert sheet.projected(exercise, words, boxes) == before


@pytest.mark.parametrize("kind", [Worksheet, TriggerMap, LoopMap])
def test_every_kind_of_reflection_has_an_example_somewhere(kind):
    assert any(isinstance(exercise, kind) and example(exercise) for _, exercise in EXERCISES)


@pytest.mark.parametrize("kind", [Quiz, Landing])
def test_knowledge_and_landing_are_shown_blank(kind, words, boxes):
    for _, exercise in EXERCISES:
        if isinstance(exercise, kind):
            assert sheet.projected(exercise, words, boxes) == sheet.blank(exercise, words, boxes)
