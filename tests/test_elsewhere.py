"""Notebooks from elsewhere, through `jupyter nbconvert --to handout`: what stands on the page, and what is named."""

import itertools
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
import tools
from handout import elsewhere, guard, mathematics, page_guard, pictures, prose
from handout.cleaning import clean
from handout.exporter import HandoutExporter
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parent.parent
SHELF = Path(__file__).parent / "data" / "shelf"
NAMES = sorted(path.stem for path in SHELF.glob("*.ipynb"))
HTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


@dataclass
class Made:
    """A page, how it reads, and what was said while it was made."""

    html: str
    warnings: list[str]

    @property
    def tree(self):
        return html5lib.parse(self.html)

    @property
    def text(self) -> str:
        return " ".join("".join(self.tree.find(f"{HTML}body/{HTML}main").itertext()).split())

    def all(self, tag: str) -> list:
        return list(self.tree.iter(f"{HTML}{tag}"))


def exported(method: str, *given) -> Made:
    """What the exporter gives for a file or a notebook."""
    warnings: list[str] = []
    log = logging.Logger("shelf", logging.WARNING)
    log.addHandler(
        type("Told", (logging.Handler,), {"emit": lambda self, record: warnings.append(record.getMessage())})()
    )
    html, _ = getattr(HandoutExporter(log=log), method)(*given)
    return Made(html, warnings)


@pytest.fixture(scope="module")
def shelf() -> dict[str, Made]:
    """The pages of all notebooks on the shelf."""
    return {name: exported("from_filename", str(SHELF / f"{name}.ipynb")) for name in NAMES}


@pytest.fixture
def page(tmp_path):
    """Makes a page of these cells; they lie in a folder of their own."""

    def page(*cells) -> Made:
        metadata = {"metadata": {"name": "mitt", "path": str(tmp_path)}}
        return exported("from_notebook_node", new_notebook(cells=list(cells)), metadata)

    return page


def shown(data: dict, **metadata) -> dict:
    return new_code_cell("1", outputs=[new_output("display_data", data, metadata=metadata)])


# The shelf.


