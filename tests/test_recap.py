"""The recap asks what earlier modules have asked: the draw, the leader's choice, the same on paper, wall and key."""

import html
import json
import random
import shutil
from datetime import time
from pathlib import Path

import commands
import handout
import pytest
from handout import run
from hypothesis import given, settings
from hypothesis import strategies as st

from course import chosen, content, journal, language, notebooks, readable, recap, records, rhythm, shelf, yaml_reader
from course.model import QuestionAnswer, QuizAnswer, frozen
from course.recap import LAST, SHOWN, USUAL, Wish
from course.session import Choice
from widgets import module as door
from widgets import my_sheet
from widgets.box import source_ids
from widgets.lab import companion
from widgets.lab.session import Read, kept, reply, tried

MODULES = {name: content.load(name) for name in content.names()}
NAMES = tuple(name for name, module in MODULES.items() if not module.next_of_kin)
LATE = "05_mestring"  # has five modules before it
OLD, NEW = Wish(1), Wish(2)
COURSE = content.CONTENT.parent


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch) -> Path:
    """Nothing here touches what somebody has chosen."""
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def course_copy(tmp_path, monkeypatch) -> Path:
    """The course's texts in a folder of their own, which a test may change."""
    for name in ("content", "modules"):
        shutil.copytree(COURSE / name, tmp_path / "course" / name)
    monkeypatch.setattr(content, "CONTENT", tmp_path / "course" / "content")
    monkeypatch.setattr(content, "MODULES", tmp_path / "course" / "modules")
    return tmp_path / "course" / "content" / "nb"


def source(name: str) -> str:
    return name.partition(".")[0]


def asked(name: str, wish: Wish = USUAL) -> list[str]:
    return list(recap.shown(content.load(name), wish))


# The draw


@st.composite
def pools(draw) -> tuple[str, ...]:
    """The names of a pool: some modules with some questions each."""
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=8))
    return tuple(f"{number:02}_m.q{each}" for number, count in enumerate(counts) for each in range(count))


QUICK = settings(deadline=None, max_examples=80)


@QUICK
@given(pools(), st.integers(1, 20), st.text(max_size=5))
def test_a_draw_has_three_questions_of_the_pool_from_as_many_modules_as_there_are(pool, number, module):
    drawn = recap.draw(module, number, pool)
    assert len(set(drawn)) == len(drawn) == min(SHOWN, len(pool))
    assert set(drawn) <= set(pool)
    assert len(set(map(source, drawn))) == min(len(drawn), len(set(map(source, pool))))


@QUICK
@given(pools(), st.integers(1, 20), st.data())
def test_what_the_leader_names_is_asked_whatever_is_drawn(pool, number, data):
    first = tuple(data.draw(st.lists(st.sampled_from([*pool, "99_own.q"]), unique=True, max_size=SHOWN)))
    drawn = recap.draw("m", number, pool, first)
    assert set(first) <= set(drawn)
    assert len(drawn) == min(SHOWN, len({*pool, *first}))


@QUICK
@given(pools(), st.integers(1, 20), st.randoms())
def test_the_order_of_the_pool_changes_no_draw(pool, number, chance):
    mixed = list(pool)
    chance.shuffle(mixed)
    assert recap.draw("m", number, pool) == recap.draw("m", number, tuple(mixed))


@QUICK
@given(pools())
def test_every_question_comes_in_time_and_none_before_its_turn(pool):
    modules = {source(name): [each for each in pool if source(each) == source(name)] for name in pool}
    drawn = [recap.draw("m", number, pool) for number in range(1, 5 * len(modules) + 1)]
    for names in modules.values():
        dealt = [name for each in drawn for name in each if name in names]
        assert set(dealt) == set(names)
        if len(modules) >= SHOWN:
            assert set(dealt[: len(names)]) == set(names)  # each once before any comes again


def test_the_next_draw_has_other_questions_as_long_as_there_are_enough():
    pool = tuple(f"{number:02}_m.q{each}" for number in range(3) for each in range(3))
    assert len({name for number in (1, 2, 3) for name in recap.draw("m", number, pool)}) == 9
    pool = tuple(f"{number:02}_m.q{each}" for number in range(8) for each in range(3))
    assert len({name for number in range(1, 9) for name in recap.draw("m", number, pool)}) == 24


