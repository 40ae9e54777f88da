"""A meeting that is fitted into the minutes a group has, the choice of it, and what the leader's form is told."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import time
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tornado import web

from course import chosen, content, notebooks, rhythm, session
from course.agenda import Line, agenda, reason, when
from course.boards import boards
from course.model import Part
from course.session import BREAK, LENGTHS, Choice, Impossible
from widgets.lab import server
from widgets.lab.session import Read, SessionHandler, kept, reply, tried

READ = {
    name: (content.load(name), notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")) for name in content.names()
}
NAMES = sorted(READ)
TEN = time(10)
MODULE, CELLS = READ["07_tilbakefall"]
QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FRAME = {"welcome", "today", "talk", "takeaway", "checkout"}
MAIN = {  # what a meeting of 45 minutes must have room for
    "00_velkommen": {"silence", "agreement", "own-goals"},
    "01_avhengighet": {"tolerance-both-ways", "own-reasons"},
    "02_belonningssystemet": {"small-joys-exercise"},
    "03_rop": {"circle-exercise"},
    "07_tilbakefall": {"after-a-break", "my-map"},
    "08_min_plan": {"when-it-fails", "own-plan"},
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Nothing here touches what somebody has chosen."""
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def parts_of(meeting: session.Session) -> list[str]:
    return [each.part for each in meeting.parts if each.part != BREAK]


def board_in(part: str, meeting: session.Session) -> float:
    """The minutes that the group's board has in this part."""
    return meeting.board.minutes if meeting.board and meeting.board.part == part else 0


def counted(name: str) -> dict[str, float]:
    return {part: each.total for part, each in rhythm.minutes(*READ[name]).items()}


@st.composite
def choices(draw):
    """Any module and any choice that names parts which can be left out."""
    name = draw(st.sampled_from(NAMES))
    needed = session.essential(*READ[name])
    free = [part.id for part in READ[name][0].parts if part.id not in needed]
    skip = draw(st.lists(st.sampled_from(free), unique=True))
    return name, Choice(draw(st.sampled_from(LENGTHS)), draw(st.times()), tuple(skip))


# Whole parts, exact minutes


@QUICK
@given(choices())
def test_minutes_add_up_and_the_order_is_the_modules(drawn):
    name, choice = drawn
    meeting = session.build(*READ[name], choice)
    names = parts_of(meeting)
    assert sum(each.minutes for each in meeting.parts) == choice.minutes
    assert names == [part.id for part in READ[name][0].parts if part.id in names]


@QUICK
@given(choices())
def test_what_no_meeting_is_without_is_there_and_what_is_skipped_is_not(drawn):
    name, choice = drawn
    names = set(parts_of(session.build(*READ[name], choice)))
    assert session.essential(*READ[name]) <= names
    assert not names & set(choice.skip)
    assert {part.step for part in READ[name][0].parts if part.id in names and part.layer == "core"} >= FRAME


@QUICK
@given(choices())
def test_parts_are_whole_and_only_the_talk_is_longer(drawn):
    name, choice = drawn
    module, minutes = READ[name][0], counted(name)
    steps, meeting = {part.id: part.step for part in module.parts}, session.build(*READ[name], choice)
    for each in meeting.parts:
        if each.part == BREAK:
            continue
        usual = minutes[each.part] + board_in(each.part, meeting)
        if steps[each.part] == "talk":
            assert each.minutes >= usual
        elif steps[each.part] == "welcome" and choice.minutes == 45:
            assert each.minutes in (usual, usual - 4)  # one word each
        else:
            assert each.minutes == usual


@QUICK
@given(choices())
def test_no_part_that_would_fit_is_dropped(drawn):
    name, choice = drawn
    module, minutes = READ[name][0], counted(name)
    meeting = session.build(*READ[name], choice)
    given_to = {each.part: each.minutes for each in meeting.parts}
    (talk,) = (part.id for part in module.parts if part.step == "talk")
    over = given_to[talk] - minutes[talk] - board_in(talk, meeting)
    dropped = [part.id for part in module.parts if part.id not in given_to and part.id not in choice.skip]
    assert all(minutes[part] > over for part in dropped)


@QUICK
@given(choices())
def test_a_long_meeting_has_one_break_between_two_parts_near_the_middle(drawn):
    name, choice = drawn
    meeting = session.build(*READ[name], choice)
    at = [number for number, each in enumerate(meeting.parts) if each.part == BREAK]
    assert len(at) == (choice.minutes == 90)
    if at:
        before, after = meeting.parts[: at[0]], meeting.parts[at[0] + 1 :]
        assert before
        assert after
        assert meeting.parts[at[0]].minutes == 10
        uneven = abs(sum(each.minutes for each in before) - sum(each.minutes for each in after))
        assert uneven <= max(before[-1].minutes, after[0].minutes)  # moving one part over would not make it better


