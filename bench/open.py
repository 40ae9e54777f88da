"""How soon can somebody answer? Times are from the address to the reply of the first answered question.

The course is paired, run by run, with a stock JupyterLab whose notebook has one cell (radio buttons, an observed label)
that is run by script the moment its kernel is idle. Then the second module by its link, and twenty openings back and
forth for memory. Only ratios within one run mean anything.
"""

import statistics
import time

from playwright.sync_api import BrowserContext, Page
from servers import Server, chromium, course_server, stock_server

from course import content

RUNS = 5
OPENINGS = 20
FIRST, SECOND = "01_avhengighet", "02_belonningssystemet"
READY = "[data-nykurs-ready='1']"


def answer_first(page: Page) -> None:
    """Answer the first question and wait for its reply."""
    card = page.locator(".nykurs-quiz").first
    card.locator("input").first.check()
    card.get_by_role("button", name="Se svar").click()
    card.locator(".nykurs-reply strong").first.wait_for()


def open_course(server: Server, context: BrowserContext) -> float:
    """Seconds from the address of a module to the first reply; the entries are emptied afterwards."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url(f"/lab/tree/{FIRST}.ipynb"), wait_until="commit")
    answer_first(page)
    seconds = time.perf_counter() - start
    page.close()
    server.api("/nykurs/kernel", "POST", {"action": "empty"})
    return seconds


def open_stock(server: Server, context: BrowserContext) -> float:
    """The same for the stock notebook, run by script as soon as the kernel is idle."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url("/lab/tree/stock.ipynb"), wait_until="commit")
    # The indicator on the page says idle before there is a kernel, so the kernel itself is asked.
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", polling=20
    )
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.locator(".widget-radio input").first.check()
    page.get_by_text("Svar: en").wait_for()
    seconds = time.perf_counter() - start
    page.close()
    for kernel in server.api("/api/kernels"):
        server.api(f"/api/kernels/{kernel['id']}", "DELETE")
    return seconds


def go(page: Page, name: str) -> None:
    """Follow the link to another module and wait until its exercises are live."""
    page.locator(f"#nykurs-header a[href$='{name}.ipynb']").click()
    page.wait_for_url(f"**/{name}.ipynb*")
    page.locator(READY).wait_for()


def follow_link(server: Server, context: BrowserContext) -> float:
    """Seconds from the click on a link to the first reply in the next module, in a page that is open already."""
    page = context.new_page()
    page.goto(server.url(f"/lab/tree/{SECOND}.ipynb"))
    page.locator(READY).wait_for()
    start = time.perf_counter()
    page.locator(f"#nykurs-header a[href$='{FIRST}.ipynb']").click()
    page.get_by_role("heading", name=content.load(FIRST).title, level=1).wait_for()  # the page before is gone
    answer_first(page)
    seconds = time.perf_counter() - start
    page.close()
    server.api("/nykurs/kernel", "POST", {"action": "empty"})
    return seconds


def heap(page: Page) -> float:
    """The browser page's script memory after a collection, in MiB."""
    return page.evaluate("() => { gc(); return performance.memory.usedJSHeapSize; }") / 2**20


def memory(server: Server, context: BrowserContext) -> list[tuple[int, float, float]]:
    """(openings, kernel MiB, browser MiB) before and after going back and forth."""
    page = context.new_page()
    page.goto(server.url(f"/lab/tree/{FIRST}.ipynb"))
    page.locator(READY).wait_for()
    rows = [(0, server.kernel_memory(), heap(page))]
    for opening in range(1, OPENINGS + 1):
        go(page, SECOND if opening % 2 else FIRST)
        if opening in (2, OPENINGS):
            rows.append((opening, server.kernel_memory(), heap(page)))
    page.close()
    return rows


def main() -> None:
    """Print medians, ranges and ratios."""
    with course_server() as ours, stock_server() as theirs, chromium() as browser:
        contexts = browser.new_context(), browser.new_context()
        open_course(ours, contexts[0]), open_stock(theirs, contexts[1])  # fill both browser caches, not counted
        times: dict[str, list[float]] = {"course": [], "stock": [], "link": []}
        for _ in range(RUNS):
            times["course"].append(open_course(ours, contexts[0]))
            times["stock"].append(open_stock(theirs, contexts[1]))
            times["link"].append(follow_link(ours, contexts[0]))
        median = {name: statistics.median(values) for name, values in times.items()}
        for name, values in times.items():
            print(f"{name:8} median {median[name]:5.2f} s  ({min(values):.2f}-{max(values):.2f})")
        print(f"course / stock {median['course'] / median['stock']:.2f}   (aim: at most 1.0)")
        print(f"link / course  {median['link'] / median['course']:.2f}   (aim: a third)")
        for opening, kernel, page in memory(ours, contexts[0]):
            print(f"after {opening:2} openings: kernel {kernel:6.1f} MiB, page {page:6.1f} MiB")


if __name__ == "__main__":
    main()