def test_a_draw_is_the_same_on_every_machine_and_for_ever():
    pool = tuple(f"{number:02}_m.q{each}" for number in range(5) for each in range(3))
    random.seed(1)
    assert recap.draw("07_tilbakefall", 1, pool) == ("02_m.q0", "04_m.q1", "00_m.q2")
    assert recap.draw("07_tilbakefall", 2, pool) == ("01_m.q1", "03_m.q2", "00_m.q0")


# The course


@pytest.mark.parametrize("name", NAMES)
def test_a_recap_asks_three_questions_of_earlier_modules_and_the_first_module_its_own(name):
    drawn = asked(name)
    earlier = {each for each in NAMES if each < name} or {name}
    assert len(drawn) == SHOWN
    assert set(map(source, drawn)) <= earlier
    assert len(set(map(source, drawn))) == min(SHOWN, len(earlier))


@pytest.mark.parametrize("name", NAMES)
def test_the_first_draws_ask_about_different_things(name):
    for number in (1, 2, 3) if name > NAMES[1] else ():
        questions = recap.shown(MODULES[name], Wish(number)).values()
        rules = "F-GRP-11", "S-"  # what a group is, which all of the first module rests on, and the course's own rules
        facts = [each for question in questions for each in {*question.sources} if not each.startswith(rules)]
        assert len(facts) == len(set(facts))


def test_a_meeting_for_next_of_kin_asks_its_own_and_gives_no_other_meeting_any():
    (name,) = set(MODULES) - set(NAMES)
    assert recap.asked(MODULES[name]) == MODULES[name]
    assert {source(each) for each in recap.known(MODULES[name])} == {name}
    assert not any(source(each) == name for other in NAMES for each in recap.known(MODULES[other]))


@pytest.mark.parametrize("name", MODULES)
def test_the_leader_may_choose_among_all_earlier_questions_and_the_modules_own(name):
    known = recap.known(MODULES[name])
    own = [f"{name}.{each.id}" for each in MODULES[name].exercise("recap").questions]
    assert [*known][-len(own) :] == own
    assert len({question.id for question in known.values()}) == len(known)
    assert all(question.sources for question in known.values())


@pytest.mark.parametrize("name", MODULES)
def test_a_recap_takes_six_minutes_whatever_is_drawn(name):
    cells = notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")
    (part,) = (part for part in MODULES[name].parts if part.step == "recap")
    assert rhythm.minutes(MODULES[name], cells)[part.id].total == 6


@pytest.mark.parametrize("name", MODULES)
def test_a_recap_read_by_itself_is_the_one_in_the_whole_file(name):
    claims = dict(zip(("holds", "fails", "depends"), content.claim_words("nb"), strict=True))
    (item,) = yaml_reader.pieces(content.CONTENT / "nb" / f"{name}.yaml", recap._ITEM)
    assert recap._alone(item, claims) == MODULES[name].exercise("recap")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  - id: "recap"\n    kind: "quiz"\n', '  - kind: "quiz"\n    id: recap\n'),  # then the whole file is read
        ('  - id: "recap"\n', "\n  # Et notat\n\n  - id: recap\n"),
    ],
)
def test_however_a_recap_is_written_it_asks_the_same(old, new, course_copy):
    before = asked(LATE)
    for name in ("01_avhengighet", "03_rop"):
        file = course_copy / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert asked(LATE) == before


def test_a_question_more_in_a_later_module_changes_no_draw_before_it(course_copy):
    before = {name: [asked(name, Wish(number)) for number in (1, 2, 3)] for name in NAMES}
    file = course_copy / f"{LATE}.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index('      - id: "more-urge"')
    question = text[start : text.index("      # ", start)]
    file.write_text(text[:start] + question.replace("more-urge", "more-urge-again") + text[start:], encoding="utf-8")
    after = {name: [asked(name, Wish(number)) for number in (1, 2, 3)] for name in NAMES}
    assert "05_mestring.more-urge-again" in recap.known(content.load("06_nettverk"))
    assert {name for name in NAMES if before[name] != after[name]} <= {name for name in NAMES if name > LATE}


def test_a_module_with_a_fault_in_its_recap_gives_no_questions_and_stops_no_other(course_copy):
    file = course_copy / "03_rop.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('- id: "is-it-rare"', '- name: "is-it-rare"'), "utf-8")
    drawn = asked(LATE)
    assert len(drawn) == SHOWN
    assert "03_rop" not in set(map(source, drawn))


