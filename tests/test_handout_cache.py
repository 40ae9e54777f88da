"""What is made again and what is left alone: nothing old may pass for new, and nothing half-made may be seen."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import time
from pathlib import Path

import handout
import prints
import pytest
from handout import folder, inputs, making, writing
from handout.inputs import Inputs
from messages import Stop

from course import chosen, content, gathering, recap
from course.recap import Wish
from course.session import Choice
from widgets import figure_store, figures, paper

ROOT = Path(__file__).parent.parent
NAMES = content.names("nb")
SHARED = {"nb/beredskapsark.html", "nb/kursguide.leder.html", "nb/tilbakemelding.html", "index.html"}
ALONE, GATHERED, GATHERING = "01_avhengighet", "07_tilbakefall", "08_min_plan"


def of(*names: str, audiences: tuple[str, ...] = handout.AUDIENCES) -> set[str]:
    """The pages of these modules."""
    return {f"nb/{name}{making.ENDINGS[audience]}" for name in names for audience in audiences}


ALL = of(*NAMES) | SHARED


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A copy of everything a page is made from, which a test may change."""
    here = tmp_path / "course"
    for room in ("course", "widgets", "build/handout"):
        shutil.copytree(ROOT / room, here / room, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    monkeypatch.setattr(content, "CONTENT", here / "course" / "content")
    monkeypatch.setattr(content, "MODULES", here / "course" / "modules")
    monkeypatch.setattr(content, "__file__", str(here / "course" / "content.py"))
    monkeypatch.setattr(paper, "__file__", str(here / "widgets" / "paper.py"))
    monkeypatch.setattr(paper, "STYLES", tuple(here / path.relative_to(ROOT) for path in paper.STYLES))
    monkeypatch.setattr(inputs, "HERE", here / "build" / "handout")
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    return here


@pytest.fixture
def make(course, tmp_path, monkeypatch):
    """Makes the handouts of the copy in no time, and gives the names of those that were made."""
    made: set[str] = set()

    def module(name, audiences, language, kernel=False):
        for audience in audiences:
            made.add(f"nb/{name}{making.ENDINGS[audience]}")
            yield audience, f"{name} for {audience}"

    def shared(file, language, lying, older=()):
        made.add(file if file == making.INDEX else f"nb/{file}")
        return file

    monkeypatch.setattr(writing, "module", module)
    monkeypatch.setattr(writing, "shared", shared)

    def again(**ways) -> set[str]:
        made.clear()
        inputs.libraries.cache_clear()
        handout.make(out=tmp_path / "out", **ways)
        return set(made)

    assert again() == ALL
    return again


def changed(path: Path) -> None:
    """The same file with one sign more, which changes nothing that it says."""
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_what_is_made_from_the_same_is_left_alone(make):
    assert make() == set()
    assert make(modules=[ALONE], audiences=["participant"]) == set()


def with_those_that_gather_from(name: str) -> list[str]:
    """A module, and every module that shows what was written in it."""
    return [each for each in NAMES if each == name or name in gathering.modules(content.load(each))]


assert GATHERING in with_those_that_gather_from(GATHERED)
TEXTS = {
    **{f"content/nb/{name}.yaml": of(*with_those_that_gather_from(name)) | SHARED for name in NAMES},
    f"modules/nb/{GATHERED}.ipynb": of(GATHERED) | SHARED,
    "content/nb/ui.yaml": ALL,
    "content/nb/support.yaml": ALL,
    "content/nb/sources.yaml": ALL,
    "content/nb/guide.yaml": of(*NAMES, audiences=("leader",)) | SHARED,
    "content/nb/phrase.yaml": set(),
}


@pytest.mark.parametrize("file", TEXTS)
def test_a_changed_text_makes_again_what_depends_on_it_and_nothing_else(file, make, course):
    changed(course / "course" / file)
    assert make() == TEXTS[file]
    assert make() == set()


CODE = [
    "course/gathering.py",
    "widgets/svg.py",
    "widgets/sheets/quiz.py",
    "widgets/sheets/sheet.css",
    "widgets/lab/labextension/static/pocket.css",
    "build/handout/sheets.py",
    "build/handout/templates/handout/skeleton.html.j2",
    "build/handout/templates/handout/handout.css",
]


@pytest.mark.parametrize("file", CODE)
def test_changed_code_styles_and_templates_make_everything_again(file, make, course):
    changed(course / file)
    assert make() == ALL
    assert make() == set()


def test_another_version_of_a_library_or_of_python_makes_everything_again(make, tmp_path, monkeypatch):
    packages = tmp_path / "packages"
    (packages / "matplotlib-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(packages))
    assert make() == ALL
    (packages / "matplotlib-1.0.dist-info").rename(packages / "matplotlib-1.1.dist-info")
    assert make() == ALL
    assert make() == set()
    monkeypatch.setattr(sys, "version", "3.99")
    assert make() == ALL


def test_a_chosen_meeting_makes_its_module_again(make):
    chosen.write(ALONE, Choice(60, time(10, 0)))
    assert make() == of(ALONE) | SHARED
    chosen.write(ALONE, None)
    assert make() == of(ALONE) | SHARED


def test_a_changed_question_makes_again_the_modules_that_ask_it_and_so_does_another_choice(make, course):
    asking = {each: recap.shown(content.load(each)) for each in NAMES if each > ALONE}
    name, question = next((name, each) for drawn in asking.values() for name, each in drawn.items() if ALONE in name)
    file = course / "course" / "content" / "nb" / f"{ALONE}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(question.explanation, "Noe annet."), encoding="utf-8")
    others = [each for each, drawn in asking.items() if name in drawn]
    assert make() == of(*with_those_that_gather_from(ALONE), *others) | SHARED
    assert {*NAMES} - {*with_those_that_gather_from(ALONE), *others}
    chosen.write(GATHERED, None, Wish(2))
    assert make() == of(GATHERED)
    chosen.write(GATHERED, None, Wish(1, (name,)))
    assert make() == of(GATHERED)
    assert make() == set()


def test_a_kernel_does_not_pass_for_the_quick_way_nor_the_other_way_round(make):
    assert make(kernel=True) == of(*NAMES)
    assert make(kernel=True) == set()
    assert make() == of(*NAMES)


def test_what_a_kernel_made_is_left_alone_when_something_else_is_asked_for(make):
    make(modules=[ALONE], kernel=True)
    assert make(modules=[GATHERING]) == set()
    assert make(modules=[ALONE]) == of(ALONE)


def test_force_makes_everything_again(make):
    assert make(force=True) == ALL


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("noe annet", encoding="utf-8")])
def test_a_page_that_is_gone_or_was_changed_is_made_again(damage, make, tmp_path):
    damage(tmp_path / "out" / "nb" / f"{ALONE}.html")
    assert of(ALONE, audiences=("participant",)) <= make() <= of(ALONE, audiences=("participant",)) | SHARED
    assert (tmp_path / "out" / "nb" / f"{ALONE}.html").read_text(encoding="utf-8") == f"{ALONE} for participant"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"index.html": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_record_is_as_if_it_were_not_there(damage, make, tmp_path):
    (tmp_path / "out" / folder.HIDDEN / "record.json").write_bytes(damage)
    assert make() == ALL
    assert make() == set()