@QUICK
@given(choices())
def test_each_part_begins_when_the_one_before_ends_also_past_midnight(drawn):
    name, choice = drawn
    gone = choice.start.hour * 60 + choice.start.minute
    for each in session.build(*READ[name], choice).parts:
        assert (each.begins.hour * 60 + each.begins.minute) == gone % (24 * 60)
        gone += int(each.minutes)


@QUICK
@given(choices())
def test_no_choice_takes_a_warning_from_what_rests_on_it(drawn):
    """A part about stopping shows its box itself (S-02); one about relapse has its box in the meeting (S-03)."""
    name, choice = drawn
    module, cells = READ[name]
    names = parts_of(session.build(module, cells, choice))
    out = session.left_out(module, cells, session.build(module, cells, choice))
    by_part = rhythm.by_part(module, cells)
    shown = {part: {cell.shows for cell in by_part[part] if cell.id not in out} for part in names}
    everywhere = set().union(*shown.values())
    assert {"safety", "help", "sources"} <= everywhere
    for part in module.parts:
        if part.id in names and "S-02" in part.sources:
            assert "stopping" in shown[part.id], part.id
        if part.id in names and "S-03" in part.sources:
            assert everywhere & {"after-break", "overdose"}, part.id


@QUICK
@given(st.sampled_from(NAMES), st.sampled_from(LENGTHS), st.data())
def test_any_module_fits_exactly_or_is_told_how_much_it_needs(name, length, data):
    module, cells = READ[name]
    minutes = data.draw(st.lists(st.integers(0, 60), min_size=len(module.parts), max_size=len(module.parts)))
    keeps = data.draw(st.lists(st.booleans(), min_size=len(module.parts), max_size=len(module.parts)))
    parts = [
        replace(part, minutes=each / 2, keep=keep)
        for part, each, keep in zip(module.parts, minutes, keeps, strict=True)
    ]
    module, fault = replace(module, parts=tuple(parts)), None
    try:
        assert sum(each.minutes for each in session.build(module, cells, Choice(length, TEN)).parts) == length
        return
    except Impossible as refused:
        fault = refused
    assert fault.reason == "short"
    assert fault.values["needed"] > length - 10 * (length == 90)
    assert reason(module, fault).endswith((".", ")."))
    for other in LENGTHS:
        with nullcontext() if other in fault.values["lengths"] else pytest.raises(Impossible):
            session.build(module, cells, Choice(other, TEN))


# What is kept longest


@pytest.mark.parametrize("name", NAMES)
def test_sixty_minutes_without_a_wish_is_the_whole_core(name):
    core = [part.id for part in READ[name][0].parts if part.layer == "core"]
    assert parts_of(session.build(*READ[name], Choice(60, TEN))) == core
    assert parts_of(session.usual(*READ[name], TEN)) == core


@pytest.mark.parametrize("name", sorted(MAIN))
def test_the_shortest_meeting_keeps_the_main_exercise_and_what_the_group_needs(name):
    meeting = session.build(*READ[name], Choice(45, TEN))
    assert MAIN[name] <= set(parts_of(meeting))
    first, last = meeting.parts[0], meeting.parts[-1]
    assert (first.minutes, last.minutes) == (8, 12)  # the first round gives the time, never the check-out


@pytest.mark.parametrize("name", NAMES)
def test_the_core_stays_before_more_and_the_exercise_before_knowledge_and_recap(name):
    module = READ[name][0]
    ranks, needed = session.ranks(*READ[name]), session.essential(*READ[name])
    free = sorted((part for part in module.parts if part.id not in needed), key=lambda part: ranks[part.id])
    assert [part.layer for part in free] == sorted(part.layer for part in free)  # core, more
    core = [part.step for part in free if part.layer == "core"]
    assert core == sorted(core, key=("exercise", "knowledge", "recap").index)
    assert {ranks[part] for part in needed} == {0}
    assert sorted(ranks[part.id] for part in free) == list(range(1, len(free) + 1))


def test_leaving_out_a_part_makes_room_for_another():
    before = parts_of(session.build(MODULE, CELLS, Choice(60, TEN)))
    after = parts_of(session.build(MODULE, CELLS, Choice(60, TEN, ("my-map", "warm-up"))))
    assert "first-hour" not in before
    assert "first-hour" in after


