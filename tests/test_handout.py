"""Handouts: what stands on them, what never does, and what makes a notebook unfit to become one."""

import dataclasses
import html
import os
import subprocess
import sys
from pathlib import Path

import handout
import html5lib
import pytest
import yaml
from handout import guard, lean, making, page_guard, rendering, run, writing
from handout.exporter import HandoutExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course import content, notebooks, recap
from course.model import Quiz
from widgets.paper import ON_EVERY_PAGE, quoted

ROOT = Path(__file__).parent.parent
NAMES = content.names("nb")
EVIL = "<script>alert(1)</script> </div> \"'& <img src=x onerror=alert(2)>"
HTML = "{http://www.w3.org/1999/xhtml}"


# The real handouts, made once.


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The folder with the handouts of every module."""
    out = tmp_path_factory.mktemp("handouts")
    handout.make(out=out)
    return out


def pages(made: Path) -> list[Path]:
    return sorted((made / "nb").glob("*.html")) + [made / "index.html"]


def text_of(name: str, audience: str, made: Path) -> str:
    """What can be read on a handout, whitespace evened out."""
    tree = html5lib.parse((made / "nb" / f"{name}{making.ENDINGS[audience]}").read_text(encoding="utf-8"))
    return " ".join("".join(tree.find(f"{HTML}body").itertext()).split())


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def quizzes(name: str) -> list[Quiz]:
    return [exercise for exercise in recap.of(content.load(name)).exercises if isinstance(exercise, Quiz)]


def replies(quiz: Quiz) -> list[str]:
    """Everything a quiz says after an answer."""
    said = [closing.text for closing in quiz.closings]
    for question in quiz.questions:
        said += [question.explanation, *(item.reply for item in (*question.options, *question.steps, *question.pairs))]
        said += [option.missed for option in question.options]
    return [plain(text) for text in said if text]


def test_every_module_gets_a_handout_for_each_audience(made):
    written = {path.name for path in (made / "nb").iterdir()}
    around = {"beredskapsark.html", "kursguide.leder.html", "tilbakemelding.html"}
    assert written == around | {f"{name}{end}" for name in NAMES for end in (".html", ".leder.html")}


def markdown(name: str, leaders: bool) -> list[str]:
    """The leader's cells of a notebook, or all others."""
    cells = notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")
    return [cell.text for cell in cells if cell.kind == "markdown" and cell.leader == leaders]


@pytest.mark.parametrize("name", NAMES)
def test_a_participants_handout_holds_no_reply_explanation_or_leader_text(name, made):
    participant = text_of(name, "participant", made)
    boxes = [paragraph for box in content.support("nb").boxes.values() for paragraph in box.paragraphs]
    told = plain(" ".join(markdown(name, leaders=False) + boxes))  # a reply may repeat what the text says to everyone
    secrets = [text for quiz in quizzes(name) for text in replies(quiz)]
    lines = [line for cell in markdown(name, leaders=True) for line in cell.splitlines()]
    secrets += [plain(line.lstrip("-# ")) for line in lines if len(line) > 20]
    hidden = [text for text in secrets if text not in told]
    assert hidden
    assert [text for text in hidden if text in participant] == []
    source = html.unescape((made / "nb" / f"{name}.html").read_text(encoding="utf-8"))
    assert [text for text in hidden if text in " ".join(source.split())] == []  # nor in an attribute or a comment


@pytest.mark.parametrize("name", NAMES)
def test_a_leaders_handout_holds_every_reply_and_every_leader_cell(name, made):
    leader = text_of(name, "leader", made)
    said = [text for quiz in quizzes(name) for text in replies(quiz) if text not in closings(quiz)]
    said += [plain(cell.splitlines()[0]) for cell in markdown(name, leaders=True)]
    assert said
    assert [text for text in said if text not in leader] == []


def closings(quiz: Quiz) -> list[str]:
    return [plain(closing.text) for closing in quiz.closings]


