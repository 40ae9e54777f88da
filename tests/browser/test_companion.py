"""The leader's second window: it follows the wall, steers it, keeps the time, and tells the wall nothing."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course import content, notebooks
from widgets import lab as lab_files
from widgets.lab.contents import MODULES

NAME = "01_avhengighet"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TIMING = Path(lab_files.__file__).parent / "labextension" / "static" / "timing.js"
# Minutes 0-12, 12-18, 18-28, a break to 38, 38-58, 58-60.
PLAN = [
    {"id": "one", "minutes": 12, "essential": True, "rank": 0},
    {"id": "two", "minutes": 6, "essential": False, "rank": 3},
    {"id": "three", "minutes": 10, "essential": False, "rank": 1},
    {"id": "", "minutes": 10, "essential": False, "rank": 9},
    {"id": "four", "minutes": 20, "essential": False, "rank": 2},
    {"id": "five", "minutes": 2, "essential": True, "rank": 0},
]


@pytest.fixture(scope="session")
def wall_server(start_lab):
    """The server of `present`."""
    return start_lab(present=True)


def begun(page) -> None:
    """Wait until the presenter is there."""
    page.wait_for_function("/\\d/.test(document.querySelector('.nykurs-present-place')?.textContent)")


@pytest.fixture
def pair(open_module, context, wall_server):
    """The window on the wall and the leader's, opened from it by a key."""
    wall = open_module(NAME, fresh=False, server=wall_server)
    begun(wall)
    with context.expect_page() as opened:
        wall.keyboard.press("l")
    leader = opened.value
    expect(leader.locator("#plan li")).not_to_have_count(0)
    expect(leader.locator("#place")).to_have_text(re.compile(r"\d"))
    yield wall, leader
    leader.evaluate("localStorage.clear()")


def place(page) -> tuple[int, int]:
    """Which slide, and of how many, as the window says."""
    text = page.locator(".nykurs-present-place, #place").inner_text()
    return tuple(map(int, re.findall(r"\d+", text)[:2]))


def same(wall, leader, number: int) -> None:
    """Both windows come to this slide."""
    for page in (wall, leader):
        expect(page.locator(".nykurs-present-place, #place")).to_contain_text(re.compile(rf"\b{number}\b.*\d"))


def jump(wall, leader, number: int) -> None:
    """Go to a slide by its number."""
    for key in ("g", *str(number), "Enter"):
        wall.keyboard.press(key)
    same(wall, leader, number)


def sentences() -> list[str]:
    """What only the leader reads, in pieces long enough to be told from anything that is for everyone."""
    found = notebooks.read(MODULES / "nb" / f"{NAME}.ipynb")
    ours = [cell.text for cell in found if cell.leader and cell.kind == "markdown"]
    folder = content.CONTENT / "nb"
    everyones = [cell.text for cell in found if not cell.leader]
    everyones += [(folder / file).read_text(encoding="utf-8") for file in (f"{NAME}.yaml", "support.yaml")]
    pieces = [piece.strip() for text in ours for piece in re.findall(r"[^.*«»\n]{25,}", text)]
    return [piece for piece in pieces if piece not in "\n".join(everyones)]


def send(page, message: dict) -> None:
    """What a window tells the others."""
    page.evaluate("told => new BroadcastChannel('nykurs-wall').postMessage(told)", message)


HEAR = "() => void (new BroadcastChannel('nykurs-wall').onmessage = ({ data }) => (window.heard ??= []).push(data.is))"


def test_each_window_follows_the_other_and_a_reload_of_either_finds_the_way_back(pair, words):
    wall, leader = pair
    wall.keyboard.press("PageDown")
    same(wall, leader, 2)
    leader.keyboard.press("End")
    last = place(wall)[1]
    same(wall, leader, last)
    expect(leader.locator(".slide").nth(1)).to_contain_text(words["lab.companion_last"])
    leader.keyboard.press("b")
    expect(wall.locator(".nykurs-present-blank")).to_be_visible()
    expect(leader.get_by_role("button", name=words["lab.companion_blank"])).to_have_attribute("aria-pressed", "true")
    leader.keyboard.press("b")
    talk = next(part.title for part in content.load(NAME, "nb").parts if part.step == "talk")
    leader.locator("#plan").get_by_role("button", name=talk).click()
    expect(leader.locator("#plan [aria-current]")).to_contain_text(talk)
    at = place(leader)[0]
    same(wall, leader, at)
    wall.reload()
    begun(wall)
    same(wall, leader, at)
    leader.reload()
    same(wall, leader, at)
    # Another window of this module goes: the leader's asks who is left, and this one answers.
    wall.evaluate(HEAR)
    send(wall, {"is": "gone", "module": NAME})
    wall.wait_for_function("(window.heard ?? []).join(' ').includes('asked wall')")
    expect(leader.get_by_role("button", name=words["lab.companion_step"])).to_be_enabled()
    expect(leader.locator("#alone")).to_be_hidden()
    wall.keyboard.press("F9")
    expect(leader.locator("#alone")).to_contain_text(words["lab.companion_alone"])
    expect(leader.get_by_role("button", name=words["lab.companion_step"])).to_be_disabled()
    other = content.load("07_tilbakefall", "nb")
    send(wall, {"is": "wall", "module": other.name, "title": other.title})
    expect(leader.locator("#alone")).to_contain_text(words["lab.companion_other"].format(title=other.title))
    leader.get_by_role("link", name=words["lab.companion_follow"]).click()
    expect(leader.get_by_role("heading", name=other.title)).to_be_visible()


