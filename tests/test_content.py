"""Content files: every mistake gives one plain letter, and everything the course says is without mistakes."""

import datetime
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from course import content, contract, letters, model, yaml_reader
from course.kinds import KINDS

ROOT = Path(__file__).parent.parent
GOOD = Path(__file__).parent / "data" / "good"
BAD = Path(__file__).parent / "data" / "bad"
TODAY = datetime.date(2026, 11, 21)
LANGUAGES = sorted(folder.name for folder in content.CONTENT.iterdir() if folder.is_dir())
FILES = sorted(content.CONTENT.rglob("*.yaml"))
MODULES = [(language, name) for language in LANGUAGES for name in content.names(language)]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of content that is right in every way, to make mistakes in."""
    return Path(shutil.copytree(GOOD, tmp_path / "course")) / "content" / "nb"


def put(shelf: Path, text: str | bytes, name: str = "01_eksempel") -> Path:
    file = shelf / f"{name}.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    notebook = shelf.parent.parent / "modules" / "nb" / f"{name}.ipynb"
    if not notebook.exists():
        shutil.copy(notebook.with_name("01_eksempel.ipynb"), notebook)
    return file


def good(name: str = "01_eksempel") -> str:
    return (GOOD / "content" / "nb" / f"{name}.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    text = good()
    assert old in text
    return text.replace(old, new, 1)


# Every file of the course


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_content_file_has_no_problems(file: Path):
    assert content.problems(file) == []


@pytest.mark.parametrize(("language", "name"), MODULES)
def test_module_loads_with_its_own_name(language: str, name: str):
    module = content.load(name, language)
    assert (module.name, module.language) == (name, language)
    assert all(module.exercise(exercise.id) is exercise for exercise in module.exercises)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_words_help_and_sources(language: str):
    assert content.words(language)["quiz.next"]
    assert content.sources(language)
    assert "113" in {number.number for number in content.support(language).numbers}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_content_has_no_exclamation_marks(file: Path):
    texts = [text for _, text in letters.flat(_tree(yaml_reader.read(file).data)) if isinstance(text, str)]
    assert [text for text in texts if "!" in text] == [] or file.name == "letters.yaml"


def _tree(data: object) -> object:
    return {str(key): _tree(item) for key, item in enumerate(data)} if isinstance(data, list) else _branches(data)


def _branches(data: object) -> object:
    return {key: _tree(item) for key, item in data.items()} if isinstance(data, dict) else data


def test_first_module_has_eight_questions_of_all_five_kinds():
    module = content.load("01_avhengighet")
    quizzes = [exercise for exercise in module.exercises if isinstance(exercise, model.Quiz)]
    kinds = [question.kind for quiz in quizzes for question in quiz.questions]
    assert len(kinds) >= 8
    assert set(kinds) == {"single", "many", "claim", "order", "match"}


# One mistake, one letter


@pytest.mark.parametrize("bad", sorted(BAD.rglob("*.yaml")), ids=lambda bad: str(bad.relative_to(BAD)))
def test_one_mistake_gives_the_letter_in_the_first_line_of_its_file(bad: Path, shelf: Path):
    raw = bad.read_bytes()
    name = bad.stem if bad.parent == BAD else bad.parent.name
    expected = raw.decode().splitlines()[0].removeprefix("# expect: ")
    assert content.problems(put(shelf, raw, name)) == [expected]


def test_all_mistakes_of_a_file_come_at_once(shelf: Path):
    text = changed('reply: "Mange tenker det."', 'replyy: "Mange tenker det."')
    text = text.replace('id: "signs"', 'id: "fast-heart"').replace('kind: "order"', 'kind: "orden"')
    text = text.replace('{least: 0, text: "Nå vet du mer."}', '{least: 0.1, text: "Nå vet du mer."}')
    text = text.replace('category: "places"', 'category: "feelings"')
    said = content.problems(put(shelf, text))
    assert [int(re.search(r"linje (\d+)", letter)[1]) for letter in said] == [41, 44, 59, 72, 116]
    assert "Mente du reply?" in said[0]
    assert "Id-en fast-heart er brukt før" in said[1]
    assert "Mente du order?" in said[2]
    assert "least: 0" in said[3]
    assert "feelings" in said[4]


def test_good_module_has_no_problems(shelf: Path):
    assert content.problems(shelf / "01_eksempel.yaml") == []


# Traps of YAML and of editors


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (good().encode("utf-16"), "lagret som UTF-16"),
        (good().encode("utf-16-le"), "lagret som UTF-16"),
        (good().encode("cp1252"), "ikke lagret som UTF-8"),
        (good().encode() + b"# " + b"x" * 600_000, "Fila er"),
        (good().replace("Hva det er", "Hva\x07 det er").encode(), "usynlig tegn"),
        (good().replace("Hva det er", "Hva\ufffe det er").encode(), "usynlig tegn"),
        (good().replace('"Hva det er"', '"Hva\\0 det er"').encode(), "usynlig tegn"),
        (b"\n\n# bare en kommentar\n", "Fila er tom"),
    ],
)
def test_file_in_a_form_that_cannot_be_read_says_so_in_one_sentence(raw: bytes, sentence: str, shelf: Path):
    said = content.problems(put(shelf, raw))
    assert len(said) == 1
    assert sentence in said[0]


def test_wrong_encoding_names_the_line_of_the_first_strange_letter(shelf: Path):
    lines = good().splitlines()
    first = next(number for number, line in enumerate(lines, 1) if not line.isascii())
    assert f"linje {first}:" in content.problems(put(shelf, good().encode("cp1252")))[0]


@pytest.mark.parametrize(
    "raw",
    [
        good().encode("utf-8-sig"),
        good().replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", good()).encode(),
        good().rstrip("\n").encode(),
    ],
    ids=["byte order mark", "Windows line ends", "letters in two parts", "no line end"],
)
def test_file_from_another_editor_reads_the_same(raw: bytes, shelf: Path):
    expected = content.read_module(GOOD / "content" / "nb" / "01_eksempel.yaml")
    assert content.read_module(put(shelf, raw)) == expected


@pytest.mark.parametrize("word", ["no", "No", "Yes", "on", "Off", "n", "Nei"])
def test_bare_word_that_others_read_as_true_or_false_stays_a_word(word: str, shelf: Path):
    module = content.read_module(put(shelf, changed('text: "Mindre"', f"text: {word}")))
    assert module.exercise("recap").questions[0].options[1].text == word


def test_file_that_is_not_there_gets_a_letter(shelf: Path):
    assert content.problems(shelf / "02_borte.yaml") == [
        "02_borte.yaml linje 1: Fila finnes ikke. Se om navnet er skrevet riktig."
    ]


# Loading


def test_claim_takes_its_texts_from_the_words_of_the_interface():
    module = content.read_module(GOOD / "content" / "nb" / "01_eksempel.yaml")
    words = content.words("nb")
    claim = next(question for question in module.exercise("recap").questions if question.kind == "claim")
    assert [option.text for option in claim.options] == [words[f"quiz.{option.id}"] for option in claim.options]


def test_unknown_module_gets_the_nearest_name():
    with pytest.raises(content.ContentError, match="Mente du 01_avhengighet?"):
        content.load("01_avhengihet")


@pytest.mark.parametrize("name", ["../nb/ui", "ui", "", "/etc/passwd"])
def test_only_modules_can_be_loaded(name: str):
    with pytest.raises(content.ContentError):
        content.load(name)


def test_unknown_language_gets_a_letter():
    with pytest.raises(content.ContentError, match="Fila finnes ikke"):
        content.words("xx")


def test_error_holds_the_whole_letter(shelf: Path):
    text = changed('text: "Mindre"', "text: 12").replace('kind: "match"', 'kind: "par"')
    file = put(shelf, text)
    with pytest.raises(content.ContentError) as caught:
        content.read_module(file)
    assert caught.value.problems == tuple(content.problems(file))
    assert str(caught.value) == "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 2


def test_question_without_a_correct_option_does_not_load(shelf: Path):
    with pytest.raises(content.ContentError, match="Ingen svar passer"):
        content.read_module(put(shelf, changed("            correct: true\n", "")))


def test_changed_file_is_read_again(shelf: Path):
    file = shelf / "01_eksempel.yaml"
    before = content.read_module(file)
    assert content.read_module(file) is before
    put(shelf, changed('title: "Et eksempel"', 'title: "Et annet eksempel"'))
    assert content.read_module(file).title == "Et annet eksempel"


def test_loading_costs_a_kernel_neither_the_schema_nor_its_library():
    program = (
        "import sys; from course import content; content.load('01_avhengighet'); content.support(); content.sources();"
        "sys.exit(bool({'jsonschema', 'ipywidgets', 'matplotlib', 'IPython'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


# The contract


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(json.loads(contract.SCHEMA.read_text(encoding="utf-8")))


def test_schema_and_model_know_the_same_keys():
    definitions = json.loads(contract.SCHEMA.read_text(encoding="utf-8"))["$defs"]
    pairs = {
        **KINDS, "module": model.Module, "part": model.Part, "review": model.Review, "many_option": model.Option,
        "step": model.Step, "pair": model.Pair, "choice": model.Choice, "category": model.Category,
        "trigger": model.Trigger, "parameter": model.Parameter, "scene": model.Scene, "number": model.HelpNumber,
        "box": model.Box, "alert": model.Alert, "support": model.Support, "section": model.Section,
        "guide": model.Guide, "guide_section": model.GuideSection, "guide_extra": model.GuideExtra,
        "feedback": model.Feedback, "feedback_question": model.FeedbackQuestion,
    }  # fmt: skip
    not_from_the_file = {
        model.Module: {"name", "language"}, model.Section: {"source", "answers"}, model.PocketCard: {"numbers"},
    }  # fmt: skip
    for name, kind in pairs.items():
        known = {field.name for field in fields(kind)} - not_from_the_file.get(kind, set())
        assert set(definitions[name]["properties"]) - {"kind"} == known - {"kind"}, name


def test_every_field_and_question_kind_together_know_all_keys_of_the_model():
    definitions = json.loads(contract.SCHEMA.read_text(encoding="utf-8"))["$defs"]
    for ending, kind in (("_field", model.Field), ("_question", model.Question)):
        known = set().union(*(item["properties"] for name, item in definitions.items() if name.endswith(ending)))
        assert known == {field.name for field in fields(kind)}


def test_schema_explains_every_key_to_an_editor():
    schema = json.loads(contract.SCHEMA.read_text(encoding="utf-8"))
    unexplained = [path for path, entry in _properties(schema, "") if not _explained(entry, schema["$defs"])]
    assert unexplained == []


def _properties(schema: object, path: str):
    if isinstance(schema, dict):
        for key, entry in schema.get("properties", {}).items():
            if entry.keys() != {"const"}:  # the condition in an `if`
                yield f"{path}/{key}", entry
        for key, entry in schema.items():
            yield from _properties(entry, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, entry in enumerate(schema):
            yield from _properties(entry, f"{path}/{number}")


def _explained(entry: dict, definitions: dict) -> bool:
    merged = {**definitions.get(entry.get("$ref", "").removeprefix("#/$defs/"), {}), **entry}
    return bool(merged.get("title")) and (entry == {"title": "Slag"} or bool(merged.get("description")))


def test_every_sentence_of_a_letter_is_there_and_is_used():
    said = {key for key in letters.sentences("nb") if not key.startswith("place.")}
    rooms = (ROOT / "course", ROOT / "build" / "handout")  # a clinic's logo is looked at where it is printed
    code = "\n".join(file.read_text(encoding="utf-8") for room in rooms for file in room.glob("*.py"))
    groups = "file|yaml|schema|meaning|cross|notebook|language|warn|nearest|session|clinic"
    used = set(re.findall(rf'"((?:{groups})\.[a-z0-9_]+)"', code))
    missing = used - said - {"schema.json", "clinic.yaml", "clinic.css"}  # which are files
    unused = [key for key in said - used if f'"{key.split(".")[-1].removeprefix("logo_")}"' not in code]
    assert (missing, unused) == (set(), [])


# What needs a look


def test_number_older_than_twelve_months_is_warned_about(shelf: Path):
    file = shelf / "support.yaml"
    on_the_day = content.warnings(file, datetime.date(2027, 11, 1))
    the_day_after = content.warnings(file, datetime.date(2027, 11, 2))
    assert [letter for letter in on_the_day if "tolv måneder" in letter] == []
    assert len([letter for letter in the_day_after if "tolv måneder" in letter]) == 2


def test_number_to_confirm_before_print_is_listed(shelf: Path):
    said = content.warnings(shelf / "support.yaml", TODAY)
    assert len(said) == 1
    assert "RUSinfo (915 08 588) må ses på før trykk" in said[0]


def test_a_source_that_nothing_uses_is_a_fault(shelf: Path):
    (letter,) = content.problems(shelf / "sources.yaml")
    assert letter.startswith("sources.yaml linje")
    assert "F-GRP-07 blir ikke brukt" in letter


def test_unconfirmed_source_is_warned_about_where_it_is_used(shelf: Path):
    file = put(shelf, changed('sources: ["F-DEP-03"]', 'sources: ["F-GRP-07"]'))
    assert any("del «what-it-is»" in letter and "F-GRP-07" in letter for letter in content.warnings(file, TODAY))


def test_module_that_lacks_a_review_is_warned_about(shelf: Path):
    said = "\n".join(content.warnings(shelf / "01_eksempel.yaml", TODAY))
    assert "ikke godkjent av en med egen erfaring" in said
    assert "fagperson" not in said


def test_thin_module_is_warned_about(shelf: Path):
    said = "\n".join(content.warnings(shelf / "01_eksempel.yaml", TODAY))
    assert "5 quizspørsmål" in said
    assert "mangler trinnet today, recap, talk, takeaway, checkout" in said


def test_broken_file_has_no_warnings(shelf: Path):
    assert content.warnings(put(shelf, 'title: "uten slutt\n'), TODAY) == []


# Anything at all


# The same changes every time, and nothing written into the checkout.
QUICK = settings(
    deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LINES = good().splitlines()
WORDS = ("quiz", "explore", "single", "claim", "order", "holds", "tolerance", "text", "many", "2026-11-01")
LEAVES = (
    st.none() | st.booleans() | st.integers(-3, 200) | st.floats(-2, 2) | st.text(max_size=8) | st.sampled_from(WORDS)
)
KEYS = st.sampled_from(("id", "kind", "text", "sources"))
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner), max_leaves=5)


def ways(tree: object, way: tuple = ()) -> list[tuple]:
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [way, *(found for key, item in pairs for found in ways(item, (*way, key)))]


WAYS = ways(yaml_reader.read(GOOD / "content" / "nb" / "01_eksempel.yaml").data)[1:]


def module_or_letters(file: Path) -> None:
    """A file becomes a module without problems, or letters; never anything else."""
    said = content.problems(file)
    assert all(letter.startswith(f"{file.name} linje ") for letter in said)
    module, letters = loaded(file)
    assert isinstance(module, model.Module) or letters == said
    content.warnings(file, TODAY)


def loaded(file: Path) -> tuple[model.Module | None, list[str]]:
    try:
        return content.read_module(file), []
    except content.ContentError as error:
        return None, list(error.problems)


@settings(QUICK, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.text(max_size=6), st.integers(0, 60)), max_size=4))
def test_any_change_of_lines_gives_a_module_or_letters(shelf: Path, changes: list):
    lines = list(LINES)
    for number, text, at in changes:
        lines[number] = lines[number][:at] + text + lines[number][at + len(text) :]
    module_or_letters(put(shelf, "\n".join(lines).encode("utf-8", "replace")))


@settings(QUICK, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(WAYS), VALUES | st.just(...)), min_size=1, max_size=3))
def test_any_change_of_values_gives_a_module_or_letters(shelf: Path, changes: list):
    tree = yaml_reader.read(GOOD / "content" / "nb" / "01_eksempel.yaml").data
    for way, value in changes:
        here = tree
        try:
            for key in way[:-1]:
                here = here[key]
            if value is ...:
                del here[way[-1]]
            else:
                here[way[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken the branch away
    # JSON is YAML as well, and writes any value.
    module_or_letters(put(shelf, json.dumps(tree)))


@settings(QUICK, max_examples=40)
@given(st.binary(max_size=80))
def test_any_bytes_give_letters(shelf: Path, raw: bytes):
    module_or_letters(put(shelf, raw))
