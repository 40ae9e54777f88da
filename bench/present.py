"""How soon does the leader's window follow the wall? From a key press there to the changed slide number here."""

import statistics

from playwright.sync_api import Page
from servers import chromium, course_server

MODULE = "01_avhengighet"
STEPS = 60
AIM = 300  # milliseconds
NOW = "performance.timeOrigin + performance.now()"
# Each window notes, by the machine's own clock, when something happened in it.
NOTE_KEYS = f"window.addEventListener('keydown', () => (window.pressed = {NOW}), true)"  # before the page's own
NOTE_CHANGES = f"""() => {{
  const place = document.getElementById('place');
  const note = () => requestAnimationFrame(() => (window.followed = [place.textContent, {NOW}]));
  new MutationObserver(note).observe(place, {{ childList: true, characterData: true, subtree: true }});
}}"""


def main() -> None:
    """Print median, 90th percentile and the longest, in milliseconds."""
    with course_server(present=True) as server, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        context.add_init_script(NOTE_KEYS)
        wall = context.new_page()
        wall.goto(server.url(f"/lab/tree/{MODULE}.ipynb"))
        wall.wait_for_function("/\\d/.test(document.querySelector('.nykurs-present-place')?.textContent)")
        with context.expect_page() as opened:
            wall.keyboard.press("l")
        leader = opened.value
        leader.wait_for_function("/\\d/.test(document.getElementById('place')?.textContent)")
        milliseconds = sorted(steps(wall, leader))
    ninetieth = milliseconds[int(0.9 * len(milliseconds))]
    print(
        f"{len(milliseconds)} steps: median {statistics.median(milliseconds):.0f} ms, 90 % within {ninetieth:.0f} ms, "
        f"longest {milliseconds[-1]:.0f} ms (aim: a median of {AIM})"
    )


def steps(wall: Page, leader: Page) -> list[float]:
    """What each step to another slide took, in milliseconds."""
    leader.evaluate(NOTE_CHANGES)
    taken = []
    for number in range(STEPS):
        wall.keyboard.press("End" if number % 2 == 0 else "Home")
        shown = wall.locator(".nykurs-present-place").inner_text()
        leader.wait_for_function("shown => window.followed?.[0] === shown", arg=shown)
        taken.append(leader.evaluate("followed[1]") - wall.evaluate("pressed"))
    return taken


if __name__ == "__main__":
    main()