def test_the_shelf_holds_every_minor_version_of_the_format():
    minors = {json.loads((SHELF / f"{name}.ipynb").read_text(encoding="utf-8"))["nbformat_minor"] for name in NAMES}
    assert minors == set(range(6))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_holds_all_of_itself(name, shelf):
    html = shelf[name].html
    html5lib.HTMLParser(strict=True).parse(html)
    for element in html5lib.parse(html).iter():
        assert str(element.tag).split("}")[-1] not in ("script", "iframe", "object", "form", "input", "link", "base")
        for attribute, value in element.attrib.items():
            assert not str(attribute).startswith("on")
            assert (
                "//" not in value
                or "base64" in value
                or "Content-Security" in str(element.attrib)
                or attribute == "alt"
            )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_title_and_leaves_out_no_level(name, shelf):
    levels = [
        int(tag.tag[-1]) for tag in shelf[name].tree.iter() if str(tag.tag) in {f"{HTML}h{n}" for n in range(1, 7)}
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_nu_checker_has_nothing_to_say(shelf, tmp_path):
    tools.require("Java")
    for name, made in shelf.items():
        (tmp_path / f"{name}.html").write_text(made.html, encoding="utf-8")
    command = [tools.find_java(), "-jar", tools.find_nu_checker(), "--format", "json", "--stdout"]
    said = subprocess.run([*command, *sorted(tmp_path.glob("*.html"))], capture_output=True, text=True)
    assert json.loads(said.stdout)["messages"] == []


ON_THE_PAGE = {
    "bart": ["Bare tekst."],
    "tekst": [
        "Kaffen koster $5 og kaka $6. Til sammen blir det 11$.",
        "Se Helsenorge (www.helsenorge.no/sovn) og neste notatbok.",
        "for dag in uke: print(dag)",
    ],
    "formler": [
        r"Denne kan ikke gjøres om: \ukjent{x}. I kode er det tekst: $x$.",
        "Penger: $5 og $6.",
        r"\begin{tabular}",
    ],
    "bilder": [
        "Bilde uten beskrivelse: bilder/strek.gif i celle 1",
        "fordi det ligger på nettet: https://example.org/logo.png",
        "fordi fila ikke ligger i mappa til notatboka: ../utenfor.png",
        "Bilde uten beskrivelse: vedlegg.png i celle 2",
        "Bilde uten beskrivelse: figur i celle 3",
        "kan være med på papir: <script>.",
    ],
    "tabeller": ["tirsdag <3", "2 rows × 2 columns", "kolonne_19"],
    "feil": ["Cella stoppet med en feil: ZeroDivisionError: division by zero", "etter feilen"],
    "strommer": ["grønt og vanlig 100%|###| 3/3 lang linje", "'b': '<b>'", '"navn": "å"'],
    "aktivt": [
        "Tekst med hendelse og lenke.",
        "Skjult tekst.",
        "ikke lukket",
        "<script>, onclick, javascript:, <iframe> (www.youtube.com/embed/abc).",
        "FørEtter",
        "<script> (cdn.example.org/x.js), onerror, <input>.",
        "bare virker på skjerm (plotly)",
        "bare virker på skjerm (vegalite)",
        "javascript:, <maction>.",
    ],
    "brytere": ["bare virker på skjerm: IntSlider «Antall timer».", "bare virker på skjerm: Dropdown."],
    "ratekst": ["Bare tekst <b>. HTML her", "(text/latex)", "md etikett"],
}


@pytest.mark.parametrize("name", NAMES)
def test_what_can_stand_on_paper_does_and_the_rest_is_named_there(name, shelf):
    assert [text for text in ON_THE_PAGE[name] if text not in shelf[name].text] == []
    assert [
        told for told in ("vis()", "en advarsel", "[0m", "alert(1)", "Figure size") if told in shelf[name].text
    ] == []


WARNED = {
    "aktivt": ["celle 1: ", "<script>", "<iframe>", "celle 8: ", "onload", "celle 9: "],
    "bilder": ["celle 1: ", "logo.png", "celle 3: ", "Skriv hva bildet viser", "celle 5: ", "<script>"],
    "brytere": ["celle 2: ", "Antall timer", "celle 3: "],
    "feil": ["celle 2: ", "ZeroDivisionError"],
    "formler": ["celle 1: ", r"\ukjent{x}", "celle 3: "],
    "ratekst": ["celle 4: ", "text/latex"],
    "strommer": ["celle 2: "],
}


@pytest.mark.parametrize("name", NAMES)
def test_whoever_makes_the_page_is_warned_of_all_that_is_missing(name, shelf):
    warned = "\n".join(shelf[name].warnings)
    assert [text for text in WARNED.get(name, ()) if text not in warned] == []
    assert bool(warned) == (name in WARNED)
    assert all(line.startswith(f"{name}.ipynb, celle ") for line in shelf[name].warnings)


def test_mathematics_is_mathml(shelf):
    formulas = list(shelf["formler"].tree.iter(f"{MATHML}math"))
    assert len(formulas) == 8
    assert [formula.get("display") for formula in formulas].count("block") == 3
    assert next(shelf["formler"].tree.iter(f"{MATHML}msup"), None) is not None
    assert "".join(formulas[0].itertext()) == "eiπ+1=0"
    assert not list(shelf["tekst"].tree.iter(f"{MATHML}math"))


def test_every_picture_says_what_it_shows_and_one_without_words_says_so_to_all(shelf):
    made = shelf["bilder"]
    alts = [image.get("alt") for image in made.all("img")]
    assert alts == [
        "En strek",
        "Bilde uten beskrivelse: bilder/strek.gif i celle 1",
        "Et vedlegg",
        "Bilde uten beskrivelse: vedlegg.png i celle 2",
        "Bilde uten beskrivelse: figur i celle 3",
        "En skrå strek",
        "En sirkel",
        "Innebygd",
    ]
    seen = ["".join(small.itertext()) for small in made.all("small")]
    assert seen == [alt for alt in alts if alt.startswith("Bilde uten")]


def test_tables_keep_their_cells_and_sides_and_lose_their_looks(shelf):
    rows = [["".join(cell.itertext()) for cell in row] for row in shelf["tabeller"].all("tr")]
    assert rows[:3] == [["", "dag", "timer"], ["0", "mandag", "7.5"], ["1", "tirsdag <3", "NaN"]]
    assert "border=" not in shelf["tabeller"].html
    assert [cell.get("class") for cell in shelf["tekst"].all("td")[:3]] == ["to-left", "to-right", "in-middle"]
    assert [table.get("class") for table in shelf["tabeller"].all("table")] == [None, None, "wide"]


def test_nbconvert_makes_the_page_in_any_folder_and_warns(tmp_path):
    (tmp_path / "x.ipynb").write_bytes((SHELF / "aktivt.ipynb").read_bytes())
    command = [sys.executable, "-m", "nbconvert", "--to", "handout", "x.ipynb"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "build")))}
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert "x.ipynb, celle 1: " in said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "x.ipynb"]