def test_the_overview_and_the_guide_follow_what_lies_in_the_folder(make, tmp_path):
    (tmp_path / "out" / "nb" / f"{ALONE}.html").unlink()
    assert make(modules=[NAMES[0]]) == {"index.html", "nb/kursguide.leder.html"}


# What lies in the folder from before.


@pytest.mark.parametrize("asked", [{"modules": [GATHERING]}, {"modules": [ALONE], "audiences": ["participant"]}])
def test_a_page_that_lies_there_is_made_again_when_its_text_has_changed_though_another_was_asked_for(
    asked, make, course, tmp_path
):
    changed(course / "course" / "content" / "nb" / f"{ALONE}.yaml")
    assert make(**asked) >= of(ALONE) | {"index.html", f"nb/{making.GUIDE}"}
    assert make() == set()


def test_no_page_is_made_that_neither_lies_there_nor_was_asked_for(make, course, tmp_path):
    (tmp_path / "out" / "nb" / f"{ALONE}.leder.html").unlink()
    changed(course / "course" / "content" / "nb" / f"{ALONE}.yaml")
    assert not of(ALONE, audiences=("leader",)) & make(modules=[GATHERING])


def test_a_module_that_nobody_asked_for_and_that_cannot_be_made_is_named_and_not_led_to(
    make, course, tmp_path, monkeypatch
):
    def broken(name, audiences, language, kernel=False):
        if name == ALONE:
            raise handout.NotebookError(("Noe er galt.",))
        yield from ((audience, "ny") for audience in audiences)

    led_to = []
    monkeypatch.setattr(writing, "module", broken)
    monkeypatch.setattr(writing, "shared", lambda *what: led_to.append(what) or "")
    changed(course / "course" / "content" / "nb" / f"{ALONE}.yaml")
    made = making.make(making.Wanted((GATHERING,), ("leader",), "nb"), tmp_path / "out")
    assert made.older == [ALONE]
    file, _, lying, older = led_to[-1]
    assert (file, older) == ("index.html", (ALONE,))
    assert lying & of(*NAMES) == of(*NAMES) - of(ALONE)
    assert (tmp_path / "out" / "nb" / f"{ALONE}.html").read_text(encoding="utf-8") == f"{ALONE} for participant"
    page = overview((), (ALONE,))
    assert content.load(ALONE).title in page
    assert "href" not in page


