"""Handouts in a real browser and under the Nu checker: what they ask for, what axe says, what each page prints."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import handout
import html5lib
import pytest
import tools
from handout import letterhead, logo, making
from pypdf import PdfReader

from course import clinic, content
from course.model import WorksheetAnswer, frozen
from widgets import my_sheet
from widgets.paper import ON_EVERY_PAGE

NAMES = content.names("nb")
AUDIENCES = (*handout.AUDIENCES, making.GROUP)


FOOT = 60  # points: what stands lower belongs to the margin


@dataclass
class Printed:
    """One printed page: its text with whitespace evened out, and its lowest line above the margin if that is bold."""

    text: str
    last: str


def read(pdf: Path) -> list[Printed]:
    """The pages of a printed handout."""
    return [read_page(page) for page in PdfReader(pdf).pages]


def read_page(page) -> Printed:
    lines: dict[int, list[str]] = defaultdict(list)

    def collect(text: str, matrix: list[float], place: list[float], font: dict | None, size: float) -> None:
        height = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip() and height > FOOT:
            lines[round(height)].append(text if "Bold" in (font or {}).get("/BaseFont", "") else f"{text} (not bold)")

    text = page.extract_text(visitor_text=collect)
    last = "".join(lines[min(lines)]) if lines else ""
    return Printed(" ".join(text.split()), " ".join(last.split()))


@dataclass
class Visit:
    """One handout opened once: what it asked for and complained about, what axe says, its printed pages, its width."""

    path: Path
    asked: list[str]
    said: list[str]
    violations: list[dict]
    pages: list[Printed]
    width: int  # in a window of 320 pixels, which is a page of 1280 at 400 percent


NUMBER = clinic.LocalNumber(
    service="Vakttelefonen ved poliklinikken i byen", number="+47 22 00 00 07", checked="2026-11-01", note="a" * 50
)
CLINIC = clinic.Clinic(
    name="Avdeling for rus- og avhengighetsbehandling, nord", numbers=(NUMBER,) * 4, footer="b " * 40
)
LOGO = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(5)</script><image href='https://example.org/a.png'/>"
LOGO += "<style>@import 'https://example.org/a.css';</style><rect width='9' height='9' onload='alert(6)'/></svg>"
# Such a logo gets its letter. Even if it did not, it would do nothing where it stands.
HEAD = letterhead.Letterhead(CLINIC, logo.picture("svg+xml", LOGO.encode(), 170, 34))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The folder with the handouts of every module, and in it those of a clinic that has given all it may."""
    out = tmp_path_factory.mktemp("handouts")
    handout.make(audiences=AUDIENCES, out=out)
    with letterhead.used(HEAD):
        handout.make(["06b_parorende"], AUDIENCES, out=out / "clinic")
    return out


