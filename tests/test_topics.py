"""What each part of a module is made of, and the works a module rests on, by work."""

import inspection
import pytest
from rich.console import Console

from course import content, notebooks, topics
from course.model import Source
from widgets.box import source_ids

NAMES = content.names("nb")
NO = "no"


def read(name: str):
    return content.load(name), notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")


def source(identifier: str, reference: str, confirmed: str = "yes", checked: str = "2026-11-21") -> Source:
    return Source(id=identifier, reference=reference, confirmed=confirmed, checked=checked)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_exercise_and_source_of_a_module_belongs_to_one_of_its_parts(name):
    module, cells = read(name)
    found = topics.topics(module, cells)
    assert [topic.part for topic in found] == list(module.parts)
    assert [cell for topic in found for cell in topic.cells] == [cell.id for cell in cells[2:]]  # after the title
    assert {each for topic in found for each in topic.exercises} == {exercise.id for exercise in module.exercises}
    assert {each for topic in found for each in topic.sources} == set(source_ids(module))


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_list_of_a_module_has_every_fact_and_rule_it_rests_on_once(name):
    module, cells = read(name)
    known, reading = content.sources("nb"), topics.reading(module, cells)
    facts = {fact for work in reading.works for _, ids in work.facts for fact in ids}
    rules = {rule.id for rule in reading.rules}
    assert facts | rules == set(source_ids(module))
    assert facts & rules == set()
    assert [work.reference.casefold() for work in reading.works] == sorted(
        {w.reference.casefold() for w in reading.works}
    )
    for work in reading.works:
        assert work.parts
        for level, ids in work.facts:
            assert content.words("nb")[f"guide.confirmed.{level}"]
            assert {topics.level(known[fact].confirmed) for fact in ids} == {level}
    assert set(reading.laws) == {fact for fact in facts if "LOVDATA" in known[fact].confirmed}


def test_the_works_of_one_publisher_stand_together_and_a_year_is_no_work_of_its_own(monkeypatch):
    module, cells = read(NAMES[0])
    first, second, third = source_ids(module)[:3]
    known = {each: source(each, "Klinisk skjønn") for each in source_ids(module)}
    known[first] = source(first, "Helsenorge, «B»; Litt mfl. 2009; 2015, PMC1")
    known[second] = source(second, "helsenorge, «A»", "no")
    known[third] = source(third, "FHI", checked="2026-11-20")
    monkeypatch.setattr(content, "sources", lambda language: known)
    works = {work.reference: work for work in topics.reading(module, cells).works}
    assert {"Litt mfl. 2009; 2015, PMC1", "FHI"} <= set(works)
    assert works["Helsenorge: «A»; «B»"].facts == (("yes", (first,)), (NO, (second,)))
    assert (works["FHI"].checked, topics.reading(module, cells).checked) == ("2026-11-20", "")


@pytest.mark.parametrize(
    ("confirmed", "level"),
    [
        ("yes", "yes"),
        ("yes; LOVDATA", "yes"),
        ("yes, 2nd-hand; LOVDATA", "second_hand"),
        ("no; LOVDATA", NO),
        ("no (TIP 41 text), yes (TIP 42 principle)", NO),
        ("claim yes, figure no", "partly"),
        ("yes (basis)", "partly"),
    ],
)
def test_a_source_that_is_not_wholly_confirmed_never_counts_as_it(confirmed, level):
    assert topics.level(confirmed) == level


def test_check_tells_which_cells_exercises_and_sources_each_part_has(capsys):
    module, cells = read("01_avhengighet")
    inspection.tell_topics([content.CONTENT / "nb" / "01_avhengighet.yaml"])
    lines = capsys.readouterr().out.splitlines()
    for line, topic in zip(lines, topics.topics(module, cells), strict=True):
        assert line.startswith(f"01_avhengighet · {topic.part.id} (")
        assert all(each in line for each in (*topic.cells, *topic.exercises, *topic.sources))


def test_the_table_for_the_terminal_cuts_nothing_off():
    module, cells = read("01_avhengighet")
    console = Console(width=80, force_terminal=True)
    with console.capture() as captured:
        console.print(inspection.table(module.name, topics.topics(module, cells)))
    said = captured.get()
    assert "…" not in said
    assert [part.id for part in module.parts if part.id[:16] not in said] == []
