"""Notebooks as files: nothing is left behind in them, and they agree with their content."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import content, neighbours, notebooks, rhythm

GOOD = Path(__file__).parent / "data" / "good"
NOTEBOOKS = sorted(content.MODULES.rglob("*.ipynb"))


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook that is right in every way, beside its content."""
    return Path(shutil.copytree(GOOD, tmp_path / "course")) / "modules" / "nb" / "01_eksempel.ipynb"


def change(notebook: Path, by: Callable[[dict], object]) -> Path:
    """The notebook with one change, laid out as before so that the change is the only mistake."""
    data = json.loads(notebook.read_text(encoding="utf-8"))
    by(data)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    notebook.write_text(text, encoding="utf-8", newline="\n")
    return notebook


def cell(name: str) -> Callable[[dict], dict]:
    return lambda data: next(cell for cell in data["cells"] if cell["id"] == name)


def drop(name: str) -> Callable[[dict], None]:
    return lambda data: data["cells"].remove(cell(name)(data))


def write(name: str, *lines: str) -> Callable[[dict], None]:
    return lambda data: cell(name)(data).update(source=[f"{line}\n" for line in lines[:-1]] + [lines[-1]])


def tag(name: str, *tags: str) -> Callable[[dict], None]:
    return lambda data: cell(name)(data)["metadata"].update(tags=list(tags))


def swap(first: str, second: str) -> Callable[[dict], None]:
    def by(data: dict) -> None:
        at, to = (data["cells"].index(cell(name)(data)) for name in (first, second))
        data["cells"][at], data["cells"][to] = data["cells"][to], data["cells"][at]

    return by


def add(**keys: object) -> Callable[[dict], None]:
    empty = {"cell_type": "markdown", "id": "new-cell", "metadata": {}, "source": []}
    return lambda data: data["cells"].append({**empty, **keys})


# Every notebook of the course


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: f"{notebook.parent.name}/{notebook.name}")
def test_notebook_has_no_problems(notebook: Path):
    assert notebooks.problems(notebook) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: f"{notebook.parent.name}/{notebook.name}")
def test_notebook_is_laid_out_as_jupyter_lays_it_out(notebook: Path):
    written = nbformat.writes(nbformat.from_dict(json.loads(notebook.read_text(encoding="utf-8"))))
    assert notebook.read_text(encoding="utf-8") == written + "\n"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: f"{notebook.parent.name}/{notebook.name}")
def test_notebook_follows_the_format_of_jupyter(notebook: Path):
    nbformat.validate(json.loads(notebook.read_text(encoding="utf-8")))


# Cleaning