@pytest.fixture(scope="module")
def visits(made, chromium) -> list[Visit]:
    """Every handout, and the overviews."""
    context = chromium.new_context(bypass_csp=True)  # the page's own policy would block axe
    found = [visit(context.new_page(), path) for path in sorted(made.rglob("*.html"))]
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
    page.set_viewport_size({"width": 320, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return Visit(path, asked, said, violations, read(path.with_suffix(".pdf")), width)


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


def test_no_handout_has_to_be_scrolled_sideways_at_400_percent(visits):
    assert {seen.path.name: seen.width for seen in visits if seen.width > 320} == {}


def test_sheets_are_found_by_their_words_and_the_overview_is_whole_without_its_script(chromium, made):
    words = content.words("nb")
    page = chromium.new_page(java_script_enabled=False)
    page.goto((made / "index.html").as_uri())
    links = page.locator(".singles a")
    everything = links.count()
    assert links.filter(visible=True).count() == everything
    assert page.get_by_role("searchbox").count() == 0
    assert page.get_by_text(words["handout.overview.find"]).is_visible()
    page.close()

    page = chromium.new_page()
    page.goto((made / "index.html").as_uri())
    field, said = page.get_by_role("searchbox", name=words["handout.overview.search"]), page.get_by_role("status")
    links = page.locator(".singles a")
    assert page.get_by_text(words["handout.overview.find"]).is_hidden()
    field.fill("  TAUSHET ")
    assert links.filter(visible=True).all_text_contents() == ["Spørsmålskort: taushet"]
    assert said.inner_text() == f"{words['handout.overview.count']} 1"
    assert page.locator(".list").filter(visible=True).count() == 1
    field.fill("kort taushet")  # parts of words, in any order, in the row or in the sheet
    assert links.filter(visible=True).all_text_contents() == ["Spørsmålskort: taushet"]
    field.fill("eli")
    assert 0 < links.filter(visible=True).count() < 20
    assert not any("vanskelig" in text for text in links.filter(visible=True).all_text_contents())
    field.fill("qwerty")
    assert links.filter(visible=True).count() == 0
    assert said.inner_text() == words["handout.overview.none"]
    field.fill("")
    assert links.filter(visible=True).count() == everything
    assert said.inner_text() == ""
    page.close()


def test_figures_keep_their_paper_where_the_reader_has_chosen_white_on_black(chromium, made):
    page = chromium.new_page(forced_colors="active", color_scheme="dark")
    page.goto((made / "nb" / "02_belonningssystemet.html").as_uri())
    figures = page.locator("figure svg")
    assert figures.count() > 1
    behind = "drawing => getComputedStyle(drawing).backgroundColor"
    assert {drawing.evaluate(behind) for drawing in figures.all()} == {"rgb(255, 255, 255)"}
    assert page.locator("main").evaluate("main => getComputedStyle(main).color") == "rgb(255, 255, 255)"
    page.close()


def test_help_numbers_and_draft_line_stand_on_every_printed_page(visits):
    support = content.support("nb")
    known = {number.id: number.number for number in support.numbers}
    wanted = [known[identifier] for identifier in ON_EVERY_PAGE] + [support.boxes["draft"].paragraphs[0]]
    for place, text in printed(visits):
        assert [line for line in wanted if line not in text] == [], place


def test_leaders_pages_say_so_on_every_page_and_no_other_page_does(visits):
    warning, handed_out = content.words("nb")["handout.leader_only"], content.guide("nb").feedback.lead
    for place, text in printed(visits):
        leaders = place.startswith("beredskapsark") or ".leder." in place
        assert (warning in text) == (leaders and handed_out not in text), place


def test_the_emergency_sheet_is_one_page_with_room_to_write(visits):
    sheets = [seen for seen in visits if seen.path.name == "beredskapsark.html"]
    support = content.support("nb")
    assert [len(sheet.pages) for sheet in sheets] == [1, 1]  # with a clinic as well
    for part in [*(alert.title for alert in support.alerts), *support.blanks]:
        assert all(part in sheet.pages[0].text for sheet in sheets)


def test_a_poster_is_one_page_and_a_clinics_name_and_line_are_on_every_page_of_its_own(visits):
    for seen in (seen for seen in visits if seen.path.name.endswith(".gruppe.html")):
        posters = seen.path.read_text(encoding="utf-8").count('<section class="poster ')
        assert len(seen.pages) == posters, seen.path.name
    theirs = [seen for seen in visits if "clinic" in seen.path.parts]
    assert len(theirs) == 3 + 4
    for place, text in printed(theirs):
        assert CLINIC.name in text, place
        assert CLINIC.footer.strip() in text, place


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


HOSTILE = "</title></style></p><script>alert(1)</script><img src='https://example.org/a.png' onerror=alert(2)>"
HOSTILE += "<a href=javascript:alert(3)>x</a><svg onload=alert(4)></svg>&lt;script&gt;&#60;b&#62;&amp &nosuch; **x**"


def with_hostile_words(module):
    """The same module, in which all that an author wrote is hostile."""
    exercises = tuple(replace(each, title=HOSTILE, introduction=HOSTILE) for each in module.exercises)
    return replace(module, title=HOSTILE, summary=HOSTILE, exercises=exercises)


@pytest.fixture
def hostile(tmp_path, monkeypatch) -> list[Path]:
    """Handouts of a clinic, and a sheet with answers, full of words that would like to do something."""
    load = content.load
    monkeypatch.setattr(content, "load", lambda *names: with_hostile_words(load(*names)))
    numbers = (replace(NUMBER, service=HOSTILE, number=HOSTILE, note=HOSTILE),)
    theirs = replace(HEAD, clinic=replace(CLINIC, name=HOSTILE, footer=HOSTILE, numbers=numbers))
    with letterhead.used(theirs):
        paths = [path for path in handout.make(["01_avhengighet"], AUDIENCES, out=tmp_path) if path.suffix == ".html"]
    module = content.load("01_avhengighet")
    exercise = module.exercise("my-reasons")
    fields = {field.id: HOSTILE for field in exercise.fields if field.kind in ("text", "long")}
    own = tmp_path / "own.html"
    own.write_text(my_sheet.page(module, exercise, WorksheetAnswer(values=frozen(fields)), "nb"), encoding="utf-8")
    assert all("alert(1)" in path.read_text(encoding="utf-8") for path in [*paths[:3], own])
    return [*paths, own]


def asked_and_said(chromium, paths: list[Path]) -> tuple[list[str], list[str]]:
    """What pages ask for beside themselves, and what they say in dialogs."""
    context, asked, said = chromium.new_context(), [], []
    context.on("request", lambda request: asked.append(request.url))
    # A request that the policy stops is told of as well, and then that it failed for that reason.
    context.on("requestfailed", lambda request: request.failure == "csp" and asked.remove(request.url))
    for path in paths:
        page = context.new_page()
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        page.close()
    context.close()
    return [address for address in asked if address not in {path.as_uri() for path in paths}], said


def test_hostile_words_and_answers_do_nothing_in_a_browser(hostile, chromium):
    assert asked_and_said(chromium, hostile) == ([], [])


def test_the_policy_holds_even_if_something_active_were_in_the_page(made, chromium, tmp_path):
    page = (made / "nb" / "01_avhengighet.html").read_text(encoding="utf-8")
    active = "<main><script>alert(1)</script><img src='https://example.org/a.png' onerror='alert(2)'>"
    active += "<style>main{background:url(https://example.org/b.png)}</style><svg onload='alert(3)'></svg>"
    for name, policy in (("with", True), ("without", False)):
        text = page.replace("<main>", active, 1)
        text = text if policy else text.replace("Content-Security-Policy", "none", 1)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    assert asked_and_said(chromium, [tmp_path / "with.html"]) == ([], [])
    asked, said = asked_and_said(chromium, [tmp_path / "without.html"])
    assert {"1", "3"} <= set(said)  # so the test can fail
    assert asked


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