def test_the_script_of_the_part_and_the_key_of_the_quiz_stand_there_and_nothing_of_it_on_the_wall(pair):
    wall, leader = pair
    told = sentences()
    assert len(told) > 50
    read = set()
    for number in range(1, place(wall)[1] + 1):
        jump(wall, leader, number)
        html = leader.locator("#notes").inner_text()
        read.update(piece for piece in told if piece in html)
        text = wall.content()
        assert not [piece for piece in told if piece in text]
        if wall.locator(".nykurs-on-slide .nykurs-quiz").count():
            expect(leader.locator("#key")).not_to_be_empty()
    assert len(read) > 20


# What of these sentences can be read at each frame, and at the moment when the full screen is asked for.
READ = """told => {
  window.read = [];
  const look = () => {
    const text = document.querySelector('.jp-NotebookPanel')?.innerText ?? '';
    read.push(...told.filter(piece => text.includes(piece)));
  };
  const often = () => (look(), requestAnimationFrame(often));
  requestAnimationFrame(often);
  const ask = Element.prototype.requestFullscreen;
  Element.prototype.requestFullscreen = function (...given) {
    read.length = 0;
    look();
    window.atFullScreen = [...read];
    return ask.apply(this, given);
  };
}"""


def test_a_leaders_own_page_shows_none_of_it_from_the_key_to_the_leaders_own_wish(open_module, leader_lab, words):
    page = open_module(server=leader_lab)
    told = sentences()
    before = page.content()
    assert sum(piece in before for piece in told) > 50
    page.evaluate(READ, told)
    page.keyboard.press("F9")
    begun(page)
    assert page.evaluate("window.atFullScreen") == []
    during = page.content()
    assert not [piece for piece in told if piece in during]
    page.add_init_script(f"({READ})({json.dumps(told)})")
    page.reload()
    begun(page)
    page.keyboard.press("F9")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    show = page.get_by_role("button", name=words["lab.script_show"])
    expect(show).to_be_visible()
    assert page.evaluate("read") == []
    show.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("read.length > 0")
    after = page.content()
    assert [piece for piece in told if piece in before] == [piece for piece in told if piece in after]
    page.get_by_role("button", name=words["lab.script_hide"]).click()
    expect(show).to_be_visible()
    assert page.locator(".nykurs-for-leader:visible").count() == 0


def test_the_emergency_sheet_is_one_key_away_and_both_windows_have_no_violations(pair):
    wall, leader = pair
    leader.keyboard.press("PageDown")
    for page, include in ((leader, [["body"]]), (wall, [["#nykurs-present-bar"], [".nykurs-page"]])):
        found = Axe().run(page, context={"include": include}, options=RULES).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    leader.keyboard.press("a")
    dialog = leader.get_by_role("dialog")
    expect(dialog).to_contain_text("113")
    at = place(wall)
    leader.keyboard.press("ArrowRight")
    assert place(wall) == at
    found = Axe().run(leader, options=RULES).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    leader.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_quiz_is_answered_on_the_wall_while_the_leader_watches(pair, words):
    wall, leader = pair
    number = 1
    while not wall.locator(".nykurs-on-slide .nykurs-quiz input:visible").count():
        number += 1
        jump(wall, leader, number)
    wall.locator(".nykurs-on-slide .nykurs-quiz input:visible").first.check()
    wall.get_by_role("button", name=words["quiz.answer"]).click()
    wall.wait_for_selector(".nykurs-on-slide .nykurs-reply:not(:empty):visible")
    assert place(wall) == place(leader)


@pytest.fixture
def meet(wall_server):
    """Chooses a meeting that begins at this hour, until the test is done; what is planned comes back."""

    def meet(start: str, minutes: int = 60) -> dict:
        body = {"minutes": minutes, "start": start, "skip": []}
        return json.loads(wall_server.request(f"nykurs/session/{NAME}", "POST", body)[1])

    yield meet
    wall_server.request(f"nykurs/session/{NAME}", "DELETE")


