"""PDF of the handouts: what a screen reader meets in them, and the book, the large print and the booklet."""

import functools
import html
import itertools
import logging
import re
import shutil
import sys
from collections import Counter
from datetime import time
from io import BytesIO
from pathlib import Path

import handout
import html5lib
import pdf_letters
import prints
import pytest
import tools
from handout import book, booklet, folder, fonts, making, pdf
from messages import Stop
from pdf_laid import Laid
from pdf_tags import Tagged
from pypdf import PdfReader

from course import chosen, content
from course.model import Explore, GroupBoard, PocketCard
from course.session import Choice
from widgets.paper import ON_EVERY_PAGE

NAMES = content.names("nb")
CHAPTERS = [*NAMES[:3], *NAMES[4:7], NAMES[-1]]  # between them every kind of exercise; all would take a minute
# Scenes and a table of triggers; a map that fills a page.
LARGE_FIGURES, LARGE_MAP = "02_belonningssystemet", "06_nettverk"
HEADINGS = ("h1", "h2", "h3", "h4")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of some modules, and the leader's."""
    tools.require("Pango")
    out = tmp_path_factory.mktemp("pages")
    paths = [*handout.make(CHAPTERS, out=out), *handout.make([NAMES[1]], [making.GROUP], out=out)]
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def whole(pages):
    """The page that the book is made of: the participants' modules."""
    return book.page({name: pages[f"{name}.html"] for name in CHAPTERS}, "nb")


@pytest.fixture(scope="module")
def made(pages, whole, tmp_path_factory):
    """Makes the PDF of a page once; whatever WeasyPrint complains of fails the test."""
    folder, said = tmp_path_factory.mktemp("pdf"), []
    handler = logging.Handler(logging.ERROR)
    handler.emit = said.append

    @functools.cache
    def make(name: str) -> tuple[str, Tagged]:
        page = whole if name == "book" else pages[name]
        logging.getLogger("weasyprint").addHandler(handler)
        (folder / f"{name}.pdf").write_bytes(pdf.drawn(page))
        logging.getLogger("weasyprint").removeHandler(handler)
        assert [fault.getMessage() for fault in said] == []
        return page, Tagged(folder / f"{name}.pdf")

    return make


@pytest.fixture(
    scope="module",
    params=[
        "book",
        *(f"{NAMES[1]}{making.ENDINGS[each]}" for each in ("leader", "group")),
        making.EMERGENCY,
        making.FEEDBACK,
    ],
)
def drawn(request, made):
    """A page as a tree, and its PDF."""
    page, tagged = made(request.param)
    return html5lib.parse(page, namespaceHTMLElements=False), tagged


def main_of(tree):
    return tree.find("body/main")


def texts(element):
    """The texts of an element in order, without those that only a screen shows, and those within figures."""
    if element.tag in (f"{SVG}svg", "style") or {"only", "narrow", "on-screen"} & set(
        (element.get("class") or "").split()
    ):
        return
    yield element.text or ""
    for child in element:
        yield from texts(child)
        yield child.tail or ""


def closed_up(text: str) -> str:
    return "".join(text.split()).casefold()


def test_a_pdf_tells_a_screen_reader_what_it_is(drawn):
    tree, tagged = drawn
    assert tagged.catalog["/Lang"] == "nb"
    assert tagged.catalog["/MarkInfo"]["/Marked"]
    assert tagged.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert tagged.reader.metadata.title == tree.findtext("head/title")
    assert 'pdfuaid:part="1"' in tagged.catalog["/Metadata"].get_data().decode()


def test_a_pdf_is_read_in_the_order_of_its_page(drawn):
    tree, tagged = drawn
    told = closed_up("".join(tag.text for tag in tagged.tags()))
    again = {closed_up("".join(texts(head))) for head in tree.iter("thead")}  # on the next page of a long table
    place = 0
    for text in filter(None, map(closed_up, texts(main_of(tree)))):
        found = told.find(text, place)
        bullet = 0 <= found - place <= 4
        assert bullet or told[place:found] in again, f"«{text}» after «{told[max(place - 60, 0) : place]}»"
        place = found + len(text)
    assert len(told) - place <= 4