def test_clean_empties_what_a_run_left_behind(notebook: Path):
    before = notebook.read_bytes()

    def run(data: dict) -> None:
        output = {"output_type": "stream", "name": "stdout", "text": ["hemmelig\n"]}
        cell("what-it-is-quiz")(data).update(outputs=[output], execution_count=3)
        cell("what-it-is-quiz")(data)["metadata"]["execution"] = {"iopub.status.busy": "2026-11-21T20:00:00Z"}
        data["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
        data["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
        data["metadata"]["language_info"]["version"] = "3.12.1"

    change(notebook, run)
    assert notebooks.clean(notebook)
    assert notebook.read_bytes() == before
    assert not notebooks.clean(notebook)


def test_clean_gives_a_made_up_cell_id_words_from_the_cell(notebook: Path):
    def by(data: dict) -> None:
        cell("close-help")(data)["id"] = "3f2b8a64-5a7e-4d0c-9f1e-0a1b2c3d4e5f"
        cell("what-it-is")(data)["id"] = "deadbeef"
        cell("check-in")(data)["id"] = "Velkommen hit"
        cell("title")(data)["id"] = "open"

    notebooks.clean(change(notebook, by))
    named = [cell.id for cell in notebooks.read(notebook)]
    assert named[:3] == ["open", "et-eksempel-her-er", "velkommen-fint-at-du"]
    assert "hva-det-er-to" in named
    assert "help" in named


def test_clean_takes_windows_line_ends_and_loose_spaces_away(notebook: Path):
    before = notebook.read_bytes()
    change(notebook, write("title", "# Et eksempel\r", "\r", "Her er et lite eksempel.  "))
    assert notebooks.clean(notebook)
    assert notebook.read_bytes() == before


def test_clean_refuses_what_is_not_a_notebook(tmp_path: Path):
    other = tmp_path / "notes.ipynb"
    other.write_text("bare tekst", encoding="utf-8")
    with pytest.raises(notebooks.NotebookError):
        notebooks.clean(other)
    assert other.read_text(encoding="utf-8") == "bare tekst"


# One mistake, one letter


MISTAKES = {
    "outputs": (
        lambda data: cell("close-help")(data).update(outputs=[{"output_type": "stream", "name": "stdout", "text": []}]),
        "celle «close-help»: Cella har lagrede resultater. Kjør python3 build clean.",
    ),
    "count": (lambda data: cell("close-help")(data).update(execution_count=1), "Cella har et lagret kjøretall"),
    "state": (lambda data: data["metadata"].update(widgets={}), "lagret tilstand fra øvelser"),
    "untidy": (lambda data: data["metadata"].update(title="x"), "ikke lagret slik resten er"),
    "old format": (lambda data: data.update(nbformat_minor=4), "annet format enn 4.5"),
    "made-up id": (
        lambda data: cell("close-help")(data).update(id="3f2b8a64-5a7e-4d0c-9f1e-0a1b2c3d4e5f"),
        "Cella mangler en id",
    ),
    "id twice": (lambda data: cell("close-help")(data).update(id="close-sources"), "To celler har id-en close-sources"),
    "unknown tag": (tag("what-it-is", "slides"), "Merkelappen slides finnes ikke. Mente du slide?"),
    "raw cell": (add(cell_type="raw"), "Celler av slaget raw kan ikke brukes"),
    "attachment": (add(attachments={"bilde.png": {"image/png": "AAAA"}}), "vedlagt bilde"),
    "html": (write("title", "# Et eksempel", '<b onclick="x">Hei</b>'), "Cella har HTML-koder"),
    "comment": (write("title", "# Et eksempel", "<!-- skjult -->"), "Cella har HTML-koder (<!--)"),
    "picture": (write("title", "# Et eksempel", "![](bilde.png)"), "Bildet mangler tekst"),
    "first cell": (
        write("open", 'from widgets import module', 'show = module("01_eksempel")'),
        'Den første cella skal være denne ene linja: from widgets import module; show = module("01_eksempel")',
    ),
    "another module": (
        write("open", 'from widgets import module; show = module("02_eksempel")'),
        "Den første cella",
    ),
    "code": (
        add(cell_type="code", outputs=[], execution_count=None, source=["print(1)"]),
        "Denne kodecella hører ikke hjemme her",
    ),
    "unknown exercise": (
        add(cell_type="code", outputs=[], execution_count=None, source=['show("sourcess")']),
        "Øvelsen «sourcess» finnes ikke i 01_eksempel.yaml. Mente du sources?",
    ),
    "exercise not shown": (drop("own-sheet-triggers"), "Øvelsen «triggers» blir ikke vist"),
    "exercise only for the leader": (tag("own-sheet-triggers", "leader"), "Øvelsen «triggers» blir ikke vist"),
    "no safety box": (drop("check-in-safety"), "Boksen safety mangler"),
    "help only on screen": (tag("close-help", "screen-only"), "Boksen help mangler"),
    "no overdose box": (drop("own-sheet-overdose"), "trinnene ved overdose"),
    "no title": (write("title", "Her er et lite eksempel."), "Notatboka mangler tittel"),
    "another title": (write("title", "# Et annet eksempel"), "Tittelen er «Et annet eksempel»"),
    "jump in headings": (write("title", "# Et eksempel", "### For langt ned"), "hopper over et nivå"),
    "core exercise marked more": (
        tag("what-it-is-quiz", "more"),
        'Cella er merket more, men recap har layer: "core" i 01_eksempel.yaml',
    ),
    "more part not marked": (tag("own-sheet", "slide"), 'Cella er ikke merket more, men own-sheet har layer: "more"'),
    "no leader cell": (drop("what-it-is-leader"), "Delen «what-it-is» mangler tekst til gruppelederen"),
    "leader cell without minutes": (write("what-it-is-leader", "La dem gjette."), "skal begynne med"),
    "wrong minutes": (
        write("what-it-is-leader", "**For gruppeleder · 10 minutter**"),
        "Her står 10 minutter, men delen «what-it-is» tar 11. Det er 3 til tekst og prat, 0 til runde, "
        "8 til spørsmål og 0 til øvelser.",
    ),
    "minutes with a full stop": (
        write("own-sheet-leader", "**For gruppeleder · 7.5 minutter**"),
        "skal begynne med **For gruppeleder · 7,5 minutter**",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_gives_one_letter(mistake: str, notebook: Path):
    by, sentence = MISTAKES[mistake]
    said = notebooks.problems(change(notebook, by))
    found = [letter for letter in said if sentence in letter]
    assert len(found) == 1, said
    # Some changes are also untidy, which `clean` mends.
    assert [letter for letter in said if letter not in found and "build clean" not in letter] == []


def test_good_notebook_has_no_problems(notebook: Path):
    assert notebooks.problems(notebook) == []
    assert content.problems(notebook) == []


def test_letter_about_a_cell_names_its_line(notebook: Path):
    change(notebook, write("close-help", "print(1)"))
    letter = next(letter for letter in notebooks.problems(notebook) if "«close-help»" in letter)
    line = int(letter.split("linje ")[1].split(",")[0])
    assert notebook.read_text(encoding="utf-8").splitlines()[line - 1].strip() == '"id": "close-help",'


def test_parts_in_another_order_get_a_letter(notebook: Path):
    said = notebooks.problems(change(notebook, swap("what-it-is", "own-sheet")))
    assert any("«Øvelse» står på feil sted" in letter for letter in said)


def test_misspelt_part_gets_the_nearest_and_the_missing_one(notebook: Path):
    said = "\n".join(notebooks.problems(change(notebook, write("what-it-is", "## Hva det ær", "", "To setninger."))))
    assert "Mente du Hva det er?" in said
    assert "Overskriften til delen «what-it-is» mangler" in said


def test_notebook_without_content_gets_a_letter(notebook: Path):
    neighbours.content_of(notebook).unlink()
    assert "Lag 01_eksempel.yaml i course/content/nb" in notebooks.problems(notebook)[0]


def test_notebook_with_faulty_content_says_what_comes_first(notebook: Path):
    neighbours.content_of(notebook).write_text("title: 5\n", encoding="utf-8")
    assert notebooks.problems(notebook) == [
        "01_eksempel.ipynb linje 1: Innholdsfila 01_eksempel.yaml har feil. Rett dem først. "
        "Da kan resten av notatboka kontrolleres."
    ]


def test_content_without_notebook_gets_a_letter(notebook: Path):
    notebook.unlink()
    assert any("Lag 01_eksempel.ipynb" in letter for letter in content.problems(neighbours.content_of(notebook)))


@pytest.mark.parametrize("line", ["11 minutter · møte A**", "11 minutt**"])
def test_leader_line_may_hold_a_note_and_one_minute(line: str, notebook: Path):
    assert notebooks.problems(change(notebook, write("what-it-is-leader", f"**For gruppeleder · {line}"))) == []


# Minutes


def counted(notebook: Path) -> dict[str, rhythm.Minutes]:
    return rhythm.minutes(content.read_module(neighbours.content_of(notebook)), notebooks.read(notebook))


def test_minutes_are_counted_as_the_design_counts_them(notebook: Path):
    minutes = counted(notebook)
    assert minutes["check-in"] == rhythm.Minutes(round=12)
    # Four of the five questions are core; the fifth is for those with more time.
    assert minutes["what-it-is"] == rhythm.Minutes(prose=3, questions=8)
    assert minutes["own-sheet"] == rhythm.Minutes(prose=2.5, exercises=5)


def test_core_leaves_out_what_is_for_those_with_more_time(notebook: Path):
    module = content.read_module(neighbours.content_of(notebook))
    assert rhythm.core_minutes(module, notebooks.read(notebook)) == 23


def test_exercise_shown_twice_counts_once(notebook: Path):
    again = {"cell_type": "code", "outputs": [], "execution_count": None, "source": ['show("recap")']}
    change(notebook, add(**again))
    assert counted(notebook)["own-sheet"] == rhythm.Minutes(prose=2.5, exercises=5)


def test_more_than_an_hour_of_core_is_refused_with_the_sum(notebook: Path):
    file = neighbours.content_of(notebook)
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 3", "minutes: 41"), encoding="utf-8")
    change(notebook, write("what-it-is-leader", "**For gruppeleder · 49 minutter**"))
    assert notebooks.problems(notebook) == [
        "01_eksempel.ipynb linje 1: Kjernen tar 61 minutter, og 60 er det meste. Gjør noe til fordypning "
        '(layer: "more"). Regnestykket: Velkommen 12, Hva det er 49.'
    ]


# Anything at all


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"cells": 1}', b'{"cells": [1]}', b'{"cells": [], "metadata": 3}', b"\xff\xfe", b"[" * 9999],
)
def test_file_that_is_no_notebook_gets_a_letter(raw: bytes, notebook: Path):
    notebook.write_bytes(raw)
    assert "kan ikke leses" in notebooks.problems(notebook)[0]


ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([3])


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.integers(0, 15), st.sampled_from(["id", "cell_type", "metadata", "source", "outputs", "execution_count"]), ODD
)
def test_any_change_of_a_cell_gives_letters_or_nothing(notebook: Path, number: int, key: str, value: object):
    shutil.copy(GOOD / "modules" / "nb" / notebook.name, notebook)
    change(notebook, lambda data: data["cells"][number].update({key: value}))
    assert all(letter.startswith("01_eksempel.ipynb linje ") for letter in notebooks.problems(notebook))