# What cannot be


@pytest.mark.parametrize(
    ("choice", "why", "said"),
    [
        (Choice(50, TEN), "length", "45, 60 eller 90"),
        (Choice(0, TEN), "length", "45, 60 eller 90"),
        (Choice(60, TEN, ("my-mapp",)), "unknown", "Mente du my-map?"),
        (Choice(60, TEN, ("check-in",)), "needed", "«Velkommen og innsjekk» er med i alle møter."),
        (Choice(90, TEN, ("after-a-break",)), "needed", "Disse kan utelates: warm-up"),
    ],
)
def test_what_cannot_be_says_what_can(choice, why, said):
    with pytest.raises(Impossible) as caught:
        session.build(MODULE, CELLS, choice)
    assert caught.value.reason == why
    assert said in reason(MODULE, caught.value)


def test_too_short_a_meeting_says_how_much_is_needed_and_which_length_is_enough():
    module = replace(MODULE, parts=tuple(replace(part, keep=part.layer == "core") for part in MODULE.parts))
    with pytest.raises(Impossible) as caught:
        session.build(module, CELLS, Choice(45, TEN))
    assert "tar 56 minutter. Velg 60 eller 90 minutter." in reason(module, caught.value)


def test_keep_holds_a_part_in_the_core_and_says_nothing_of_more():
    parts = tuple(replace(part, keep=part.id in ("warm-up", "saying-no")) for part in MODULE.parts)
    needed = session.essential(replace(MODULE, parts=parts), CELLS)
    assert "warm-up" in needed
    assert "saying-no" not in needed


# The group's board


def over(name: str, meeting: session.Session) -> float:
    """The minutes of the talk that nobody has asked for."""
    talk = next(part.id for part in READ[name][0].parts if part.step == "talk")
    given_to = {each.part: each.minutes for each in meeting.parts}
    return given_to[talk] - counted(name)[talk] - board_in(talk, meeting)


@pytest.mark.parametrize("name", NAMES)
def test_every_long_meeting_has_one_of_the_groups_boards_and_its_minutes_are_in_its_part(name):
    meeting = session.build(*READ[name], Choice(90, TEN))
    shown = [cell.shows for cell in READ[name][1] if cell.id not in session.left_out(*READ[name], meeting)]
    assert meeting.board.exercise in shown
    given_to = {each.part: each.minutes for each in meeting.parts}
    assert given_to[meeting.board.part] >= counted(name)[meeting.board.part] + meeting.board.minutes


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_board_is_shown_when_its_minutes_are_left_and_not_when_they_are_not(name, length):
    module, cells = READ[name]
    meeting, known = session.build(module, cells, Choice(length, TEN)), boards(module, cells)
    shown = {cell.id for cell in cells} - session.left_out(module, cells, meeting)
    assert known
    for board in known:
        assert set(board.cells) <= shown if board == meeting.board else not set(board.cells) & shown
    if length < 90:  # the core takes nearly all of them
        assert meeting.board is None
        assert over(name, meeting) < min(board.minutes for board in known)


@QUICK
@given(choices())
def test_no_meeting_lacks_a_board_that_its_minutes_have_room_for(drawn):
    name, choice = drawn
    meeting = session.build(*READ[name], choice)
    possible = [board for board in boards(*READ[name]) if board.part in parts_of(meeting)]
    if meeting.board:
        assert meeting.board in possible
    else:
        assert all(board.minutes > over(name, meeting) for board in possible)


def test_a_shorter_meeting_gives_the_board_only_what_nothing_else_has_taken():
    skip = ("warm-up",)
    assert session.build(MODULE, CELLS, Choice(60, TEN, skip)).board is None  # a part for more time has them
    skip += tuple(part.id for part in MODULE.parts if part.layer == "more")
    meeting = session.build(MODULE, CELLS, Choice(60, TEN, skip))
    assert meeting.board.exercise == "party-board"
    assert {each.part: each.minutes for each in meeting.parts}["group-talk"] == 9  # 3, 5, and one that is over


def test_the_first_board_of_a_meeting_is_the_one_it_has():
    network, cells = READ["06_nettverk"]
    assert session.build(network, cells, Choice(90, TEN)).board.exercise == "places-board"
    without = Choice(90, TEN, ("old-friends",))
    assert session.build(network, cells, without).board.exercise == "asking-hands"


