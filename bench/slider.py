"""How soon does the figure follow the slider? From a key press on the handle to the changed figure in the page."""

import statistics
import time

from servers import chromium, course_server

STEPS = 25
MODULE = "01_avhengighet"


def main() -> None:
    """Print median and 90th percentile of one step, in milliseconds."""
    with course_server() as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(server.url(f"/lab/tree/{MODULE}.ipynb"))
        page.locator("[data-nykurs-ready='1']").wait_for()
        card = page.locator(".nykurs-explore").first
        if not card.is_visible():
            page.evaluate(
                "() => document.querySelectorAll('[aria-expanded=false]').forEach((button) => button.click())"
            )
        handle = card.locator("[role='slider'], input[type='range']").first
        handle.focus()
        figure = card.locator("figure").first
        milliseconds = []
        for step in range(STEPS):
            before = figure.inner_html()
            start = time.perf_counter()
            page.keyboard.press("ArrowRight" if step % 10 < 8 else "ArrowLeft")
            page.wait_for_function(
                "([figure, before]) => figure.innerHTML !== before",
                arg=[figure.element_handle(), before],
                polling="raf",
            )
            milliseconds.append(1000 * (time.perf_counter() - start))
        milliseconds.sort()
        ninetieth = milliseconds[int(0.9 * len(milliseconds))]
        print(f"one step: median {statistics.median(milliseconds):.0f} ms, 90 % within {ninetieth:.0f} ms (aim: 100)")


if __name__ == "__main__":
    main()