def test_check_tells_of_a_question_that_cannot_stand_in_a_later_meeting(course_copy):
    file = course_copy / f"{LATE}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('text: "Hva kan gi mer sug?"', 'text: "Hva sa vi i forrige møte?"'), encoding="utf-8")
    (letter,) = language.problems(LATE)
    assert "spørsmål «more-urge»" in letter
    assert "Skriv det uten «forrige møte»" in letter


def test_readability_is_that_of_what_is_asked_with_only_the_words_that_are_explained_here():
    met = language.as_met(LATE)
    texts = {sentence.text for sentence in met.sentences}
    module = content.load(LATE)
    own = {each.text for each in module.exercise("recap").questions}
    assert {each.text for each in recap.shown(module).values()} <= texts
    assert not own & texts
    assert met.explained == module.explained


# The choice


def run_command(*arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["commands.py", "session", *arguments])
        try:
            return commands.main()
        except SystemExit as end:
            return end.code or 0


def test_a_choice_is_kept_beside_the_meeting_and_goes_with_it(own_folder):
    names = ("01_avhengighet.weak-will", "05_mestring.more-urge")
    chosen.write(LATE, None, Wish(3, names))
    assert chosen.recap(LATE) == Wish(3, names)
    assert chosen.read(LATE) is None
    choice = Choice(60, time(10))
    chosen.write(LATE, choice, chosen.recap(LATE))
    assert (chosen.read(LATE), chosen.recap(LATE)) == (choice, Wish(3, names))
    chosen.write(LATE, choice)
    assert "recap" not in json.loads((own_folder / "sessions.json").read_text(encoding="utf-8"))[LATE]
    assert chosen.recap(LATE) == USUAL


@pytest.mark.parametrize(
    "data",
    [3, [], {"draw": 2}, {"questions": []}, {"draw": "2", "questions": []}, {"draw": 0, "questions": []}]
    + [{"draw": LAST + 1, "questions": []}, {"draw": True, "questions": []}, {"draw": 1, "questions": [["a"]]}]
    + [{"draw": 1, "questions": 5}, {"draw": 1, "questions": ["a", "b", "c", "d"]}],
)
def test_a_damaged_choice_is_as_if_nothing_was_chosen(data, own_folder):
    own_folder.mkdir()
    (own_folder / "sessions.json").write_text(json.dumps({LATE: {"recap": data}}), encoding="utf-8")
    assert chosen.recap(LATE) == USUAL
    assert asked(LATE, chosen.recap(LATE)) == asked(LATE)


def test_a_question_that_is_gone_from_the_course_gives_its_place_to_another():
    drawn = asked(LATE, Wish(1, ("01_avhengighet.gone", "04_behandling.after-a-stay")))
    assert len(drawn) == SHOWN
    assert "04_behandling.after-a-stay" in drawn


def test_the_command_chooses_and_shows_questions_without_a_meeting_and_takes_them_back(capsys):
    weak, own = "01_avhengighet.weak-will", f"{LATE}.more-urge"
    assert run_command(LATE, "--recap", weak, own, "--draw", "2") == 0
    said = capsys.readouterr().out
    assert "«Den som er avhengig, mangler vilje.» (01_avhengighet.weak-will)" in said
    assert chosen.recap(LATE) == Wish(2, (weak, own))
    assert run_command(LATE, "--minutes", "60", "--skip", "over-time") == 0
    assert chosen.recap(LATE) == Wish(2, (weak, own))  # another meeting, the same questions
    capsys.readouterr()
    assert run_command(LATE) == 0
    here, others = capsys.readouterr().out.split("Disse kan dere velge i stedet.")
    assert weak in here
    assert own in here
    assert all(name in others for name in recap.known(MODULES[LATE]) if name not in here)
    assert run_command(LATE, "--usual") == 0
    assert (chosen.read(LATE), chosen.recap(LATE)) == (None, USUAL)


