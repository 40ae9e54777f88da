"""The pocket card: the first three plans and people, help numbers to the letter, and nothing that tells what it is."""

import re
from dataclasses import replace

import pytest
import tools

from course import content
from course.journal import Journal
from course.model import Gathered, Module, Trigger, TriggerMapAnswer, WorksheetAnswer
from widgets import paper, sheet
from widgets.example import example
from widgets.pocket_card import PocketCardCard
from widgets.sheets.pocket_card import PERSON_SIZES, PLAN_SIZES, ROWS, face

CARD = content.load("08_min_plan").exercise("pocket-card")
MODULE = Module(name="08_test", language="nb", title="", summary="", parts=(), exercises=(CARD,))
HOSTILE = "</p><script>alert(1)</script>\"'&{if}"
LONG = "jeg kommer hjem til en tom leilighet sent på kvelden og ingen svarer når jeg ringer " * 5
MM = 96 / 25.4  # CSS pixels
DISCREET = re.compile(r"rus(?!info)|behandl|klinikk|ny kurs|lommekort|avheng|glipp|kurs", re.IGNORECASE)


def plan(number, if_text="bussen kommer", then_text="går jeg"):
    return Trigger(id=f"t{number}", text="x", category="people", if_text=if_text, then_text=then_text)


def answer(triggers=(), people=()):
    return Gathered(
        answers={
            CARD.plans.answers: TriggerMapAnswer(triggers=tuple(triggers)),
            CARD.people.answers: WorksheetAnswer(values={"contact": tuple(people)}),
        }
    )


def strip(shown):
    """What is on the card itself."""
    return shown[shown.index('<div class="pocket">') : shown.index('<div class="pocket-guides">')]


def filled(words, boxes, *given):
    return strip(face(CARD, answer(*given), words, boxes))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return PocketCardCard(MODULE, CARD, journal, words, boxes)


def test_the_first_three_plans_and_people_are_shown_and_no_more(words, boxes):
    triggers = [
        replace(plan(0), then_text=""),
        *(plan(number, f"hvis{number}", f"så{number}") for number in range(1, 6)),
    ]
    people = [("", "", ""), *((f"navn{number}", f"nr{number}", f"tid{number}") for number in range(1, 6))]
    shown = filled(words, boxes, triggers, people)
    for name in ("hvis", "så", "navn", "nr"):
        assert re.findall(rf"{name}(\d)", shown) == ["1", "2", "3"]
    assert "tid1" not in shown
    assert "pocket-empty" not in shown


def test_what_is_missing_is_lines_to_write_on(words, boxes):
    assert strip(sheet.blank(CARD, words, boxes)).count("pocket-empty") == 2 * ROWS
    assert filled(words, boxes, [plan(1)], [("Anne", "415", "")]).count("pocket-empty") == 2 * ROWS - 2


def test_the_help_text_is_the_short_form_to_the_letter_and_the_numbers_are_those_of_support(words, boxes):
    plain = re.sub(r"<[^>]+>", "", strip(sheet.blank(CARD, words, boxes)))
    for text in boxes["short"].paragraphs:
        assert text in plain
    known = {number.id: number for number in content.support("nb").numbers}
    for name in ("ambulance", "emergency-clinic", "mental-helse", "rusinfo"):
        assert known[name].number in plain
    assert f"RUSinfo: {known['rusinfo'].number}" in plain


def test_the_card_tells_nobody_what_it_is(words, boxes):
    plain = re.sub(r"<[^>]+>", " ", strip(sheet.blank(CARD, words, boxes)))
    assert not DISCREET.search(plain)


def test_hostile_and_odd_texts_are_escaped_and_put_on_one_line(words, boxes):
    shown = filled(words, boxes, [plan(1, HOSTILE, f"en\n\n{HOSTILE}")], [(HOSTILE, "ring\nmeg", ""), ("bare navn",)])
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 3
    assert "ring meg" in shown
    assert "bare navn" in shown


def sizes(shown):
    return [int(size) for size in re.findall(r"pocket-size-(\d)", shown)]


