"""The scenario: every way is found, taken, taken back and printed, hands are counted, and nothing is kept."""

import json
import re

import pytest

from course import branching, content, records
from course.journal import Journal
from course.model import Module, Scenario, ScenarioAnswer, ScenarioEnding, ScenarioOption, ScenarioStep, frozen
from widgets import presenting, sheet
from widgets.hands import MOST
from widgets.scenario import ScenarioCard


def option(name, to):
    return ScenarioOption(id=name, text=f"Kim <{name}>", reply=f"Etter {name}.", next=to)


STORY = Scenario(
    id="story",
    title="En fortelling",
    person="Kim liker å fiske.",
    steps=(
        ScenarioStep(
            id="home", text="Hjemme.", question="Hva nå?", options=(option("call", "visit"), option("rest", "calm"))
        ),
        ScenarioStep(
            id="visit",
            text="Besøk.",
            question="Hva sier Kim?",
            options=(option("thanks", "together"), option("later", "home")),
        ),
    ),
    endings=(
        ScenarioEnding(id="calm", text="Kim sover.", next_step="Spise frokost."),
        ScenarioEnding(id="together", text="De lager mat.", next_step="Avtale en ny dag."),
    ),
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(STORY,))
NAME = MODULE.answer_name(STORY)
EVERY = [
    (name, each) for name in content.names("nb") for each in content.load(name).exercises if type(each) is Scenario
]


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def card(journal, words, boxes):
    return ScenarioCard(MODULE, STORY, journal, words, boxes)


def send(card, **content):
    card.board._handle_custom_msg({"turn": card.board.place["turn"], **content}, [])


def choose(card, *names):
    for name in names:
        send(card, act="choose", id=name)


def raise_hand(card, name, by=1, times=1):
    for _ in range(times):
        send(card, act="count", id=name, by=by)


def press(card, act):
    send(card, act=act)


def tried(card):
    return [each["id"] for each in card.board.place["options"] if each["tried"]]


# Ways


def test_the_shortest_way_to_every_place_is_found():
    assert branching.ways(STORY.steps) == {
        "home": (),
        "visit": ("call",),
        "calm": ("rest",),
        "together": ("call", "thanks"),
    }


def test_a_circle_that_no_way_leaves_has_no_ending():
    circle = (
        ScenarioStep(id="a", text="", question="", options=(option("on", "b"), option("out", "end"))),
        ScenarioStep(id="b", text="", question="", options=(option("round", "c"), option("stay", "b"))),
        ScenarioStep(id="c", text="", question="", options=(option("back", "b"), option("again", "c"))),
    )
    assert branching.ending(circle, ["end"]) == {"a", "end"}


def test_another_way_is_the_last_choice_passed_that_has_something_untried_else_the_nearest():
    way, every = ("call", "thanks"), ["home/call", "home/rest", "visit/thanks", "visit/later"]
    assert branching.another(STORY, way, ["home/call", "visit/thanks"]) == ("call",)
    assert branching.another(STORY, way, ["home/call", "visit/thanks", "visit/later"]) == ()
    assert branching.another(STORY, ("rest",), ["home/call", "home/rest"]) == ("call",)
    assert branching.another(STORY, way, every) is None


# The card


def test_a_choice_leads_on_and_says_what_came_of_it(card, words):
    assert card.board.place["first"]
    assert card.board.place["heading"] == words["scenario.place"].format(number=1)
    turn = card.board.place["turn"]
    choose(card, "call")
    place = card.board.place
    assert (place["text"], place["question"], place["reply"]) == ("Besøk.", "Hva sier Kim?", "Etter call.")
    assert place["turn"] == turn + 1, "the focus goes to the heading"
    assert not place["first"]
    assert card.status.text == words["scenario.chosen"].format(text="Kim <call>", reply="Etter call.")
    assert not card.status.seen


def test_a_choice_that_is_pressed_twice_is_taken_once(card, words):
    turn = card.board.place["turn"]
    choose(card, "call")
    send(card, act="choose", id="call", turn=turn)
    assert card.answer.path == ("call",)
    assert card.status.text != words["card.fault"]


def test_an_ending_has_its_next_step_and_a_way_to_go_on(card, words):
    choose(card, "call", "thanks")
    place = card.board.place
    assert place["heading"] == words["scenario.end"].format(number=4)
    assert place["next_step"] == "Avtale en ny dag."
    assert (place["question"], place["options"]) == ("", [])


def test_back_takes_one_choice_back_and_marks_it_as_tried(card, words):
    press(card, "back")
    assert card.board.place["first"]
    choose(card, "call", "thanks")
    press(card, "back")
    assert card.board.place["heading"] == words["scenario.place"].format(number=2)
    assert tried(card) == ["thanks"]
    assert card.status.text == words["scenario.at"].format(number=2)
    press(card, "back")
    assert card.answer.path == ()
    assert tried(card) == ["call"]


