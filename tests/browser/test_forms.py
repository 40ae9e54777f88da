"""The worksheet and the explore exercise in Chromium, by keyboard, read from the accessibility tree."""

import pytest

from course import content
from widgets.explore import reading

MODULE = content.load("01_avhengighet", "nb")
EXPLORE = MODULE.exercise("tolerance")
SHEET = MODULE.exercise("my-reasons")
TABLE = next(field for field in SHEET.fields if field.kind == "table")


@pytest.fixture
def page(open_module):
    """The module with everything unfolded."""
    return unfold(open_module())


def unfold(page):
    """The page with all that is folded shown."""
    page.locator(".nykurs-explore figure").wait_for(state="attached")
    page.evaluate("document.querySelectorAll('.nykurs-more[aria-expanded=false]').forEach((button) => button.click())")
    return page


@pytest.fixture
def explore(page):
    return page.locator(".nykurs-explore")


@pytest.fixture
def worksheet(page):
    return page.locator(".nykurs-worksheet").filter(has_text=SHEET.title).first


def nodes(page, role):
    """Names and states of everything with a role, as Chromium tells assistive technology."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["name"]["value"]: {item["name"]: item["value"].get("value") for item in node.get("properties", ())}
        for node in tree
        if not node["ignored"] and node["role"]["value"] == role
    }


def figure_says(explore, text):
    """Wait until the figure has these words."""
    explore.get_by_role("img", name=text, exact=True).wait_for()


def test_the_arrow_keys_of_a_slider_move_the_figure_and_its_words(page, explore):
    sliders = explore.get_by_role("slider")
    assert [slider.get_attribute("aria-valuetext") is None for slider in sliders.all()] == [False, False]
    assert {parameter.label for parameter in EXPLORE.parameters} <= nodes(page, "slider").keys()
    before = explore.locator("figure").inner_html()
    sliders.nth(1).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    values = {parameter.id: parameter.start for parameter in EXPLORE.parameters} | {"pause": 4}
    figure_says(explore, reading(EXPLORE, values))
    assert explore.locator("figure").inner_html() != before
    assert nodes(page, "slider")[EXPLORE.parameters[1].label]["focused"]
    assert not any(letter.isdigit() for letter in sliders.nth(1).get_attribute("aria-valuetext"))


def test_what_the_figure_shows_is_spoken_once_when_the_slider_rests(page, explore):
    page.evaluate(
        """() => {
            const region = document.querySelector('.nykurs-explore .nykurs-status');
            window.spoken = [];
            new MutationObserver(() => region.textContent && window.spoken.push(region.textContent))
                .observe(region, { childList: true });
        }"""
    )
    explore.get_by_role("slider").nth(1).focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    last = EXPLORE.readings[-1]
    explore.get_by_role("status").get_by_text(last).wait_for()
    assert page.evaluate("window.spoken") == [last]


def test_a_scene_and_a_reload_bring_the_figure_back(page, explore, ready, words):
    scene = EXPLORE.scenes[-1]
    explore.get_by_role("button", name=words["explore.show"].format(title=scene.title)).press("Enter")
    figure_says(explore, reading(EXPLORE, scene.values))
    page.reload()
    unfold(ready(page))
    figure_says(explore, reading(EXPLORE, scene.values))
    assert [float(slider.input_value()) for slider in explore.get_by_role("slider").all()] == list(
        scene.values.values()
    )


def test_a_row_is_added_removed_and_put_back_and_the_focus_follows(page, worksheet, words):
    def cell(row, column=0):
        name = words["worksheet.cell"].format(column=TABLE.columns[column].text, row=row)
        return worksheet.get_by_role("textbox", name=name, exact=True)

    def press(name):
        worksheet.get_by_role("button", name=name, exact=True).press("Enter")

    def said(name, **values):
        worksheet.get_by_role("status").get_by_text(words[name].format(**values)).wait_for()

    def focused(locator):
        return locator.evaluate("(element) => element === document.activeElement")

    cell(1).fill("den første")
    cell(2).fill("den andre")
    press(words["worksheet.add"])
    said("worksheet.added", count=TABLE.rows + 1)
    assert focused(cell(TABLE.rows + 1))
    press(words["worksheet.remove_row"].format(row=1))
    said("worksheet.removed")
    assert focused(cell(1))
    assert cell(1).input_value() == "den andre"
    press(words["worksheet.undo"])
    said("worksheet.added", count=TABLE.rows + 1)
    assert focused(cell(1))
    assert (cell(1).input_value(), cell(2).input_value()) == ("den første", "den andre")
    assert worksheet.get_by_role("button", name=words["worksheet.undo"]).count() == 0


def test_every_kind_of_field_survives_a_reload_half_typed(page, worksheet, ready, words):
    worksheet.locator("textarea.nykurs-cell").nth(1).press_sequentially("halv celle")
    worksheet.locator(".nykurs-field textarea").first.press_sequentially("halv tekst")
    worksheet.locator(".nykurs-field input").first.press_sequentially("halv linje")
    worksheet.get_by_role("checkbox").nth(1).check()
    worksheet.get_by_role("radio", name="7", exact=True).check(force=True)
    worksheet.get_by_role("button", name=words["worksheet.add"]).click()
    worksheet.get_by_role("status").get_by_text(words["worksheet.added"].format(count=TABLE.rows + 1)).wait_for()
    page.reload()
    ready(page)
    assert worksheet.locator("textarea.nykurs-cell").nth(1).input_value() == "halv celle"
    assert worksheet.locator(".nykurs-field textarea").first.input_value() == "halv tekst"
    assert worksheet.locator(".nykurs-field input").first.input_value() == "halv linje"
    assert worksheet.get_by_role("checkbox").nth(1).is_checked()
    assert worksheet.get_by_role("radio", name="7", exact=True).is_checked()


def test_every_field_has_its_label_as_its_name_and_room_for_a_finger_on_a_phone_too(page, worksheet):
    names = nodes(page, "textbox").keys() | nodes(page, "group").keys()
    for field in SHEET.fields:
        assert any(name.startswith(field.label) for name in names), field.label
    page.set_viewport_size({"width": 390, "height": 844})
    small = page.evaluate(
        """() => [...document.querySelectorAll('.nykurs-worksheet, .nykurs-explore')].flatMap((card) =>
            [...card.querySelectorAll('button, textarea, input, .nykurs-option')].filter((part) => {
                const box = (part.closest('.nykurs-option') || part).getBoundingClientRect();
                return part.checkVisibility() && Math.min(box.width, box.height) < 24;
            }).map((part) => part.outerHTML))"""
    )
    assert small == []
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.nykurs-worksheet, .nykurs-explore')].flatMap((card) => {
            const edge = card.getBoundingClientRect().right;
            return [...card.querySelectorAll('input, textarea, button, svg, legend, label, td')]
                .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > edge + 1)
                .map((part) => part.outerHTML.slice(0, 200));
        })"""
    )
    assert wide == []
