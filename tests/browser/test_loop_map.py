"""The loop map in JupyterLab: by keyboard alone, as assistive technology hears it, and kept over a reload."""

import hearing
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course import content

MODULE = "03_rop"
LOOP = content.load(MODULE, "nb").exercise("my-loop")
TEXTS = [choice.text for choice in LOOP.suggestions]
CARD = ".nykurs-loopmap"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OWN, LONG = "krangel om penger", "arbeidsavklaringspengesaksbehandling"
MOST_TABS = 60


@pytest.fixture
def card(open_module):
    card = open_module(MODULE).locator(CARD)
    expect(card.locator("[role=status]")).to_have_count(3)  # beside the choices, for moved items, and for faults
    hearing.listen(card)
    return card


def choice(card, text):
    return card.get_by_role("checkbox", name=text, exact=True)


def choose(card, *texts):
    """Tick suggestions with the space bar; the focus stays on each of them."""
    for text in texts:
        choice(card, text).press(" ")
        expect(choice(card, text)).to_be_checked()
        expect(choice(card, text)).to_be_focused()


def own(card, words):
    return card.get_by_role("textbox", name=words["loop_map.own"])


def add(card, words, text):
    own(card, words).fill(text)
    own(card, words).press("Enter")
    expect(choice(card, text)).to_be_checked()


def tab_to(locator):
    """Press Tab until a control has the focus, as someone without a mouse does."""
    for _ in range(MOST_TABS):
        if locator.evaluate("element => element === document.activeElement"):
            return
        locator.page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab did not lead to {locator}")


def wait_spoken(card, words, name, **values):
    sentence = words[name].format(**values)
    hearing.wait_spoken(card, sentence)


def arrow(words, before, after):
    return words["loop_map.arrow"].format(before=before, after=after)


def drawn(words, *texts, broken=""):
    """The text alternative of the circle."""
    pairs = zip(texts, (*texts[1:], texts[0]), strict=True)
    alternative = words["loop_map.alt"].format(arrows="; ".join(arrow(words, *pair) for pair in pairs))
    return f"{alternative} {words['loop_map.alt_broken'].format(arrow=broken)}" if broken else alternative


def picture(card, alternative):
    return card.get_by_role("img", name=alternative, exact=True)


def heard(page):
    """What Chromium tells assistive technology: (role, name) of everything."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return {
        (node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes if not node["ignored"]
    }


def test_a_circle_is_made_by_keyboard_alone_and_kept_over_a_reload(card, ready, words):
    first, second = TEXTS[:2]
    page = card.page
    choose(card, first)
    expect(card.locator("svg")).to_have_count(0)
    choose(card, second)
    picture(card, drawn(words, first, second)).wait_for()
    expect(choice(card, second)).to_be_focused()

    tab_to(own(card, words))
    page.keyboard.type(OWN)
    page.keyboard.press("Enter")
    picture(card, drawn(words, first, second, OWN)).wait_for()
    wait_spoken(card, words, "loop_map.added", text=OWN)
    expect(own(card, words)).to_be_focused()
    expect(own(card, words)).to_have_value("")

    down = card.get_by_role("button", name=f"{words['quiz.down']}: {first}", exact=True)
    tab_to(down)
    page.keyboard.press("Enter")
    picture(card, drawn(words, second, first, OWN)).wait_for()
    wait_spoken(card, words, "quiz.moved", text=first, place=2, count=3)
    expect(down).to_be_focused()

    broken = arrow(words, second, first)
    tab_to(card.get_by_role("radio", name=broken, exact=True))
    page.keyboard.press(" ")
    whole = drawn(words, second, first, OWN, broken=broken)
    picture(card, whole).wait_for()
    expect(card.get_by_role("radio", name=broken, exact=True)).to_be_focused()
    plan = card.get_by_role("textbox", name=words["loop_map.plan"])
    tab_to(plan)
    page.keyboard.type("ringe Kari")

    page.reload()
    ready(page)
    picture(card, whole).wait_for()
    expect(card.get_by_role("radio", name=broken, exact=True)).to_be_checked()
    expect(plan).to_have_value("ringe Kari")
    for text in (first, second, OWN):
        expect(choice(card, text)).to_be_checked()


def test_a_full_circle_says_so_once_where_the_choice_was_made_and_an_own_word_can_be_taken_away(card, words):
    choose(card, *TEXTS[: LOOP.most - 2])
    picture(card, drawn(words, *TEXTS[: LOOP.most - 2])).wait_for()
    for text in (OWN, LONG):
        add(card, words, text)
        wait_spoken(card, words, "loop_map.added", text=text)
    too_much = choice(card, TEXTS[LOOP.most])
    too_much.press(" ")
    wait_spoken(card, words, "loop_map.full", most=LOOP.most)
    expect(too_much).not_to_be_checked()
    expect(too_much).to_be_focused()
    reply = card.get_by_text(words["loop_map.full"].format(most=LOOP.most))
    assert too_much.bounding_box()["y"] < reply.bounding_box()["y"] < own(card, words).bounding_box()["y"]

    choice(card, OWN).press(" ")
    expect(choice(card, OWN)).to_have_count(0)
    wait_spoken(card, words, "loop_map.removed", text=OWN)
    expect(choice(card, LONG)).to_be_focused()
    choice(card, LONG).press(" ")
    expect(choice(card, LONG)).to_have_count(0)
    wait_spoken(card, words, "loop_map.removed", text=LONG)
    expect(choice(card, TEXTS[-1])).to_be_focused()


def test_six_long_items_have_names_and_room_also_on_a_narrow_screen(card, words):
    page = card.page
    page.set_viewport_size({"width": 390, "height": 800})
    choose(card, *TEXTS[: LOOP.most - 1])
    picture(card, drawn(words, *TEXTS[: LOOP.most - 1])).wait_for()
    add(card, words, LONG)
    items = (*TEXTS[: LOOP.most - 1], LONG)
    picture(card, drawn(words, *items)).wait_for()
    expected = {
        ("group", words["loop_map.choose"]),
        ("textbox", words["loop_map.own"]),
        ("button", words["loop_map.add"]),
        ("group", words["loop_map.order"]),
        ("button", f"{words['quiz.up']}: {LONG}"),
        ("group", words["loop_map.broken"]),
        ("radio", arrow(words, LONG, items[0])),
        ("textbox", words["loop_map.plan"]),
    }
    assert expected <= heard(page)
    found = Axe().run(page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}
    outside = card.evaluate(
        """card => [...card.querySelectorAll('label, button, input, textarea, svg, li, span')]
            .filter(part => part.checkVisibility() && !part.closest('.nykurs-hidden'))
            .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth
                || part.getBoundingClientRect().right > card.getBoundingClientRect().right)
            .map(part => part.outerHTML.slice(0, 150))"""
    )
    assert outside == []