def test_names_after_both_skip_and_recap_go_where_they_belong():
    weak, rare = "01_avhengighet.weak-will", "03_rop.is-it-rare"
    free = [part.id for part in MODULES[LATE].parts if part.layer == "more"][:2]
    assert run_command(LATE, "--minutes", "60", "--skip", *free, "--recap", weak, rare) == 0
    assert chosen.read(LATE).skip == tuple(free)
    assert chosen.recap(LATE).questions == (weak, rare)


LETTERS = {
    ("--recap", "01_avhengighet.weak-wil"): "heter «01_avhengighet.weak-wil». Mente du 01_avhengighet.weak-will?",
    ("--recap", "06_nettverk.who-counts"): "heter «06_nettverk.who-counts».",  # of a later module
    ("--draw", "0"): "Trekk 0 finnes ikke. Velg et tall fra 1 til 99.",
    ("--draw", "100"): "Trekk 100 finnes ikke.",
    ("--usual", "--draw", "2"): "--usual må stå alene.",
    ("more-urge",): "Dette var for mye: more-urge.",
    (
        "--recap",
        *list(recap.known(MODULES[LATE]))[:4],
    ): "Det er plass til 3 spørsmål i repetisjonen, og her står det 4.",
}


@pytest.mark.parametrize("arguments", LETTERS)
def test_what_cannot_be_asked_gets_a_letter_and_changes_nothing(arguments, capsys):
    chosen.write(LATE, None, NEW)
    assert run_command(LATE, *arguments) == 1
    assert LETTERS[arguments] in capsys.readouterr().err
    assert chosen.recap(LATE) == NEW


def test_the_form_shows_the_questions_and_draws_others():
    read = Read(MODULES[LATE], notebooks.read(content.MODULES / "nb" / f"{LATE}.ipynb"))
    first = reply(read, None)["recap"]
    assert first["texts"] == [question.text for question in recap.shown(MODULES[LATE]).values()]
    assert (first["draw"], first["another"], first["included"]) == (1, 2, True)
    second = json.loads(json.dumps(tried(read, 60, "10:00", [], Wish(first["another"]))))["recap"]
    assert not set(first["texts"]) & set(second["texts"])
    assert chosen.recap(LATE) == USUAL
    assert kept(read, Choice(60, time(10)), Wish(second["draw"]))["recap"] == second
    assert reply(read, chosen.read(LATE), chosen.recap(LATE))["recap"] == second
    assert "finnes ikke" in tried(read, 60, "10:00", [], Wish(0))["refused"]
    assert not kept(read, None)["chosen"]
    assert chosen.recap(LATE) == USUAL


def test_nothing_else_can_be_drawn_where_there_are_only_three():
    assert [recap.another(MODULES[name], USUAL) for name in NAMES[:3]] == [0, 0, 2]


# The same everywhere


def texts_of(name: str, wish: Wish) -> list[str]:
    return [question.text for question in recap.shown(content.load(name), wish).values()]


def listed(page: str, name: str, wish: Wish) -> list[str]:
    """The questions of the whole pool that stand on a page, as they are shown to the room."""
    every = [question.text for question in recap.known(content.load(name)).values()]
    plain = html.unescape(page)
    return [text for text in every if text in plain]


@pytest.mark.parametrize("wish", [OLD, Wish(4, ("05_mestring.more-urge",))])
def test_paper_wall_key_and_own_sheet_ask_the_same(wish, tmp_path):
    chosen.write(LATE, None, wish)
    wanted = texts_of(LATE, wish)
    handout.make([LATE], out=tmp_path / "out")
    for ending in (".html", ".leder.html"):
        page = (tmp_path / "out" / "nb" / f"{LATE}{ending}").read_text(encoding="utf-8")
        assert listed(page, LATE, wish) == wanted
    explained = [question.explanation for question in recap.shown(MODULES[LATE], wish).values()]
    assert all(each in html.unescape(page) for each in explained)  # the leader's
    card = door(LATE)("recap")
    assert [question.text for question in card.questions] == wanted
    assert listed(my_sheet.of(LATE, "recap", journal.live, "nb"), LATE, wish) == wanted
    cells = notebooks.read(content.MODULES / "nb" / f"{LATE}.ipynb")
    key = companion.describe(MODULES[LATE], cells, content.words())["keys"]["recap-quiz"]
    assert listed(key, LATE, wish) == wanted


