"""«Skriv ut mitt ark»: printed from memory, nothing left; saved as a file only as a second choice, after a warning."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader
from test_lab_access import RULES, violations

from course import content

MODULE = "01_avhengighet"
EXERCISE = content.load(MODULE).exercise("my-reasons")
OWN = 'Jeg vil synge igjen, Åse.\n<script>alert(1)</script><img src=x onerror="alert(2)">\nשלום 🦊'
FRAMES = "iframe[srcdoc]"

# Every page that is printed: what it says, where it stands, and what a print queue would call it.
CATCH = """() => {
    window.printed = [];
    document.addEventListener('load', event => {
        if (event.target.localName !== 'iframe') return;
        const frame = event.target, view = frame.contentWindow, real = view.print.bind(view);
        view.print = () => {
            window.printed.push({
                text: view.document.body.innerText, html: frame.srcdoc, sandbox: frame.getAttribute('sandbox'),
                titles: [view.document.title, document.title], src: frame.getAttribute('src'),
                wide: frame.getBoundingClientRect().width, active: view.document.querySelectorAll('script, img').length,
            });
            real();
        };
    }, true);
}"""


@pytest.fixture
def say(words):
    """A word of the JupyterLab side."""
    return lambda key, **values: words[f"lab.{key}"].format(**values)


@pytest.fixture
def page(open_module):
    """A module in which prints are caught."""
    page = open_module(MODULE)
    page.evaluate(CATCH)
    return page


def offer(page, say):
    """The button under the exercise."""
    return page.get_by_role("button", name=say("sheet_offer_of", title=EXERCISE.title), exact=True)


def press(page, say, key):
    """A button of the dialog."""
    page.get_by_role("dialog").get_by_role("button", name=say(key), exact=True).click()


def label(identifier):
    """What stands at a field of the exercise."""
    return next(field.label for field in EXERCISE.fields if field.id == identifier)


def write(page, text=OWN, number="7"):
    """A text and a number of one's own, the text still in its field."""
    card = page.locator(".nykurs-worksheet", has_text=EXERCISE.title)
    group = card.get_by_role("group", name=re.compile(re.escape(label("how-important"))))
    group.get_by_role("radio", name=number, exact=True).check()
    field = card.get_by_label(re.compile(re.escape(label("more-of"))))
    field.fill(text)
    field.focus()


def print_sheet(page, say):
    """Ask for the sheet and print it; what was printed."""
    offer(page, say).click()
    press(page, say, "sheet_print")
    page.wait_for_function("() => window.printed.length === 1")
    page.get_by_role("dialog").get_by_text(say("sheet_printed")).wait_for()
    return page.evaluate("window.printed[0]")


def as_page(context, html):
    """The document in a window of its own."""
    page = context.new_page()
    page.set_content(html)
    return page


@pytest.fixture(autouse=True)
def late_script(troubles):
    """The frame's sandbox refuses the test browser's own script too, and says so when it comes late."""
    troubles.allow(r"Blocked script execution in 'about:srcdoc'")


def test_the_printed_page_holds_what_was_entered_last_and_runs_nothing_of_it(page, say, context):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    write(page)
    printed = print_sheet(page, say)
    assert OWN in printed["text"]
    assert '<li class="chosen">7<' in printed["html"]
    assert label("who") in printed["text"]
    assert printed["active"] == 0
    assert printed["sandbox"] == "allow-same-origin allow-modals"
    assert asked == []


def test_nothing_is_left_of_a_printed_sheet(page, say, context, words):
    downloads = []
    page.on("download", lambda download: downloads.append(download))
    write(page)
    before = page.evaluate("[location.href, document.title, history.length]")
    printed = print_sheet(page, say)
    assert printed["titles"] == [words["my_sheet.title"]] * 2
    assert printed["src"] is None
    assert printed["wide"] < 2
    page.locator(FRAMES).wait_for(state="detached")
    assert page.evaluate("[location.href, document.title, history.length]") == before
    assert len(context.pages) == 1
    assert downloads == []
    stored = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "synge" not in stored
    press(page, say, "close")
    assert "synge igjen" not in page.evaluate("document.documentElement.outerHTML")


