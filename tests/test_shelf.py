"""Every exercise by the name of its answer."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from answers import CHECK_IN, TRIGGER_MAP, WORKSHEET, module_of

from course import content, shelf
from course.model import ANSWER_TYPES, Category, Field, Module


@pytest.fixture
def course(monkeypatch):
    """A course of these modules, in this order; an exception stands for a module that cannot be read."""

    def make(*modules: Module | Exception):
        def load(number: str, language: str) -> Module:
            if isinstance(modules[int(number)], Exception):
                raise modules[int(number)]
            return modules[int(number)]

        monkeypatch.setattr(shelf, "_latest", {})
        monkeypatch.setattr(content, "names", lambda language: tuple(map(str, range(len(modules)))))
        monkeypatch.setattr(content, "load", load)
        return shelf.exercises()

    return make


def test_every_exercise_of_the_course_that_has_an_answer_is_there_under_its_name():
    known = shelf.exercises("nb")
    for module in map(content.load, content.names("nb")):
        for exercise in module.exercises:
            keeps = ANSWER_TYPES[type(exercise)] not in shelf.NOT_KEPT
            assert (module.answer_name(exercise) in known) == keeps
            if keeps:
                assert type(known[module.answer_name(exercise)][1]) is type(exercise)


def test_exercises_stand_in_the_order_of_the_modules():
    modules = [module.name for module, _ in shelf.exercises("nb").values()]
    assert modules == sorted(modules)


def test_no_name_is_one_under_which_a_card_keeps_where_somebody_was():
    assert not [name for name in shelf.exercises("nb") if name.endswith(shelf.PLACE)]


def test_a_module_that_cannot_be_read_hides_no_other(course):
    module = module_of(WORKSHEET)
    assert course(content.ContentError(("feil",)), module) == {"01_test/sheet": (module, WORKSHEET)}


def test_exercises_that_share_an_answer_are_one_with_all_that_can_be_answered_in_any_of_them(course):
    people, places = TRIGGER_MAP.categories
    body = Category(id="body", label="Kroppen")
    first = module_of(replace(TRIGGER_MAP, answers="mine", categories=(people,), often=()))
    other = module_of(replace(TRIGGER_MAP, answers="mine", title="En til", categories=(places, body, people)))
    module, exercise = course(first, other)["mine"]
    assert module is first
    assert exercise.title == TRIGGER_MAP.title
    assert exercise.categories == (people, places, body)
    assert exercise.often == TRIGGER_MAP.often


def test_the_first_definition_of_a_shared_field_counts(course):
    kinds = ("text", "long")
    fields = [(Field(id="same", kind=kind, label=kind), Field(id=kind, kind=kind, label=kind)) for kind in kinds]
    sheets = [module_of(replace(WORKSHEET, answers="mine", fields=each)) for each in fields]
    assert course(*sheets)["mine"][1].fields == (*fields[0], fields[1][1])


def test_an_exercise_of_another_kind_under_a_taken_name_is_left_out(course):
    first, other = module_of(replace(WORKSHEET, answers="mine")), module_of(replace(CHECK_IN, answers="mine"))
    assert course(first, other)["mine"] == (first, first.exercises[0])


def test_a_changed_file_is_noticed(monkeypatch, tmp_path):
    copied = Path(shutil.copytree(Path(__file__).parent / "data" / "good", tmp_path / "good"))
    shutil.copy(content.CONTENT / "nb" / "ui.yaml", copied / "content" / "nb")
    monkeypatch.setattr(shelf, "_latest", {})
    monkeypatch.setattr(content, "CONTENT", copied / "content")
    monkeypatch.setattr(content, "MODULES", copied / "modules")
    before = shelf.exercises()
    assert shelf.exercises() is before
    path = copied / "content" / "nb" / "01_eksempel.yaml"
    name, (_, exercise) = next(iter(before.items()))
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{exercise.title}"', '"Et nytt navn"'), encoding="utf-8")
    assert shelf.exercises()[name][1].title == "Et nytt navn"
