"""Makes README's pictures from the real thing: a live quiz, a trigger map and a printed handout.

Run by hand after a change that is seen: `.venv/bin/python docs/pictures/make.py`. Needs Chromium and pdftoppm.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "bench"))

import handout  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402
from servers import Server, chromium, course_server  # noqa: E402

from course import content  # noqa: E402

WORDS = content.words("nb")


def open_module(browser: Browser, server: Server, name: str) -> Page:
    """A module with its exercises live."""
    page = browser.new_page(viewport={"width": 1000, "height": 1500})
    page.goto(server.url(f"/lab/tree/{name}.ipynb"))
    page.locator("[data-nykurs-ready='1']").wait_for()
    return page


def quiz(browser: Browser, server: Server) -> None:
    """The first question of module 01, answered."""
    page = open_module(browser, server, "01_avhengighet")
    card = page.locator(".nykurs-quiz").first
    card.get_by_role("radio").first.check()
    card.get_by_role("button", name=WORDS["quiz.answer"]).click()
    card.locator(".nykurs-reply strong").first.wait_for()
    card.screenshot(path=HERE / "quiz.png")
    page.close()


def trigger_map(browser: Browser, server: Server) -> None:
    """The map of the fictional person's triggers."""
    page = open_module(browser, server, "07_tilbakefall")
    card = page.locator(".nykurs-triggermap").first
    steps = [WORDS[f"trigger_map.steps.{name}"] for name in ("find", "rate", "map")]
    for number, trigger in enumerate(example().example):
        category = next(one for one in example().categories if one.id == trigger.category)
        card.get_by_role("radio", name=category.label, exact=True).check()
        card.get_by_label(WORDS["trigger_map.text"]).fill(trigger.text)
        card.get_by_role("button", name=WORDS["trigger_map.add"], exact=True).click()
        card.get_by_role("listitem").filter(has_text=trigger.text).nth(0).wait_for()
        assert number < 40
    card.get_by_role("button", name=WORDS["trigger_map.next_step"].format(title=steps[1])).click()
    for trigger in example().example:
        strength = card.get_by_role("group", name=WORDS["trigger_map.strength"].format(text=trigger.text))
        strength.wait_for()
        strength.get_by_role("radio", name=str(trigger.strength), exact=True).check()
        last = trigger == example().example[-1]
        name = WORDS["trigger_map.next_step"].format(title=steps[2]) if last else WORDS["trigger_map.next_trigger"]
        card.get_by_role("button", name=name).click()
    card.locator("figure svg").wait_for()
    card.screenshot(path=HERE / "trigger-map.png")
    page.close()


def example() -> object:
    """The trigger map exercise of module 07, with its fictional example."""
    return content.load("07_tilbakefall").exercise("triggers")


def printed(browser: Browser) -> None:
    """Two pages of module 01's handout beside each other."""
    with tempfile.TemporaryDirectory() as folder:
        paths = handout.make(["01_avhengighet"], ["participant"], out=Path(folder))
        page = browser.new_page()
        page.goto(paths[0].as_uri())
        page.pdf(path=f"{folder}/handout.pdf", prefer_css_page_size=True)
        page.close()
        pages = ["-f", "7", "-l", "7", "-r", "70", "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *pages, f"{folder}/handout.pdf", str(HERE / "handout")], check=True)


def main() -> None:
    """Make all three pictures."""
    with course_server() as server, chromium() as browser:
        quiz(browser, server)
        trigger_map(browser, server)
        printed(browser)


if __name__ == "__main__":
    main()