def test_the_clock_says_how_the_time_stands_and_what_to_leave_out(clock, pair, meet, words):
    wall, leader = pair
    begin = leader.get_by_role("button", name=words["lab.companion_begin"])
    plan, said = meet("10:05"), leader.locator("#time")
    clock.install(time=datetime(2026, 11, 23, 10, 0))
    leader.reload()
    same(wall, leader, 1)
    expect(said).to_have_text(words["lab.companion_begins"].format(time="10:05"))
    expect(leader.locator("#plan li").first).to_contain_text("10:05")
    clock.fast_forward("03:05:00")  # the room was taken: nobody has begun, so nobody is late
    expect(said).to_have_text(words["lab.companion_not_begun"])
    expect(leader.locator("#plan li").first).not_to_contain_text(re.compile(r"\d\d:\d\d"))
    begin.click()
    wall.keyboard.press("PageDown")  # the first part of the plan
    expect(said).to_have_text(words["lab.companion_on_time"])
    expect(begin).to_be_hidden()
    expect(leader.locator("#plan li").first).to_contain_text("13:05")
    clock.fast_forward("20:00")
    amount = words["lab.companion_minutes"].format(minutes=20 - plan["parts"][0]["minutes"])
    behind = words["lab.companion_behind"].format(amount=amount)
    expect(said).to_contain_text(behind)
    before, after = words["lab.companion_skip"].split("{parts}")
    expect(said).to_contain_text(re.compile(f"{re.escape(before)}«.+»{re.escape(after)}"))
    leader.reload()
    expect(said).to_contain_text(behind)
    clock.fast_forward("01:11:00")
    expect(said).to_have_text(words["lab.companion_over"])
    begin.click()
    expect(said).to_have_text(words["lab.companion_on_time"])
    parts, slides = leader.locator("#plan li").count(), place(wall)[1]
    meet("10:05", minutes=90)
    send(wall, {"is": "meeting", "module": NAME})  # as the form says it
    expect(leader.locator("#plan li")).not_to_have_count(parts)
    expect(wall.locator(".nykurs-present-place")).not_to_have_text(re.compile(rf"\b{slides}\b"))


@pytest.mark.parametrize(
    ("begun", "planned", "now", "where"),
    [
        (None, None, 600, "waiting"),
        (None, 600, 599, "ahead"),
        (None, 600, 600, "waiting"),  # the hour itself begins nothing
        (None, 600, 780, "waiting"),
        (780, 600, 781, "running"),
        (590, 600, 595, "running"),  # begun before the hour
        (600, None, 690, "running"),  # half an hour over time
        (600, None, 691, "over"),
    ],
)
def test_only_somebody_begins_a_meeting_and_long_after_it_is_over(blank_page, begun, planned, now, where):
    times = {"begun": begun, "planned": planned, "now": now, "minutes": 60}
    assert timing(blank_page, "phase", times) == where


@pytest.mark.parametrize(
    ("part", "gone", "behind", "skip"),
    [
        ("one", 6, 0, []),
        ("one", 12, 0, []),
        ("one", 14, 2, []),
        ("one", 15, 3, ["two"]),
        ("one", 20, 8, ["two", "four"]),
        ("two", 10, -2, []),
        ("three", 36, 0, []),  # in the break
        ("three", 42, 4, ["four"]),
        ("four", 65, 7, []),  # nothing is left that may go
        ("unknown", 99, None, None),
    ],
)
def test_minutes_become_behind_ahead_and_what_to_skip(blank_page, part, gone, behind, skip):
    found = timing(blank_page, "standing", PLAN, part, gone)
    assert found == (None if skip is None else {"behind": behind, "skip": skip})


def timing(page, name: str, *given: object) -> object:
    """What a function of timing.js answers."""
    return page.evaluate(
        """([source, name, given]) =>
            import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
                .then(found => found[name](...given))""",
        [TIMING.read_text(encoding="utf-8"), name, given],
    )


@pytest.fixture(scope="module")
def blank_page(chromium):
    """A page of nobody's, to run a script on."""
    page = chromium.new_page()
    yield page
    page.close()


def test_participants_have_neither_the_window_nor_the_plan(lab, wall_server):
    for path in (f"nykurs/companion/{NAME}", f"nykurs/session/{NAME}"):
        assert lab.request(path)[0] == 404
        assert wall_server.request(path)[0] == 200
        assert not re.search("nykurs-companion|leftOut", wall_server.request(path, token="wrong")[1])
    assert wall_server.request("nykurs/companion/99_ukjent")[0] == 404