# Formulas.


@pytest.mark.parametrize(
    ("markdown", "formulas"),
    [
        ("$x$ og $y$", ["x", "y"]),
        ("$5 og $6", []),
        ("US$5,A$6", []),
        ("fra $5 og opp til 10$ i alt", []),
        ("$ x $ og $x $ og $ x$", []),
        (r"\$5 og \$6", []),
        ("`$x$`", []),
        ("    $x$", []),
        ("$5 og da blir $x$ riktig", ["x"]),
        ("$a_1 * b_1 * c$", ["a_1 * b_1 * c"]),
        ("$$\nx\n- y\n$$", ["\nx\n- y\n"]),
        ("> $$x$$\n\n- $y$", ["x", "y"]),
        ("\\begin{align}\na &= b\n\\end{align}\n\nslutt", ["\\begin{align}\na &= b\n\\end{align}"]),
        ("en\n$x\n= y$\nto", ["x\n= y"]),
    ],
)
def test_a_formula_stands_between_dollar_signs_and_a_price_does_not(markdown, formulas):
    found = []
    prose.from_elsewhere(markdown, lambda latex, block: found.append(latex) or "")
    assert found == formulas


@pytest.mark.parametrize("latex", [r"\frac{1}", r"\ukjent{x}", "x_{", r"a & b", r"\newcommand{\a}{b}", "", "{" * 5000])
def test_a_formula_that_is_not_understood_whole_is_not_guessed_at(latex):
    assert mathematics.mathml(latex, True) == ""


@pytest.mark.parametrize(
    "latex",
    [r"\href{javascript:alert(1)}{x}", r"\style{background:url(x)}{x}", r"\class{only}{x}", r"\cssId{a}{x}"],
)
def test_a_formula_can_bring_nothing_but_a_formula(latex):
    assert mathematics.mathml(latex, False) == ""


def test_what_looks_like_mark_up_in_a_formula_is_text():
    formula = mathematics.mathml("<script>x</script>", False)
    assert "&lt;" in formula
    assert mathematics.mathml(r"\text{<mi>x</mi>}", False) == ""
    assert elsewhere.GuestGuard().read(formula).faults == []


