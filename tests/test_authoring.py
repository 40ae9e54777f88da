"""What authors begin and carry with: new-module, questions, and the page that follows their files."""

import json
import os
import shutil
from pathlib import Path

import commands
import jupyterquiz
import new_module
import pytest
import questions
from ipywidgets.widgets import widget as ipywidgets_widget
from messages import Stop

from course import content, drafts, journal, notebooks
from course.model import QuestionAnswer, QuizAnswer
from widgets import pages
from widgets.lab import launch
from widgets.preview import Preview

COURSE = content.CONTENT.parent
NAME = "77_prove"


@pytest.fixture
def course_copy(tmp_path: Path, monkeypatch) -> Path:
    """The course's texts in a folder of their own; the commands read and write there."""
    for name in ("content", "modules"):
        shutil.copytree(COURSE / name, tmp_path / "course" / name)
    monkeypatch.setattr(content, "CONTENT", tmp_path / "course" / "content")
    monkeypatch.setattr(content, "MODULES", tmp_path / "course" / "modules")
    return tmp_path / "course"


@pytest.fixture
def module(course_copy: Path) -> Path:
    """A module just made: its content file."""
    new_module.make(NAME, "Prøve", "nb")
    return course_copy / "content" / "nb" / f"{NAME}.yaml"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# A new module


def test_a_new_module_passes_check_with_warnings_only(course_copy, capsys):
    assert run("new-module", NAME, "--title", "Så «prøver» vi") == 0
    said = capsys.readouterr().out
    assert "ikke godkjent" in said
    assert "3 quizspørsmål" in said
    file = content.CONTENT / "nb" / f"{NAME}.yaml"
    assert run("check", file, content.MODULES / "nb" / f"{NAME}.ipynb") == 0
    assert content.load(NAME).title == "Så «prøver» vi"