def overview(lying: tuple[str, ...], older: tuple[str, ...] = ()) -> str:
    return writing.overview("nb", frozenset(lying), older).partition("<main>")[2].partition("</main>")[0]


def test_what_was_made_of_something_that_is_gone_goes_too_unless_somebody_has_changed_it(make, tmp_path):
    out = tmp_path / "out"
    gone = ("nb/99_borte.html", "nb/99_borte.pdf", f"nb/{ALONE}.pdf", "nb/99_endret.html")
    with folder.opened(out) as place:
        for name in gone:
            place.add(name, "key", "gammelt")
    (out / "nb" / "99_endret.html").write_text("mitt eget", encoding="utf-8")
    (out / "nb" / "99_mitt.pdf").write_bytes(b"%PDF")
    made = making.make(making.Wanted((), ("participant",), "nb"), out)
    assert made.removed == [*gone[:3]]
    assert [name for name in gone if (out / name).exists()] == ["nb/99_endret.html"]
    assert (out / "nb" / "99_mitt.pdf").exists()


def test_after_an_exercise_has_got_another_id_no_link_leads_to_the_one_that_is_gone(course, tmp_path):
    """All the way: the overview leads to single sheets, on pages that nobody asked for this time."""
    renamed, asked = "06_nettverk", "05_mestring"
    handout.make([renamed, asked], out=tmp_path)
    for path in course.glob(f"course/*/nb/{renamed}.*"):
        text = path.read_text(encoding="utf-8")
        assert "observer" in text
        path.write_text(text.replace("observer", "observer2"), encoding="utf-8")
    handout.make([asked], ["participant"], out=tmp_path)
    index = (tmp_path / making.INDEX).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+)(?:#([^"]+))?"', index)
    assert [target for _, target in links if target == "sheet-observer2"]
    for file, target in links:
        page = (tmp_path / file).read_text(encoding="utf-8")
        assert not target or f'id="{target}"' in page, target


# The values hold everything that a page is read from.


@pytest.mark.parametrize("name", NAMES)
def test_every_content_file_that_a_page_is_read_from_is_part_of_its_value(name, monkeypatch):
    for audience in making.ENDINGS:
        read, hashed, stamp = set(), set(), content.stamped
        value = Inputs("nb")
        told = value._told
        monkeypatch.setattr(
            value, "_told", lambda files, told=told, hashed=hashed: told(hashed.update(files) or hashed)
        )
        value.module(name, audience, gathering.modules(content.load(name)))
        monkeypatch.setattr(content, "stamped", lambda path, read=read, stamp=stamp: read.add(path) or stamp(path))
        list(writing.module(name, [audience], "nb"))
        monkeypatch.undo()
        assert len(read) >= 3
        assert read - earlier(name) <= hashed


def earlier(name: str) -> set[Path]:
    """The files of the modules before this one: of them, what its recap asks is part of the value, and no more."""
    return {content.CONTENT / "nb" / f"{each}.yaml" for each in NAMES if each < name}


def test_every_file_that_is_opened_while_a_page_is_made_is_part_of_its_value():
    code = f"""
import sys
sys.path[:0] = {[str(ROOT), str(ROOT / "build")]!r}
opened = set()
sys.addaudithook(lambda event, told: event == "open" and isinstance(told[0], str) and opened.add(told[0]))
from handout import writing
list(writing.module({GATHERING!r}, {tuple(making.ENDINGS)!r}, "nb"))
print(*opened, sep="\\n")
"""
    run = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True)
    value, beside = Inputs("nb"), gathering.modules(content.load(GATHERING))
    known = set(inputs._code(("course", "widgets", "handout")))
    value._told = lambda files: known.update(files) or ()
    for audience in making.ENDINGS:
        value.module(GATHERING, audience, beside)
    found = {Path(line) for line in run.stdout.splitlines() if Path(line).is_relative_to(ROOT)}
    found = {path for path in found if not {".venv", ".git", "__pycache__"} & set(path.parts)}
    assert len(found) > 40
    assert found - earlier(GATHERING) <= known


