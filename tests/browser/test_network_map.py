"""The network map in JupyterLab: by keys alone, undone and kept over a reload, and all of it on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import UNFOLD
from playwright.sync_api import expect

from course import content
from course.model import NetworkMap

MODULE, MAP = next(
    ((name, each) for name in content.names("nb") for each in content.load(name).exercises if type(each) is NetworkMap),
    (None, None),
)
CARD = ".nykurs-networkmap"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
pytestmark = pytest.mark.skipif(MAP is None, reason="no module has a network map")


@pytest.fixture
def card(open_module):
    return unfolded(open_module(MODULE))


def unfolded(page):
    page.evaluate(UNFOLD)
    return page.locator(CARD)


def radio(card, labels, name):
    label = next(each for each in labels if each.id == name)
    return card.get_by_role("radio", name=label.title)


def listed(card):
    return card.locator(".nykurs-trigger-words strong")


def button(card, words, name, who):
    return card.get_by_role("button", name=f"{words[f'network_map.{name}']}: {who}", exact=True)


def test_somebody_comes_on_the_map_by_keys_alone_and_is_there_after_a_reload(card, ready, words):
    page, field = card.page, card.get_by_label(words["network_map.text"], exact=True)
    field.focus()
    page.keyboard.type("tante")
    page.keyboard.press("Enter")
    expect(card.get_by_text(words["network_map.choose_circle"])).to_be_visible()
    expect(field).to_have_value("tante")  # nothing is lost, and nobody was placed

    radio(card, MAP.circles, "near").focus()
    page.keyboard.press("ArrowDown")
    expect(radio(card, MAP.circles, "middle")).to_be_checked()
    page.keyboard.press("Tab")
    expect(radio(card, MAP.effects, "helps")).to_be_focused()
    page.keyboard.press("Space")
    field.focus()
    page.keyboard.press("Enter")
    expect(listed(card)).to_have_text(["tante"])
    expect(field).to_be_focused()
    page.keyboard.type("nabo")
    page.keyboard.press("Enter")
    expect(listed(card)).to_have_text(["tante", "nabo"])
    expect(card.locator(".nykurs-wide title")).to_contain_text("tante (")

    button(card, words, "edit", "nabo").press("Enter")
    expect(field).to_have_value("nabo")
    page.keyboard.type("hund")
    radio(card, MAP.effects, "both").press("Space")
    field.press("Enter")
    expect(listed(card)).to_have_text(["tante", "hund"])
    expect(button(card, words, "edit", "hund")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(listed(card)).to_have_text(["tante"])
    card.get_by_role("button", name=words["network_map.undo"], exact=True).press("Enter")
    expect(listed(card)).to_have_text(["tante", "hund"])

    page.reload()
    again = unfolded(ready(page))
    expect(listed(again)).to_have_text(["tante", "hund"])
    expect(again.locator(".nykurs-wide title")).to_contain_text("hund (")


def test_a_telephone_shows_all_of_it_with_numbers_on_the_map(card, words):
    page = card.page
    page.set_viewport_size({"width": 390, "height": 844})
    for circle in ("near", "far"):
        radio(card, MAP.circles, circle).check()
        radio(card, MAP.effects, "harms").check()
        card.get_by_role("button", name=MAP.suggestions[0], exact=True).click()
        expect(listed(card).last).to_have_text(MAP.suggestions[0])
    expect(listed(card)).to_have_count(2)
    expect(card.locator(".nykurs-wide:visible")).to_have_count(0)
    expect(card.locator("figure.nykurs-narrow")).to_be_visible()
    region = card.get_by_role("region", name=words["network_map.map_region"])
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    beyond = "all => all.filter(part => part.getBoundingClientRect().right > innerWidth).length"
    assert card.locator("*").evaluate_all(beyond) == 0
    found = Axe().run(page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}
    page.set_viewport_size({"width": 1280, "height": 720})
