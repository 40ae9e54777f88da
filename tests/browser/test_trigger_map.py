"""The trigger map in JupyterLab: by keyboard alone, as assistive technology hears it, and kept over a reload."""

import hearing
import pytest
from axe_playwright_python.sync_playwright import Axe

MODULE = "07_tilbakefall"
CARD = ".nykurs-triggermap"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_TABS = 150
FIRST, WRONG, RIGHT = "krangel med naboen", "feil ord", "rett ord"


@pytest.fixture
def page(open_module):
    page = open_module(MODULE)
    hearing.listen(page.locator(CARD))
    return page


def focused(locator):
    return locator.evaluate("element => element === document.activeElement")


def tab_to(locator, key="Tab"):
    """Press Tab until a control has the focus, as someone without a mouse does."""
    locator.wait_for()
    for _ in range(MOST_TABS):
        if focused(locator):
            return locator
        locator.page.keyboard.press(key)
    raise AssertionError(f"{MOST_TABS} times {key} did not lead to {locator}")


def press(locator, key="Enter"):
    tab_to(locator).page.keyboard.press(key)


def wait_focused(locator):
    locator.wait_for()
    locator.page.wait_for_function("element => element === document.activeElement", arg=locator.element_handle())


def field(page, words):
    return page.get_by_role("textbox", name=words["trigger_map.text"])


def button(page, words, name, **values):
    return page.locator(CARD).get_by_role("button", name=words[f"trigger_map.{name}"].format(**values), exact=True)


def item_button(page, words, name, text):
    return page.get_by_role("button", name=f"{words[f'trigger_map.{name}']}: {text}", exact=True)


def wait_for_list(page, *texts):
    page.wait_for_function(
        """texts => JSON.stringify([...document.querySelectorAll('.nykurs-trigger-list strong')]
            .map(each => each.textContent)) === JSON.stringify(texts)""",
        arg=list(texts),
    )


def wait_spoken(page, words, name, **values):
    sentence = words[f"trigger_map.{name}"].format(**values)
    hearing.wait_spoken(page.locator(CARD), sentence)


def wait_for_step(page, words, step):
    title = page.get_by_role("heading", name=words[f"trigger_map.steps.{step}"], level=4)
    wait_focused(title)
    return title


def add(page, words, *texts):
    for text in texts:
        field(page, words).fill(text)
        field(page, words).press("Enter")
    wait_for_list(page, *texts)