def test_only_a_notebook_with_a_formula_loads_the_converter():
    code = (
        "import sys; sys.modules['rfc3987_syntax'] = None\n"
        "from handout.exporter import HandoutExporter\n"
        "for name in sys.argv[1:]: HandoutExporter().from_filename(name); print('latex2mathml' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "build")))}
    files = [SHELF / "tabeller.ipynb", SHELF / "formler.ipynb"]
    said = subprocess.run([sys.executable, "-c", code, *files], env=environment, capture_output=True, text=True)
    assert said.stdout.split() == ["False", "True"], said.stderr


UNSOUND = [
    "<math><maction><mi>x</mi></maction></math>",
    '<math><mi href="#x">x</mi></math>',
    "<math><semantics><mi>x</mi></semantics></math>",
    "<math><annotation-xml><p>x</p></annotation-xml></math>",
    "<math><mglyph></mglyph></math>",
    "<math><mtext><p>x</p></mtext></math>",
    '<math><mtext><img src="data:image/png;base64,AA==" alt="x"></mtext></math>',
    '<math><svg aria-label="x"></svg></math>',
    "<math><script>x</script></math>",
    '<math><mi onclick="x">x</mi></math>',
    '<math><mrow style="top:0">x</mrow></math>',
    "<p><mi>x</mi></p>",
    "<math><mi/></math>",
]


@pytest.mark.parametrize("markup", UNSOUND)
def test_the_guards_let_in_formulas_and_nothing_beside_them(markup):
    assert elsewhere.GuestGuard().read("<math><mi>x</mi></math>").faults == []
    assert elsewhere.GuestGuard().read(markup).faults
    assert page_guard.PageGuard.formulas


def test_the_courses_own_pieces_have_no_formulas():
    assert guard.Guard().read("<math><mi>x</mi></math>").faults
    assert "<math" not in prose.html("$x$")


# Footnotes.


def test_footnotes_are_printed_below_their_cell_whether_anything_points_at_them_or_not(page):
    told = "Søvn[^1] og mat.[^mat]\n\n- liste[^l]\n\n  [^l]: i lista\n\n[^1]: **Lenge** nok,[^tett]\n\n    og mørkt."
    made = page(new_markdown_cell(f"{told}\n\n[^mat]: Ofte.\n[^tett]:Tett inntil.\n[^x]: Uten tall."))
    assert "Søvn1 og mat.2" in made.text
    notes = ["".join(note.itertext()).replace("\n", "") for note in made.all("ol")[-1]]
    assert notes == ["Lenge nok,4og mørkt.", "Ofte.", "i lista", "Tett inntil.", "Uten tall."]
    assert [number.text for number in made.all("sup")] == ["1", "2", "3", "4"]
    assert made.warnings == []


def test_what_only_looks_like_a_footnote_stays_as_it_is(page):
    assert "uten [^1] og [^to], kode: [^1]: x" in page(new_markdown_cell("uten [^1] og `[^to]`, kode: `[^1]: x`")).text


# What would take for ever.


@pytest.mark.parametrize("text", ["[" * 1_000_000, "a|" * 300_000 + "\n" + "-|" * 300_000, "- a\n" * 300_000])
def test_a_text_with_very_many_marks_is_not_read_but_stands_as_it_is_written(text, page, monkeypatch):
    monkeypatch.setattr(prose, "from_elsewhere", lambda *_: pytest.fail("it was read"))
    made = page(new_markdown_cell(text))
    assert text[:1000].strip() in made.html
    assert "for stor til å settes opp" in made.text
    assert len(made.warnings) == 1


def test_an_enormous_table_is_named(page):
    rows = "<tr><td>1</td></tr>" * (elsewhere.MOST_TAGS // 4 + 1)
    made = page(shown({"text/html": f"<table>{rows}</table>", "text/plain": "x"}), new_markdown_cell("Etterpå"))
    assert "en svært stor tabell eller side" in made.text
    assert made.all("table") == []
    assert "Etterpå" in made.text


def test_a_long_picture_in_a_text_is_read(page):
    picture = pictures.b64encode((SHELF / "bilder" / "strek.png").read_bytes() + b"\0" * 1_000_000).decode()
    assert len(page(new_markdown_cell(f"![En strek](data:image/png;base64,{picture})")).all("img")) == 1


@pytest.mark.parametrize("begins", ["\\begin{a}", "\\\\["])
def test_the_end_of_formulas_that_have_none_is_sought_once(begins, monkeypatch):
    sought, seek = [], mathematics._sought
    monkeypatch.setattr(mathematics, "_sought", lambda *given: sought.append(given) or seek(*given))
    html = prose.from_elsewhere(f"{begins}\n" * 5000, lambda *_: pytest.fail("a formula"))
    assert html.count(begins.replace("\\\\", "\\")) == 5000
    assert len(sought) == 1


# HTML and pictures.


def cleaned(html: str):
    return clean(html, lambda values: '<img src="data:image/png;base64,AA==" alt="x">', lambda text: "")


@pytest.mark.parametrize(
    ("html", "sound"),
    [
        ("<b><p>en</p>to", "<p>en</p>to"),
        ("<ul><div>en</div></ul>", "<ul><li><div>en</div></li></ul>"),
        ("<td>en</td>", "en"),
        ("<table><td>en<td>to</table>", "<table><tr><td>en</td><td>to</td></tr></table>"),
        ("<p>en<div>to</div></p>", "<p>en</p><div>to</div>"),
        ("<h2><i></i> </h2>", ""),
        ("<i><img></i>", '<i><img src="data:image/png;base64,AA==" alt="x"></i>'),
        ('<p class="only" id="x" style="top:0" lang="en">en</p>', "<p>en</p>"),
        ("<div hidden>en</div><div style='display: none'>to</div>tre", "tre"),
        ("<noscript>en</noscript>", "en"),
        ('<a href="https://a.no/b">en</a> <a href="x.html">to</a>', "en (a.no/b) to"),
        ("1 < 2 &amp; 3 &lt;b&gt;", "1 &lt; 2 &amp; 3 &lt;b&gt;"),
        ("en<script>", "en"),
        ("en <3", "en &lt;3"),
        ("en<![ukjent[ x>to", "ento"),
        ("en<![<!>to", "ento"),
    ],
)
def test_html_is_made_whole(html, sound):
    assert cleaned(html).html == sound


_TAGS = [
    "p",
    "b",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "li",
    "dl",
    "h2",
    "pre",
    "img",
    "svg",
    "math",
    "mi",
    "script",
    "form",
]
_PIECES = [
    f"<{tag}{more}>" for tag in _TAGS for more in ("", " onclick=x", ' class="only"', ' scope="col"', " hidden", "/")
]
_PIECES += [f"</{tag}>" for tag in _TAGS] + [
    "<![",
    "<![cdata[",
    "tekst",
    " ",
    "&lt;",
    "<",
    "<!--",
    "-->",
    "\0",
    "&#0;",
    "<a",
    '"',
    "]]>",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_whatever_comes_in_what_comes_out_is_sound(html):
    made = cleaned(html).html
    assert elsewhere.GuestGuard().read(made).faults == []
    html5lib.HTMLParser(strict=True).parse(
        f"<!DOCTYPE html><html><head><title>x</title></head><body>{made}</body></html>"
    )


def test_a_picture_is_taken_from_the_notebooks_folder_and_from_nowhere_else(tmp_path):
    inner, picture = tmp_path / "inne", (SHELF / "bilder" / "strek.png").read_bytes()
    inner.mkdir()
    (inner / "er her.png").write_bytes(picture)
    (tmp_path / "ute.png").write_bytes(picture)
    (inner / "stor.png").write_bytes(picture + b"\0" * pictures.LARGEST)
    (inner / "tekst.png").write_text("tekst")
    assert pictures.beside("er%20her.png?x#y", inner).address.startswith("data:image/png;base64,")
    for address, reason in {
        "../ute.png": "missing",
        str(tmp_path / "ute.png"): "missing",
        "\0": "missing",
        "stor.png": "large",
        "tekst.png": "unreadable",
        "//example.org/a.png": "web",
        "file:///etc/passwd": "web",
        "%5C%5Cexample.org%5Ca.png": "web",
    }.items():
        with pytest.raises(pictures.NoPicture, match=reason):
            pictures.beside(address, inner)


def drawn(address: str) -> str:
    return pictures.b64decode(address.partition(",")[2]).decode()


def test_a_drawing_keeps_what_draws_and_loses_what_acts():
    drawing = (
        '<svg viewBox="0 0 9 9" onload="x" aria-label="Prikk"><script>x</script><style>@import "x";</style>'
        '<a href="javascript:x"><circle r="2" fill="url(https://a.no)"/></a><foreignObject/>'
        '<image href="https://a.no/b.png"/><use href="#c"/></svg>'
    )
    made = pictures.drawing(drawing)
    assert drawn(made.address) == (
        '<svg viewBox="0 0 9 9" aria-label="Prikk" xmlns="http://www.w3.org/2000/svg">'
        '<g><circle r="2" /></g><image /><use href="#c" /></svg>'
    )
    assert made.title == "Prikk"
    assert made.left_out == ("onload", "<script>", "<style>", "<foreignObject>", "<image>")


DECLARED = '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'
DEEP = f"<svg>{'<g>' * 5000}{'</g>' * 5000}</svg>"


@pytest.mark.parametrize("text", ["", "<svg", "<p/>", DECLARED, "<svg>" * 5000, DEEP])
def test_a_drawing_that_cannot_be_read_is_none(text):
    with pytest.raises(pictures.NoPicture, match="unreadable"):
        pictures.drawing(text)


def test_words_that_a_drawing_loses_are_named_and_what_it_hides_stays_hidden():
    made = pictures.drawing(
        "<svg><switch><foreignObject>en etikett</foreignObject><text>hei</text></switch><metadata>hvem</metadata>"
        '<g display="none"><text>skjult</text></g><text><textPath>på skrå</textPath></text>'
        """<rect fill="url('#g')"/></svg>"""
    )
    assert drawn(made.address) == (
        '<svg xmlns="http://www.w3.org/2000/svg"><g><text>hei</text></g><g display="none"><text>skjult</text></g>'
        """<text /><rect fill="url('#g')" /></svg>"""
    )
    assert made.left_out == ("<foreignObject>", "<textPath>")


def test_what_draws_again_and_again_is_left_out_of_a_drawing():
    storey = '<g id="b"><use href="#a"/><use href="#a"/></g>'
    made = pictures.drawing(f'<svg><g id="a"><circle r="1"/></g>{storey}<use href="#b"/></svg>')
    assert drawn(made.address).count("<use") == 2
    assert made.left_out == ("<use>",)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<svg><text>blå</text></svg>".encode("utf-8-sig"), "blå"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><svg><text>blå</text></svg>'.encode("latin-1"), "blå"),
    ],
)
def test_a_drawing_is_read_in_the_letters_it_says(tmp_path, raw, text):
    (tmp_path / "a.svg").write_bytes(raw)
    assert text in ElementTree.fromstring(drawn(pictures.beside("a.svg", tmp_path).address)).itertext()


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a</p><p hidden>svar</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<ul><li hidden>svar<li>b</ul>x", "<ul><li>b</li></ul>x"),
        ("<ul><li>a<li hidden>svar</ul>x", "<ul><li>a</li></ul>x"),
        (
            "<table><tr><td>1<tr hidden><td>svar<tr><td>2</table>",
            "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>",
        ),
        ('<h2 style="display: none">svar</h2><div hidden><div>s</div>var</div>x', "x"),
        (
            '<table><tr><th class="a" scope="col"></th><th>A</th></tr></table>',
            "<table><tr><td></td><th>A</th></tr></table>",
        ),
    ],
)
def test_what_its_author_hides_is_not_printed_and_a_corner_is_no_heading(html, left):
    assert cleaned(html).html == left