def test_a_pages_sources_are_those_of_the_questions_that_are_asked():
    wish = Wish(1, ("04_behandling.after-a-stay",))
    chosen.write(LATE, None, wish)
    module = recap.of(content.load(LATE))
    drawn = {each for question in recap.shown(module, wish).values() for each in question.sources}
    assert "F-OD-11" in drawn
    assert drawn <= set(source_ids(module))
    shown = door(LATE)("sources").html
    references = content.sources("nb")
    assert all(html.escape(references[each].reference) in shown for each in drawn)
    chosen.write(LATE, None)
    assert "F-OD-11" not in source_ids(recap.of(content.load(LATE)))


def test_a_kernel_asks_what_the_leader_chose(own_folder):
    chosen.write("02_belonningssystemet", None, NEW)
    notebook = run.by_kernel(content.MODULES / "nb" / "02_belonningssystemet.ipynb")
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "recap-quiz")
    assert listed(cell["outputs"][0]["data"]["text/html"], "02_belonningssystemet", NEW) == texts_of(
        "02_belonningssystemet", NEW
    )


# Answers


def answer(card, name: str, option: str) -> None:
    while card.question.id != name:
        card.next_button.click()
    card.views.of(card.question).widget.chosen = [option]
    card.answer_button.click()


def test_an_answer_stays_with_its_question_whatever_is_drawn_afterwards():
    before, after = recap.shown(MODULES[LATE], OLD), recap.shown(MODULES[LATE], NEW)
    assert not set(before) & set(after)
    card = door(LATE)("recap")
    given = {}
    for question in card.questions:
        given[question.id] = question.options[0].id
        answer(card, question.id, question.options[0].id)
        card.next_button.click()
    assert card.question is None  # through all of them
    chosen.write(LATE, None, NEW)
    card = door(LATE)("recap")
    assert card.question.id == next(iter(after))  # from the beginning
    assert all(not card.given(question).chosen for question in card.questions)
    answer(card, card.question.id, card.question.options[1].id)
    for _ in card.questions:
        card.next_button.click()
    card.answer_button.click()  # once more from the start: what was answered to others is left alone
    left = journal.live.get(f"{LATE}/recap", QuizAnswer).questions
    assert {name: each.chosen for name, each in left.items()} == {name: (each,) for name, each in given.items()}
    chosen.write(LATE, None, OLD)
    card = door(LATE)("recap")
    assert {question.id: card.given(question).chosen[0] for question in card.questions} == given


def test_what_is_kept_fits_whichever_meeting_drew_it_and_is_read_in_its_own_words():
    name = f"{LATE}/recap"
    every = recap.known(MODULES[LATE])
    ids = [question for question in every.values() if question.options]
    given = QuizAnswer(questions=frozen({each.id: QuestionAnswer(chosen=(each.options[0].id,)) for each in ids}))
    document = records.write({name: given}, {}, {})
    back = records.read(records.from_bytes(records.to_bytes(document)))
    assert back.answers == {name: given}
    assert not back.earlier
    text = readable.readable({name: given}, {}, {}, content.words())
    assert all(question.text in text for question in ids)
    assert shelf.exercises()[name][1].id == "recap"


def test_answers_kept_before_questions_were_drawn_still_fit():
    """They are under the module's own ids, which its own questions still have."""
    name = "02_belonningssystemet/recap"
    old = QuizAnswer(questions=frozen({"urge-is-decided": QuestionAnswer(chosen=("fails",), checked=True)}), at=3)
    back = records.read(records.write({name: old}, {}, {}))
    assert (back.answers, dict(back.earlier)) == ({name: old}, {})
    journal.live.put(name, old)
    card = door("02_belonningssystemet")("recap")
    assert card.question is not None
    assert journal.live.get(name, QuizAnswer).questions == old.questions


def test_an_answer_to_a_question_that_is_gone_is_shown_as_it_was_written(course_copy):
    name, gone = f"{LATE}/recap", "01_avhengighet.weak-will"
    given = QuizAnswer(questions=frozen({gone: QuestionAnswer(chosen=("holds",))}))
    document = records.write({name: given}, {}, {})
    file = course_copy / "01_avhengighet.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"weak-will"', '"weak-will-anew"'), encoding="utf-8")
    back = records.read(document)
    assert not back.answers[name].questions
    (piece,) = back.earlier[name]
    assert piece.label == "«Den som er avhengig, mangler vilje.»"