def test_the_usual_meeting_is_the_core_without_a_board():
    usual = session.usual(MODULE, CELLS, TEN)
    assert usual.board is None
    assert {cell for board in boards(MODULE, CELLS) for cell in board.cells} <= session.left_out(MODULE, CELLS, usual)


@pytest.mark.parametrize("name", NAMES)
def test_the_leader_is_told_of_a_board_in_a_cell_that_comes_and_goes_with_it(name):
    cells = READ[name][1]
    for board in boards(*READ[name]):
        *told, shows = board.cells
        by_id = {cell.id: cell for cell in cells}
        assert len(told) == 1
        assert by_id[told[0]].leader
        assert by_id[shows].shows == board.exercise


# What the wall leaves out


@pytest.mark.parametrize("name", NAMES)
def test_the_wall_leaves_out_whole_parts_and_what_is_for_more_time_but_for_the_groups_board(name):
    module, cells = READ[name]
    layers, by_part = {part.id: part.layer for part in module.parts}, rhythm.by_part(module, cells)
    meeting = session.build(module, cells, Choice(90, TEN))
    taken, out = parts_of(meeting), session.left_out(module, cells, meeting)
    assert any(layers[part] == "more" for part in taken)
    for part, found in by_part.items():
        for cell in found:
            gone = part not in taken or (layers[part] == "core" and "more" in cell.tags)
            assert (cell.id in out) == (gone and cell.id not in meeting.board.cells), cell.id
    before = [cell.id for cell in cells if cell.id not in {each.id for found in by_part.values() for each in found}]
    assert before
    assert not out & set(before)  # the title stands in no part


# The agenda


def test_an_agenda_has_a_line_with_a_clock_for_each_part_and_the_break():
    shown = agenda(MODULE, session.build(MODULE, CELLS, Choice(90, time(9, 30))))
    assert (shown.begins, shown.ends, shown.minutes) == ("09:30", "11:00", "90")
    assert shown.lines[0] == Line("check-in", "09:30", "Velkommen og innsjekk", "12")
    assert [line.title for line in shown.lines if not line.part] == ["Pause"]
    assert [line.title for line in shown.lines if line.part == "group-talk"] == [
        "Snakk sammen – med «Tavla: Eli skal på fest»"
    ]
    titles = {part.title for part in MODULE.parts if part.id != "group-talk"}
    lines = {line.title for line in shown.lines if line.part not in ("", "group-talk")}
    assert lines | {part.title for part in shown.left_out} == titles


def test_the_agenda_of_a_choice_has_its_clock_and_tells_of_a_short_round_and_there_is_none_without_one():
    assert chosen.meeting(MODULE, CELLS) is None
    chosen.write(MODULE.name, Choice(45, time(13)))
    shown = agenda(MODULE, chosen.meeting(MODULE, CELLS))
    assert (shown.begins, shown.ends) == ("13:00", "13:45")
    assert shown.note  # the first round is short, and the leader is told
    chosen.write(MODULE.name, Choice(60, time(13)))
    assert not agenda(MODULE, chosen.meeting(MODULE, CELLS)).note


@pytest.mark.parametrize(
    ("text", "hour"), [("9:05", time(9, 5)), ("09.05", time(9, 5)), ("0905", time(9, 5)), ("9", time(9))]
)
def test_a_clock_is_read_as_people_write_it(text, hour):
    assert when(text) == hour


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9:5", "ni", "-1", "10:00:00", "１０:00"])
def test_what_is_no_clock_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        when(text)


# The choice


@QUICK
@given(choices())
def test_a_choice_is_kept_as_it_was_made(drawn):
    name, choice = drawn
    choice = replace(choice, start=choice.start.replace(second=0, microsecond=0, fold=0))
    chosen.write(name, choice)
    assert chosen.read(name) == choice
    assert chosen.meeting(*READ[name]) == session.build(*READ[name], choice)
    chosen.write(name, None)
    assert chosen.read(name) is None


