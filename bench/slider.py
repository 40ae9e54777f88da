"""How soon does the figure follow the slider? From a key press on the handle to the changed figure in the page."""

import statistics
import time

from playwright.sync_api import Locator, Page
from servers import chromium, course_server

MODULE = "01_avhengighet"
# Slider, key and times, so that no picture is drawn twice; the way back shows every one of them again.
THERE = ((0, "ArrowRight", 6), (1, "ArrowRight", 1), (0, "ArrowLeft", 6), (1, "ArrowRight", 1), (0, "ArrowRight", 6))
BACK = tuple(
    (slider, {"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight"}[key], times) for slider, key, times in THERE[::-1]
)


def main() -> None:
    """Print median and 90th percentile of one step, in milliseconds."""
    with course_server() as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(server.url(f"/lab/tree/{MODULE}.ipynb"))
        page.locator("[data-nykurs-ready='1']").wait_for()
        card = page.locator(".nykurs-explore").first
        card.locator("figure").wait_for(state="attached")
        if not card.is_visible():
            page.evaluate(
                "() => document.querySelectorAll('[aria-expanded=false]').forEach((button) => button.click())"
            )
        for name, way in (("new pictures", THERE), ("pictures drawn before", BACK)):
            milliseconds = sorted(steps(page, card, way))
            ninetieth = milliseconds[int(0.9 * len(milliseconds))]
            median = statistics.median(milliseconds)
            print(f"one step, {name}: median {median:.0f} ms, 90 % within {ninetieth:.0f} ms (aim: 100)")


def steps(page: Page, card: Locator, way: tuple[tuple[int, str, int], ...]) -> list[float]:
    """What each step took, in milliseconds."""
    place = card.locator(".nykurs-figure").element_handle()  # stays while the figure in it is replaced
    taken = []
    for slider, key, times in way:
        card.locator("[role='slider'], input[type='range']").nth(slider).focus()
        for _ in range(times):
            before = place.inner_html()
            start = time.perf_counter()
            page.keyboard.press(key)
            page.wait_for_function(
                "([place, before]) => place.innerHTML !== before", arg=[place, before], polling="raf"
            )
            taken.append(1000 * (time.perf_counter() - start))
    return taken


if __name__ == "__main__":
    main()