@pytest.mark.parametrize("name", NAMES)
def test_a_participants_handout_does_not_change_a_byte_when_another_option_is_correct(
    name, made, tmp_path, monkeypatch
):
    load = content.load
    monkeypatch.setattr(content, "load", lambda *arguments: with_other_answers(load(*arguments)))
    handout.make([name], ["participant"], out=tmp_path)
    assert (tmp_path / "nb" / f"{name}.html").read_bytes() == (made / "nb" / f"{name}.html").read_bytes()


def with_other_answers(module):
    """The same module, where in every question other options are the correct ones."""

    def turned(question):
        options = tuple(dataclasses.replace(option, correct=not option.correct) for option in question.options)
        return dataclasses.replace(question, options=options)

    def changed(exercise):
        if not isinstance(exercise, Quiz):
            return exercise
        return dataclasses.replace(exercise, questions=tuple(map(turned, exercise.questions)))

    return dataclasses.replace(module, exercises=tuple(map(changed, module.exercises)))


def test_no_order_question_is_printed_in_its_right_order(made):
    orders = [
        (name, quiz.id, [step.text for step in question.steps])
        for name in NAMES
        for quiz in quizzes(name)
        for question in quiz.questions
        if question.kind == "order"
    ]
    assert orders
    for name, quiz, right in orders:
        sheet = sheet_of(made / "nb" / f"{name}.html", quiz)
        shown = ["".join(item.itertext()).strip() for steps in by_class(sheet, "steps") for item in steps]
        assert sorted(shown) == sorted(right)
        assert shown != right


def sheet_of(path: Path, identifier: str):
    tree = html5lib.parse(path.read_text(encoding="utf-8"))
    return next(element for element in tree.iter(f"{HTML}section") if element.get("id") == f"sheet-{identifier}")


def by_class(tree, name: str) -> list:
    return [element for element in tree.iter() if name in (element.get("class") or "").split()]


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_has_its_sheet_and_its_printed_id(name, made):
    tree = html5lib.parse((made / "nb" / f"{name}.html").read_text(encoding="utf-8"))
    named = ["".join(element.itertext()) for element in by_class(tree, "sheet-name")]
    assert sorted(named) == sorted(f"{name} / {exercise.id}" for exercise in content.load(name).exercises)


def test_handouts_are_whole_html_in_their_language_with_a_title(made):
    for path in pages(made):
        parser = html5lib.HTMLParser(strict=True)
        tree = parser.parse(path.read_text(encoding="utf-8"))
        assert tree.get("lang") == "nb"
        assert tree.find(f"{HTML}head/{HTML}title").text.endswith(content.words("nb")["handout.course"])
        policy = [meta.get("content") for meta in tree.iter(f"{HTML}meta") if meta.get("http-equiv")]
        assert policy[0].startswith("default-src 'none'")


def test_headings_begin_with_one_title_and_skip_no_level(made):
    for path in pages(made):
        tree = html5lib.parse(path.read_text(encoding="utf-8"))
        levels = [
            int(element.tag[-1]) for element in tree.iter() if element.tag in {f"{HTML}h{n}" for n in range(1, 7)}
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), path.name


def test_nothing_in_a_handout_runs_or_points_outside(made):
    for path in pages(made):
        tree = html5lib.parse(path.read_text(encoding="utf-8"))
        tags = {element.tag.removeprefix(HTML) for element in tree.iter() if isinstance(element.tag, str)}
        # The overview can be searched, by one script that is ours to the letter.
        assert tags & {"script", "input"} == ({"script", "input"} if path.name == making.INDEX else set())
        assert not tags & {"iframe", "object", "embed", "form", "button", "link", "base", "video"}
        for element in tree.iter():
            for name, value in element.attrib.items():
                assert not str(name).startswith("on")
                if str(name).split("}")[-1] in ("href", "src", "srcset", "action"):
                    assert "//" not in value, f"{path.name}: {value}"


def test_every_figure_says_what_it_shows(made):
    for name in NAMES:
        for element in html5lib.parse((made / "nb" / f"{name}.leder.html").read_text(encoding="utf-8")).iter():
            if str(element.tag).endswith("}svg") and element.get("aria-hidden") != "true":
                title = next(part for part in element.iter() if part.get("id") == element.get("aria-labelledby"))
                assert len("".join(title.itertext())) > 20
                assert element.get("role") == "img"