# Figures that were drawn before.


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The alternative texts of the figures that are really drawn."""
    names, draw = [], figures.draw

    def spy(make, alt, *size):
        names.append(alt)
        return draw(make, alt, *size)

    monkeypatch.setattr(figures, "draw", spy)
    figures._tolerance.cache_clear()
    yield names
    figures._tolerance.cache_clear()


def tolerance(words, use: float = 3, alt: str = "Kurven faller.") -> str:
    figures._tolerance.cache_clear()  # as in a new process
    return figures.tolerance({"use": use, "pause": 2}, words, alt).svg


def test_a_figure_is_drawn_once_for_the_same_values_words_and_name(drawn, words, tmp_path):
    with figure_store.kept_in(tmp_path):
        first = tolerance(words)
        assert tolerance(words) == first
        assert drawn == ["Kurven faller."]
        assert tolerance(words, use=4) != first
        assert tolerance({**words, "explore.tolerance_use": "BRUK"}).count("BRUK") == 1
        tolerance(words, alt="En annen tekst.")
        assert len(drawn) == 4
    with figure_store.kept_in(tmp_path, reads=False):
        assert tolerance(words) == first
    assert len(drawn) == 5


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'0\n{"svg": "<svg onload=x>", "alt": "x"}'])
def test_a_damaged_figure_is_as_if_it_were_not_there(damage, drawn, words, tmp_path):
    with figure_store.kept_in(tmp_path):
        first = tolerance(words)
        (file,) = tmp_path.iterdir()
        file.write_bytes(damage)
        assert tolerance(words) == first
        assert len(drawn) == 2
        assert file.read_bytes() != damage


def test_no_figure_is_kept_when_nobody_has_said_where(drawn, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(figure_store, "_write", lambda *what: pytest.fail("a figure was kept"))
    tolerance(words)
    assert len(drawn) == 1


def test_figures_of_other_code_are_not_found_and_are_removed(make, tmp_path, course):
    place = folder.Folder(tmp_path / "out")
    old = place.figures(Inputs("nb").drawing)
    old.mkdir(parents=True)
    changed(course / "widgets" / "models.py")
    make()
    assert not old.exists()


def test_changed_code_is_seen_on_the_pages(tmp_path):
    """All the way, in a copy: a template and a figure are changed, and both are other than they were."""
    here = tmp_path / "copy"
    for room in ("course", "widgets", "build/handout"):
        shutil.copytree(ROOT / room, here / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [
        sys.executable,
        "-c",
        "import handout, sys; handout.make(['01_avhengighet'], ['participant'], out=sys.argv[1])",
    ]
    command.append(str(tmp_path / "out"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(here), str(here / "build")))}

    def page() -> str:
        subprocess.run(command, env=environment, cwd=tmp_path, check=True)
        return (tmp_path / "out" / "nb" / "01_avhengighet.html").read_text(encoding="utf-8")

    def swap(file: str, old: str, new: str) -> None:
        text = (here / file).read_text(encoding="utf-8")
        assert old in text
        (here / file).write_text(text.replace(old, new), encoding="utf-8")

    first = page()
    assert "#1d5c63" in first
    swap("widgets/figures.py", '"#1d5c63"', '"#1d5c99"')
    swap("build/handout/templates/handout/skeleton.html.j2", '<header class="top">', '<header class="top over">')
    second = page()
    assert "#1d5c63" not in second
    assert second.count("#1d5c99") == first.count("#1d5c63")
    assert 'class="top over"' in second


# Whole or not at all.

QUICK = f"""
import os, signal, sys
sys.path[:0] = {[str(ROOT), str(ROOT / "build")]!r}
from handout import folder, making, writing
import handout
said, cut = sys.argv[2], int(sys.argv[3])
writing.module = lambda name, audiences, language, kernel: [(each, said * 50_000) for each in audiences]
writing.shared = lambda file, language, lying, older: said * 50_000
done = 0
def counted(work):
    def one_more(*what):
        global done
        done += 1
        if done == cut:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*what)
    return one_more
folder.os.replace = counted(os.replace)
folder.Path.write_bytes = counted(folder.Path.write_bytes)
for _ in range(int(sys.argv[4])):
    handout.make(out=sys.argv[1], force=True)
