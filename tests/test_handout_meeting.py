"""Handouts of a meeting that was chosen: what they leave out, and the agenda that the leader's opens with."""

from collections import Counter
from datetime import time
from pathlib import Path

import handout
import html5lib
import prints
import pytest
from handout import making
from messages import words as said

from course import chosen, content, notebooks, session
from course.agenda import agenda
from course.boards import boards
from course.session import Choice

NAMES = content.names("nb")
MINUTES = {name: 90 if at % 4 == 2 else 45 for at, name in enumerate(NAMES)}  # of the meeting of each module
HTML = "{http://www.w3.org/1999/xhtml}"
START = time(13, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The handouts when a meeting is chosen for every module, most of them short and some long."""
    out = tmp_path_factory.mktemp("meetings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NYKURS_DATA", str(tmp_path_factory.mktemp("chosen")))
        for name in NAMES:
            chosen.write(name, Choice(MINUTES[name], START))
        handout.make(out=out)
        yield out


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


def page(made: Path, name: str, audience: str):
    return html5lib.parse((made / "nb" / f"{name}{making.ENDINGS[audience]}").read_text(encoding="utf-8"))


def meeting(name: str) -> session.Session:
    return session.build(content.load(name), cells(name), Choice(MINUTES[name], START))


def cells(name: str) -> tuple[notebooks.Cell, ...]:
    return notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")


@pytest.mark.parametrize("audience", handout.AUDIENCES)
@pytest.mark.parametrize("name", NAMES)
def test_the_pages_have_the_parts_of_the_meeting_and_no_others(name, audience, made):
    included = {planned.part for planned in meeting(name).parts}
    headings = [text_of(each) for each in page(made, name, audience).iter(f"{HTML}h2")]
    parts = content.load(name).parts
    assert 0 < len(included) < len(parts)
    assert [part.title for part in parts if (part.title in headings) != (part.id in included)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_have_the_sheets_of_the_meeting_and_no_others(name, made):
    held = meeting(name)
    out = session.left_out(content.load(name), cells(name), held)
    exercises = {exercise.id for exercise in content.load(name).exercises}
    wanted = {cell.shows for cell in cells(name) if cell.id not in out} & exercises
    known = {board.exercise for board in boards(content.load(name), cells(name))}
    assert wanted & known == ({held.board.exercise} if MINUTES[name] == 90 else set())
    for audience in handout.AUDIENCES:
        ids = {each.get("id", "") for each in page(made, name, audience).iter(f"{HTML}section")}
        assert {each.removeprefix("sheet-") for each in ids if each.startswith("sheet-")} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_leaders_document_opens_with_the_agenda_and_names_what_is_left_out(name, made, words):
    tree, held, titles = page(made, name, "leader"), meeting(name), {p.id: p.title for p in content.load(name).parts}
    table = next(each for each in tree.iter(f"{HTML}table"))
    rows = [[text_of(cell) for cell in row] for row in table.find(f"{HTML}tbody")]
    shown = agenda(content.load(name), held)
    assert rows == [[line.clock, line.title, line.minutes] for line in shown.lines]
    assert [row[0] for row in rows] == [each.begins.isoformat("minutes") for each in held.parts]
    assert f"«{held.board.title}»" in text_of(table) if held.board else "«" not in text_of(table)
    assert "13:30" in text_of(table.find(f"{HTML}caption"))
    assert {45: "14:15", 90: "15:00"}[MINUTES[name]] in text_of(table.find(f"{HTML}caption"))
    main = text_of(tree.find(f"{HTML}body/{HTML}main"))
    checklist = next(part.title for part in content.guide("nb").on("before") if part.tick)
    left_out = main[main.index(words["handout.meeting.left_out"]) : main.index(checklist)]
    taken = {each.part for each in held.parts}
    assert [title for part, title in titles.items() if (title in left_out) == (part in taken)] == []


def test_the_overview_leads_to_no_sheet_that_was_left_out(made, words):
    index = html5lib.parse((made / "index.html").read_text(encoding="utf-8"))
    links = [each.get("href") for each in index.iter(f"{HTML}a") if "#sheet-" in each.get("href")]
    assert len(links) >= len(NAMES)
    for link in links:
        address, _, fragment = link.partition("#")
        assert f'id="{fragment}"' in (made / address).read_text(encoding="utf-8"), link
    told = {
        minutes: text_of(index).count(words["handout.meeting.follows"].format(minutes=minutes)) for minutes in (45, 90)
    }
    assert told == Counter(MINUTES.values())


def test_the_command_says_which_pages_follow_a_chosen_meeting(made, capsys):
    prints.tell_meetings(NAMES, "nb")
    lines = capsys.readouterr().out.splitlines()
    titles = {name: content.load(name).title for name in NAMES}
    assert lines == [said("handouts.follows", title=titles[name], minutes=str(MINUTES[name])) for name in NAMES]


def test_nothing_is_said_and_nothing_left_out_when_nothing_is_chosen(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path))
    prints.tell_meetings(NAMES, "nb")
    assert capsys.readouterr().out == ""
    handout.make(NAMES[:1], ["participant"], out=tmp_path / "out")
    headings = [text_of(each) for each in page(tmp_path / "out", NAMES[0], "participant").iter(f"{HTML}h2")]
    assert [part.title for part in content.load(NAMES[0]).parts if part.title not in headings] == []