def heard(page):
    """What Chromium tells assistive technology: (role, name) of everything, and the names of what is checked."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = [node for node in nodes if not node["ignored"]]
    said = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes}
    checked = {
        node["name"]["value"]
        for node in nodes
        for trait in node.get("properties", ())
        if trait["name"] == "checked" and trait["value"]["value"] == "true"
    }
    return said, checked


def test_a_trigger_is_added_edited_removed_undone_and_seen_on_the_map_by_keyboard_alone(page, ready, words):
    tab_to(field(page, words))
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    wait_for_list(page, FIRST)
    wait_spoken(page, words, "added", text=FIRST)
    assert focused(field(page, words))
    assert field(page, words).input_value() == ""

    page.keyboard.type(WRONG)
    page.keyboard.press("Enter")
    wait_for_list(page, FIRST, WRONG)
    wait_spoken(page, words, "added", text=WRONG)

    press(item_button(page, words, "edit", WRONG))
    wait_focused(field(page, words))
    wait_spoken(page, words, "editing", text=WRONG)
    assert field(page, words).input_value() == WRONG
    page.keyboard.type(RIGHT)  # the old words are selected, so they are written over
    page.keyboard.press("Enter")
    wait_for_list(page, FIRST, RIGHT)
    wait_spoken(page, words, "saved", text=RIGHT)
    wait_focused(item_button(page, words, "edit", RIGHT))

    press(item_button(page, words, "remove", RIGHT))
    wait_for_list(page, FIRST)
    wait_spoken(page, words, "removed", text=RIGHT)
    wait_focused(page.get_by_role("heading", name=words["trigger_map.list"].format(count=1)))

    press(button(page, words, "undo"))
    wait_for_list(page, FIRST, RIGHT)
    wait_spoken(page, words, "undone_remove", text=RIGHT)
    assert focused(button(page, words, "undo"))

    press(button(page, words, "next_step", title=words["trigger_map.steps.rate"]))
    wait_for_step(page, words, "rate")
    tab_to(page.get_by_role("radio", name="0", exact=True))
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="7", exact=True).is_checked()
    press(button(page, words, "skip", title=words["trigger_map.steps.map"]))
    wait_for_step(page, words, "map")
    strongest = words["trigger_map.alt_strongest"].format(text=FIRST, strength=7)
    assert strongest in page.locator(f"{CARD} svg title").inner_html()
    assert page.locator(f"{CARD} svg text", has_text=FIRST).is_visible()

    page.reload()
    ready(page)
    page.locator(f"{CARD} svg").wait_for()
    assert strongest in page.locator(f"{CARD} svg title").inner_html()
    press(button(page, words, "next_step", title=words["trigger_map.steps.land"]))
    wait_for_step(page, words, "land")


def test_after_removing_the_focus_goes_to_the_next_one(page, words):
    add(page, words, "en", "to", "tre")
    press(item_button(page, words, "remove", "to"))
    wait_for_list(page, "en", "tre")
    wait_focused(item_button(page, words, "edit", "tre"))


def test_the_last_letters_are_never_lost_however_fast_someone_presses_enter(page, words):
    texts = [f"{number} en ganske lang utløser" for number in range(8)]
    field(page, words).focus()
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    wait_for_list(page, *texts)


def test_half_written_words_and_an_edit_survive_a_reload(page, ready, words):
    add(page, words, "fredag")
    item_button(page, words, "edit", "fredag").press("Enter")
    wait_focused(field(page, words))
    page.keyboard.press("End")
    page.keyboard.type(" kve")
    page.reload()
    ready(page)
    assert field(page, words).input_value() == "fredag kve"
    field(page, words).focus()
    page.keyboard.press("End")
    page.keyboard.type("ld")
    page.keyboard.press("Enter")
    wait_for_list(page, "fredag kveld")


def test_a_plan_half_written_is_kept_with_its_own_trigger(page, ready, words):
    add(page, words, "en", "to")
    for way, step in (("next_step", "rate"), ("skip", "map"), ("next_step", "land"), ("next_step", "plan")):
        button(page, words, way, title=words[f"trigger_map.steps.{step}"]).press("Enter")
        wait_for_step(page, words, step)
    page.get_by_role("textbox", name=words["trigger_map.then_label"]).focus()
    page.keyboard.type("går jeg ut og ringer en venn")
    button(page, words, "next_trigger").press("Enter")
    wait_focused(page.get_by_role("heading", name=words["trigger_map.one_of"].format(number=2, count=2)))
    then = page.get_by_role("textbox", name=words["trigger_map.then_label"])
    assert then.input_value() == ""
    then.focus()
    page.keyboard.type("legger jeg meg")
    page.reload()
    ready(page)
    assert then.input_value() == "legger jeg meg"
    button(page, words, "back").press("Enter")
    page.wait_for_function("element => element.value === 'går jeg ut og ringer en venn'", arg=then.element_handle())


def test_assistive_technology_hears_names_roles_and_states(page, words):
    add(page, words, FIRST)
    page.get_by_role("radio", name="Tider").press(" ")
    page.get_by_role("group", name="Forslag: Tider").wait_for()
    said, checked = heard(page)
    expected = {
        ("heading", "Trinn 1 av 5: Finn"),
        ("group", words["trigger_map.category"]),
        ("radio", "Tider"),
        ("group", "Forslag: Tider"),
        ("button", "natta når jeg ikke sover"),
        ("textbox", words["trigger_map.text"]),
        ("button", words["trigger_map.add"]),
        ("list", words["trigger_map.list"].format(count=1)),
        ("button", f"Endre: {FIRST}"),
        ("button", f"Ta bort: {FIRST}"),
        ("button", words["trigger_map.undo"]),
        ("button", words["trigger_map.enough"]),
    }
    assert expected <= said
    assert "status" in {role for role, _ in said}
    assert "Tider" in checked
    button(page, words, "next_step", title=words["trigger_map.steps.rate"]).press("Enter")
    wait_for_step(page, words, "rate")
    said, _ = heard(page)
    assert ("group", words["trigger_map.strength"].format(text=FIRST)) in said
    button(page, words, "next_step", title=words["trigger_map.steps.map"]).press("Enter")
    wait_for_step(page, words, "map")
    said, _ = heard(page)
    alternative = words["trigger_map.alt"].format(count=1, rated=0, planned=0)
    assert {("region", words["trigger_map.map_region"]), ("image", alternative)} <= said


def test_every_step_is_free_of_violations_also_on_a_narrow_screen(page, words):
    page.set_viewport_size({"width": 390, "height": 800})
    add(page, words, "en", "x" * 60)
    while True:
        found = Axe().run(page, context={"include": [[CARD]]}, options=RULES).response["violations"]
        assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}
        card = page.locator(CARD).bounding_box()
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 390
        following = page.locator(f"{CARD} .nykurs-buttons .nykurs-primary")
        if not following.is_visible():
            break
        title = page.locator(f"{CARD} .nykurs-step-title")
        before = title.text_content()
        following.press("Enter")
        page.wait_for_function(
            "([element, before]) => element.textContent !== before", arg=[title.element_handle(), before]
        )
    assert page.get_by_role("heading", name=words["trigger_map.steps.done"]).is_visible()


def test_controls_are_large_enough_to_hit(page, words):
    add(page, words, "en")
    sizes = page.locator(CARD).evaluate(
        """card => [...card.querySelectorAll('button, input, select, textarea, label')]
            .filter(each => each.checkVisibility())
            .map(each => (each.type === 'radio' ? each.closest('label') : each))
            .filter(each => each.tagName !== 'LABEL' || each.querySelector('input'))
            .map(each => each.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"""
    )
    assert len(sizes) > 15
    assert min(sizes) >= 24