def run(*arguments: object) -> int:
    """The exit code of one command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["commands.py", *map(str, arguments)])
        try:
            return commands.main()
        except SystemExit as end:
            return end.code or 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("9 Pårørende", "for eksempel 09_parorende."),
        ("../77_prove", "for eksempel 77_prove."),
        ("77_Prøve.yaml", "for eksempel 77_prove."),
        ("hverdag", "_hverdag."),
        ("", "_navn."),
        ("01_avhengighet", "finnes fra før, og ble ikke rørt"),
        ("01_annet", "Tallet 01 hører til 01_avhengighet"),
    ],
)
def test_a_wrong_name_gets_a_letter_and_nothing_is_written(name, sentence, course_copy):
    before = everything(course_copy)
    with pytest.raises(Stop) as stop:
        new_module.make(name, "Prøve", "nb")
    assert sentence in str(stop.value)
    assert everything(course_copy) == before


@pytest.mark.parametrize("title", ["Hei!", "<b>Hei</b>", "Hei #"])
def test_a_title_that_check_refuses_leaves_nothing_behind(title, course_copy):
    before = everything(course_copy)
    with pytest.raises(Stop, match="ble ikke laget"):
        new_module.make(NAME, title, "nb")
    assert everything(course_copy) == before


def test_a_notebook_without_content_is_not_overwritten(course_copy):
    notebook = course_copy / "modules" / "nb" / f"{NAME}.ipynb"
    notebook.write_text("mitt", encoding="utf-8")
    with pytest.raises(Stop, match="ble ikke rørt"):
        new_module.make(NAME, None, "nb")
    assert notebook.read_text(encoding="utf-8") == "mitt"
    assert not (course_copy / "content" / "nb" / f"{NAME}.yaml").exists()


# Questions from jupyterquiz


def quiz_file(folder: Path, *items: object) -> Path:
    path = folder / "quiz.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


def answer(text: str, correct: bool = False, reply: str = "Noen tenker det.") -> dict:
    return {"answer": text, "correct": correct, "feedback": reply}


SINGLE = {"question": "Hva er «ro»?", "type": "multiple_choice", "answers": [answer("Stille", True), answer("Bråk")]}
MANY = {"question": "Hva hjelper?", "type": "many_choice", "answers": [answer("Søvn", True), answer("Mas")]}


def test_questions_come_in_as_a_part_that_check_accepts(module, tmp_path, capsys):
    change(module, '  - id: "group-talk"', '  # Et ord til meg selv.\n  - id: "group-talk"')
    source = quiz_file(tmp_path, {**SINGLE, "answer_cols": 2}, MANY, {**SINGLE, "type": "numeric"})
    assert run("questions", "import", source, "--module", NAME, "--source", "F-GRP-09") == 0
    said = capsys.readouterr().out
    assert "2 av 3" in said
    assert "numeric" in said
    assert "answer_cols" in said
    assert "missed" in said
    assert '# Et ord til meg selv.\n  - id: "group-talk"' in module.read_text(encoding="utf-8")
    assert run("check", module, content.MODULES / "nb" / f"{NAME}.ipynb") == 0
    quiz = content.load(NAME).exercise("questions")
    assert [(question.kind, question.text) for question in quiz.questions] == [
        ("single", "Hva er «ro»?"),
        ("many", "Hva hjelper?"),
    ]
    assert [option.correct for option in quiz.questions[0].options] == [True, False]


def test_questions_can_come_in_twice(module, tmp_path):
    for _ in range(2):
        questions.bring(quiz_file(tmp_path, SINGLE), NAME, ("F-GRP-09",), "nb")
    assert run("check", module, content.MODULES / "nb" / f"{NAME}.ipynb") == 0
    assert content.load(NAME).exercise("questions-2").questions


def test_a_question_without_a_source_comes_in_and_says_so(module, tmp_path, capsys):
    questions.bring(quiz_file(tmp_path, SINGLE), NAME, (), "nb")
    assert "har ingen kilde" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"question": " "}, "Teksten (question) mangler"),
        ({"type": "numeric"}, "(numeric)"),
        ({"type": "string"}, "(string)"),
        ({"type": "essay"}, "«essay»"),
        ({"code": "a = 1"}, "(code)"),
        ({"question": "Hva er $x$?"}, "formel"),
        ({"question": "Hva er <b>x</b>?"}, "HTML"),
        ({"question": "Hva er\u200b x?"}, "usynlig"),
        ({"answers": []}, "minst to svar"),
        ({"answers": [answer("A", True), answer("B", reply="")]}, "Svar 2 mangler tilbakemelding"),
        ({"answers": [answer("A", True), {"code": "b", "correct": False}]}, "Svar 2 er programkode"),
        ({"answers": [answer("A", True), {"answer": "B", "feedback": "b"}]}, "Svar 2 sier ikke om det passer"),
        ({"answers": [answer("A", True), "B"]}, "Svar 2 mangler tekst"),
        ({"answers": [answer("A"), answer("B")]}, "Ingen svar passer"),
        ({"answers": [answer("A", True), answer("B", True)]}, "2 svar passer"),
        ({"answers": [answer("A", True), answer("A")]}, "samme tekst"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_carried_is_named_and_nothing_changes(changes, sentence, module, tmp_path, capsys):
    before = everything(module.parent.parent.parent)
    assert run("questions", "import", quiz_file(tmp_path, {**SINGLE, **changes}), "--module", NAME) == 1
    said = capsys.readouterr()
    assert f"Spørsmål 1: {said.out.split('Spørsmål 1: ')[1]}".count(sentence) == 1
    assert "ingenting ble endret" in said.err
    assert everything(module.parent.parent.parent) == before


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"3", b"\xff\xfe", b"[" * 5000], ids=repr)
def test_a_file_that_holds_no_questions_is_one_sentence(raw, tmp_path, module, capsys):
    (tmp_path / "quiz.json").write_bytes(raw)
    assert run("questions", "import", tmp_path / "quiz.json", "--module", NAME) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_cannot_be_written_leaves_the_other_as_it_was(module, tmp_path, monkeypatch):
    before = everything(module.parent.parent.parent)
    replace = os.replace

    def fail(path: Path, target: Path) -> None:
        if Path(target).suffix == ".ipynb" and (fails.pop() if fails else False):
            raise OSError
        replace(path, target)

    fails = [True]
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Stop, match="Fikk ikke skrevet"):
        questions.bring(quiz_file(tmp_path, SINGLE), NAME, (), "nb")
    assert everything(module.parent.parent.parent) == before


# Questions to jupyterquiz


def test_every_question_goes_out_or_is_named(course_copy, tmp_path, capsys):
    target = tmp_path / "ut.json"
    assert run("questions", "export", "01_avhengighet", target) == 0
    said, given = capsys.readouterr().out, json.loads(target.read_text(encoding="utf-8"))
    quizzes = [each for each in content.load("01_avhengighet").exercises if hasattr(each, "questions")]
    asked = [question for quiz in quizzes for question in quiz.questions]
    named = [question for question in asked if f"«{question.id}» er av slaget {question.kind}" in said]
    assert len(given) + len(named) == len(asked)
    assert {question.kind for question in named} == {"order", "match"}
    assert all(
        f"«{question.id}» er uten" in said for question in asked if question.explanation and question not in named
    )
    assert "my-reasons" in said


def test_what_goes_out_can_come_in_again(course_copy, module, tmp_path):
    questions.give("01_avhengighet", "nb", tmp_path / "ut.json", tmp_path / "unused.json")
    given = json.loads((tmp_path / "ut.json").read_text(encoding="utf-8"))
    carried = jupyterquiz.ours(given, "Dette hører også med.")
    assert not carried.refused
    assert [[option["reply"] for option in question["options"]] for question in carried.questions] == [
        [each["feedback"] for each in question["answers"]] for question in given
    ]


def test_a_file_that_is_there_is_not_written_over(course_copy, tmp_path, capsys):
    (tmp_path / "ut.json").write_text("mitt", encoding="utf-8")
    assert run("questions", "export", "01_avhengighet", tmp_path / "ut.json") == 1
    assert (tmp_path / "ut.json").read_text(encoding="utf-8") == "mitt"


# The page that follows an author's files


@pytest.mark.parametrize("name", drafts.names())
def test_a_whole_module_is_a_draft_without_letters(name):
    draft = drafts.load(name)
    assert not draft.letters
    assert [sketch.exercise for sketch in draft.sketches] == list(content.load(name).exercises)


def test_a_mistake_stands_in_the_place_of_its_exercise(module):
    change(module, 'id: "small-step"', 'id: "small-step"\n    lenght: 3')
    draft = drafts.load(NAME)
    assert [bool(sketch.exercise) for sketch in draft.sketches] == [True, False]
    assert "lenght" in draft.sketches[1].letters[0]
    assert not draft.letters


def test_a_key_that_stands_twice_is_placed_by_its_line(module):
    change(module, '    title: "Hva tenker du?"', '    title: "Hva tenker du?"\n    title: "Hva så?"')
    change(module, 'summary: "', 'summary: ""\nsummary: "')
    draft = drafts.load(NAME)
    assert [len(sketch.letters) for sketch in draft.sketches] == [1, 0]
    assert any("summary" in letter for letter in draft.letters)


def test_a_plan_that_shows_another_exercise_is_filled_in(course_copy):
    plan = next(sketch.exercise for sketch in drafts.load("08_min_plan").sketches if sketch.kind == "plan")
    assert all(section.source for section in plan.sections)


def test_only_what_was_changed_is_drawn_anew(module):
    preview = Preview(NAME)
    before = {name: shown.row.children for name, shown in preview.shown.items()}
    change(module, "Hvert møte står på egne bein.", "Alle møter står på egne bein.")
    preview.look()
    assert preview.shown["recap"].row.children != before["recap"]
    assert preview.shown["small-step"].row.children == before["small-step"]
    assert preview.status.text == "Tegnet på nytt: recap"
    assert "Alle møter" in papers(preview, "recap")


def papers(preview: Preview, name: str) -> str:
    faces = preview.shown[name].row.children[1].children
    return "".join(str(getattr(face.children[1], "markup", "")) for face in faces)


def test_what_the_author_tried_stays_as_long_as_it_fits(module):
    preview = Preview(NAME)
    chosen = QuizAnswer(questions={"been-here-before": QuestionAnswer(chosen=("fails",), checked=True)})
    journal.live.put(f"{NAME}/recap", chosen)
    change(module, "Hvert møte står på egne bein.", "Alle møter står på egne bein.")
    preview.look()
    assert journal.live.get(f"{NAME}/recap", QuizAnswer).questions["been-here-before"].chosen == ("fails",)
    change(module, 'id: "been-here-before"', 'id: "been-before"')
    preview.look()
    assert not journal.live.get(f"{NAME}/recap", QuizAnswer).questions


def test_a_letter_comes_and_goes_with_its_mistake(module):
    preview = Preview(NAME)
    change(module, 'kind: "quiz"', 'kind: "quizz"')
    preview.look()
    assert "quizz" in preview.shown["recap"].row.children[1].value
    assert papers(preview, "small-step")
    change(module, 'kind: "quizz"', 'kind: "quiz"')
    preview.look()
    assert papers(preview, "recap")


def test_a_file_that_cannot_be_read_leaves_what_was_shown(module):
    preview = Preview(NAME)
    good = module.read_text(encoding="utf-8")
    module.write_text(good + "\tfeil: [", encoding="utf-8")
    preview.look()
    assert "tabulator" in preview.top.value
    assert papers(preview, "recap")
    module.write_text(good, encoding="utf-8")
    preview.look()
    assert not preview.top.value


def test_a_file_that_all_modules_need_gets_its_letter_too(module):
    preview = Preview(NAME)
    change(module.with_name("support.yaml"), "boxes:", "bokses:")
    preview.look()
    assert "support.yaml" in preview.top.value


def test_an_exercise_that_is_taken_out_goes_away(module):
    preview = Preview(NAME)
    text = module.read_text(encoding="utf-8")
    module.write_text(text[: text.index('  - id: "small-step"')], encoding="utf-8")
    preview.look()
    assert list(preview.shown) == ["recap"]
    assert len(preview.children) == 4


def test_a_closed_page_leaves_no_widget_behind(module):
    pages.open_page("one", alone=True)
    before = set(ipywidgets_widget._instances)
    preview = Preview(NAME)
    change(module, "Hvert møte står på egne bein.", "Alle møter står på egne bein.")
    pages.open_page("two", alone=False)  # another tab, whose page is not this one
    preview.look()
    drawn = set(ipywidgets_widget._instances)
    pages.close_page("two")
    assert set(ipywidgets_widget._instances) == drawn
    pages.close_page("one")
    assert set(ipywidgets_widget._instances) == before


def test_the_pages_lie_in_the_folder_of_the_run(course_copy, tmp_path):
    run_folder = tmp_path / "run"
    before = everything(course_copy)
    launch.configure("nb", False, 1, "t", run_folder, preview=True)
    made = sorted(path.stem for path in (run_folder / "preview").glob("*.ipynb"))
    assert made == list(drafts.names())
    shows = [cell.text for cell in notebooks.read(run_folder / "preview" / "03_rop.ipynb") if cell.kind == "code"]
    assert shows[-1] == 'preview.show("03_rop", "nb")'
    settings = json.loads((run_folder / "config" / "jupyter_server_config.json").read_text(encoding="utf-8"))
    assert settings["NyKurs"]["journal"] is False
    assert everything(course_copy) == before