def test_help_numbers_stand_in_the_body_in_their_fixed_order(made):
    numbers = {number.id: number.number for number in content.support("nb").numbers}
    for path in pages(made):
        footer = html5lib.parse(path.read_text(encoding="utf-8")).find(f"{HTML}body/{HTML}footer")
        text = " ".join("".join(footer.itertext()).split())
        places = [text.index(numbers[identifier]) for identifier in ON_EVERY_PAGE]
        assert places == sorted(places)


def test_numbers_to_confirm_are_named_before_printing(made):
    support = content.support("nb")
    wanted = [number for number in support.numbers if number.printed and number.status == "confirm-before-print"]
    assert wanted
    for number in wanted:
        assert number.service in handout.before_print("nb")
        assert html.escape(number.number) in (made / "index.html").read_text(encoding="utf-8")


def test_the_overview_leads_to_files_and_sheets_that_exist(made):
    tree = html5lib.parse((made / "index.html").read_text(encoding="utf-8"))
    links = [element.get("href") for element in tree.iter(f"{HTML}a")]
    assert len(links) > 2 * len(NAMES)
    for link in links:
        address, _, fragment = link.partition("#")
        assert (
            f'id="{fragment}"' in (made / address).read_text(encoding="utf-8")
            if fragment
            else (made / address).is_file()
        )


FIGURES, ROOM, EACH = 2, 60_000, 12_000  # bytes: for a module with so many figures, and for each further one


@pytest.mark.parametrize("name", NAMES)
def test_a_participants_module_is_small_enough(name, made):
    page = (made / "nb" / f"{name}.html").read_bytes()
    further = max(0, page.count(b"<svg") - FIGURES)
    assert len(page) <= ROOM + EACH * further


def test_a_participant_reads_where_claims_come_from_and_the_leader_also_which_facts_and_rules_hold(made):
    sources, facts = content.sources("nb"), ("F-OD-01", "F-DEP-01")
    references, rule = [sources[each].reference for each in facts], sources["S-03"].reference
    participant, leader = (
        html.unescape((made / "nb" / f"01_avhengighet{ending}.html").read_text(encoding="utf-8"))
        for ending in ("", ".leder")
    )
    assert all(f"<li>{each}" in participant for each in references)
    assert [each for each in (rule, *facts) if each in participant] == []
    assert [each for each in (rule, *facts) if each not in leader] == []


def read_as(page: str) -> list:
    """What a browser makes of a page: elements with their attributes and texts, blanks evened out."""

    def told(text: str | None) -> str:
        return " ".join((text or "").split())

    def walk(element) -> tuple:
        attributes = sorted(element.attrib.items())
        return str(element.tag), attributes, told(element.text), [(walk(each), told(each.tail)) for each in element]

    return walk(html5lib.parse(page))


def test_end_tags_that_are_left_out_change_nothing_that_is_read(tmp_path, monkeypatch):
    whole, shorter = [], lean.without_endings
    monkeypatch.setattr(lean, "without_endings", lambda page: whole.append(page) or shorter(page))
    handout.make(["07_tilbakefall"], out=tmp_path)
    assert len(whole) == 2 + 4
    for page in whole:
        assert len(shorter(page)) < len(page)
        assert read_as(shorter(page)) == read_as(page)
        unquoted = lean.without_quotes(page)
        assert len(unquoted) < len(page)
        assert read_as(unquoted) == read_as(page)


def test_a_class_keeps_its_quotation_marks_where_the_page_would_change_without_them():
    kept = '<p class="a b">x <i title=\'class="a"\'>class="a"</i><svg><path class="a"/></svg>'
    assert lean.without_quotes(kept) == kept
    assert lean.without_quotes('<p class="a" id="b"><b class="c">') == '<p class=a id="b"><b class=c>'


STYLE = """/* a note with " and { */ :root { --ink: #000 } .there, .gone { margin: 0.5em 0 }
.gone .there { color: red } .there:not(.gone) > p { color: red } p:has(.gone) { top: 0 }
p:has(.gone, .there) { top: 1px }
@media print { .gone { color: red } .there::before { content: "} /* .gone {" } } @media print { .gone { top: 0 } }
aside { top: 0 } @page { size: A4; @top-left { content: "a  : b" } }"""