def test_the_page_on_paper_has_the_help_numbers_on_every_side_and_every_word(page, say, context, words, tmp_path):
    text = "Jeg øver på å si det høyt. " * 400
    write(page, text)
    html = print_sheet(page, say)["html"]
    paper = as_page(context, html)
    paper.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    sides = [side.extract_text() for side in PdfReader(tmp_path / "sheet.pdf").pages]
    assert len(sides) >= 3
    for number in ("113", "116 117", "116 123", "915 08 588"):
        assert [number in " ".join(side.split()) for side in sides] == [True] * len(sides)
    assert " ".join(sides).count("høyt") == text.count("høyt")
    assert content.support("nb").boxes["draft"].paragraphs[0] in sides[-1]


def test_the_page_has_no_violations_of_its_own(page, say, context):
    write(page)
    paper = as_page(context, print_sheet(page, say)["html"])
    found = Axe().run(paper, options=RULES).response["violations"]
    assert {each["id"]: [node["target"] for node in each["nodes"]] for each in found} == {}


def test_every_exercise_has_one_button_also_after_a_reload(page, say, ready):
    for _ in range(2):
        cards = page.locator(".nykurs-page .nykurs-card").count()
        names = [button.get_attribute("aria-label") for button in page.locator(".nykurs-my-sheet button").all()]
        assert len(names) == len(set(names)) == cards == len(content.load(MODULE).exercises)
        page.reload()
        ready(page)


def test_by_keyboard_alone_and_the_focus_comes_back(page, say):
    write(page)
    offer(page, say).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('dialog')?.contains(document.activeElement)")
    stops = []
    for _ in range(3):
        stops.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert stops == [say("sheet_print"), say("sheet_cancel"), say("sheet_save")]
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.ariaLabel") == say("sheet_offer_of", title=EXERCISE.title)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.printed.length === 1")


def test_saving_is_a_second_choice_after_its_warning_and_gives_one_file(page, say, context):
    write(page)
    html = print_sheet(page, say)["html"]
    downloads = []
    page.on("download", lambda download: downloads.append(download))
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_text(say("readable")).count() == 0
    assert dialog.get_by_role("button", name=say("sheet_save_do")).count() == 0
    press(page, say, "sheet_save")
    dialog.get_by_text(say("readable")).wait_for()
    assert page.evaluate("document.activeElement.textContent") == say("readable")
    assert downloads == []
    with page.expect_download() as waiting:
        press(page, say, "sheet_save_do")
    dialog.get_by_text(say("downloaded")).wait_for()
    assert waiting.value.suggested_filename == "mitt-ark.html"
    assert waiting.value.path().read_text(encoding="utf-8") == html
    assert downloads == [waiting.value]
    assert len(page.evaluate("window.printed")) == 1


def test_both_sides_of_the_dialog_have_no_violations(page, say):
    offer(page, say).click()
    assert violations(page) == {}
    press(page, say, "sheet_save")
    assert violations(page) == {}


def test_the_dialog_fits_a_narrow_screen(page, say):
    page.set_viewport_size({"width": 390, "height": 700})
    offer(page, say).click()
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.get_by_role("dialog").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_where_nothing_may_be_saved_the_sheet_can_be_printed_and_no_more(start_lab, open_module, say):
    page = open_module(MODULE, server=start_lab(journal=False))
    page.evaluate(CATCH)
    write(page)
    assert OWN in print_sheet(page, say)["text"]
    assert page.get_by_role("dialog").get_by_text(say("sheet_save")).count() == 0


def test_a_course_that_is_gone_is_told_calmly_and_nothing_is_printed(page, say, lab):
    write(page)
    lab.kill_kernel()
    page.get_by_role("alert").get_by_text(say("stopped")).wait_for()
    offer(page, say).click()
    press(page, say, "sheet_print")
    page.get_by_role("dialog").get_by_text(say("sheet_failed")).wait_for()
    assert page.evaluate("window.printed") == []
    press(page, say, "sheet_cancel")
    assert page.locator("dialog").count() == 0
