"""The sorting board in JupyterLab: by keys alone, on a telephone, said once, undone, and kept over a reload."""

import hearing
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import UNFOLD
from playwright.sync_api import expect

from course import content
from course.model import SortingBoard

MODULE, BOARD = next(
    ((name, one) for name in content.names("nb") for one in content.load(name).exercises if type(one) is SortingBoard),
    (None, None),
)
CARD = ".nykurs-sortingboard"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OWN = "synge i koret"
pytestmark = pytest.mark.skipif(BOARD is None, reason="no module has a sorting board")


def listening(page):
    page.evaluate(UNFOLD)
    card = page.locator(CARD)
    expect(card.locator("[role=status]")).to_have_count(2)  # beside the board, and for faults
    hearing.listen(card)
    return card


@pytest.fixture
def card(open_module):
    return listening(open_module(MODULE))


def column(card, at):
    """The part of the board with this number; 0 is the tray."""
    return card.locator(".nykurs-board-column").nth(at)


def texts(card, at):
    return column(card, at).locator(".nykurs-sort-text")


def tool(card, words, at, text):
    """The button that puts a card in a column."""
    heading = words["sorting_board.column"].format(number=at, title=BOARD.columns[at - 1].title)
    return card.get_by_role("button", name=words["sorting_board.press"].format(column=heading, text=text), exact=True)


def wait_spoken(card, words, name, **values):
    sentence = words[name].format(**values)
    hearing.wait_spoken(card, sentence)


def test_cards_are_sorted_by_keys_alone_and_the_board_is_there_after_a_reload(card, ready, words):
    first, second, third, *rest = [each.text for each in BOARD.cards]
    page, titles = card.page, [each.title for each in BOARD.columns]
    tool(card, words, 1, first).focus()
    page.keyboard.press("1")
    wait_spoken(card, words, "sorting_board.moved", text=first, column=titles[0])
    expect(tool(card, words, 1, second)).to_be_focused()  # the next card that waits
    page.keyboard.press("ArrowRight")
    expect(tool(card, words, 2, second)).to_be_focused()
    page.keyboard.press("Enter")
    wait_spoken(card, words, "sorting_board.moved", text=second, column=titles[1])
    expect(tool(card, words, 1, third)).to_be_focused()
    page.keyboard.press("Tab")
    expect(tool(card, words, 1, rest[0])).to_be_focused()  # one stop for each card

    tool(card, words, 1, first).press("2")
    expect(texts(card, 2)).to_have_text([second, first])
    expect(tool(card, words, 1, first)).to_be_focused()  # a card that was sorted takes the focus along
    wait_spoken(card, words, "sorting_board.moved", text=first, column=titles[1])
    page.keyboard.press("0")
    expect(texts(card, 0).first).to_have_text(first)
    wait_spoken(card, words, "sorting_board.back", text=first)

    entry = card.get_by_role("textbox")
    entry.fill(OWN)
    page.keyboard.press("Enter")
    wait_spoken(card, words, "sorting_board.added", text=OWN)
    expect(entry).to_be_focused()
    expect(entry).to_have_accessible_name(words["sorting_board.entry"].format(count=1, most=BOARD.own_cards))
    tool(card, words, 1, OWN).press("3")
    expect(texts(card, 3)).to_have_text([OWN])
    wait_spoken(card, words, "sorting_board.moved", text=OWN, column=titles[2])
    tool(card, words, 3, OWN).press("Delete")
    expect(texts(card, 3)).to_have_count(0)
    wait_spoken(card, words, "sorting_board.removed", text=OWN)
    undo = card.get_by_role("button", name=words["tally.undo"], exact=True)
    undo.press("Enter")
    wait_spoken(card, words, "tally.undone")
    expect(texts(card, 3)).to_have_text([OWN])
    expect(undo).to_be_focused()

    page.reload()
    again = listening(ready(page))
    expect(texts(again, 3)).to_have_text([OWN])
    expect(texts(again, 2)).to_have_text([second])
    expect(tool(again, words, 3, OWN)).to_have_attribute("aria-pressed", "true")


def test_a_telephone_shows_all_of_it_and_a_press_says_what_it_did_where_it_is_seen(card, words):
    page = card.page
    page.set_viewport_size({"width": 390, "height": 844})
    for each, at in zip(BOARD.cards[:3], (1, 2, 3), strict=True):
        button = tool(card, words, min(at, len(BOARD.columns)), each.text)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    said = card.locator(".nykurs-sort-foot .nykurs-status")
    expect(said).to_contain_text(BOARD.cards[2].text)
    expect(said).to_be_in_viewport(ratio=1)
    beyond = "all => all.filter(part => part.getBoundingClientRect().right > innerWidth).length"
    assert card.locator("*").evaluate_all(beyond) == 0
    small = "all => all.filter(one => one.offsetParent && Math.min(one.offsetWidth, one.offsetHeight) < 44).length"
    assert card.locator("button").evaluate_all(small) == 0
    found = Axe().run(page, context={"include": [[CARD]]}, options=RULES).response["violations"]
    assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}
    page.set_viewport_size({"width": 1280, "height": 720})
