"""The landing in JupyterLab: equal ways, one step at a time by keyboard, and nothing that moves or is kept."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from hearing import listen, wait_spoken
from playwright.sync_api import expect

from course import content

MODULE = "00_velkommen"
LANDING = content.load(MODULE, "nb").exercise("landing")
FIRST, SECOND = LANDING.ways
CARD = ".nykurs-landing"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def card(open_module):
    card = open_module(MODULE).locator(CARD)
    card.locator("[role=status]").wait_for(state="attached")
    listen(card)
    return card


def button(card, name):
    return card.get_by_role("button", name=name, exact=True)


def title(card, name):
    return card.get_by_role("heading", name=name, exact=True, level=4)


def step(words, way, number):
    """How a step is spoken."""
    place = words["landing.step_of"].format(number=number, count=len(way.steps))
    return f"{place}. {way.steps[number - 1]}"


def shown(card, text):
    """A text on the page itself; the live region that speaks it as well is not seen."""
    return card.locator(".widget-html").get_by_text(text, exact=True)


def violations(card):
    found = Axe().run(card.page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    return {each["id"]: [node["target"] for node in each["nodes"]] for each in found}


def test_a_way_is_taken_to_its_end_by_keyboard_alone_and_every_step_is_spoken_once(card, words):
    page = card.page
    button(card, FIRST.title).focus()
    page.keyboard.press("Enter")
    expect(title(card, FIRST.title)).to_be_focused()
    wait_spoken(card, step(words, FIRST, 1))
    page.keyboard.press("Tab")
    onward = button(card, words["landing.onward"])
    expect(onward).to_be_focused()
    for number in range(2, len(FIRST.steps) + 1):
        page.keyboard.press("Enter")
        expect(shown(card, FIRST.steps[number - 1])).to_be_visible()
        wait_spoken(card, step(words, FIRST, number))
        expect(onward).to_be_focused()
    page.keyboard.press("Enter")
    expect(title(card, words["landing.done"])).to_be_focused()
    wait_spoken(card, LANDING.ending)
    expect(shown(card, LANDING.ending)).to_be_visible()
    expect(onward).to_be_hidden()
    page.keyboard.press("Tab")
    expect(button(card, FIRST.title)).to_be_focused()


def test_stopping_leads_back_to_the_ways_and_nothing_is_kept_over_a_reload(card, ready, words):
    page = card.page
    button(card, SECOND.title).press("Enter")
    expect(title(card, SECOND.title)).to_be_focused()
    wait_spoken(card, step(words, SECOND, 1))
    assert violations(card) == {}
    button(card, words["landing.stop"]).press("Enter")
    expect(button(card, SECOND.title)).to_be_focused()
    wait_spoken(card, words["landing.stopped"])
    expect(card.get_by_text(words["landing.stopped"])).to_be_visible()
    expect(shown(card, SECOND.steps[0])).to_have_count(0)

    button(card, SECOND.title).press("Enter")
    expect(title(card, SECOND.title)).to_be_focused()
    page.reload()
    ready(page)
    expect(button(card, FIRST.title)).to_be_visible()
    expect(button(card, words["landing.onward"])).to_be_hidden()
    expect(shown(card, SECOND.steps[0])).to_have_count(0)


def test_the_ways_look_equal_and_nothing_moves_by_itself(card, words):
    page = card.page
    for width, beside in ((1280, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 800})
        first, second = (button(card, way.title).bounding_box() for way in LANDING.ways)
        assert abs(first["width"] - second["width"]) < 1
        assert first["height"] == second["height"]
        assert (first["y"] == second["y"]) is beside
        assert min(first["height"], second["height"]) >= 64
        assert second["x"] + second["width"] <= width
    looks = (
        "button => ['color', 'backgroundColor', 'borderColor', 'fontSize'].map(name => getComputedStyle(button)[name])"
    )
    assert button(card, FIRST.title).evaluate(looks) == button(card, SECOND.title).evaluate(looks)
    button(card, FIRST.title).press("Enter")
    expect(shown(card, FIRST.steps[0])).to_be_visible()
    assert (
        card.evaluate(
            """card => [card, ...card.querySelectorAll('*')].map(part => getComputedStyle(part)).filter(style =>
            style.animationName !== 'none' || style.transitionProperty !== 'none' && style.transitionDuration !== '0s')
            .length"""
        )
        == 0
    )
    before = button(card, words["landing.onward"]).bounding_box()
    button(card, words["landing.onward"]).click()
    expect(shown(card, FIRST.steps[1])).to_be_visible()
    assert button(card, words["landing.onward"]).bounding_box() == before


def test_the_clock_is_hidden_until_it_is_asked_for_and_can_be_hidden_again(card, words):
    button(card, FIRST.title).press("Enter")
    clock = card.get_by_role("timer")
    expect(clock).to_be_hidden()
    button(card, words["landing.clock_show"]).press("Enter")
    expect(clock).to_be_visible()
    expect(clock).not_to_have_text("0:00")
    button(card, words["landing.clock_hide"]).press("Enter")
    expect(clock).to_be_hidden()
