"""A course page: it runs by itself, shows no code, and lets nothing of JupyterLab through."""

import json
import re
from pathlib import Path

import pytest

import course
from course import content

MODULES = Path(course.__file__).parent / "modules" / "nb"
NAME = "01_avhengighet"


def cells(name: str) -> list[dict]:
    """The cells of a notebook as it lies in the checkout."""
    return json.loads((MODULES / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def tagged(name: str, tag: str) -> list[dict]:
    """The cells with this tag."""
    return [cell for cell in cells(name) if tag in cell["metadata"].get("tags", ())]


def sentences(name: str, tag: str) -> set[str]:
    """The sentences of the cells with this tag that participants do not meet in another cell or in an exercise."""
    hidden = tagged(name, "leader") + tagged(name, "paper-only")
    shown = ["".join(cell["source"]) for cell in cells(name) if cell not in hidden]
    texts = [(content.CONTENT / "nb" / f"{file}.yaml").read_text(encoding="utf-8") for file in (name, "support")]
    other = " ".join(plain(text) for text in shown + texts)
    found = re.split(r"[.?!:\n]", "\n".join("".join(cell["source"]) for cell in tagged(name, tag)))
    return {text for line in found if len(text := plain(line)) > 20 and text not in other}


def plain(text: str) -> str:
    """Words without Markdown's marks."""
    return " ".join(re.sub(r"[*_#>`|]|^\s*[-\d]+[.)]?\s", " ", text).split())


def test_a_page_runs_by_itself_and_shows_exercises_without_a_click(open_module):
    page = open_module()
    exercises = page.locator(".nykurs-page .nykurs-card:visible")
    assert exercises.count() >= 2
    assert page.locator(".nykurs-page input[type=radio]:visible").count() >= 3
    assert page.locator(".nykurs-waiting").count() == 0


def test_no_code_prompt_menu_or_side_bar_is_visible(open_module):
    page = open_module()
    hidden = (
        ".jp-InputArea-editor",
        ".jp-CodeCell .jp-InputArea",
        ".jp-InputPrompt",
        ".jp-OutputPrompt",
        ".jp-OutputArea-promptOverlay",
        ".lm-MenuBar",
        ".jp-SideBar",
        ".jp-Toolbar",
        ".jp-Launcher",
        "#jp-bottom-panel",
    )
    assert [selector for selector in hidden if page.locator(f"{selector}:visible").count()] == []
    assert "show(" not in page.locator("body").inner_text()


@pytest.mark.parametrize("name", content.names("nb"))
def test_no_leader_sentence_reaches_a_participants_browser(open_module, lab, name):
    page = open_module(name, fresh=False)
    shown = " ".join(page.evaluate("document.documentElement.textContent").split())
    sent = " ".join(lab.request(path)[1] for path in (f"api/contents/{name}.ipynb?content=1", f"files/{name}.ipynb"))
    sent = plain(sent.encode().decode("unicode_escape", "ignore"))
    for tag in ("leader", "paper-only"):
        leaked = {sentence for sentence in sentences(name, tag) if sentence in shown or sentence in sent}
        assert not leaked
    assert sentences(name, "leader") or not tagged(name, "leader")


def test_the_leaders_page_shows_the_leaders_cells_and_marks_them(open_module, leader_lab, words):
    page = open_module(server=leader_lab)
    assert page.locator(".nykurs-for-leader:visible").count() >= len(tagged(NAME, "leader")) - len(tagged(NAME, "more"))
    assert page.locator(".nykurs-for-leader").count() == len(tagged(NAME, "leader"))
    assert page.locator("#nykurs-header").get_by_text(words["lab.leading"]).is_visible()


def test_more_is_folded_under_a_button_and_its_exercises_have_run(open_module):
    page = open_module()
    button = page.locator(".nykurs-more").first
    cell = page.locator(".jp-Cell:has(> .nykurs-more)").first
    inside = cell.locator(".jp-OutputArea, .jp-MarkdownOutput").first
    assert button.get_attribute("aria-expanded") == "false"
    assert not inside.is_visible()
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    inside.wait_for()
    assert page.locator(".nykurs-more-part .nykurs-card").count() >= 1
    button.press("Enter")
    assert not inside.is_visible()


def test_every_page_says_where_one_is_and_what_is_kept(open_home, open_module, words):
    for page in (open_home(), open_module(fresh=False)):
        header = page.locator("#nykurs-header")
        assert header.get_by_text(words["lab.privacy"]).is_visible()
        assert header.get_by_role("button", name=words["lab.end"]).is_visible()
        assert page.locator("html").get_attribute("lang") == "nb"
    module = content.load(NAME)
    assert page.title() == f"{module.title} – {words['lab.title']}"
    assert header.get_by_text(module.title, exact=True).is_visible()
    assert header.get_by_text(words["lab.draft"]).is_visible() != module.approved
    assert header.get_by_text(re.compile(r"^Del 1 av \d+$")).is_visible()


def test_the_header_follows_the_reader_through_the_page(open_module):
    page = open_module()
    page.locator(".jp-RenderedMarkdown h2").last.scroll_into_view_if_needed()
    page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop = node.scrollHeight")
    page.wait_for_function(
        """() => { const [at, of] = document.querySelector('.nykurs-read-part').textContent.match(/\\d+/g);
                   return at === of; }"""
    )


def test_the_first_page_shows_every_module_as_a_card(open_home):
    page = open_home()
    titles = page.locator(".nykurs-cards h3").all_inner_texts()
    modules = sorted(map(content.load, content.names("nb")), key=lambda module: module.next_of_kin)
    assert titles == [module.title for module in modules]  # next of kin have a list of their own below
    page.locator(".nykurs-cards a").first.click()
    page.wait_for_selector(".nykurs-page[data-nykurs-ready]", state="attached")
    assert page.url.endswith(f"/lab/tree/{content.names('nb')[0]}.ipynb")
    page.go_back()
    page.wait_for_selector(".nykurs-cards a")


def test_larger_text_stays_on_the_next_page(open_module, ready):
    page = open_module()
    words_of_the_page = page.locator(".jp-RenderedMarkdown p").first
    before = words_of_the_page.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    page.locator(".nykurs-larger-button").click()
    page.reload()
    ready(page)
    after = page.locator(".jp-RenderedMarkdown p").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert after > before
    assert page.locator(".nykurs-larger-button").get_attribute("aria-pressed") == "true"


def test_keys_that_edit_a_notebook_do_nothing(open_module):
    page = open_module()
    count = page.locator(".jp-Cell").count()
    radio = page.locator(".nykurs-page input[type=radio]:visible").first
    radio.focus()
    for key in ("b", "a", "x", "d", "d", "m", "Shift+Enter", "Control+Enter", "Control+s", "Control+Shift+c"):
        page.keyboard.press(key)
    page.locator(".jp-RenderedMarkdown p").first.dblclick()
    for key in ("Enter", "b", "x", "d", "d"):
        page.keyboard.press(key)
    page.locator(".jp-RenderedMarkdown p").first.click(button="right")
    assert page.locator(".jp-Cell").count() == count
    assert page.locator(".jp-mod-editMode, .lm-Menu, .jp-Dialog, .jp-MarkdownCell:not(.jp-mod-rendered)").count() == 0


def test_arrow_keys_choose_in_a_group_of_radio_buttons(open_module):
    page = open_module()
    radio = page.locator(".nykurs-page input[type=radio]:visible").first
    radio.focus()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.checked && document.activeElement.type")
    assert chosen == "radio"


def test_an_exercise_that_fails_is_a_calm_sentence_and_the_others_live(context, open_module, words):
    page = context.new_page()

    def break_one(route):
        notebook = route.fetch().json()
        shows = [cell for cell in notebook["content"]["cells"] if cell["source"][:5] in ("show(", ["show("])]
        shows = shows or [cell for cell in notebook["content"]["cells"] if "show(" in "".join(cell["source"])][1:]
        shows[0]["source"] = 'show("finnes-ikke")'
        route.fulfill(json=notebook)

    page.route(re.compile(r"/api/contents/01_avhengighet\.ipynb\?.*content=1"), break_one)
    open_module(page=page)
    assert page.get_by_text(words["lab.exercise_failed"]).count() == 1
    assert page.get_by_text(words["lab.exercise_failed"]).is_visible()
    assert "Traceback" not in page.locator("body").inner_text()
    assert page.locator(".nykurs-page .nykurs-card:visible").count() >= 1


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_the_header_leaves_the_page_its_room(context, open_module, width, height):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    open_module(page=page, fresh=False)
    box = page.locator("#nykurs-header").bounding_box()
    assert box["height"] <= height * 0.14
    assert box["width"] <= width
    assert page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollWidth") <= width
    assert page.locator(".jp-RenderedMarkdown p").first.bounding_box()["width"] > min(width, 600) * 0.8


def test_on_a_phone_the_ways_on_and_out_are_behind_one_button(context, open_module, words):
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    open_module(page=page, fresh=False)
    end = page.get_by_role("button", name=words["lab.end"])
    assert not end.is_visible()
    page.get_by_role("button", name=words["lab.menu"]).click()
    end.wait_for()
    sizes = page.locator("#nykurs-header :is(a, button):visible").evaluate_all(
        "nodes => nodes.map(node => Math.min(node.getBoundingClientRect().height, node.getBoundingClientRect().width))"
    )
    assert min(sizes) >= 24
