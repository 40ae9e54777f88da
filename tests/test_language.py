"""How hard a module is to read, counted by our own function and held against counts made by hand."""

from dataclasses import replace

import pytest

from course import content, language
from course.language import Passage, Prose, Sentence, measure, split
from course.yaml_reader import Document

LANGUAGES = sorted(folder.name for folder in content.CONTENT.iterdir() if folder.is_dir())
MODULES = [(name, code) for code in LANGUAGES for name in content.names(code)]


def prose(text: str, explained: tuple[str, ...] = (), fixed: tuple[str, ...] = ()) -> Prose:
    passage = Passage(Document("x.ipynb", None), (), text)
    return Prose(tuple(Sentence(passage, said) for said in split(text)), explained, frozenset(fixed))


# Every module


@pytest.mark.parametrize(("name", "code"), MODULES)
def test_module_is_easy_to_read_and_uses_our_words(name: str, code: str):
    assert language.problems(name, code) == []


@pytest.mark.parametrize(("name", "code"), MODULES)
def test_report_tells_lix_and_the_longest_sentences_with_their_places(name: str, code: str):
    first, layers, claims, *longest = language.report(name, code)
    assert first.startswith(f"{name}: LIX ")
    counted = language.words_by_layer(name, code)
    assert str(counted["core"]) in layers
    assert str(counted["more"]) in layers
    assert claims.endswith(" 0.")
    assert len(longest) == language.SHOWN
    assert all(line.startswith(f"{name}.") and "linje" in line for line in longest)


def test_a_claim_without_a_source_is_found(monkeypatch):
    module = content.load("01_avhengighet")
    bare = tuple(replace(part, sources=()) for part in module.parts)
    monkeypatch.setattr(content, "load", lambda *_: replace(module, parts=bare))
    knowledge = [part.id for part in module.parts if part.step == "knowledge"]
    assert language.without_source("01_avhengighet") == knowledge


def test_two_parts_of_a_module_are_counted_and_the_leaders_is_not_among_them():
    files = {sentence.passage.document.path.suffix for sentence in language.prose("01_avhengighet").sentences}
    assert files == {".yaml", ".ipynb"}
    assert not any(sentence.passage.leader for sentence in language.prose("01_avhengighet").sentences)
    assert all(sentence.passage.leader for sentence in language.prose("01_avhengighet", leader=True).sentences)


# Counted by hand


def test_lix_of_two_short_sentences():
    # 8 words in 2 sentences, none longer than six letters: 4 + 0.
    counted = measure(prose("Det er fint her. Vi går en tur."))
    assert (counted.words, counted.sentences, counted.long_words, counted.lix) == (8, 2, 0, 4)


def test_lix_counts_words_of_more_than_six_letters():
    # 7 words in 1 sentence; hjernen (7) and forandrer (9) are long, følger (6) is not.
    counted = measure(prose("Hjernen følger med når noe forandrer seg."))
    assert (counted.words, counted.long_words) == (7, 2)
    assert counted.lix == pytest.approx(7 + 200 / 7)


def test_list_items_and_headings_end_a_sentence():
    text = "## Hva det er\n\nDu kan:\n\n- se på en sak\n- høre på andre\n\n1. først dette\n2. så dette\n"
    assert list(split(text)) == ["Hva det er", "Du kan:", "se på en sak", "høre på andre", "først dette", "så dette"]
    counted = measure(prose(text))
    assert (counted.words, counted.sentences) == (16, 6)


def test_empty_text_has_lix_zero():
    assert measure(prose("")).lix == 0
    assert measure(prose("113. 116 117.")).lix == 0


def test_fixed_texts_names_numbers_and_explained_words_are_left_out_and_their_share_is_known():
    text = "Her møter du Eli på 4 møter om toleransen. Alt er frivillig. Skadelig bruk er ikke det samme."
    counted = measure(prose(text, explained=("toleranse", "skadelig bruk"), fixed=("Alt er frivillig.",)))
    # Left out: Eli, 4, toleransen; the fixed sentence of 3; skadelig bruk.
    # Kept: Her møter du på møter om; er ikke det samme.
    assert (counted.words, counted.left_out, counted.sentences) == (10, 8, 2)
    assert counted.share_left_out == pytest.approx(8 / 18)
    assert counted.lix == 5


def test_word_that_only_begins_like_an_explained_word_counts():
    assert measure(prose("Den tolerante er her", explained=("toler",))).left_out == 0


def test_capital_after_a_quotation_mark_or_colon_is_not_a_name():
    assert measure(prose("Hun sa: «Jeg går nå.» Svaret: Ja")).left_out == 0


# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ring 113. Vent der.", ["Ring 113.", "Vent der."]),
        ("Vi møtes kl. 12 og går ca. 2 km.", ["Vi møtes kl. 12 og går ca. 2 km."]),
        ("Se f.eks. Oslo. Det er byen.", ["Se f.eks. Oslo.", "Det er byen."]),
        ("Den 3. mai kom hun. Vi var 7. Så gikk vi.", ["Den 3. mai kom hun.", "Vi var 7.", "Så gikk vi."]),
        ("E. Hansen kom.", ["E. Hansen kom."]),
        ("Hun sa «Nei.» Så gikk hun.", ["Hun sa «Nei.»", "Så gikk hun."]),
        ("Hva nå? **Vi venter.** Så går vi.", ["Hva nå?", "Vi venter.", "Så går vi."]),
        ("En linje\nsom fortsetter her.", ["En linje som fortsetter her."]),
        ("> Et sitat\n> over to linjer.", ["Et sitat over to linjer."]),
        ("Les [mer om dette](fil.ipynb) her.", ["Les mer om dette her."]),
        ("| Ord | Hva |\n|---|---|\n| Sug | Trang |", ["Ord", "Hva", "Sug", "Trang"]),
        ("- ett punkt\n  som går videre\n- et til", ["ett punkt som går videre", "et til"]),
        ("Før.\n\n```\nkode her\n```\n\nEtter.", ["Før.", "Etter."]),
    ],
)
def test_text_is_split_into_sentences(text: str, sentences: list[str]):
    assert list(split(text)) == sentences


def test_telephone_number_counts_as_one_word_of_a_sentence():
    assert prose("Ring 22 40 00 40 nå.").sentences[0].words == 3


# What is refused


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch):
    """Lets a test say what a module's text is."""

    def say(text: str, leader: bool = False) -> list[str]:
        document = Document(content.CONTENT / "nb" / "01_avhengighet.yaml", None)
        monkeypatch.setattr(language, "passages", lambda name, code: [Passage(document, (), text, leader)])
        return language.problems("01_avhengighet")

    return say


def test_sentence_of_twenty_words_is_fine_and_of_twenty_one_is_not(module):
    assert module("en " * 19 + "to.") == []
    assert "Setningen har 21 ord" in module("en " * 20 + "to.")[0]


def test_fixed_text_may_be_long(module, monkeypatch: pytest.MonkeyPatch):
    fixed = "en " * 20 + "to."
    monkeypatch.setattr(language, "fixed", lambda code: frozenset({fixed}))
    assert module(fixed) == []


def test_exclamation_mark_is_refused(module):
    assert "utropstegn" in module("Så bra!")[0]


def test_hard_text_is_refused(module):
    # 5 words in 1 sentence, 4 of them longer than six letters: 5 + 80.
    assert "LIX 85,0" in module("Behandlingsapparatets tverrfaglighet forutsetter samordning lokalt.")[0]


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("Mange rusmisbrukere kommer hit.", "rusmisbrukere", "person med ruslidelse"),
        ("Det heter misbruk.", "misbruk", "skadelig bruk"),
        ("En alkoholikers hverdag.", "alkoholikers", "alkoholavhengighet"),
        ("Du er psykisk  syk.", "psykisk  syk", "psykisk lidelse"),
        ("Møt opp til timen.", "timen", "avtale eller møte"),
        ("Det ble en sprekk igjen.", "sprekk", "glipp"),
        ("En OD er farlig.", "OD", "overdose"),
        ("Ring RUStelefonen.", "RUStelefonen", "RUSinfo"),
        ("Han begikk selvmord.", "begikk selvmord", "ta sitt liv"),
    ],
)
def test_word_we_do_not_use_is_refused_with_another(module, text: str, found: str, instead: str):
    letters = module(text)
    assert any(f"Her står «{found}»" in letter and instead in letter for letter in letters)


@pytest.mark.parametrize(
    "text",
    [
        "Noen sier «rusmisbruker» om seg selv.",
        "Hun sa: «Jeg hadde en sprekk på timen.»",
        "Vi øver på metoden og bruker god tid.",
        "Legetimen er i morgen.",
        "Stoffskiftet er noe annet.",
        "Det ordner seg.",
    ],
)
def test_peoples_own_words_and_other_words_are_fine(module, text: str):
    assert module(text) == []


def test_word_for_leaders_is_fine_for_leaders_only(module):
    assert module("Møt ambivalensen med ro.", leader=True) == []
    assert module("Møt ambivalensen med ro.") != []
