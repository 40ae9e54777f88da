"""The tally and the group board in JupyterLab: by keys alone, large enough for the wall, spoken once, focus kept."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import UNFOLD
from hearing import listen, wait_spoken
from playwright.sync_api import expect

from course import content

HANDS, BOARD = "01_avhengighet", "02_belonningssystemet"
TALLY = next(each for each in content.load(HANDS).exercises if type(each).__name__ == "Tally")
COLUMNS = next(each for each in content.load(BOARD).exercises if type(each).__name__ == "GroupBoard").columns
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def opened(open_module):
    def opened(name, kind):
        page = open_module(name)
        page.evaluate(UNFOLD)
        card = page.locator(kind)
        card.locator("[role=status]").wait_for(state="attached")
        listen(card)
        return card

    return opened


def counts(card, *numbers):
    expect(card.locator(".nykurs-tally-count")).to_have_text([str(number) for number in numbers])


def violations(card, kind):
    found = Axe().run(card.page, context={"include": [[kind]]}, options=RULES).response["violations"]
    return {each["id"]: [node["target"] for node in each["nodes"]] for each in found}


def smallest(card, selector):
    sizes = "parts => Math.min(...parts.map(part => parseFloat(getComputedStyle(part).fontSize)))"
    return card.locator(selector).evaluate_all(sizes)


def beyond(card):
    return card.evaluate(
        "card => [...card.querySelectorAll('*')].filter(part => part.getBoundingClientRect().right > innerWidth).length"
    )


def test_hands_are_counted_by_keys_and_the_focus_stays(opened, words):
    card = opened(HANDS, ".nykurs-tally")
    page, first = card.page, TALLY.options[0].text
    add = card.get_by_role("button", name=words["tally.add"].format(text=first))
    add.focus()
    page.keyboard.press("3")
    wait_spoken(card, words["tally.counted"].format(text=TALLY.options[2].text, count=1))
    counts(card, 0, 0, 1)
    for key in ("3", "3", "2", "Enter", "Shift+Digit3"):
        page.keyboard.press(key)
    counts(card, 1, 1, 2)
    page.keyboard.press("-")
    counts(card, 0, 1, 2)
    page.keyboard.press("-")
    page.keyboard.press("9")
    counts(card, 0, 1, 2)
    expect(add).to_be_focused()
    widths = card.locator(".nykurs-tally-bar").evaluate_all("bars => bars.map(bar => bar.offsetWidth)")
    assert widths[0] == 0 < widths[1] < widths[2]


def test_a_click_beside_the_buttons_is_enough_for_the_keys(opened):
    card = opened(HANDS, ".nykurs-tally")
    card.locator(".nykurs-tally-text").first.click()
    card.page.keyboard.press("2")
    counts(card, 0, 1, 0)


def test_the_wall_is_readable_from_the_back_and_right_for_everyone(opened, words):
    card = opened(HANDS, ".nykurs-tally")
    card.get_by_role("button", name=words["tally.reveal"]).press("Enter")
    expect(card.locator(".nykurs-tally-fitting")).to_contain_text(words["tally.fitting"])
    assert smallest(card, ".nykurs-wall-question, .nykurs-tally-text, .nykurs-tally-count, .nykurs-tally-reply") >= 28
    assert min(card.locator(".nykurs-tally-track").evaluate_all("all => all.map(one => one.offsetHeight)")) >= 28
    assert violations(card, ".nykurs-tally") == {}
    card.page.set_viewport_size({"width": 390, "height": 844})
    assert beyond(card) == 0
    card.page.set_viewport_size({"width": 1280, "height": 720})


def test_cards_are_written_sorted_and_taken_away_by_keys(opened, words):
    card = opened(BOARD, ".nykurs-groupboard")
    page = card.page
    for text in ("Musikk", "Tur ved vannet"):
        card.get_by_role("textbox").fill(text)
        page.keyboard.press("Enter")
        wait_spoken(card, words["group_board.added"].format(text=text))
    one = card.get_by_role("button", name="Tur ved vannet", exact=True)
    expect(one).to_have_attribute("aria-pressed", "true")
    one.focus()
    numbered = [words["group_board.column"].format(number=n, text=each.text) for n, each in enumerate(COLUMNS, 1)]
    titles = [words["group_board.unsorted"], *numbered]
    for key, column in (("1", 1), ("ArrowRight", 2), ("3", 3), ("0", 0)):
        page.keyboard.press(key)
        there = card.locator("section").nth(column).get_by_role("button", name="Tur ved vannet", exact=True)
        expect(there).to_be_focused()
        wait_spoken(card, words["group_board.moved"].format(text="Tur ved vannet", column=titles[column]))
    card.get_by_role("button", name="Musikk", exact=True).press("Enter")
    card.locator(".nykurs-board-here").nth(2).press("Enter")
    wait_spoken(card, words["group_board.moved"].format(text="Musikk", column=titles[2]))
    assert smallest(card, ".nykurs-wall-question, .nykurs-board-head, .nykurs-board-card") >= 28
    assert violations(card, ".nykurs-groupboard") == {}
    one.focus()
    page.keyboard.press("Delete")
    expect(one).to_have_count(0)
    expect(card.get_by_role("button", name="Musikk", exact=True)).to_be_focused()
    card.get_by_role("button", name=words["tally.undo"], exact=True).press("Enter")
    expect(one).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert beyond(card) == 0
    page.set_viewport_size({"width": 1280, "height": 720})