def test_a_style_keeps_the_rules_that_can_mean_something_and_no_others():
    kept = lean.style(STYLE, '<p class="x there">').splitlines()
    assert kept == [
        ":root{--ink: #000}".replace(": ", ":"),
        ".there{margin:.5em 0}",
        ".there:not(.gone)>p{color:red}",
        "p:has(.gone, .there){top:1px}",
        '@media print{.there::before{content:"} /* .gone {"}}',
        '@page{size:A4;@top-left{content:"a  : b"}}',
    ]


# Making them.


def test_making_again_gives_the_same_bytes_and_writes_nothing(made):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in pages(made)}
    paths = handout.make(out=made)
    assert sorted(paths) == sorted(before)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in pages(made)} == before


def test_each_notebook_runs_once_for_both_audiences(tmp_path, monkeypatch):
    ran, done = [], []
    once = run.run
    monkeypatch.setattr(run, "run", lambda path: ran.append(path.stem) or once(path))
    handout.make(NAMES[:1], out=tmp_path, progress=done.append)
    assert ran == [NAMES[0]]
    assert done == [NAMES[0]] * 2


def test_an_unknown_module_gets_a_letter(tmp_path):
    with pytest.raises(content.ContentError, match="01_avhengihet"):
        handout.make(["01_avhengihet"], out=tmp_path)