def test_every_figure_in_a_pdf_has_the_words_it_has_on_the_page(drawn):
    tree, tagged = drawn
    figures = [svg for svg in main_of(tree).iter(f"{SVG}svg") if svg.get("aria-hidden") != "true"]
    named = [svg.findtext(f"{SVG}title") for svg in figures]
    assert [tag.alt for tag in tagged.tags() if tag.kind == "/Figure"] == named


def test_no_text_of_a_pdf_is_outside_its_structure(drawn):
    assert drawn[1].unmarked() == ""


def test_every_header_cell_of_a_pdf_says_which_way_it_looks(drawn):
    tree, tagged = drawn
    cells = [tag for tag in tagged.tags() if tag.kind == "/TH"]
    assert len(cells) >= len(list(tree.iter("th")))
    assert {cell.scope for cell in cells} <= {"/Column", "/Row"}


def test_every_font_is_inside_the_pdf(drawn):
    fonts = list(drawn[1].fonts())
    assert fonts
    assert [font["/FontName"] for font in fonts if not {"/FontFile2", "/FontFile3"} & font.keys()] == []


def test_the_bookmarks_of_a_pdf_are_its_headings(drawn):
    tree, tagged = drawn
    headings = [closed_up("".join(tag.itertext())) for tag in main_of(tree).iter() if tag.tag in HEADINGS]
    assert [closed_up(mark) for mark in bookmarks(tagged.reader.outline)] == headings


def bookmarks(outline) -> list[str]:
    return [title for mark in outline for title in (bookmarks(mark) if isinstance(mark, list) else [mark.title])]


def test_the_chapters_of_these_tests_have_every_kind_of_exercise():
    kinds = [
        {type(exercise) for name in names for exercise in content.load(name).exercises} for names in (CHAPTERS, NAMES)
    ]
    assert kinds[0] == kinds[1]


def test_help_numbers_stand_on_every_page_of_the_book_and_the_contents_lead_to_their_pages(made):
    tagged = made("book")[1]
    known = {number.id: number.number for number in content.support("nb").numbers}
    said = [" ".join(page.extract_text().split()) for page in tagged.reader.pages]
    told = closed_up("".join(tag.text for tag in itertools.islice(tagged.tags(), 1000)))  # well beyond the contents
    for number in (known[identifier] for identifier in ON_EVERY_PAGE):
        assert [place for place, text in enumerate(said, start=1) if number not in text] == []
    for name in CHAPTERS:
        title = content.load(name).title
        page = int(re.search(rf"{re.escape(closed_up(title))}(\d+)", told)[1])
        assert said[page - 1].count(title) >= 2  # in the margin, and as its heading
        assert said[page - 2].count(title) < 2


# Why a page may end early: what begins the next one is never parted.
KEPT_WHOLE = {
    GroupBoard: "its columns stand side by side",
    PocketCard: "it is cut out, in its real size",
    Explore: "the overdose steps stand on the page of the figure about tolerance (S-26)",
}
EARLY = 1 / 3  # how much of a page may be empty at its foot
BEFORE_A_SHEET = 0.42  # its title, the note and what it first asks, with all its answers, stay together


@pytest.fixture(scope="module")
def laid(made):
    """The pages of two modules for the participant, as the book has them, and of one for the leader."""
    pages = made("book")[1].reader.pages
    opens = [next(place for place, page in enumerate(pages) if opening(page, name)) for name in (NAMES[0], NAMES[2])]
    leaders = made(f"{NAMES[1]}.leder.html")[1].reader.pages
    return [[Laid(page) for page in pages[slice(*opens)]], [Laid(page) for page in leaders]]


def opening(page, name: str) -> bool:
    """Whether this module begins here: its name is in the margin, and it is the heading."""
    return page.extract_text().count(content.load(name).title) > 1


def test_no_page_is_more_than_a_third_empty_without_a_reason(laid):
    exercises = [each for name in NAMES[:2] for each in content.load(name).exercises]
    whole = {each.title for each in exercises if isinstance(each, tuple(KEPT_WHOLE))}
    whole |= {part.title for part in content.guide("nb").sections if part.tick}  # a checklist is ticked off on one side
    chapters = {content.load(name).title for name in NAMES[:2]}
    assert min(map(len, laid)) > 20
    early = []
    for page, after in itertools.chain(*map(itertools.pairwise, laid)):
        room = BEFORE_A_SHEET if any(each.title in after.begins for each in exercises) else EARLY
        if page.empty > room and not any(title in after.begins for title in whole | chapters):
            early.append((round(page.empty, 2), page.ends, after.begins))
    assert early == []