def test_every_way_can_be_seen_one_after_the_other_until_all_were(card, words):
    choose(card, "call", "thanks")
    press(card, "another")
    assert card.answer.path == ("call",)
    assert card.status.text == words["scenario.untried"].format(number=2)
    choose(card, "later", "rest")
    assert card.board.place["text"] == "Kim sover."
    press(card, "another")
    assert card.answer.path == ()
    assert card.status.text == words["scenario.all_tried"]
    assert card.status.seen
    assert tried(card) == ["call", "rest"]


def test_hands_are_counted_and_gone_at_the_next_place(card, words):
    raise_hand(card, "rest", times=3)
    raise_hand(card, "call")
    raise_hand(card, "rest", by=-1)
    assert card.board.counts == {"rest": 2, "call": 1}
    assert card.status.text == words["tally.counted"].format(text="Kim <rest>", count=2)
    choose(card, "call")
    assert card.board.counts == {}


def test_a_count_stays_between_zero_and_ninety_nine_and_the_place_is_not_made_anew(card, words):
    place = card.board.place
    raise_hand(card, "call", by=-1)
    assert card.status.text == words["tally.none"].format(text="Kim <call>")
    raise_hand(card, "call", times=MOST + 1)
    assert card.board.counts == {"call": MOST}
    assert card.board.place is place


def test_what_was_emptied_elsewhere_begins_at_the_beginning_without_moving_the_focus(card, journal):
    choose(card, "call")
    turn = card.board.place["turn"]
    journal.clear()
    assert card.board.place["first"]
    assert card.board.place["turn"] == turn


@pytest.mark.faults_expected
def test_a_choice_that_is_not_here_changes_nothing(card, words):
    choose(card, "thanks")
    assert card.answer == ScenarioAnswer()
    assert card.status.text == words["card.fault"]


# Kept and shown


def test_it_is_for_the_room_and_never_kept():
    answer = ScenarioAnswer(path=("call",), tried=("home/call",), counts=frozen({"thanks": 4}))
    assert not presenting.is_private(STORY)
    assert records.write({NAME: answer}, {}, {})["answers"] == {}
    assert json.loads(records.Scribe().bytes({NAME: answer}, {}, {}, "nb"))["answers"] == {}


# Paper


def squares(printed):
    return dict(re.findall(r'<div class="square(?: end)?"><h4>(\d+)</h4>(.*?)</div>', printed))


def test_the_paper_game_leads_where_the_screen_does(words, boxes):
    printed = sheet.blank(STORY, words, boxes)
    found = squares(printed)
    assert list(found) == ["1", "2", "3", "4"]
    for letter, number, text in (("1a", 2, "call"), ("1b", 3, "rest"), ("2a", 4, "thanks"), ("2b", 1, "later")):
        onward = words["scenario.print_option"].format(letter=letter, number=number)
        assert f'Kim &lt;{text}&gt; <span class="onward">{onward}</span>' in found[letter[0]]
        assert f"<strong>{letter}</strong> Etter {text}." in printed.split(words["scenario.print_replies"])[1]
    assert "Spise frokost." in found["3"]
    assert f"<strong>{words['scenario.person']}:</strong> Kim liker å fiske." in printed


def test_what_comes_of_a_choice_stands_in_no_square(words, boxes):
    assert not any("Etter" in square for square in squares(sheet.blank(STORY, words, boxes)).values())


def test_a_filled_sheet_marks_what_was_chosen_and_nothing_else(words, boxes):
    printed = sheet.filled(STORY, ScenarioAnswer(path=("call", "later")), words, boxes)
    mark = f"<strong>({words['scenario.print_taken']})</strong>"
    assert [number for number, square in squares(printed).items() if mark in square] == ["1", "2"]
    assert printed.count(mark) == 2
    assert sheet.filled(STORY, ScenarioAnswer(), words, boxes) == sheet.blank(STORY, words, boxes)


def test_the_key_has_every_way_and_the_next_step_of_every_ending(words, boxes):
    key = sheet.key(STORY, words, boxes)
    for text, number in (("call", 2), ("rest", 3), ("thanks", 4), ("later", 1)):
        assert f"<strong>Kim &lt;{text}&gt; → {number}</strong> Etter {text}." in key
    for ending, way in ((STORY.endings[0], "1 → 3"), (STORY.endings[1], "1 → 2 → 4")):
        assert ending.next_step in key
        assert words["scenario.key_way"].format(way=way) in key
    assert words["tally.print_leader"] in key


# The course's own


@pytest.mark.parametrize(("name", "story"), EVERY, ids=[f"{name}/{each.id}" for name, each in EVERY])
def test_every_choice_of_a_story_can_be_taken_by_asking_for_another_way(name, story, words, boxes):
    card = ScenarioCard(content.load(name), story, Journal(), words, boxes)
    every = {branching.name(step, each) for step in story.steps for each in step.options}
    for _ in range(3 * len(every)):
        fresh = [each["id"] for each in card.board.place["options"] if not each["tried"]]
        choose(card, *fresh[:1]) if fresh else press(card, "another")
    assert set(card.answer.tried) == every
    assert card.status.text == words["scenario.all_tried"]
