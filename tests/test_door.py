"""What a notebook's `show` gives: cards, fixed boxes, and a letter for an unknown id."""

import subprocess
import sys

import pytest

from course import content, recap
from widgets import module
from widgets.box import source_ids

NAMES = content.names("nb")


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_of_the_course_has_a_live_and_a_printed_face(name):
    show = module(name)
    for exercise in content.load(name).exercises:
        bundle = show(exercise.id)._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert data["application/vnd.nykurs.card+json"] == {"module": name, "id": exercise.id}
        assert "application/vnd.jupyter.widget-view+json" in data
        assert f'id="sheet-{exercise.id}"' in data["text/html"]
        assert exercise.id in data["text/plain"]


@pytest.mark.parametrize("name", NAMES)
def test_fixed_texts_are_shown_unchanged(name):
    show = module(name)
    assert "113" in show("safety")._repr_mimebundle_()["text/html"]
    assert "116 117" in show("help")._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("name", NAMES)
def test_the_source_list_names_every_source_once(name):
    html = module(name)("sources")._repr_mimebundle_()["text/html"]
    for identifier in source_ids(recap.of(content.load(name))):
        assert identifier in html


def test_an_unknown_exercise_gets_a_letter_with_the_nearest_name():
    name = NAMES[0]
    known = content.load(name).exercises[0].id
    with pytest.raises(content.ContentError, match=known):
        module(name)(f"{known}x")


def test_opening_the_door_imports_nothing_heavy():
    program = (
        f"import sys; from widgets import module; module({NAMES[0]!r}); "
        "heavy = ('matplotlib', 'numpy', 'jsonschema', 'nbconvert', 'ipywidgets'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
