"""What runs through all modules: the fictional person's story, and the goals that come back in each check-out."""

import re

import pytest

from course import content, notebooks, rhythm

NAMES = [name for name in content.names("nb") if not content.load(name).next_of_kin]
KIN = [name for name in content.names("nb") if name not in NAMES]
GOAL = "Har du et mål"
URGE = "Er suget sterkere nå enn da du kom?"
NOT_ALOUD = "Ingen sier målet sitt høyt, og den som ikke har noe, hviler."


def said(name: str, step: str, leader: bool = False) -> str:
    """The prose of one step of a module, for participants or for the leader."""
    module = content.load(name)
    cells = notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")
    (part,) = (part for part in module.parts if part.step == step)
    found = rhythm.by_part(module, cells)[part.id]
    return "\n".join(cell.text for cell in found if cell.kind == "markdown" and cell.leader == leader)


def story(name: str) -> str:
    """What a module says of the fictional person before anything else."""
    return next(line for line in said(name, "today").splitlines() if "Eli" in line)


@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_new_hears_who_the_fictional_person_is_and_that_she_is_made_up(name):
    assert "**Eli (oppdiktet)**" in story(name)
    assert re.search(r"jobber på lager.* (og )?synger i kor", story(name))


def test_the_story_goes_on_from_module_to_module():
    assert len({story(name) for name in NAMES}) == len(NAMES)


def test_the_guide_tells_the_leader_the_whole_story():
    (section,) = (each for each in content.guide("nb").sections if each.id == "eli")
    titles = [re.search(r"\*\*(\w+)", item)[1] for item in section.items]
    wanted = sorted(map(content.load, content.names("nb")), key=lambda module: module.next_of_kin)
    assert len(titles) == len(wanted)
    for title, module in zip(titles, wanted, strict=True):
        assert title[:10] in module.title


@pytest.mark.parametrize("name", NAMES)
def test_the_goals_come_back_in_the_check_out_before_the_question_about_the_urge_and_nobody_says_them(name):
    text = said(name, "checkout")
    assert text.count(GOAL) == 1
    assert text.index(GOAL) < text.index(URGE) or name == "00_velkommen"  # where they are written the same day
    if name != "00_velkommen":
        assert NOT_ALOUD in said(name, "checkout", leader=True)


@pytest.mark.parametrize("name", KIN)
def test_a_meeting_for_next_of_kin_asks_for_no_goals_from_the_first_meeting(name):
    assert GOAL not in said(name, "checkout")
