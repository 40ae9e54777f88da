"""Pages of notebooks from elsewhere in a real browser: nothing asked for, nothing cut off, nothing axe objects to."""

import logging
from pathlib import Path

import pytest
from handout.exporter import HandoutExporter

SHELF = Path(__file__).parent.parent / "data" / "shelf"
MEASURED = """() => [...document.querySelectorAll("math")].map((formula) => formula.getBoundingClientRect().height)"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> list[Path]:
    """The pages of all notebooks on the shelf."""
    out = tmp_path_factory.mktemp("shelf")
    exporter = HandoutExporter(log=logging.Logger("shelf", logging.ERROR))
    for path in sorted(SHELF.glob("*.ipynb")):
        (out / f"{path.stem}.html").write_text(exporter.from_filename(str(path))[0], encoding="utf-8")
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def window(chromium):
    context = chromium.new_context(bypass_csp=True)  # the page's own policy would block axe
    yield context
    context.close()


def test_a_page_asks_no_one_for_anything_and_fits_a_telephone(made, window):
    from axe_playwright_python.sync_playwright import Axe

    for path in made:
        page, asked, said = window.new_page(), [], []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("dialog", lambda dialog, said=said: (said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        assert [address for address in asked if not address.startswith("data:image/")] == [path.as_uri()]
        assert said == []
        assert [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]] == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name
        page.close()


def test_pictures_are_drawn_and_formulas_stand_on_more_than_one_line(made, window):
    page = window.new_page()
    page.goto(next(path for path in made if path.stem == "bilder").as_uri())
    widths = page.evaluate("[...document.images].map((image) => image.complete && image.naturalWidth)")
    assert len(widths) == 8
    assert all(widths)
    page.goto(next(path for path in made if path.stem == "formler").as_uri())
    heights = page.evaluate(MEASURED)
    assert max(heights) > 1.8 * min(heights)  # a fraction or a sum is higher than letters in a row
    page.close()


@pytest.mark.parametrize("name", ["strommer", "tabeller"])
def test_long_lines_and_wide_tables_keep_within_the_paper(name, made, window):
    page = window.new_page()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 643, "height": 900})  # A4 within its margins
    page.goto(next(path for path in made if path.stem == name).as_uri())
    edges = "[...document.querySelectorAll('pre, td')].map((each) => each.scrollWidth - each.clientWidth)"
    assert max(page.evaluate(edges)) <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 643
    page.close()