def test_short_texts_are_large_and_long_ones_small_but_never_below_the_last_size(words, boxes):
    short = filled(words, boxes, [plan(1)], [("Anne", "415 00 000")])
    long = filled(words, boxes, [plan(1, LONG, LONG)], [(LONG, LONG)])
    wide = filled(words, boxes, [plan(1, "W" * 70, "\N{GRINNING FACE}" * 70)], [("W" * 40, "1")])
    assert sizes(short) == [0, 0]
    assert min(sizes(wide)) > min(sizes(filled(words, boxes, [plan(1, "i" * 70, "i" * 70)], [("i" * 40, "1")])))
    assert sizes(long) == [len(PLAN_SIZES) - 1, len(PERSON_SIZES) - 1]


@pytest.mark.parametrize("first", [5, 60, 150, 400])
@pytest.mark.parametrize("second", [5, 60, 150, 400])
def test_a_plan_never_gets_more_lines_than_there_are_and_each_half_gets_one_at_least(first, second, words, boxes):
    shown = filled(words, boxes, [plan(1, LONG[:first], LONG[:second])])
    lines = [int(count) for count in re.findall(r"pocket-lines-(\d)", shown)]
    assert sum(lines) == PLAN_SIZES[sizes(shown)[0]][1]
    assert min(lines) >= 1


def test_a_long_then_gets_the_lines_that_a_short_if_leaves(words, boxes):
    shown = filled(words, boxes, [plan(1, "bussen", LONG)])
    assert re.findall(r"pocket-lines-(\d)", shown) == ["1", "5"]


def test_the_live_card_follows_the_answers_and_keeps_none(card, journal, words):
    assert words["pocket_card.empty"] in card.state.value
    journal.put(CARD.plans.answers, TriggerMapAnswer(triggers=(plan(1),)))
    assert "bussen kommer" in card.preview.value
    assert words["pocket_card.preview"] in card.state.value
    journal.put(CARD.people.answers, WorksheetAnswer(values={"contact": (("Anne", "415", ""),)}))
    assert "Anne" in card.preview.value
    assert len(journal) == 2
    journal.clear()
    assert "bussen kommer" not in card.preview.value


def test_it_says_in_words_which_exercises_its_texts_come_from(card):
    said = card.children[3].value
    assert CARD.plans.source.title in said
    assert CARD.people.source.title in said


def test_the_key_and_the_room_see_the_fictional_persons_card(words, boxes):
    shown = example(CARD)
    assert "Søsteren min" in sheet.key(CARD, words, boxes)
    assert strip(sheet.projected(CARD, words, boxes)) == strip(face(CARD, shown, words, boxes))


def test_the_card_of_module_seven_is_the_same_card_by_hand(words, boxes):
    other = content.load("07_tilbakefall").exercise("wallet-card")
    assert strip(sheet.blank(other, words, boxes)) == strip(sheet.blank(CARD, words, boxes))


def test_no_letter_on_the_card_is_smaller_than_six_and_a_half_points():
    style = paper.frame("nb", "x", draft=False).css
    points = re.findall(r"\.pocket[^{]*\{[^}]*font-size: calc\(([\d.]+) \* var\(--pt\)\)", style)
    assert len(points) >= len(PLAN_SIZES)
    assert min(map(float, points)) == 6.5


@pytest.mark.parametrize("given", [(), ([plan(1, LONG, LONG)] * 3, [(LONG, LONG)] * 3)], ids=["blank", "long"])
def test_weasyprint_prints_two_panels_of_85_x_54_mm(given, words, boxes):
    tools.require("Pango")
    import weasyprint

    around = paper.frame("nb", "x", draft=False)
    page = f"<style>{around.css}</style>{face(CARD, answer(*given), words, boxes)}"
    (printed,) = weasyprint.HTML(string=page).render().pages
    found = {}
    for box in printed._page_box.descendants():
        if box.element is not None and not isinstance(box.element, str) and hasattr(box, "border_height"):
            name = box.element.get("class", "")
            found.setdefault(name, []).append((box.border_width() / MM, box.border_height() / MM, box.position_y / MM))
    (whole,), (upper, lower) = found["pocket"], found["pocket-panel"]
    assert whole[:2] == pytest.approx((85, 108), abs=0.05)
    assert lower[2] - whole[2] == pytest.approx(54, abs=0.05)
    assert upper[:2] == pytest.approx(lower[:2])
