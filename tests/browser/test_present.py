"""The presenter: one slide at a time, by keys, readable from the back of the room, and nothing for the leader on it."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course import content

NAME = "01_avhengighet"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PROJECTOR = (1280, 720)
SIZES = (PROJECTOR, (1920, 1080), (1024, 768)) if os.environ.get("NYKURS_FULL") else (PROJECTOR,)
# What is wrong with the slide that is shown: it scrolls, is cut off, says nothing, or holds what is too small to read.
FAULTS = """() => {
  const stage = document.querySelector('.nykurs-page .jp-WindowedPanel-outer'), found = [];
  const edge = stage.getBoundingClientRect();
  if (stage.scrollHeight > stage.clientHeight) found.push(`scrolls ${stage.scrollHeight} in ${stage.clientHeight}`);
  if (stage.scrollWidth > stage.clientWidth) found.push(`scrolls sideways`);
  let texts = 0, said = 0;
  const scale = node => {
    const drawn = node.ownerSVGElement && node.getScreenCTM();
    return drawn ? Math.hypot(drawn.a, drawn.b) : node.currentCSSZoom ?? 1;
  };
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, node = text.parentElement;
    if (!text.data.trim() || !node.getClientRects().length) continue;
    (window.stoodThere ??= new Set()).add(text);
    if (node.closest('.nykurs-hidden, .nykurs-explore .nykurs-status, sup')) continue;
    texts += 1;
    said += !node.closest('h1, h2, h3, h4, .hint');
    // Half a pixel: drawings are scaled to fit, and the scale is not a round number.
    const size = parseFloat(getComputedStyle(node).fontSize) * scale(node), box = node.getBoundingClientRect();
    if (size < 27.5) found.push(`${size.toFixed(1)} px: ${text.data.slice(0, 30)}`);
    if (box.bottom > edge.bottom + 1 || box.right > edge.right + 1) found.push(`cut off: ${text.data.slice(0, 30)}`);
    if (node.closest('.nykurs-for-leader')) found.push(`leader: ${text.data.slice(0, 30)}`);
  }
  const drawn = stage.querySelector('svg');
  if (!texts && !drawn) found.push('empty');
  if (texts && !said && !drawn) found.push('a heading alone');
  const seen = selector => [...stage.querySelectorAll(selector)].some(node => node.getClientRects().length);
  if (seen('.nykurs-explore figure, .sheet-loop_map figure') && !seen('.captions p')) found.push('no caption');
  return found;
}"""

# What is for everyone and has stood on no slide: all cells at once, each as its exercise shows it.
MISSED = """() => {
  const stage = document.querySelector('.nykurs-page .jp-WindowedPanel-outer'), found = [];
  stage.querySelectorAll('.jp-Cell').forEach(cell => cell.classList.add('nykurs-on-slide'));
  stage.querySelectorAll('[data-nykurs-off]').forEach(node => node.removeAttribute('data-nykurs-off'));
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, node = text.parentElement;
    if (!text.data.trim() || !node.getClientRects().length || window.stoodThere.has(text)) continue;
    if (!node.closest('.nykurs-hidden, .box-sources')) found.push(text.data.trim().slice(0, 60));
  }
  return found;
}"""
QUIZ = ".nykurs-on-slide .nykurs-quiz input:visible"


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


def go_to(page, selector: str, begin: bool = True) -> None:
    """The first slide that shows this; `begin`: from the first of all, else from here on."""
    if begin:
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
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        for shown in ("everything", "what the meeting has room for"):
            page.keyboard.press("m")
            page.keyboard.press("Home")
            assert walk(page) == {}, (width, height)
            if shown == "everything":
                assert page.evaluate(MISSED) == []


def test_a_quiz_is_answered_by_keys_on_its_slide_and_explained_on_the_next_step(presented, words):
    page = presented()
    go_to(page, QUIZ)
    at = place(page)
    asked = page.locator(".nykurs-on-slide legend:visible").inner_text()
    page.keyboard.press("Tab")
    expect(page.locator(QUIZ).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("b")
    assert place(page) == at
    assert not page.locator(".nykurs-present-blank").is_visible()
    page.keyboard.press("Escape")  # once is the exercise's, and the second leaves it
    expect(page.locator(QUIZ).nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(QUIZ).nth(1)).not_to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=words["quiz.answer"])).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(".nykurs-on-slide .nykurs-reply:not(:empty):visible")
    page.wait_for_function(f"({FAULTS})().length === 0")  # measured anew in the next frame
    explanation = page.locator(".nykurs-on-slide .nykurs-explanation")
    assert explanation.text_content()
    assert not explanation.is_visible()
    for _ in range(2):  # the replies may need a further side
        if not explanation.is_visible():
            page.keyboard.press("PageDown")
    assert place(page) == at
    assert explanation.is_visible()
    assert page.locator(".nykurs-on-slide legend:visible").all_inner_texts() == [asked]
    assert page.locator(".nykurs-on-slide .nykurs-option-row:visible").count() == 0
    for _ in range(3):
        assert page.evaluate(FAULTS) == []
        page.keyboard.press("PageDown")
    assert place(page)[0] > at[0]


def test_keys_lead_to_every_slide_to_black_to_the_full_screen_and_out(presented):
    page = presented()
    page.keyboard.press("End")
    assert place(page)[0] == place(page)[1]
    page.keyboard.press("Home")
    assert place(page)[0] == 1
    for key in ("g", "1", "2", "Enter"):
        page.keyboard.press(key)
    assert place(page)[0] == 12
    page.keyboard.press("PageUp")
    assert place(page)[0] == 11
    assert page.locator("[data-nykurs-later]").count() == 0
    page.keyboard.press("Space")
    assert place(page)[0] == 12
    page.keyboard.press("b")
    assert page.locator(".nykurs-present-blank").is_visible()
    page.keyboard.press("b")
    assert not page.locator(".nykurs-present-blank").is_visible()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    assert page.locator("#nykurs-present-bar").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    page.wait_for_function("document.fullscreenElement === null")


def test_the_browsers_own_full_screen_stays_when_a_window_is_stopped_and_leads_out_too(presented, context, words):
    page = presented()
    browser = context.new_cdp_session(page)
    window = browser.send("Browser.getWindowForTarget")["windowId"]
    set_to = "Browser.setWindowBounds"
    browser.send(set_to, {"windowId": window, "bounds": {"windowState": "fullscreen"}})  # what F11 does
    page.wait_for_function("matchMedia('(display-mode: fullscreen)').matches && !document.fullscreenElement")
    page.evaluate("window.open = () => null")
    page.keyboard.press("l")
    told = page.get_by_role("alert").filter(has_text=words["lab.present_blocked"])
    expect(told).to_be_visible()
    page.keyboard.press("PageDown")
    expect(told).to_be_hidden()
    assert place(page)[0] == 2
    browser.send(set_to, {"windowId": window, "bounds": {"windowState": "normal"}})
    page.wait_for_selector("#nykurs-present-bar", state="detached")


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


def test_f9_tells_that_it_empties_goes_in_and_out_and_leaves_the_leaders_text_behind(
    open_home, ready, leader_lab, words
):
    leader_lab.empty()
    page = open_home(leader_lab)
    assert not page.get_by_role("button", name=words["lab.present"]).is_visible()
    page.keyboard.press("F9")  # there is nothing to present yet
    page.locator(f".nykurs-cards a[href*='{NAME}']").click()
    ready(page)
    assert not page.evaluate("document.fullscreenElement")
    page.locator(".nykurs-quiz input:visible").first.check()
    page.keyboard.press("F9")
    assert words["lab.present_empty_text"] in page.get_by_role("dialog").inner_text()
    page.get_by_role("button", name=words["lab.stay"]).click()
    assert page.locator(".nykurs-quiz input:checked").count() == 1
    page.keyboard.press("F9")
    page.get_by_role("button", name=words["lab.present_empty_do"]).click()
    page.wait_for_selector("#nykurs-present-bar")
    page.wait_for_function("document.fullscreenElement !== null")
    assert page.locator(".nykurs-for-leader:visible, #nykurs-header:visible").count() == 0
    page.wait_for_function("document.querySelectorAll('.nykurs-quiz input:checked').length === 0")
    page.keyboard.press("F9")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    page.get_by_role("button", name=words["lab.present"]).click()
    page.wait_for_selector("#nykurs-present-bar")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_selector("#nykurs-present-bar", state="detached")


def hands(page, *numbers: int) -> None:
    """The tally of the module shows these hands."""
    counts = page.locator(".nykurs-tally").first.locator(".nykurs-tally-count")
    expect(counts).to_have_text([str(number) for number in numbers])


def test_a_reload_and_a_way_back_in_keep_what_the_group_made_and_nothing_else(presented, words):
    page = presented()
    page.keyboard.press("m")
    go_to(page, QUIZ)
    page.locator(QUIZ).first.check()
    page.get_by_role("button", name=words["quiz.answer"]).click()
    page.wait_for_selector(".nykurs-on-slide .nykurs-reply:not(:empty):visible")
    go_to(page, ".nykurs-tally-row:visible")
    at, none = place(page), [0] * page.locator(".nykurs-tally-count:visible").count()
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    hands(page, 0, 1, *none[2:])
    page.keyboard.press("Escape")  # twice out of the tally, and once more out of the presenter
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    page.reload()
    page.wait_for_function(f"/{at[0]}.*{at[1]}/.test(document.querySelector('.nykurs-present-place')?.textContent)")
    hands(page, 0, 1, *none[2:])
    expect(page.locator(".nykurs-quiz .nykurs-reply:not(:empty)")).to_have_count(0)
    page.keyboard.press("Escape")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    page.keyboard.press("F9")
    expect(page.get_by_role("dialog")).to_contain_text(words["lab.present_again_text"])
    page.keyboard.press("Enter")
    page.wait_for_selector("#nykurs-present-bar")
    expect(page.locator(".nykurs-present-place")).to_contain_text(re.compile(rf"\b{at[0]}\b.*\b{at[1]}\b"))
    hands(page, 0, 1, *none[2:])
    page.keyboard.press("Escape")
    page.wait_for_selector("#nykurs-present-bar", state="detached")
    page.keyboard.press("F9")
    page.get_by_role("button", name=words["lab.present_anew"]).click()
    page.wait_for_selector("#nykurs-present-bar")
    hands(page, *none)
    expect(page.locator(".nykurs-present-place")).to_contain_text(re.compile(r"\b1\b.*\d"))


def steer(page, module: str, act: str) -> None:
    """What the leader's window asks for."""
    page.evaluate(
        f"new BroadcastChannel('nykurs-wall').postMessage({{ is: 'asked', module: '{module}', act: '{act}' }})"
    )


