"""axe-core finds nothing to mend on the first page, on every module, in the header and in our dialogs."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from course import content

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OURS = "#nykurs-header, .nykurs-page, .nykurs-home, .nykurs-ask, .nykurs-cover"


def violations(page) -> dict[str, list]:
    """What axe-core found in our part of the page: the rule and where."""
    unroll(page)
    present = [part for part in OURS.split(", ") if page.locator(part).count()]
    found = Axe().run(page, context={"include": [[part] for part in present]}, options=RULES).response["violations"]
    return {each["id"]: [node["target"] for node in each["nodes"]] for each in found}


def unroll(page) -> None:
    """A window as high as the page, since axe-core does not judge the contrast of what is scrolled away."""
    scroller = page.locator(".jp-WindowedPanel-outer, .nykurs-home").first
    height = scroller.evaluate("node => node.scrollHeight") + 400
    page.set_viewport_size({"width": 1280, "height": max(720, height)})
    page.wait_for_function("() => document.querySelector('.jp-WindowedPanel-outer, .nykurs-home').scrollTop === 0")


def test_pale_text_at_the_foot_of_a_page_is_found(open_home):
    page = open_home()
    page.locator(".nykurs-home-inner").evaluate(
        "node => node.insertAdjacentHTML('beforeend', '<p style=color:#ccc>en blek setning')"
    )
    assert list(violations(page)) == ["color-contrast"]


def test_the_first_page_has_no_violations(open_home):
    assert violations(open_home()) == {}


@pytest.mark.parametrize("name", content.names("nb"))
def test_a_module_with_everything_unfolded_has_no_violations(open_module, name):
    page = open_module(name)
    for button in page.locator(".nykurs-more").all():
        button.click()
    assert violations(page) == {}


def test_the_dialog_of_end_and_empty_has_no_violations_and_takes_the_focus(open_home, words):
    page = open_home()
    page.get_by_role("button", name=words["lab.end"]).click()
    assert violations(page) == {}
    assert page.evaluate("document.activeElement.textContent") == words["lab.stay"]


def test_tab_goes_through_the_header_into_the_exercises_with_a_visible_ring(open_module, words):
    page = open_module()
    page.get_by_role("link", name=words["lab.skip"]).focus()
    stops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => { const at = document.activeElement, style = getComputedStyle(at);
                    return { name: at.ariaLabel || at.textContent.trim().slice(0, 40) || at.value || at.type,
                             ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                                   || getComputedStyle(at.parentElement).outlineStyle !== 'none',
                             lab: at.matches('.jp-Cell, .jp-Notebook, .jp-skiplink, .lm-TabBar-tab') }; }"""
            )
        )
    assert words["lab.end"] in [stop["name"] for stop in stops]
    assert [stop for stop in stops if stop["lab"] or not stop["ring"]] == []