def test_no_page_of_a_pdf_ends_with_a_heading(laid, pages, whole):
    trees = [html5lib.parse(each, namespaceHTMLElements=False) for each in (whole, pages[f"{NAMES[1]}.leder.html"])]
    texts = ("".join(tag.itertext()) for tree in trees for tag in tree.iter() if tag.tag in HEADINGS)
    headings = {" ".join(text.split()) for text in texts}
    assert [page.ends for page in itertools.chain(*laid) if page.ends in headings] == []


def test_no_line_is_broken_after_its_first_word_because_a_space_has_no_room():
    tools.require("Pango")
    firsts = set()
    for width in range(140, 171):
        style = f"p {{ width: {width}px; font: 16px 'Liberation Sans' }}"
        body = "<p>Går på et åpent møte <strong>sammen</strong></p>"
        page = f"<!DOCTYPE html><html lang=nb><title>Linjer</title><style>{style}</style><body>{body}"
        firsts.add(PdfReader(BytesIO(pdf.drawn(page))).pages[0].extract_text().splitlines()[0].strip())
    assert firsts == {"Går på et åpent", "Går på et åpent møte"}


@pytest.mark.parametrize("name", [NAMES[2], NAMES[4]])
def test_most_lines_of_a_paragraph_have_sixty_to_seventy_five_letters_and_none_has_eighty(name, pages, made):
    """A line that ends its paragraph is as long as it is. Lines of narrow letters have a few more."""
    paragraphs = [" ".join("".join(each.itertext()).split()) for each in paragraphs_of(pages[f"{name}.html"])]
    lines = [line for page in made(f"{name}.html")[1].reader.pages for line in Laid(page).lines.values()]
    full = [len(line) for line in lines if len(line) > 30 and any(f"{line} " in text for text in paragraphs)]
    assert len(full) > 30
    assert sum(60 <= length <= 75 for length in full) / len(full) > 0.85
    assert max(full) < 80


def paragraphs_of(page: str):
    """Those that are read: neither in a box nor on a sheet."""
    units = html5lib.parse(page, namespaceHTMLElements=False).iter("div")
    return [text for unit in units if (unit.get("class") or "").startswith("unit") for text in unit.findall("p")]


def test_chapters_of_the_book_share_no_id(whole):
    ids = re.findall(r'\bid="([^"]+)"', whole)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= set(ids)


# What is smaller in large print, and why. The pocket card is besides: it is cut out in its real size.
MARGINS, SHEET_NAMES, SOURCES = 10.2, 12.0, 14.0


@pytest.mark.parametrize("name", [f"{LARGE_FIGURES}.html", f"{LARGE_MAP}.html", making.FEEDBACK, making.EMERGENCY])
def test_large_print_is_eighteen_points_in_figures_and_tables_too(name, pages):
    tree = html5lib.parse(pages[name], namespaceHTMLElements=False)
    small = {SHEET_NAMES: said(tree, "p", "sheet-foot", "span"), SOURCES: said(tree, "section", "box-sources", "li")}
    found: Counter[float] = Counter()
    for page in PdfReader(BytesIO(pdf.drawn(pdf.styled(pages[name], "large")))).pages:
        found += pdf_letters.sizes(page)
    smaller = {points: signs for points, signs in found.items() if points < 18 and points != MARGINS}
    assert found[MARGINS]
    assert smaller.keys() == {points for points, text in small.items() if text}
    assert all(signs <= len(small[points]) for points, signs in smaller.items())


def said(tree, kind: str, name: str, inner: str) -> str:
    """The text of what is inside every element of this class, with room for bullets."""
    found = [each for each in tree.iter(kind) if name in (each.get("class") or "").split()]
    return "".join(f"•  {''.join(part.itertext())}" for each in found for part in each.iter(inner))


