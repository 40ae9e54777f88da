"""Posters for the group: every question that is asked aloud, one a page, and nothing that is private or an answer."""

import dataclasses
import html
import re
from datetime import time

import handout
import html5lib
import pytest
import tools
from handout import making, pdf, posters, run
from messages import words as command_words
from test_commands import run as command
from test_handout import closings, markdown, plain, quizzes, replies, with_other_answers

from course import chosen, content, notebooks, recap
from course.model import GroupBoard, Tally
from course.session import Choice

NAMES = content.names("nb")
ENDING = making.ENDINGS[making.GROUP]


@pytest.fixture(autouse=True)
def nothing_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder with the posters of every module."""
    out = tmp_path_factory.mktemp("posters")
    handout.make(audiences=[making.GROUP], out=out)
    return out


def page(name: str, made) -> str:
    return (made / "nb" / f"{name}{ENDING}").read_text(encoding="utf-8")


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


def walls(name: str, made) -> list[tuple[str, str, str]]:
    """Each poster: its kind, the question, and all that stands on it."""
    tree = html5lib.parse(page(name, made), namespaceHTMLElements=False)
    found = [each for each in tree.iter("section") if "poster" in each.get("class").split()]
    return [(each.get("class").split()[1], text_of(each.find(".//h2")), text_of(each)) for each in found]


def test_posters_are_written_for_every_module_and_nothing_else_is(made):
    assert {path.name for path in (made / "nb").iterdir()} == {f"{name}{ENDING}" for name in NAMES}


def test_no_claim_hangs_on_a_wall_without_its_answer(made):
    exercises = [each for name in NAMES for each in content.load(name).exercises]
    questions = [each for quiz in exercises for each in getattr(quiz, "questions", ())]
    claims = {plain(each.text) for each in questions if each.kind == "claim"}
    assert len(claims) > 10
    said = "".join(html.unescape(page(name, made)) for name in NAMES)
    assert [claim for claim in claims if claim in said] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_to_the_group_has_a_poster_of_its_own_in_the_order_of_the_notebook(name, made):
    module = recap.of(content.load(name))
    cells = notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")
    wanted = []
    for cell in cells:
        if cell.id.startswith("group-talk") and cell.kind == "markdown" and not cell.leader:
            wanted += [("poster-talk", text) for text in re.findall(r"^\d+\. (.+)$", cell.text, re.MULTILINE)]
        for exercise in (each for each in module.exercises if each.id == cell.shows):
            if isinstance(exercise, Tally | GroupBoard):
                kind = "poster-tally" if isinstance(exercise, Tally) else "poster-board"
                wanted.append((kind, exercise.question))
    shown = [(kind, question) for kind, question, _ in walls(name, made)]
    assert shown == [(kind, plain(question)) for kind, question in wanted]
    assert len(shown) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_every_poster_says_its_rule_and_whom_to_call(name, made):
    words, short = content.words("nb"), content.support("nb").boxes["short"].paragraphs[0]
    rules = {
        "poster-talk": "uten å fortelle om",
        "poster-tally": words["tally.print"],
        "poster-board": words["group_board.rule"],
    }
    for kind, _, told in walls(name, made):
        assert rules[kind] in told
        assert short in told.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", NAMES)
def test_choices_and_columns_are_there_and_no_answer_reply_or_leaders_word_is(name, made):
    module = content.load(name)
    said = html.unescape(page(name, made))
    asked = [each for each in module.exercises if isinstance(each, Tally | GroupBoard)]
    for exercise in asked:
        choices = exercise.options if isinstance(exercise, Tally) else exercise.columns
        assert all(choice.text in said for choice in choices)
    secrets = [text for quiz in quizzes(name) for text in (*replies(quiz), *closings(quiz))]
    secrets += [plain(line.lstrip("-# ")) for cell in markdown(name, leaders=True) for line in cell.splitlines()]
    secrets += [plain(each.explanation) for each in asked]
    secrets += [plain(option.reply) for each in asked for option in getattr(each, "options", ()) if option.reply]
    secrets += [card for each in asked for cards in getattr(each, "example", {}).values() for card in cards]
    secrets = [text for text in secrets if len(text) > 20]
    assert len(secrets) > 20
    assert [text for text in secrets if text in said] == []


@pytest.mark.parametrize("name", NAMES)
def test_posters_do_not_change_a_byte_when_another_option_is_correct(name, made, tmp_path, monkeypatch):
    load = content.load

    def turned(*arguments):
        module = with_other_answers(load(*arguments))
        exercises = (fitting_otherwise(each) if isinstance(each, Tally) else each for each in module.exercises)
        return dataclasses.replace(module, exercises=tuple(exercises))

    def fitting_otherwise(tally):
        options = (dataclasses.replace(option, fitting=not option.fitting) for option in tally.options)
        return dataclasses.replace(tally, options=tuple(options))

    monkeypatch.setattr(content, "load", turned)
    handout.make([name], [making.GROUP], out=tmp_path)
    assert page(name, tmp_path) == page(name, made)


def test_what_is_private_never_becomes_a_poster(made, tmp_path, monkeypatch):
    load, name = content.load, "01_avhengighet"

    def private(*arguments):
        module = load(*arguments)
        return dataclasses.replace(
            module, exercises=tuple(dataclasses.replace(each, private=True) for each in module.exercises)
        )

    assert {kind for kind, *_ in walls(name, made)} == {"poster-talk", "poster-tally"}
    monkeypatch.setattr(content, "load", private)
    handout.make([name], [making.GROUP], out=tmp_path)
    assert {kind for kind, *_ in walls(name, tmp_path)} == {"poster-talk"}


def test_a_chosen_meeting_has_the_posters_of_that_meeting(made, tmp_path):
    name = "01_avhengighet"
    chosen.write(name, Choice(45, time(10)))
    handout.make([name], [making.GROUP], out=tmp_path / "out")
    fewer, usual = walls(name, tmp_path / "out"), walls(name, made)
    assert {text for _, text, _ in fewer} < {text for _, text, _ in usual}
    assert [kind for kind, *_ in fewer].count("poster-talk") == 3


def test_posters_run_no_notebook_and_the_others_run_it_once(tmp_path, monkeypatch):
    ran, usual = [], run.run
    monkeypatch.setattr(run, "run", lambda path: ran.append(path.stem) or usual(path))
    handout.make(["00_velkommen"], [making.GROUP], out=tmp_path)
    assert ran == []
    handout.make(["00_velkommen"], [*handout.AUDIENCES, making.GROUP], out=tmp_path, force=True)
    assert ran == ["00_velkommen"]


def test_the_overview_leads_to_posters_and_to_no_sheet_that_is_not_there(made):
    page = (made / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+)(#[^"]*)?"', page)
    assert {address for address, _ in links if address.endswith(ENDING)} == {f"nb/{name}{ENDING}" for name in NAMES}
    assert all((made / address).is_file() and not sheet for address, sheet in links)


def test_the_command_makes_posters_when_asked_and_the_usual_two_otherwise(tmp_path):
    assert command("handouts", "00_velkommen", "--for", "group", "--out", tmp_path).returncode == 0
    assert {path.name for path in (tmp_path / "nb").iterdir()} == {f"00_velkommen{ENDING}"}
    assert handout.AUDIENCES == ("participant", "leader")
    assert "group (plakater til veggen)" in command_words("help.for")


def test_a_poster_is_one_page_in_a_pdf_and_comes_in_no_other_size(made):
    tools.require("Pango")
    from io import BytesIO

    from pypdf import PdfReader

    for name in NAMES:
        drawn = PdfReader(BytesIO(pdf.drawn(page(name, made)))).pages
        assert len(drawn) == len(walls(name, made))
        upright = [sheet.mediabox.height > sheet.mediabox.width for sheet in drawn]
        assert upright == [kind == "poster-tally" for kind, *_ in walls(name, made)]
    paths = [f"nb/{name}{ENDING}" for name in NAMES]
    assert [pdf.count(paths, [size], "nb") for size in making.SIZES] == [len(NAMES), 0, 0]


@pytest.mark.parametrize(
    ("kind", "length", "size"),
    [
        ("talk", 60, "huge"),
        ("talk", 61, "great"),
        ("talk", 111, "large"),
        ("tally", 1, "large"),
    ],
)
def test_the_shorter_a_question_the_larger_its_letters(kind, length, size):
    assert posters.Poster(kind, "", "a" * length, "").size == size
