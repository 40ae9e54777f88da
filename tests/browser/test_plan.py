"""«Min plan» and the pocket card in JupyterLab: one answer in two modules, by keyboard, and as it is heard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import UNFOLD
from playwright.sync_api import expect

from course import content
from widgets import paper, sheet
from widgets.example import example

MODULE, SOURCES = "08_min_plan", "07_tilbakefall"
PLAN = content.load(MODULE, "nb").exercise("my-plan")
CARD = content.load(MODULE, "nb").exercise("pocket-card")
PLANS = next(section for section in PLAN.sections if section.source.id == "triggers")
PEOPLE = next(section for section in PLAN.sections if section.fields == ("contact",))
HOUR = PEOPLE.source
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOCUSABLE = "button, input, textarea, select"


def unfolded(page):
    page.evaluate(UNFOLD)
    return page


@pytest.fixture
def page(open_module):
    return unfolded(open_module(MODULE))


@pytest.fixture
def plan(page):
    plan = page.locator(".nykurs-card.nykurs-plan")
    expect(plan.get_by_role("heading", level=4)).to_have_count(len(PLAN.sections))
    return plan


def group(card, section, label):
    """A table or a group of choices, by all that a screen reader says of its name."""
    return card.get_by_role("group", name=f"{section.title}: {label}", exact=True)


def table(plan, words):
    return group(plan, PLANS, words["plan.plans"])


def cell(table, words, place, row):
    label = words[f"trigger_map.{('if_label', 'then_label')[place]}"]
    return table.get_by_role("textbox", name=words["worksheet.cell"].format(column=label, row=row), exact=True)


def person(fields, words, column, row):
    label = HOUR.fields[0].columns[column].text
    return fields.get_by_role("textbox", name=words["worksheet.cell"].format(column=label, row=row), exact=True)


def texts(table):
    return [field.input_value() for field in table.get_by_role("textbox").all()]


def violations(page, selector):
    found = Axe().run(page, context={"include": [[selector]]}, options=RULES).response["violations"]
    return {each["id"]: [node["target"] for node in each["nodes"]] for each in found}


def test_what_is_written_in_module_seven_stands_in_the_plan_and_the_other_way(plan, page, open_module, words):
    there = unfolded(open_module(SOURCES, fresh=False))
    sheet_there = there.locator(".nykurs-worksheet", has=there.get_by_role("heading", name=HOUR.title, exact=True))
    numbered = content.load(SOURCES).exercise(HOUR.id).fields  # on its own sheet it has a number before it
    label = next(field.label for field in numbered if field.id == HOUR.fields[0].id)
    own = sheet_there.get_by_role("group", name=label, exact=True)
    gathered = group(plan, PEOPLE, HOUR.fields[0].label)

    person(own, words, 0, 1).fill("Anne fra koret")
    expect(person(gathered, words, 0, 1)).to_have_value("Anne fra koret")
    person(gathered, words, 1, 1).fill("415 00 000")
    expect(person(own, words, 1, 1)).to_have_value("415 00 000")
    expect(page.locator(".nykurs-pocketcard .pocket")).to_contain_text("415 00 000")

    cell(table(plan, words), words, 0, 1).fill("jeg ikke får sove")
    cell(table(plan, words), words, 1, 1).fill("står jeg opp")
    expect(there.locator(".nykurs-trigger-list strong")).to_have_text(["jeg ikke får sove"])
    expect(there.locator(".nykurs-trigger-detail")).to_contain_text(words["trigger_map.planned"])
    there.get_by_role("button", name=f"{words['trigger_map.remove']}: jeg ikke får sove", exact=True).click()
    expect(cell(table(plan, words), words, 1, 1)).to_have_value("")


def test_plans_are_added_removed_and_put_back_by_keyboard_and_survive_a_reload(plan, page, ready, words):
    rows = table(plan, words)
    cell(rows, words, 0, 1).focus()
    for text in ("hvis en", "så en", "hvis to", "så to"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        if text.startswith("så"):
            page.keyboard.press("Tab")  # past the button that removes the row
    rows.get_by_role("button", name=words["worksheet.add"], exact=True).press("Enter")
    expect(cell(rows, words, 0, 4)).to_be_focused()
    page.keyboard.type("hvis fire")
    remove = rows.get_by_role("button", name=words["worksheet.remove_row"].format(row=1), exact=True)
    remove.press("Enter")
    expect(cell(rows, words, 0, 1)).to_have_value("hvis to")
    expect(cell(rows, words, 0, 1)).to_be_focused()
    expect(plan.get_by_role("status")).to_have_text(words["plan.removed"].format(title=PLANS.source.title))
    rows.get_by_role("button", name=words["worksheet.undo"], exact=True).press("Enter")
    expect(cell(rows, words, 0, 1)).to_have_value("hvis en")
    expect(cell(rows, words, 0, 1)).to_be_focused()
    assert texts(rows)[:4] == ["hvis en", "så en", "hvis to", "så to"]
    page.reload()
    ready(page)
    rows = table(plan, words)
    expect(cell(rows, words, 1, 2)).to_have_value("så to")
    assert texts(rows) == ["hvis en", "så en", "hvis to", "så to", "", ""]


def test_fast_typing_loses_no_letter_and_no_field_is_made_again(plan, page, words):
    rows = table(plan, words)
    plan.evaluate(f"card => card.querySelectorAll('{FOCUSABLE}').forEach((part) => {{ part.kept = true; }})")
    for place, text in (
        (0, "jeg går forbi kiosken på hjørnet hver ettermiddag"),
        (1, "ringer jeg søsteren min og går videre"),
    ):
        cell(rows, words, place, 1).focus()
        page.keyboard.type(text)
    expect(page.locator(".nykurs-pocketcard .pocket")).to_contain_text("søsteren min og går videre")
    expect(cell(rows, words, 0, 1)).to_have_value("jeg går forbi kiosken på hjørnet hver ettermiddag")
    expect(cell(rows, words, 1, 1)).to_have_value("ringer jeg søsteren min og går videre")
    assert plan.evaluate(f"card => [...card.querySelectorAll('{FOCUSABLE}')].every((part) => part.kept)")


def test_every_field_is_heard_with_its_part_and_axe_finds_nothing(plan, page, words):
    for section in PLAN.sections:
        labels = [field.label for field in getattr(section.source, "fields", ())] or [words["plan.plans"]]
        for label in labels:
            start = f"{section.title}: {label}"
            named = plan.get_by_role("group", name=start).or_(plan.get_by_role("textbox", name=start))
            expect(named.first).to_be_visible()
    assert violations(page, ".nykurs-card.nykurs-plan") == {}
    assert violations(page, ".nykurs-pocketcard") == {}
    levels = page.locator(".nykurs-plan h3, .nykurs-plan h4, .nykurs-plan h5").evaluate_all(
        "all => all.map(h => h.tagName)"
    )
    assert levels == ["H3", *["H4"] * len(PLAN.sections)]


def test_a_narrow_screen_shows_plan_and_card_whole(plan, page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for part in page.locator(".nykurs-plan textarea, .nykurs-plan button:visible, .nykurs-pocketcard .pocket").all():
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


@pytest.fixture
def printed(chromium):
    """A page that shows a face as it is printed."""
    context = chromium.new_context()

    def printed(face):
        around = paper.frame("nb", "Lommekort", draft=False)
        page = context.new_page()
        page.emulate_media(media="print")
        page.set_content(f'<!DOCTYPE html><html lang="nb"><style>{around.css}</style><main>{face}</main></html>')
        return page

    yield printed
    context.close()


def faces(words, boxes):
    return sheet.blank(CARD, words, boxes), sheet.filled(CARD, example(CARD), words, boxes)


@pytest.mark.parametrize("which", [0, 1], ids=["blank", "example"])
def test_the_printed_card_is_two_panels_of_85_x_54_mm(printed, words, boxes, which):
    page = printed(faces(words, boxes)[which])
    millimetre = 96 / 25.4
    whole = page.locator(".pocket").bounding_box()
    upper, lower = (panel.bounding_box() for panel in page.locator(".pocket-panel").all())
    assert whole["width"] / millimetre == pytest.approx(85, abs=0.1)
    assert whole["height"] / millimetre == pytest.approx(108, abs=0.1)
    assert (lower["y"] - whole["y"]) / millimetre == pytest.approx(54, abs=0.1)
    assert upper["height"] == pytest.approx(lower["height"], abs=0.1)
    inside = page.locator(".pocket-panel").evaluate_all("panels => panels.map(p => p.scrollHeight <= p.clientHeight)")
    assert inside == [True, True]