"""

WITH_PDF = f"""
import sys
from pathlib import Path
sys.path[:0] = {[str(ROOT), str(ROOT / "build")]!r}
import prints
from handout import pdf, writing
out, said = sys.argv[1:]
writing.module = lambda name, audiences, language, kernel: [(each, said) for each in audiences]
writing.shared = lambda file, language, lying, older: said
prints.require_pdf = lambda sizes: None
pdf.engine, pdf.machinery = lambda sizes: None, lambda engine: ""
pdf._book = lambda pages, language, place: "".join(map(place.text, pages))
def drawn(html, size):
    if {{*html}} != {{said}}:
        sys.exit(f"a PDF of {{said}} was made of {{html}}")
    return html.encode()
pdf.drawn = drawn
for _ in range(12):
    prints.make((), ("participant", "leader"), "nb", Path(out), ["plain"], force=True, kernel=False)
"""


def quick(out: Path, said: str, cut: int = 0, times: int = 1) -> subprocess.Popen:
    """A process that makes handouts which say one letter; with `cut` it is killed in the middle."""
    return subprocess.Popen([sys.executable, "-c", QUICK, str(out), said, str(cut), str(times)])


def letters(out: Path) -> list[str]:
    """The letter of each page; a page that is not whole fails."""
    texts = [
        path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html")) if folder.HIDDEN not in path.parts
    ]
    assert all(text == text[0] * 50_000 for text in texts)
    return [text[0] for text in texts]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_maker_that_is_killed_leaves_whole_pages_and_the_next_one_mends_all(tmp_path):
    assert quick(tmp_path, "a").wait() == 0
    pages = letters(tmp_path)
    assert len(pages) == len(ALL)
    middle, in_place = len(ALL) // 2, len(ALL) + 3
    assert quick(tmp_path, "b", cut=middle).wait() == -signal.SIGKILL  # while the new ones are written
    assert letters(tmp_path) == pages
    assert quick(tmp_path, "b", cut=in_place).wait() == -signal.SIGKILL  # while they are put in their places
    assert set(letters(tmp_path)) == {"a", "b"}
    assert quick(tmp_path, "c").wait() == 0
    assert set(letters(tmp_path)) == {"c"}
    assert {path.name for path in (tmp_path / folder.HIDDEN).iterdir()} <= {"lock", "record.json", "figures"}


def test_two_makers_at_once_do_not_mix_their_pages(tmp_path):
    for _ in range(3):
        makers = [quick(tmp_path, letter, times=5) for letter in "xy"]
        assert [maker.wait() for maker in makers] == [0, 0]
        assert len(set(letters(tmp_path))) == 1
    record = json.loads((tmp_path / folder.HIDDEN / "record.json").read_text(encoding="utf-8"))
    assert set(record) == ALL


def test_two_makers_at_once_do_not_mix_in_pdfs_either(tmp_path):
    """One lock holds for the pages, the PDFs that are made of them, and the overview."""
    makers = [subprocess.Popen([sys.executable, "-c", WITH_PDF, str(tmp_path), letter]) for letter in "xy"]
    assert [maker.wait() for maker in makers] == [0, 0]
    made = [path for path in tmp_path.rglob("*.*") if folder.HIDDEN not in path.parts]
    assert {path.suffix for path in made} == {".html", ".pdf"}
    assert len({frozenset(path.read_text(encoding="utf-8")) for path in made}) == 1


@pytest.mark.parametrize(
    ("number", "key"), [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EACCES, "unwritable")]
)
def test_a_full_disk_is_said_in_a_sentence_and_leaves_the_pages_as_they_were(number, key, make, tmp_path, monkeypatch):
    out = tmp_path / "out"
    before = {path: path.read_bytes() for path in out.rglob("*.html")}

    def full(path, data):
        raise OSError(number, "")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Stop) as said:
        prints.make(NAMES, handout.AUDIENCES, "nb", out, force=True)
    assert str(said.value) == str(Stop(f"handouts.{key}", out=out))
    assert {path: path.read_bytes() for path in out.rglob("*.html")} == before
    assert not (out / folder.HIDDEN / "new").exists()


def test_a_module_that_cannot_be_made_leaves_the_others_as_they_were(make, course, tmp_path, monkeypatch):
    def broken(name, audiences, language, kernel=False):
        if name == NAMES[1]:
            raise handout.NotebookError(("Noe er galt.",))
        yield from ((audience, "ny") for audience in audiences)

    monkeypatch.setattr(writing, "module", broken)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.html")}
    with pytest.raises(handout.NotebookError):
        handout.make(out=tmp_path / "out", force=True)
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.html")} == before
