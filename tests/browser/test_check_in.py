"""The check-in over time in JupyterLab: opt-in, by keyboard alone, as assistive technology hears it, and undone."""

import re

import hearing
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course import content
from course.model import CheckInEntry
from widgets.sheets.check_in import alternative

MODULE = "08_min_plan"
EXERCISE = next(each for each in content.load(MODULE, "nb").exercises if type(each).__name__ == "CheckIn")
SCALES = EXERCISE.scales
CARD = ".nykurs-checkin"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FIRST, SECOND, THIRD = ("2027-01-04", "04.01.2027"), ("2027-01-11", "11.01.2027"), ("2027-03-01", "01.03.2027")
MOST_TABS = 60


@pytest.fixture
def card(open_module):
    return unfolded(open_module(MODULE))


def unfolded(page):
    """The card, which stands in the deeper layer."""
    page.evaluate("document.querySelectorAll('.nykurs-more[aria-expanded=false]').forEach((button) => button.click())")
    card = page.locator(CARD)
    expect(card.locator("[role=status]")).to_have_count(2)  # beside the form and at the end
    hearing.listen(card)
    return card


def button(card, name):
    return card.get_by_role("button", name=name, exact=True)


def number(card, scale, value):
    group = card.get_by_role("group", name=scale.label, exact=True)
    ends = {0: f" {scale.low}", 10: f" {scale.high}"}
    return group.get_by_role("radio", name=f"{value}{ends.get(value, '')}", exact=True)


def day_field(card, words):
    return card.get_by_label(words["check_in.date"], exact=True)


def begin(card, words):
    button(card, words["check_in.begin"]).press("Enter")
    expect(card.get_by_role("heading", name=words["check_in.title"], exact=True)).to_be_focused()


def add(card, words, day, *values):
    """Rate the scales in order (None skips one) and take the day along."""
    for scale, value in zip(SCALES, values, strict=False):
        if value is not None:
            number(card, scale, value).check()
    day_field(card, words).fill(day[0])
    button(card, words["check_in.add"]).press("Enter")
    expect(row(card, day)).to_have_count(1)


def row(card, day):
    return card.get_by_role("row").filter(has=card.page.get_by_role("rowheader", name=day[1], exact=True))


def remove(card, words, day):
    return button(card, words["check_in.remove_day"].format(date=day[1]))


def entry(day, *values):
    rated = {scale.id: value for scale, value in zip(SCALES, values, strict=False) if value is not None}
    return CheckInEntry(date=day[0], values=rated)


def picture(card, words, *entries):
    return card.get_by_role("img", name=alternative(EXERCISE, entries, words), exact=True)


def wait_spoken(card, words, name, day=("", "")):
    sentence = words[f"check_in.{name}"].format(date=day[1])
    hearing.wait_spoken(card, sentence)


def tab_to(locator):
    """Press Tab until a control has the focus, as someone without a mouse does."""
    for _ in range(MOST_TABS):
        if locator.evaluate("element => element === document.activeElement"):
            return
        locator.page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab did not lead to {locator}")


