"""The suggested password: its words are easy and ours, and there are enough of them."""

import inspect
import itertools
import math
import re
import secrets

import pytest

from course import content, language, phrase

LANGUAGES = sorted(folder.name for folder in content.CONTENT.iterdir() if folder.is_dir())
ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
ENDINGS = ("e", "en", "et", "er", "ene", "a", "r", "t", "n", "ne", "te", "de", "ing", "s", "lig", "ig")


@pytest.fixture(params=LANGUAGES)
def words(request) -> tuple[str, ...]:
    return content.phrase_words(request.param)


# The list


def test_there_are_as_many_different_words_as_four_dice_can_point_at(words):
    assert len(words) == len(set(words)) == 6**4


def test_every_word_has_three_to_eight_small_letters(words):
    assert [word for word in words if not re.fullmatch("[a-zæøå]{3,8}", word)] == []


def test_less_than_a_third_of_the_words_need_a_norwegian_keyboard(words):
    assert sum(bool(set(word) & set("æøå")) for word in words) < len(words) / 3


def test_the_words_stand_in_norwegian_order_so_that_one_is_easy_to_find(words):
    assert list(words) == sorted(words, key=lambda word: [ALPHABET.index(letter) for letter in word])


def test_no_two_words_differ_by_one_letter_or_by_two_that_changed_places(words):
    assert [(word, other) for word in words for other in near(word) & {*words} if other != word] == []


def near(word: str) -> set[str]:
    """Everything that one letter less, one more, one other or two that changed places make of a word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
    less = {start + end[1:] for start, end in cuts}
    return swapped | less | {start + letter + end[cut:] for start, end in cuts for letter in ALPHABET for cut in (0, 1)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("hus", "mus", True), ("hest", "høst", True), ("sol", "sola", True), ("oter", "roter", True),
        ("rips", "risp", True), ("lag", "lagkake", False), ("hus", "bok", False), ("eple", "pære", False),
    ],
)  # fmt: skip
def test_what_counts_as_too_much_alike(one: str, other: str, expected: bool):
    assert (other in near(one)) is (one in near(other)) is expected


def test_no_word_is_another_with_an_ending(words):
    known = set(words)
    stems = {word: {word, word.removesuffix("e")} for word in words}
    assert [stem + ending for word in words for stem in stems[word] for ending in ENDINGS
            if stem + ending in known - {word}] == []  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_is_one_we_avoid(code: str):
    assert list(language.avoided("\n".join(content.phrase_words(code)), code)) == []


def test_no_word_holds_a_word_that_can_wake_craving(words):
    waking = (
        "rus|øl$|^øl|vin$|gress|hasj|snø|syre|speed|krystall|pille|sprøyte|folie|glass|flaske|røyk|tobakk|snus|gift"
    )
    alone = {"bar", "pipe", "pose", "topp", "skje", "nål", "nett", "pulver", "krok", "dose", "stoff", "hest", "plate"}
    assert [word for word in words if re.search(waking, word) or word in alone] == []


# Drawing


def test_a_phrase_is_words_of_the_list_with_one_space_between(words):
    for count in (1, 5, 8):
        drawn = phrase.suggest(count=count).split(" ")
        assert len(drawn) == count
        assert set(drawn) <= set(words)


def test_two_phrases_are_two_draws():
    numbers = itertools.count()
    first, second = (phrase.suggest(choose=lambda words: words[next(numbers)]) for _ in range(2))
    assert first.split() == list(content.phrase_words()[:5])
    assert second.split() == list(content.phrase_words()[5:10])


def test_every_word_can_be_drawn(words):
    assert [phrase.suggest(count=1, choose=lambda known, at=at: known[at]) for at in range(len(words))] == list(words)


def test_chance_comes_from_the_computer_s_own_source_and_not_from_a_seed():
    assert inspect.signature(phrase.suggest).parameters["choose"].default == secrets.choice


def test_a_phrase_has_at_least_fifty_bits():
    counted, offered = set(), []
    phrase.suggest(choose=lambda words: offered.append(words) or counted.update(words) or words[0])
    assert len(offered) * math.log2(len(counted)) >= 50


# A list that somebody has changed


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """A way to change the list; gives its file."""
    text = (content.CONTENT / "nb" / "phrase.yaml").read_text(encoding="utf-8")
    for name in ("ui.yaml", "letters.yaml", "sources.yaml"):
        (tmp_path / "nb").mkdir(exist_ok=True)
        (tmp_path / "nb" / name).write_bytes((content.CONTENT / "nb" / name).read_bytes())
    monkeypatch.setattr(content, "CONTENT", tmp_path)

    def change(old: str, new: str):
        assert text.count(old) == 1
        file = tmp_path / "nb" / "phrase.yaml"
        file.write_text(text.replace(old, new), encoding="utf-8")
        return file

    return change


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("", "har 1295, men trenger minst 1296"),
        ("- eple\n- fisketorg\n", "har 1297, men kan ha høyst 1296"),
        ("- pære\n", "to ganger"),
        ("- Eple\n", "3 til 8 små bokstaver"),
        ("- eple og pære\n", "3 til 8 små bokstaver"),
    ],
)
def test_a_changed_list_gives_a_letter(changed, new: str, told: str):
    letters = content.problems(changed("- eple\n", new))
    assert any(told in letter for letter in letters), letters


@pytest.mark.parametrize("new", ["", "- pære\n", "- 7\n"])
def test_no_phrase_is_made_of_a_list_that_is_too_short(changed, new: str):
    changed("- eple\n", new)
    with pytest.raises(content.ContentError):
        phrase.suggest()