def test_a_tally_and_a_board_stand_whole_on_one_side(presented):
    page = presented("07_tilbakefall")
    page.keyboard.press("m")
    go_to(page, ".nykurs-board-columns:visible")
    board = page.locator(".nykurs-groupboard")
    for part in (".nykurs-entry input", ".nykurs-wall-question", ".nykurs-board-column"):
        assert all(each.is_visible() for each in board.locator(part).all()), part
    box = board.locator(".nykurs-board-column").all()
    assert len({round(each.bounding_box()["y"]) for each in box[1:]}) == 1  # side by side under the tray
    board.locator(".nykurs-entry input").fill("en å gå sammen med")
    page.keyboard.press("Enter")
    page.wait_for_selector(".nykurs-board-card:visible")
    assert board.locator(".nykurs-entry input").is_visible()
    assert page.evaluate(FAULTS) == []
    steer(page, "07_tilbakefall", "blank")  # while the field has the focus
    page.wait_for_selector(".nykurs-present-blank:visible")
    for key in ("Tab", "x", "b"):
        page.keyboard.press(key)
    assert not page.locator(".nykurs-present-blank").is_visible()
    assert board.locator(".nykurs-entry input").input_value() == ""
    board.locator(".nykurs-entry input").focus()
    expect(board.locator(".nykurs-entry input")).to_be_focused()
    page = presented(NAME)
    page.keyboard.press("m")
    go_to(page, ".nykurs-tally-row:visible")
    rows = page.locator(".nykurs-tally-row")
    assert rows.count() == page.locator(".nykurs-tally-row:visible").count() > 1
    assert page.locator(".nykurs-wall-question:visible").count() == 1


