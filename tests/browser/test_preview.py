"""The page that authors have beside their editor: every face of every exercise, drawn anew when a file is saved."""

import os
import shutil
from pathlib import Path

import new_module
import pytest

import course

COURSE = Path(course.__file__).parent
NAME = "00_velkommen"


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """A folder with a course of its own to write in, whose first module is small."""
    folder = tmp_path_factory.mktemp("authors")
    shutil.copytree(COURSE, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "course" / "content" / "nb" / f"{NAME}.yaml").write_bytes(new_module.text(NAME, "Liten", "nb"))
    return folder


def test_an_exercise_follows_its_file_and_gives_way_to_a_letter(start_lab, context, ready, copied):
    paths = os.pathsep.join(map(str, (copied, COURSE.parent)))
    server = start_lab(preview=True, surroundings={"PYTHONPATH": paths})
    file = copied / "course" / "content" / "nb" / f"{NAME}.yaml"
    before, title = file.read_text(encoding="utf-8"), "Hva tenker du?"
    page = context.new_page()
    page.goto(f"{server.address}/lab/tree/{NAME}.ipynb?token=for-tests-only")
    ready(page)
    first, second = page.locator(".nykurs-preview-row").first, page.locator(".nykurs-preview-row").nth(1)
    for face in ("live .nykurs-card", "blank .paper", "key .paper"):
        first.locator(f".nykurs-preview-{face}", has_text=title).wait_for()
    second.locator(".nykurs-preview-projector .nykurs-projected").wait_for()

    file.write_text(before.replace(f'title: "{title}"', 'title: "Noe annet"'), encoding="utf-8")
    for face in ("live .nykurs-card", "blank .paper", "key .paper"):
        first.locator(f".nykurs-preview-{face}", has_text="Noe annet").wait_for()

    file.write_text(before.replace(f'title: "{title}"', 'titel: "Noe annet"'), encoding="utf-8")
    first.locator(".nykurs-preview-letters", has_text="titel").wait_for()
    assert second.locator(".nykurs-card").count() == 1

    file.write_text(before, encoding="utf-8")
    first.locator(".nykurs-preview-live .nykurs-card", has_text=title).wait_for()