def test_a_day_is_taken_along_by_keyboard_alone_and_kept_over_a_reload(card, ready, words):
    page = card.page
    expect(card.locator("svg, fieldset:visible, .note:visible, summary:visible")).to_have_count(0)
    begin(card, words)
    expect(day_field(card, words)).to_have_value(re.compile(r"20\d\d-\d\d-\d\d"))
    page.keyboard.press("Tab")
    expect(number(card, SCALES[0], 0)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(number(card, SCALES[0], 3)).to_be_checked()
    tab_to(day_field(card, words))
    day_field(card, words).fill(FIRST[0])
    expect(card.get_by_text("mandag 4. januar 2027")).to_be_visible()
    tab_to(button(card, words["check_in.add"]))
    page.keyboard.press("Enter")
    picture(card, words, entry(FIRST, 3)).wait_for()
    wait_spoken(card, words, "added", FIRST)
    expect(button(card, words["check_in.add"])).to_be_focused()
    expect(number(card, SCALES[0], 3)).not_to_be_checked()
    expect(card.get_by_text(EXERCISE.caption)).to_be_visible()
    none = words["check_in.none"]
    assert row(card, FIRST).get_by_role("cell").all_inner_texts()[: len(SCALES)] == ["3", *[none] * (len(SCALES) - 1)]

    page.reload()
    again = unfolded(ready(page))
    picture(again, words, entry(FIRST, 3)).wait_for()
    expect(button(again, words["check_in.begin"])).to_be_visible()
    expect(day_field(again, words)).to_be_hidden()


def test_a_press_never_overtakes_the_last_number(card, words):
    """As when somebody is quicker than a busy kernel: everything within one moment."""
    begin(card, words)
    day_field(card, words).fill(FIRST[0])
    card.evaluate(
        """card => {
            const numbers = card.querySelectorAll('fieldset')[0].querySelectorAll('input');
            [1, 2, 3, 4, 5, 6, 7].forEach((number) => numbers[number].click());
            card.querySelector('.nykurs-check-in-form .nykurs-primary').click();
        }"""
    )
    picture(card, words, entry(FIRST, 7)).wait_for()


def test_what_is_missing_is_said_and_the_numbers_stay(card, words):
    begin(card, words)
    button(card, words["check_in.add"]).press("Enter")
    wait_spoken(card, words, "choose_first")
    number(card, SCALES[0], 0).check()
    day_field(card, words).fill("")
    button(card, words["check_in.add"]).press("Enter")
    wait_spoken(card, words, "date_first")
    expect(number(card, SCALES[0], 0)).to_be_checked()
    card.get_by_role("group", name=SCALES[0].label, exact=True).get_by_label(words["check_in.skip"]).check()
    day_field(card, words).fill(FIRST[0])
    button(card, words["check_in.add"]).press("Enter")
    wait_spoken(card, words, "choose_first")
    button(card, words["check_in.close"]).press("Enter")
    wait_spoken(card, words, "closed")
    expect(button(card, words["check_in.begin"])).to_be_focused()
    expect(card.locator("svg")).to_have_count(0)


def test_days_are_replaced_removed_and_put_back_and_nothing_in_use_is_made_again(card, words):
    begin(card, words)
    add(card, words, SECOND, 5, 2)
    wait_spoken(card, words, "added", SECOND)
    add(card, words, FIRST, 4, 4)
    wait_spoken(card, words, "added", FIRST)
    marked = "card => card.querySelectorAll('button, input, summary').forEach((part) => { part.marked = true; })"
    card.evaluate(marked)
    add(card, words, FIRST, 9)
    wait_spoken(card, words, "replaced", FIRST)
    picture(card, words, entry(FIRST, 9), entry(SECOND, 5, 2)).wait_for()
    undo = button(card, words["check_in.undo"])
    expect(undo).to_have_count(1)
    undo.press("Enter")
    wait_spoken(card, words, "undone", FIRST)
    expect(button(card, words["check_in.add"])).to_be_focused()
    picture(card, words, entry(FIRST, 4, 4), entry(SECOND, 5, 2)).wait_for()
    assert card.evaluate("card => [...card.querySelectorAll('button, input, summary')].every((part) => part.marked)")

    remove(card, words, SECOND).press("Enter")
    wait_spoken(card, words, "removed", SECOND)
    expect(remove(card, words, FIRST)).to_be_focused()
    expect(row(card, SECOND)).to_have_count(0)
    remove(card, words, FIRST).press("Enter")
    wait_spoken(card, words, "removed", FIRST)
    expect(undo).to_be_focused()
    expect(card.locator("svg")).to_have_count(0)
    undo.press("Enter")
    wait_spoken(card, words, "undone", FIRST)
    expect(remove(card, words, FIRST)).to_be_focused()
    picture(card, words, entry(FIRST, 4, 4)).wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_has_a_name_and_room(card, words, width):
    card.page.set_viewport_size({"width": width, "height": 800})
    begin(card, words)
    add(card, words, FIRST, 0, 10, 5)
    add(card, words, SECOND, 10)
    add(card, words, THIRD, 3, 3, 3)
    for scale in SCALES:
        for value in (0, 5, 10):
            expect(number(card, scale, value)).to_have_count(1)
    table = card.get_by_role("table", name=words["check_in.caption"], exact=True)
    heads = width > 480  # on a narrow screen every cell has its own
    expect(table.get_by_role("row")).to_have_count(3 + heads)
    expect(table.get_by_role("columnheader")).to_have_count((1 + len(SCALES)) * heads)
    expect(table.get_by_role("rowheader")).to_have_text([THIRD[1], SECOND[1], FIRST[1]])
    found = Axe().run(card.page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}
    outside = card.evaluate(
        """card => [...card.querySelectorAll('label, button, input, svg, td, th, p, span')]
            .filter(part => part.checkVisibility() && !part.closest('.nykurs-hidden'))
            .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth
                || part.getBoundingClientRect().right > card.getBoundingClientRect().right)
            .map(part => part.outerHTML.slice(0, 150))"""
    )
    assert outside == []
    for part in card.locator(".nykurs-check-in-form label:visible, button:visible, summary:visible").all():
        if part.locator("input").count() or part.evaluate("part => part.tagName !== 'LABEL'"):
            assert part.bounding_box()["height"] >= 24


def test_many_days_wait_behind_a_summary_after_a_reload(card, ready, words):
    begin(card, words)
    days = [(f"2027-01-{day:02}", f"{day:02}.01.2027") for day in range(1, 11)]
    for place, day in enumerate(days):
        add(card, words, day, place % 11)
    entries = [entry(day, place % 11) for place, day in enumerate(days)]
    picture(card, words, *entries).wait_for()
    card.page.reload()
    again = unfolded(ready(card.page))
    picture(again, words, *entries).wait_for()
    summary = again.get_by_text(words["check_in.days"].format(count=10))
    expect(again.get_by_role("table")).to_be_hidden()
    summary.focus()
    again.page.keyboard.press("Enter")
    expect(again.get_by_role("table").get_by_role("row")).to_have_count(11)