def test_the_sides_of_a_slide_are_about_equally_full(presented):
    page = presented()
    shown = page.evaluate(
        """async () => {
          const { src } = document.querySelector('script[src*=nykurs-lab]');
          const { paginate } = await import(src.replace(/remoteEntry.*/, 'present_pages.js'));
          const stage = document.createElement('div'), root = document.createElement('div');
          stage.className = 'jp-WindowedPanel-outer';
          stage.style.cssText = 'height: 500px; overflow: hidden; position: fixed; inset: 0';
          const piece = name => `<${name} style="height: 100px; margin: 0">Tekst</${name}>`;
          stage.append(root);
          document.body.append(stage);
          const sides = html => {
            root.innerHTML = html;
            return paginate(stage, [root], root.firstChild).pages.map(page => page.map(atom => atom.localName));
          };
          const shown = [
            sides(piece('h2') + piece('p').repeat(5)),
            sides(piece('h2') + piece('p').repeat(3) + piece('h3') + piece('p').repeat(2)),
          ];
          stage.remove();
          return shown;
        }"""
    )
    # Four texts would fit on the first side. A heading goes with its text, and the slide's own stands on every side.
    assert shown == [
        [["h2", "p", "p", "p"], ["h2", "p", "p"]],
        [["h2", "p", "p", "p"], ["h2", "h3", "p", "p"]],
    ]


KINDS = {
    "07_tilbakefall": (
        ".jp-RenderedMarkdown li",
        ".nykurs-quiz input",
        ".nykurs-range",
        ".nykurs-projected svg",
        ".nykurs-board-columns",
        ".nykurs-way",
    ),
    NAME: (".nykurs-tally-row",),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_slide_has_no_violations_in_light_and_dark(presented, name):
    page = presented(name)
    page.keyboard.press("m")
    for selector in KINDS[name]:
        go_to(page, f"{selector}:visible", begin=False)
        assert [violations(page), page.keyboard.press("t"), violations(page)] == [[], None, []], selector
        page.keyboard.press("t")