def test_importing_the_exporter_costs_other_exporters_nothing():
    code = (
        "import sys; sys.modules['rfc3987_syntax'] = None\n"  # two seconds that say nothing here
        "import handout.exporter; print([name for name in sys.argv[1:] if name in sys.modules])"
    )
    heavy = ["matplotlib", "numpy", "ipywidgets", "anywidget", "widgets", "course", "yaml"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "build")))}
    said = subprocess.run(
        [sys.executable, "-c", code, *heavy], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


# A course of one's own, to try what must not pass.


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A temporary course with one module, `01_prove`; call it with exercises and cells to make its handout."""
    here, modules = tmp_path / "content" / "nb", tmp_path / "modules" / "nb"
    here.mkdir(parents=True)
    modules.mkdir(parents=True)
    (tmp_path / "content" / "schema.json").write_bytes((content.CONTENT / "schema.json").read_bytes())
    for path in (content.CONTENT / "nb").glob("[a-z]*.yaml"):
        (here / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(content, "CONTENT", tmp_path / "content")
    monkeypatch.setattr(content, "MODULES", tmp_path / "modules")

    def export(cells=(), title="Prøve", exercises=(), audience="participant", reviewed=()):
        part = {"id": "one", "step": "welcome", "title": "Del", "minutes": 1}
        module = {"title": title, "summary": "En prøve.", "parts": [part], "exercises": list(exercises)}
        module["reviewed"] = list(reviewed)
        (here / "01_prove.yaml").write_text(yaml.safe_dump(module, allow_unicode=True), encoding="utf-8")
        opening = 'from widgets import module; show = module("01_prove")'
        notebook = new_notebook(
            cells=[new_code_cell(opening, id="open"), new_markdown_cell("# Prøve", id="title"), *cells]
        )
        exporter = HandoutExporter(audience=audience)
        return exporter.from_notebook_node(
            run.run_node(notebook), {"metadata": {"name": "01_prove", "path": str(modules)}}
        )[0]

    return export


def shown(data: dict, metadata: dict | None = None) -> list:
    """Cells whose one output holds this data; the cell is called `culprit`."""
    code = f"from IPython.display import display\ndisplay({data!r}, metadata={metadata or {}!r}, raw=True)"
    return [new_code_cell(code, id="culprit")]


def html_cell(markup: str) -> list:
    return shown({"text/html": markup, "text/plain": ""})


def prose(markup: str) -> list:
    return [new_markdown_cell(markup, id="culprit")]


ACTIVE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">her</p>',
    '<img src="data:image/png;base64,AA==" alt="et bilde" onerror="alert(1)">',
    '<a href="javascript:alert(1)">her</a>',
    '<a href=" java&#115;cript:alert(1)">her</a>',
    '<img src="https://example.org/a.png" alt="et bilde">',
    '<p style="background:url(https://example.org)">her</p>',
    "<style>@import 'https://example.org/a.css'</style>",
    '<iframe srcdoc="x"></iframe>',
    '<a href="javascript:alert(1)" href="#her">her</a>',
    '<form action="https://example.org"><input></form>',
    '<svg role="img"><title>et bilde</title><script>alert(1)</script></svg>',
    '<svg role="img"><title>et bilde</title><style><img src=x onerror=alert(1)></style></svg>',
    '<svg role="img"><title>et bilde</title><foreignObject><p>x</p></foreignObject></svg>',
    '<svg role="img"><title>et bilde</title><use href="https://example.org/a.svg#b"/></svg>',
    '<svg role="img"><title>et bilde</title><rect style="fill:u\\72l(https://example.org)"/></svg>',
    "<!-- --!><script>alert(1)</script> -->",
    "<svg><title><!--</title><img title='--><img src=x onerror=alert(1)>'></svg>",
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    '<base href="https://example.org">',
    "<p>ikke lukket",
    "</main><p>utenfor</p>",
]


@pytest.mark.parametrize("markup", ACTIVE)
@pytest.mark.parametrize("place", [html_cell, prose])
def test_active_or_broken_html_is_refused_and_its_cell_named(markup, place, course):
    with pytest.raises(handout.NotebookError, match=r"01_prove\.ipynb, celle 3 \(culprit\)"):
        course(place(markup))


REFUSED = {
    "error": [new_code_cell("1 / 0", id="culprit")],
    "no_face": shown({"application/vnd.nykurs.card+json": {"module": "01_prove", "id": "recap"}, "text/plain": ""}),
    "no_alt": shown({"image/svg+xml": "<svg></svg>", "text/plain": ""}),
    "heading": prose("#### For dypt"),
    "twice": html_cell('<p id="a">en</p><p id="a">to</p>'),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_printed_is_refused_in_words_and_its_cell_named(reason, course, words):
    with pytest.raises(handout.NotebookError) as refused:
        course(REFUSED[reason])
    assert "celle 3 (culprit)" in str(refused.value)
    beginning = words[f"handout.refused.{reason}"].split("{about}")[0]
    assert beginning in str(refused.value)


@pytest.mark.parametrize(
    "markup",
    ['<svg role="img"></svg>', "<svg><title> </title></svg>", '<img src="data:image/png;base64,AA==" alt=" ">'],
)
def test_a_figure_without_words_is_refused(markup, course):
    with pytest.raises(handout.NotebookError, match=r"\(culprit\)"):
        course(html_cell(markup))


def test_a_widget_without_a_printed_face_is_refused(course):
    with pytest.raises(handout.NotebookError, match=r"\(culprit\)"):
        course([new_code_cell("import ipywidgets; ipywidgets.IntSlider()", id="culprit")])


def test_a_notebook_that_was_not_run_is_refused(words):
    path = content.MODULES / "nb" / "01_avhengighet.ipynb"
    with pytest.raises(handout.NotebookError) as refused:
        HandoutExporter().from_filename(str(path))
    assert words["handout.refused.not_run"] in str(refused.value)


def test_after_a_cell_that_failed_the_others_are_not_blamed(course):
    with pytest.raises(handout.NotebookError) as refused:
        course([new_code_cell("1 / 0", id="first"), new_code_cell("2", id="second")])
    assert len(refused.value.problems) == 1


def test_all_faults_of_a_notebook_are_told_at_once(course):
    cells = [new_markdown_cell("<b>", id="first"), new_markdown_cell("<i onload=x>", id="second")]
    with pytest.raises(handout.NotebookError) as refused:
        course(cells)
    assert len(refused.value.problems) == 2 + 1  # the second one is open as well
    assert "(first)" in str(refused.value)
    assert "(second)" in str(refused.value)


def test_a_leader_cell_is_guarded_as_well(course):
    cell = new_markdown_cell("<script>alert(1)</script>", id="culprit", metadata={"tags": ["leader"]})
    assert "script" not in course([cell])
    with pytest.raises(handout.NotebookError, match="culprit"):
        course([cell], audience="leader")


def test_a_link_is_printed_with_its_address_and_a_javascript_link_as_its_text(course):
    page = course(
        prose("[Helsenorge](https://www.helsenorge.no/) og [neste](02_x.ipynb) og [ond](javascript:alert(1))")
    )
    assert "Helsenorge (www.helsenorge.no) og neste og ond" in page
    assert "javascript" not in page
    assert "href" not in page.partition("<main>")[2].replace('href="#"', "")


def hostile_quiz() -> dict:
    options = [
        {"id": "a", "text": EVIL, "reply": EVIL, "correct": True},
        {"id": "b", "text": "Noe annet", "reply": EVIL},
    ]
    question = {"id": "q", "kind": "single", "text": EVIL, "options": options, "explanation": EVIL}
    closings = [{"least": 0, "text": EVIL}]
    return {
        "id": "recap",
        "kind": "quiz",
        "title": EVIL,
        "introduction": EVIL,
        "questions": [question],
        "closings": closings,
    }


@pytest.mark.parametrize("audience", handout.AUDIENCES)
def test_hostile_content_is_printed_as_the_text_it_is(audience, course):
    cells = [new_markdown_cell("## Del", id="part"), new_code_cell('show("recap")', id="recap")]
    page = course(cells, title=EVIL, exercises=[hostile_quiz()], audience=audience)
    tree = html5lib.parse(page)
    assert not list(tree.iter(f"{HTML}script")) + list(tree.iter(f"{HTML}img"))
    assert tree.find(f"{HTML}head/{HTML}title").text.startswith(EVIL)
    assert "".join(tree.find(f"{HTML}body").itertext()).count(EVIL) >= 4
    assert "<script" not in page


def test_a_text_in_a_margin_cannot_end_its_style():
    assert quoted('"</style>\n\\') == r'"\22 \3c /style\3e \a \5c "'


@pytest.mark.parametrize("tag", ["leader", "screen-only"])
def test_a_participants_handout_leaves_out_tagged_cells(tag, course):
    cell = new_markdown_cell("HEMMELIG", id="tagged", metadata={"tags": [tag]})
    assert "HEMMELIG" not in course([cell])
    assert ("HEMMELIG" in course([cell], audience="leader")) == (tag == "leader")


def test_the_deeper_layer_is_marked(course, words):
    cell = new_markdown_cell("## Mer", id="more", metadata={"tags": ["more"]})
    mark = f'mark">{words["handout.more"]}'
    assert mark in course([cell])
    assert mark not in course([new_markdown_cell("## Mer", id="core")])


def test_the_draft_line_stands_until_both_have_approved(course, boxes):
    draft = boxes["draft"].paragraphs[0]
    one = {"name": "Kari", "role": "clinician", "date": "2026-11-01"}
    other = {"name": "Ola", "role": "lived-experience", "date": "2026-11-01"}
    assert draft in course()
    assert draft in course(reviewed=[one])
    assert draft not in course(reviewed=[one, other])


@pytest.mark.faults_expected  # nbconvert warns through the logger that the other tests watch
def test_a_notebook_outside_the_course_loses_what_is_unfit_and_keeps_the_rest(tmp_path):
    cells = [new_markdown_cell("### Mitt"), new_markdown_cell("<script>alert(1)</script>"), new_markdown_cell("Hei")]
    page, _ = HandoutExporter().from_notebook_node(
        new_notebook(cells=cells), {"metadata": {"name": "mitt", "path": str(tmp_path)}}
    )
    assert "<h1>mitt</h1>" in page
    assert "<h2>Mitt</h2>" in page
    assert "<p>Hei" in page
    assert "<script" not in page


# The last look at a whole page.


@pytest.fixture(scope="module")
def sound(made) -> str:
    """A page as it was before its end tags were left out."""
    whole, shorter = [], lean.without_endings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lean, "without_endings", lambda page: whole.append(page) or shorter(page))
        writing.feedback("nb", frozenset())
    assert page_guard.PageGuard().read(whole[0]).faults == []
    return whole[0]


LET_IN = {
    **{f"in the page: {markup}": ("</main>", f"{markup}</main>") for markup in ACTIVE[:-1]},
    "a policy that allows more": ("default-src 'none'", "default-src *"),
    "no policy": ("Content-Security-Policy", "Other"),
    "one more meta": ("<title>", '<meta http-equiv="refresh" content="0"><title>'),
    "an import": ("<style>", "<style>@import 'x.css';"),
    "an import in other quotes": ("<style>", '<style>@import "x.css";'),
    "an address": (":root{", ":root{background:url(https://example.org/a.png);"),
    "a quoted address": (":root{", ':root{background:url("https://example.org/a.png");'),
    "an address in other letters": (":root{", ":root{background:u\\72l(a.png);"),
    "a picture that ends too soon": (":root{", """:root{background:url("data:image/svg+xml,"x");"""),
    "an image set": (":root{", ':root{background:image-set("a.png" 1x);'),
    "a font": ("<style>", '<style>@font-face{font-family:x;src:url("a.woff")}'),
    "a style in the body": ("<main>", "<main><style>p{top:0}</style>"),
    "a style that ends itself": ("</style>", "</style></style>"),
    "a second title": ("<title>", "<title>x</title></head><title>"),
    "a second document": ("</html>", "</html><!DOCTYPE html><html></html>"),
    "no beginning": ("<!DOCTYPE html>\n", ""),
    "an event of the body": ("<body ", '<body onload="x" '),
    "an address of the machine": ("<main>", '<main><a href="file:///etc/passwd">x</a>'),
    "a program as an address": ("<main>", '<main><a href="javascript:x.html">x</a>'),
    "an address without its scheme": ("<main>", '<main><a href="//example.org/x.html">x</a>'),
    "a way out of the folder": ("<main>", '<main><a href="../../x.html">x</a>'),
    "a comment that a browser reads": ("<main>", "<main><!--><script>x</script>-->"),
}


@pytest.mark.parametrize("way", LET_IN)
def test_a_page_with_anything_active_in_it_is_not_written(way, sound):
    place, put = LET_IN[way]
    assert place in sound
    with pytest.raises(handout.NotebookError):
        rendering.finished(sound.replace(place, put, 1))


SEARCHED = {
    "another script": ("</script>", ";fetch('x')</script>"),
    "one script more": ("<script>", "<script>x</script><script>"),
    "a script in the page": ("</main>", "<script>x</script></main>"),
    "an address for the script": ("<script>", '<script src="x.js">'),
    "another policy for it": ("script-src 'sha256-", "script-src 'unsafe-inline' 'sha256-"),
    "an event of the field": ("<input ", '<input oninput="x" '),
    "a form": ("</main>", "<form></form></main>"),
}


@pytest.mark.parametrize("way", SEARCHED)
def test_the_one_script_of_the_overview_is_ours_to_the_letter_or_there_is_no_page(way, monkeypatch):
    read = []
    monkeypatch.setattr(rendering, "finished", lambda page, script: read.append((page, script)))
    writing.overview("nb", frozenset())
    monkeypatch.undo()
    (page, script), (place, put) = read[0], SEARCHED[way]
    assert rendering.finished(page, script)
    assert place in page
    with pytest.raises(handout.NotebookError):
        rendering.finished(page.replace(place, put, 1), script)
    with pytest.raises(handout.NotebookError):
        rendering.finished(page)  # no other page may have it


def test_a_template_that_lets_something_in_makes_no_page(course, monkeypatch):
    monkeypatch.setitem(rendering.FILTERS, "lean", lambda css, body: "</style><script>alert(1)</script>")
    with pytest.raises(handout.NotebookError, match="<script>"):
        course()


def test_a_line_of_a_million_signs_is_only_long(course):
    line = "<b>" * 100 + "&lt;" + "å " * 500_000
    with pytest.raises(handout.NotebookError):
        course(prose(line))
    assert "å å å" in course(prose("å " * 500_000))


def test_the_guard_lets_through_escaped_text_that_looks_active():
    assert guard.Guard().read("<p>skriv «onclick=» og &lt;script&gt; &amp; så videre</p>").faults == []
