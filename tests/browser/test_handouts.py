"""Handouts in a real browser and under the Nu checker: what they ask for, what axe says, what each page prints."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import handout
import html5lib
import pytest
import tools
from pypdf import PdfReader

from course import content
from widgets.paper import ON_EVERY_PAGE

NAMES = content.names("nb")


FOOT = 60  # points: what stands lower belongs to the margin


@dataclass
class Printed:
    """One printed page: its text with whitespace evened out, and its lowest line above the margin."""

    text: str
    last: str


def read(pdf: Path) -> list[Printed]:
    """The pages of a printed handout."""
    return [read_page(page) for page in PdfReader(pdf).pages]


def read_page(page) -> Printed:
    lines: dict[int, list[str]] = defaultdict(list)

    def collect(text: str, matrix: list[float], place: list[float], font: object, size: float) -> None:
        height = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip() and height > FOOT:
            lines[round(height)].append(text)

    text = page.extract_text(visitor_text=collect)
    last = "".join(lines[min(lines)]) if lines else ""
    return Printed(" ".join(text.split()), " ".join(last.split()))


@dataclass
class Visit:
    """One handout opened once: what it asked for, what it complained about, what axe says, and its printed pages."""

    path: Path
    asked: list[str]
    said: list[str]
    violations: list[dict]
    pages: list[Printed]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The folder with the handouts of every module."""
    out = tmp_path_factory.mktemp("handouts")
    handout.make(out=out)
    return out


@pytest.fixture(scope="module")
def visits(made, chromium) -> list[Visit]:
    """Every handout, and the overview."""
    context = chromium.new_context(bypass_csp=True)  # the page's own policy would block axe
    found = [visit(context.new_page(), path) for path in [*sorted((made / "nb").glob("*.html")), made / "index.html"]]
    context.close()
    return found


def visit(page, path: Path) -> Visit:
    from axe_playwright_python.sync_playwright import Axe

    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.pdf(path=path.with_suffix(".pdf"), prefer_css_page_size=True, tagged=True)
    violations = Axe().run(page).response["violations"]
    page.close()
    return Visit(path, asked, said, violations, read(path.with_suffix(".pdf")))


def printed(visits: list[Visit]) -> Iterator[tuple[str, str]]:
    """Every printed page with a name for it."""
    for seen in visits:
        for number, page in enumerate(seen.pages, start=1):
            yield f"{seen.path.name}, page {number}", page.text


def test_opening_a_handout_asks_no_one_for_anything(visits):
    for seen in visits:
        assert seen.asked == [seen.path.as_uri()]
        assert seen.said == []


def test_handouts_pass_axe(visits):
    for seen in visits:
        found = [(violation["id"], violation["nodes"][0]["html"]) for violation in seen.violations]
        assert found == [], seen.path.name


def test_help_numbers_and_draft_line_stand_on_every_printed_page(visits):
    support = content.support("nb")
    known = {number.id: number.number for number in support.numbers}
    wanted = [known[identifier] for identifier in ON_EVERY_PAGE] + [support.boxes["draft"].paragraphs[0]]
    for place, text in printed(visits):
        assert [line for line in wanted if line not in text] == [], place


def test_leaders_pages_say_so_on_every_page_and_no_other_page_does(visits):
    warning = content.words("nb")["handout.leader_only"]
    for place, text in printed(visits):
        leaders = place.startswith("beredskapsark") or ".leder." in place
        assert (warning in text) == leaders, place


def test_the_emergency_sheet_is_one_page_with_room_to_write(visits):
    sheet = next(seen for seen in visits if seen.path.name == "beredskapsark.html")
    support = content.support("nb")
    assert len(sheet.pages) == 1
    for part in [*(alert.title for alert in support.alerts), *support.blanks]:
        assert part in sheet.pages[0].text


def test_the_overdose_steps_stand_on_the_page_of_the_tolerance_figure(visits):
    boxes = content.support("nb").boxes
    caption, steps = boxes["tolerance-caption"].paragraphs[0], boxes["overdose"].title
    figures = [(place, text) for place, text in printed(visits) if caption in text]
    assert figures
    assert [place for place, text in figures if steps not in text] == []


def test_no_page_ends_with_a_heading(visits):
    for seen in visits:
        tree = html5lib.parse(seen.path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        headings = {" ".join("".join(tag.itertext()).split()) for level in "1234" for tag in tree.iter(f"h{level}")}
        assert [page.last for page in seen.pages if page.last in headings] == [], seen.path.name


@pytest.mark.parametrize("name", NAMES)
def test_one_sheet_can_be_shown_and_printed_alone(name, chromium, made, tmp_path):
    exercise = content.load(name).exercises[-1]
    page = chromium.new_page()
    page.goto(f"{(made / 'nb' / name).as_uri()}.html#sheet-{exercise.id}")
    page.pdf(path=tmp_path / "one.pdf", prefer_css_page_size=True)
    assert page.locator("h3:visible").all_inner_texts() == [exercise.title]
    assert page.locator("h1:visible, h2:visible").count() == 0
    text = " ".join(page.text for page in read(tmp_path / "one.pdf"))
    assert exercise.title in text
    assert f"{name} / {exercise.id}" in text
    page.close()


def test_the_tolerance_figure_printed_alone_brings_the_overdose_steps(chromium, made, tmp_path):
    boxes = content.support("nb").boxes
    page = chromium.new_page()
    page.goto(f"{(made / 'nb' / '01_avhengighet.html').as_uri()}#sheet-tolerance")
    page.pdf(path=tmp_path / "one.pdf", prefer_css_page_size=True)
    (printed_page,) = read(tmp_path / "one.pdf")
    assert boxes["tolerance-caption"].paragraphs[0] in printed_page.text
    assert boxes["overdose"].title in printed_page.text
    page.close()


def test_the_nu_checker_has_nothing_to_say(made):
    tools.require("Java")
    command = [
        tools.find_java(),
        "-jar",
        tools.find_nu_checker(),
        "--format",
        "json",
        "--stdout",
        *sorted(made.rglob("*.html")),
    ]
    said = subprocess.run(command, capture_output=True, text=True)
    assert json.loads(said.stdout)["messages"] == []
