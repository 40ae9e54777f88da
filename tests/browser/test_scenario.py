"""The scenario in JupyterLab: by keys alone, the focus at each new place, hands counted, and each way back."""

import hearing
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import UNFOLD
from playwright.sync_api import expect

from course import branching, content
from course.model import Scenario

MODULE, STORY = next(
    ((name, each) for name in content.names("nb") for each in content.load(name).exercises if type(each) is Scenario),
    (None, None),
)
CARD = ".nykurs-scenario"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
pytestmark = pytest.mark.skipif(STORY is None, reason="no module has a scenario")


@pytest.fixture
def card(open_module):
    page = open_module(MODULE)
    page.evaluate(UNFOLD)
    card = page.locator(CARD)
    card.locator("[role=status]").wait_for(state="attached")
    hearing.listen(card)
    return card


def wait_spoken(card, words, name, **values):
    sentence = words[name].format(**values)
    hearing.wait_spoken(card, sentence)


def title(card, words, place):
    """The heading, once it is this place's and has the focus."""
    end = place in STORY.endings
    text = words["scenario.end" if end else "scenario.place"].format(number=branching.numbers(STORY)[place.id])
    heading = card.get_by_role("heading", name=text, exact=True)
    expect(heading).to_be_focused()
    return heading


def violations(card):
    found = Axe().run(card.page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    return {each["id"]: [node["target"] for node in each["nodes"]] for each in found}


def way(card, option):
    return card.locator(f"[data-id='{option.id}'] .nykurs-story-way")


def test_a_story_is_followed_and_taken_back_by_keys_and_the_focus_is_at_each_new_place(card, words):
    page, ending = card.page, STORY.endings[0]
    path = branching.ways(STORY.steps)[ending.id]
    for step, option in branching.walk(STORY, path):
        expect(card.locator(".nykurs-story-way")).to_have_count(len(step.options))
        for _ in range(1 + step.options.index(option)):
            page.keyboard.press("Tab") if step is not STORY.steps[0] else way(card, option).focus()
        expect(way(card, option)).to_be_focused()
        page.keyboard.press("Enter")
        wait_spoken(card, words, "scenario.chosen", text=option.text, reply=option.reply)
        to = next(place for place in (*STORY.steps, *STORY.endings) if place.id == option.next)
        title(card, words, to)
        expect(card.locator(".nykurs-scenario-reply")).to_have_text(option.reply)
    expect(card.locator(".nykurs-scenario-next")).to_contain_text(ending.next_step)
    assert violations(card) == {}
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name=words["scenario.another"], exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    title(card, words, step)
    expect(way(card, option)).to_contain_text(words["scenario.tried"])
    for before, _ in reversed(branching.walk(STORY, path)[:-1]):
        card.get_by_role("button", name=words["scenario.back"], exact=True).press("Enter")
        title(card, words, before)
    expect(card.get_by_role("button", name=words["scenario.back"], exact=True)).to_have_count(0)


def test_a_group_counts_hands_by_keys_on_a_narrow_page_too(card, words):
    page, (first, second, *_) = card.page, STORY.steps[0].options
    counting = card.get_by_role("button", name=words["scenario.count"], exact=True)
    expect(card.locator(".nykurs-tally-count").first).to_be_hidden()
    counting.press("Enter")
    expect(counting).to_have_attribute("aria-pressed", "true")
    for number, key in enumerate(("2", "2"), start=1):
        page.keyboard.press(key)
        wait_spoken(card, words, "tally.counted", text=second.text, count=number)
    page.keyboard.press("-")
    card.get_by_role("button", name=words["tally.add"].format(text=first.text), exact=True).press("Enter")
    expect(card.locator(".nykurs-tally-count").first).to_have_text("1")
    expect(card.locator(".nykurs-tally-count").nth(1)).to_have_text("1")
    page.set_viewport_size({"width": 390, "height": 844})
    beyond = "all => all.filter(part => part.getBoundingClientRect().right > innerWidth).length"
    assert card.locator("*").evaluate_all(beyond) == 0
    small = "all => all.filter(one => one.offsetParent && Math.min(one.offsetWidth, one.offsetHeight) < 44).length"
    assert card.locator("button").evaluate_all(small) == 0
    assert violations(card) == {}
    page.set_viewport_size({"width": 1280, "height": 720})
    way(card, second).click()
    expect(card.locator(".nykurs-tally-count").first).to_have_text("0")