@pytest.mark.parametrize("kind", [elsewhere.CARD, elsewhere.BOX, elsewhere.WIDGET])
@pytest.mark.parametrize("stored", [None, "x", 1, ["x"], {"model_id": ["x"]}])
def test_an_output_that_holds_anything_at_all_is_printed_or_named(page, kind, stored):
    assert "Etterpå" in page(shown({kind: stored, "text/plain": "x"}), new_markdown_cell("Etterpå")).text


def test_a_picture_is_preferred_to_what_only_draws_on_a_screen(page):
    figure = {"application/vnd.plotly.v1+json": {}, "image/svg+xml": "<svg><title>Tre søyler</title></svg>"}
    made = page(shown({**figure, "text/html": "<div><script>x</script></div>", "text/plain": "x"}))
    assert [image.get("alt") for image in made.all("img")] == ["Tre søyler"]
    assert made.warnings == []


def test_a_card_of_a_module_that_is_not_there_is_named(page):
    card = {"application/vnd.nykurs.card+json": {"module": "../../x", "id": "borte"}, "text/html": "<p>x</p>"}
    made = page(shown(card), new_markdown_cell("Etterpå"))
    assert "bare virker på skjerm: borte." in made.text
    assert "Etterpå" in made.text


def test_an_exercise_of_the_course_in_a_notebook_of_ones_own_keeps_its_sheet(tmp_path):
    from handout import run

    source = 'from widgets import module\nshow = module("01_avhengighet")\nshow("my-reasons")'
    notebook = run.run_node(new_notebook(cells=[new_markdown_cell("# Mitt møte"), new_code_cell(source)]))
    made = exported("from_notebook_node", notebook, {"metadata": {"name": "mitt", "path": str(tmp_path)}})
    assert [section.get("id") for section in made.all("section")] == ["sheet-my-reasons"]
    assert "Mitt møte" in "".join(made.all("title")[0].itertext())