def test_one_modules_choice_leaves_the_others_alone(own_folder):
    chosen.write("01_avhengighet", Choice(45, TEN))
    chosen.write("07_tilbakefall", Choice(90, TEN, ("my-map",)))
    chosen.write("01_avhengighet", None)
    assert chosen.read("07_tilbakefall") == Choice(90, TEN, ("my-map",))
    assert [path.name for path in own_folder.iterdir()] == ["sessions.json"]  # and nothing half-written


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"07_tilbakefall": 7}', '{"07_tilbakefall": {"minutes": "x", "start": "10:00", "skip": []}}',
     '{"07_tilbakefall": {"minutes": 60, "start": "25:00", "skip": []}}', '{"07_tilbakefall": {"minutes": 60}}',
     '{"07_tilbakefall": {"minutes": 60, "start": 10, "skip": []}}', "[" * 100_000, "\x00"],
)  # fmt: skip
def test_a_damaged_file_is_as_if_nothing_was_chosen(own_folder, text):
    own_folder.mkdir()
    (own_folder / "sessions.json").write_text(text, encoding="utf-8")
    assert chosen.read("07_tilbakefall") is None
    chosen.write("07_tilbakefall", Choice(60, TEN))
    assert chosen.read("07_tilbakefall") == Choice(60, TEN)


def test_a_choice_that_a_module_has_grown_out_of_is_no_meeting():
    chosen.write("07_tilbakefall", Choice(60, TEN, ("a-part-that-was",)))
    assert chosen.meeting(MODULE, CELLS) is None


def test_a_choice_that_cannot_be_written_leaves_the_old_one(monkeypatch):
    chosen.write("07_tilbakefall", Choice(60, TEN))
    monkeypatch.setattr(chosen.whole.os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        chosen.write("07_tilbakefall", Choice(90, TEN))
    assert chosen.read("07_tilbakefall") == Choice(60, TEN)
    assert kept(Read(MODULE, CELLS), Choice(90, TEN))["refused"]
    assert kept(Read(MODULE, CELLS), Choice(90, TEN))["minutes"] == 60


# What the form and the presenter are told


def test_the_usual_meeting_has_no_clock_and_no_break():
    told = reply(Read(MODULE, CELLS), None)
    assert (told["chosen"], told["start"], told["minutes"], told["refused"]) == (False, "", 60, "")
    assert [part["id"] for part in told["parts"]] == [part.id for part in MODULE.parts]
    assert {part["begins"] for part in told["parts"]} == {""}
    assert [part["id"] for part in told["parts"] if part["included"]] == parts_of(session.usual(MODULE, CELLS, TEN))


def test_a_meeting_is_told_with_its_break_in_place_and_json_can_hold_it():
    told = json.loads(json.dumps(tried(Read(MODULE, CELLS), "90", "10:00", ["my-map"])))
    included = [part for part in told["parts"] if part["included"]]
    assert [part["id"] for part in included].count("") == 1
    assert [part["begins"] for part in included] == sorted(part["begins"] for part in included)
    assert sum(part["minutes"] for part in included) == 90
    assert (told["chosen"], told["start"], told["ends"], told["skip"]) == (False, "10:00", "11:30", ["my-map"])
    assert {part["begins"] for part in told["parts"] if not part["included"]} == {""}
    assert all(part["rank"] == 0 for part in told["parts"] if part["essential"])
    assert {part["line"] for part in told["parts"]} - {part["title"] for part in told["parts"]} == {
        "Snakk sammen – med «Tavla: Eli skal på fest»"
    }


def test_trying_a_meeting_does_not_choose_it():
    tried(Read(MODULE, CELLS), "90", "10:00", [])
    assert chosen.read("07_tilbakefall") is None


def test_what_is_refused_says_why_and_shows_what_is_chosen():
    chosen.write("07_tilbakefall", Choice(45, TEN))
    for minutes, start, skip in (("50", "10:00", []), ("60", "10:77", []), ("60", "10:00", ["check-in"])):
        told = tried(Read(MODULE, CELLS), minutes, start, skip)
        assert told["refused"].endswith(".")
        assert (told["chosen"], told["minutes"]) == (True, 45)
    with pytest.raises(web.HTTPError):
        tried(Read(MODULE, CELLS), "sixty", "10:00", [])


@pytest.mark.parametrize(
    ("leader", "present", "there"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_only_a_leader_has_a_session_to_ask(leader, present, there, monkeypatch):
    added = []
    contents = object.__new__(server.CourseContents)
    monkeypatch.setattr(server.CourseContents, "leader", leader)
    monkeypatch.setattr(server, "SharedKernel", lambda app: None)
    app = SimpleNamespace(
        contents_manager=contents,
        base_url="/",
        config=SimpleNamespace(NyKurs={"present": present}),
        web_app=SimpleNamespace(settings={}, add_handlers=lambda host, handlers: added.extend(handlers)),
    )
    server._load_jupyter_server_extension(app)
    assert any(handler is SessionHandler for _, handler in added) == there


def test_a_part_keeps_nothing_unless_it_says_so():
    assert not Part(id="a", step="talk", title="A").keep
