"""The presenter: one slide at a time, by keys, readable from the back of the room, and nothing for the leader on it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from course import content

NAME = "01_avhengighet"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What is wrong with the slide that is shown: it scrolls, is cut off, is empty, or holds what is too small to read.
FAULTS = """() => {
  const stage = document.querySelector('.nykurs-page .jp-WindowedPanel-outer'), found = [];
  const edge = stage.getBoundingClientRect();
  if (stage.scrollHeight > stage.clientHeight) found.push(`scrolls ${stage.scrollHeight} in ${stage.clientHeight}`);
  if (stage.scrollWidth > stage.clientWidth) found.push(`scrolls sideways`);
  let texts = 0;
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, node = text.parentElement;
    if (!text.data.trim() || !node.getClientRects().length) continue;
    if (node.closest('svg, .pocket, .nykurs-hidden, sup')) continue;
    texts += 1;
    const size = parseFloat(getComputedStyle(node).fontSize), box = node.getBoundingClientRect();
    if (size < 28) found.push(`${size} px: ${text.data.slice(0, 30)}`);
    if (box.bottom > edge.bottom + 1 || box.right > edge.right + 1) found.push(`cut off: ${text.data.slice(0, 30)}`);
    if (node.closest('.nykurs-for-leader')) found.push(`leader: ${text.data.slice(0, 30)}`);
  }
  if (!texts && !stage.querySelector('svg')) found.push('empty');
  return found;
}"""


@pytest.fixture(scope="session")
def wall(start_lab):
    """The server of `present`."""
    return start_lab(present=True)


@pytest.fixture
def presented(open_module, wall):
    """Opens a module, which goes straight into the presenter."""

    def presented(name: str = NAME):
        page = open_module(name, fresh=False, server=wall)
        page.wait_for_selector("#nykurs-present-bar")
        page.wait_for_function("/\\d/.test(document.querySelector('.nykurs-present-place').textContent)")
        return page

    return presented


def place(page) -> tuple[int, int]:
    """Which slide, and of how many."""
    return tuple(map(int, re.findall(r"\d+", page.locator(".nykurs-present-place").inner_text())[:2]))


def walk(page) -> dict[int, list[str]]:
    """The faults of every slide, from first to last by one key."""
    at, last = place(page)
    assert at == 1
    faults = {at: page.evaluate(FAULTS)}
    for _ in range(600):
        if at == last and not page.locator("[data-nykurs-later]").count():
            return {slide: found for slide, found in faults.items() if found}
        page.keyboard.press("PageDown")
        at = place(page)[0]
        faults.setdefault(at, page.evaluate(FAULTS))
    raise AssertionError(f"never came to the last slide: {at} of {last}")


def go_to(page, selector: str) -> None:
    """The first slide that shows this."""
    page.keyboard.press("Home")
    for _ in range(600):
        if page.locator(selector).count():
            return
        page.keyboard.press("PageDown")
    raise AssertionError(selector)


def violations(page) -> list[str]:
    """What axe-core finds on the slide and in the bar."""
    include = [[".nykurs-page"], ["#nykurs-present-bar"]]
    found = Axe().run(page, context={"include": include}, options=RULES).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_slide_fits_from_first_to_last(presented, name):
    page = presented(name)
    assert walk(page) == {}
    page.keyboard.press("m")
    page.keyboard.press("Home")
    assert walk(page) == {}


def test_a_quiz_is_answered_on_its_slide_and_owns_its_keys(presented, words):
    page = presented()
    go_to(page, ".nykurs-quiz input:visible")
    at = place(page)
    radio = page.locator(".nykurs-quiz input:visible").first
    radio.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("b")
    assert place(page) == at
    assert not page.locator(".nykurs-present-blank").is_visible()
    page.keyboard.press("Space")
    page.get_by_role("button", name=words["quiz.answer"]).click()
    page.wait_for_selector(".nykurs-on-slide .nykurs-reply:not(:empty):visible")
    page.wait_for_function(f"({FAULTS})().length === 0")  # measured anew in the next frame
    for _ in range(3):
        page.keyboard.press("PageDown")
        assert page.evaluate(FAULTS) == []
    assert place(page)[0] > at[0]


def test_keys_go_home_to_the_end_to_a_number_and_to_black(presented):
    page = presented()
    page.keyboard.press("End")
    assert place(page)[0] == place(page)[1]
    page.keyboard.press("Home")
    assert place(page)[0] == 1
    for key in ("g", "1", "2", "Enter"):
        page.keyboard.press(key)
    assert place(page)[0] == 12
    page.keyboard.press("b")
    assert page.locator(".nykurs-present-blank").is_visible()
    page.keyboard.press("b")
    assert not page.locator(".nykurs-present-blank").is_visible()


def test_list_items_come_one_at_a_time(presented):
    page = presented()
    go_to(page, "[data-nykurs-later]")
    at, hidden = place(page), page.locator("[data-nykurs-later]").count()
    page.keyboard.press("ArrowRight")
    assert (place(page), page.locator("[data-nykurs-later]").count()) == (at, hidden - 1)


def test_an_exercise_about_ones_own_life_is_an_example_and_never_a_form(presented, words):
    page = presented()
    go_to(page, ".nykurs-projected:visible")
    assert words["sheet.projected"] in page.locator(".nykurs-projected:visible").inner_text()
    assert page.locator(".nykurs-worksheet:visible").count() == 0
    assert page.locator(".nykurs-page :is(textarea, input):visible").count() == 0


def test_f9_goes_in_empty_and_out_and_leaves_the_leaders_text_behind(open_module, leader_lab, words):
    page = open_module(server=leader_lab)
    page.locator(".nykurs-quiz input:visible").first.check()
    page.keyboard.press("F9")
    page.wait_for_selector("#nykurs-present-bar")
    page.wait_for_function("document.fullscreenElement !== null")
    assert page.locator(".nykurs-for-leader:visible, #nykurs-header:visible").count() == 0
    page.wait_for_function("document.querySelectorAll('.nykurs-quiz input:checked').length === 0")
    page.keyboard.press("F9")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    assert page.locator(".nykurs-for-leader:visible").count()
    page.get_by_role("button", name=words["lab.present"]).click()
    page.wait_for_selector("#nykurs-present-bar")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_selector("#nykurs-present-bar", state="detached")


@pytest.mark.parametrize("dark", [False, True])
def test_slides_have_no_violations(presented, dark):
    page = presented()
    if dark:
        page.keyboard.press("t")
    for selector in (".jp-RenderedMarkdown p:visible", ".nykurs-quiz input:visible"):
        go_to(page, selector)
        assert violations(page) == []
    if dark:
        page.keyboard.press("t")