@pytest.mark.parametrize(
    ("count", "sides"),
    [(1, [(3, 0), (1, 2)]), (4, [(3, 0), (1, 2)]), (7, [(7, 0), (1, 6), (5, 2), (3, 4)])],
)
def test_a_booklet_has_its_pages_in_the_order_of_a_folded_stack(count, sides):
    assert booklet.order(count) == sides


def test_a_booklet_is_a4_on_its_side_with_every_page_once(pages):
    small = pdf.drawn(pdf.styled(pages[making.EMERGENCY], "booklet"))
    before, sheets = PdfReader(BytesIO(small)).pages, PdfReader(BytesIO(booklet.imposed(small))).pages
    assert {round(page.mediabox.width) for page in before} == {420}
    assert len(sheets) == 2 * -(-len(before) // 4)
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(842, 595)}
    assert sorted(letters(sheets)) == sorted(letters(before))


def letters(pages) -> str:
    return closed_up("".join(page.extract_text() for page in pages))


# Making them.


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A folder with two short pages, and what is drawn for each of them."""
    monkeypatch.setattr(pdf, "drawn", lambda page, size="plain": f"%PDF {size} {len(page)}".encode())
    paths = [tmp_path / "nb" / name for name in (f"{NAMES[0]}.html", making.EMERGENCY)]
    (tmp_path / "nb").mkdir()
    for path in paths:
        path.write_text("<style>\n</style>\n</head>", encoding="utf-8")

    def make(*sizes: str) -> list[str]:
        with folder.opened(tmp_path) as place:
            made = pdf.make([f"nb/{path.name}" for path in paths], sizes, "nb", place)
        return [name.removeprefix("nb/") for name in made]

    return tmp_path / "nb", make


def test_each_size_has_its_own_file_and_only_modules_are_folded(there):
    tools.require("Pango")
    there, make = there
    module, sheet = NAMES[0], making.EMERGENCY.removesuffix(".html")
    assert make("plain", "large") == [f"{module}.pdf", f"{sheet}.pdf", f"{module}.stor.pdf", f"{sheet}.stor.pdf"]
    assert make("booklet") == [f"{module}.hefte.pdf"]
    assert (there / f"{module}.stor.pdf").read_bytes() != (there / f"{module}.pdf").read_bytes()


@pytest.fixture
def drawings(there, monkeypatch):
    """Makes the PDFs of the folder again, and gives the sizes of those that were really drawn."""
    tools.require("Pango")
    sizes = []
    monkeypatch.setattr(pdf, "drawn", lambda page, size="plain": sizes.append(size) or b"%PDF")

    def again() -> list[str]:
        sizes.clear()
        there[1]("plain", "large")
        return [*sizes]

    assert again() == ["plain", "plain", "large", "large"]
    assert again() == []
    return again


def another_style(folder: Path) -> Path:
    """The templates, with another style for large print."""
    shutil.copytree(pdf.TEMPLATES / "handout", folder / "handout")
    with (folder / "handout" / "large.css").open("a", encoding="utf-8") as style:
        style.write("h1 { color: red; }\n")
    return folder


@pytest.mark.parametrize(
    "name", ["the engine", "a library", "Python", "Pango and the fonts", "our code", "the style of a size"]
)
def test_a_pdf_is_made_again_when_anything_that_draws_it_is_another(name, drawings, tmp_path, monkeypatch):
    others = {
        "the engine": lambda: monkeypatch.setattr(pdf.engine(), "__version__", "0.1"),
        "a library": lambda: monkeypatch.setattr(pdf, "libraries", lambda: ("pydyf-0.1.dist-info",)),
        "Python": lambda: monkeypatch.setattr(sys, "version", "3.99"),
        "Pango and the fonts": lambda: monkeypatch.setattr(fonts, "known", lambda: iter(["1.99"])),
        "our code": lambda: monkeypatch.setattr(pdf, "OWN", pdf.OWN[:1]),
        "the style of a size": lambda: monkeypatch.setattr(pdf, "TEMPLATES", another_style(tmp_path / "templates")),
    }
    others[name]()
    assert drawings() == ["plain", "plain", "large", "large"][2 * (name == "the style of a size") :]
    assert drawings() == []


def test_pango_and_every_font_that_could_be_used_are_known_with_their_size_and_day():
    tools.require("Pango")
    version, *files = fonts.known()
    assert int(version) > 10_000
    assert len(files) == len(set(files))
    path, size, day = files[0].rsplit(" ", 2)
    assert (Path(path).stat().st_size, Path(path).stat().st_mtime_ns) == (int(size), int(day))


def test_a_pdf_is_made_again_when_its_page_has_changed_and_only_then(there, monkeypatch):
    tools.require("Pango")
    there, make = there
    make("plain")
    made = []
    monkeypatch.setattr(pdf, "drawn", lambda page, size="plain": made.append(page) or b"%PDF new")
    make("plain")
    assert made == []
    (there / making.EMERGENCY).write_text("<style>\n</style>\n</head>Nytt", encoding="utf-8")
    make("plain")
    assert made == ["<style>\n</style>\n</head>Nytt"]


def test_the_overview_leads_to_pdfs_of_the_pages_as_they_are_and_to_no_older_ones(tmp_path, monkeypatch):
    tools.require("Pango")
    monkeypatch.setattr(pdf, "drawn", lambda page, size="plain": b"%PDF")
    wanted = {"modules": ("00_velkommen",), "out": tmp_path}

    def linked() -> set[str]:
        pages = handout.make(**wanted)
        assert tmp_path / making.INDEX in pages
        return set(re.findall(r'href="nb/([^"]+)\.pdf"', (tmp_path / making.INDEX).read_text(encoding="utf-8")))

    def made() -> set[str]:
        return {path.name.removesuffix(".pdf") for path in (tmp_path / "nb").glob("*.pdf")}

    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    assert linked() == set()
    making.make(making.Wanted(("00_velkommen",), handout.AUDIENCES, "nb", sizes=("plain", "booklet")), tmp_path)
    modules = {f"00_velkommen{end.removesuffix('.html')}" for end in making.ENDINGS.values()}
    assert linked() == made() > {"00_velkommen", "00_velkommen.hefte", "beredskapsark"}
    left = made() - modules - {"00_velkommen.hefte"}
    chosen.write("00_velkommen", Choice(45, time(10)))  # now the module's pages are others, and their PDFs are old
    assert linked() == left
    assert made() == left  # nobody prints an old one by mistake


def test_pdfs_are_written_whole_or_not_at_all(there, monkeypatch):
    tools.require("Pango")
    there, make = there
    make("plain")
    before = {path: path.read_bytes() for path in there.iterdir()}

    def stopped(page: str, size: str = "plain") -> bytes:
        if size == "large":
            raise OSError("no room")
        return b"%PDF new"

    monkeypatch.setattr(pdf, "drawn", stopped)
    (there / making.EMERGENCY).write_text("<style>\n</style>\n</head>Nytt", encoding="utf-8")
    before[there / making.EMERGENCY] = (there / making.EMERGENCY).read_bytes()
    with pytest.raises(OSError, match="no room"):
        make("plain", "large")
    assert {path: path.read_bytes() for path in there.iterdir()} == before


@pytest.mark.parametrize("lacking", ["raise ImportError", "raise OSError('cannot load library libpango')"])
def test_without_pango_one_sentence_says_so_and_nothing_is_made(lacking, tmp_path, monkeypatch):
    stand_in = tmp_path / "path"
    stand_in.mkdir()
    (stand_in / "weasyprint.py").write_text(lacking)
    monkeypatch.syspath_prepend(stand_in)
    monkeypatch.delitem(__import__("sys").modules, "weasyprint", raising=False)
    with pytest.raises(Stop, match="Pango") as stopped:
        prints.make([NAMES[0]], ["participant"], "nb", tmp_path / "out", ["plain"])
    assert "\n" not in str(stopped.value)
    assert not (tmp_path / "out").exists()


def test_a_pdf_fetches_nothing_and_holds_no_place_on_this_machine(tmp_path, pages):
    picture = f'<img src="{html.escape((tmp_path / "a.png").as_uri())}" alt="et bilde">'
    (tmp_path / "a.png").write_bytes(b"")
    made = pdf.drawn(pages[making.GUIDE].replace("<main>", f"<main>{picture}"))
    assert b"file:" not in made
    assert str(Path.cwd()).encode() not in made
