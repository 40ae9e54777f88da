"""The trigger map: what can be done to it, where it leads, what it shows, and how its labels are laid out."""

import random
import re
from dataclasses import replace
from html import escape, unescape
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from course import content, journal
from course.model import Category, Trigger, TriggerMap, TriggerMapAnswer
from widgets import map_figure, module, sheet, trigger_edits
from widgets.sheets.trigger_map import detail
from widgets.trigger_map import STEPS, TriggerMapCard, walk

SENTINEL = "hemmelig-7f3a"
HOSTILE = '<script>alert(1)</script> & "x" $\\frac{1}$ </title><b>\''
WORD_OF_SIXTY = "x" * 60


@pytest.fixture
def card():
    """The trigger map of the course, as a notebook shows it."""
    return module("07_tilbakefall")("triggers")


def again():
    """The same exercise on a page that has just been opened."""
    return module("07_tilbakefall")("triggers")


def act(card, action, **details):
    """What the browser sends when someone presses a button of the list."""
    card.list._handle_custom_msg({"action": action, **details}, [])


def plan(card, **written):
    """What the browser sends when someone types in a plan."""
    card.fields._handle_custom_msg(written, [])


def add(card, *texts):
    for text in texts:
        act(card, "add", text=text)


def texts(card):
    return [trigger.text for trigger in card.answer.triggers]


def only(card):
    (trigger,) = card.answer.triggers
    return trigger


def go_to(card, step):
    """Press «next» until a step is shown."""
    while card.place.step != step:
        before = card.place
        card.next.click()
        assert card.place != before
    return card


def shown(widget):
    return widget.layout.display != "none"


def read(markup):
    """The text of a piece of HTML."""
    return unescape(re.sub("<[^>]*>", "", markup))


# The list.


def test_own_words_come_into_the_list(card):
    add(card, "  lønnings\n dag ")
    assert texts(card) == ["lønnings dag"]
    assert card.list.items[0]["text"] == "lønnings dag"
    assert card.status.text == "Lagt til: lønnings dag"


def test_every_suggestion_of_every_category_can_be_added(card):
    for category in card.exercise.categories:
        card.category.chosen = [category.id]
        assert card.list.suggestions == list(category.suggestions)
        for text in category.suggestions:
            act(card, "suggest", text=text)
    expected = [(text, one.id) for one in card.exercise.categories for text in one.suggestions]
    assert [(trigger.text, trigger.category) for trigger in card.answer.triggers] == expected


def test_the_same_trigger_is_not_added_twice(card):
    add(card, "Uro", "uro")
    assert texts(card) == ["Uro"]
    assert "Uro" in card.status.text


def test_an_empty_field_adds_nothing_and_says_why(card):
    add(card, "   ")
    assert texts(card) == []
    assert card.status.text == card.words["trigger_map.write_first"]


def test_a_trigger_is_edited_in_place_and_keeps_its_ratings(card):
    card.category.chosen = ["times"]
    add(card, "fredag", "lørdag")
    card.keep(trigger_edits.update(card.answer, "t1", strength=7, then_text="ringer jeg"))
    act(card, "edit", id="t1")
    assert (card.list.editing, card.list.load["text"]) == ("t1", "fredag")
    card.category.chosen = ["people"]
    act(card, "save", id="t1", text="naboen")
    first = card.answer.triggers[0]
    assert first == Trigger(id="t1", text="naboen", category="people", strength=7, then_text="ringer jeg")
    assert (card.list.editing, card.list.focus["id"]) == ("", "t1")


def test_an_edit_can_be_given_up(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    act(card, "cancel")
    assert (texts(card), card.list.editing) == (["fredag"], "")


def test_saving_an_emptied_field_changes_nothing_and_the_edit_goes_on(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    act(card, "save", id="t1", text=" ")
    assert (texts(card), card.list.editing) == (["fredag"], "t1")


def test_removing_the_trigger_that_is_edited_ends_the_edit(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    act(card, "remove", id="t1")
    assert (texts(card), card.list.editing, card.list.load["text"]) == ([], "", "")


def test_an_act_on_a_trigger_that_is_gone_does_nothing(card):
    add(card, "fredag")
    act(card, "remove", id="t9")
    act(card, "edit", id="t9")
    assert (texts(card), card.list.editing) == (["fredag"], "")


def test_every_change_is_undone_in_turn_and_announced(card):
    add(card, "en", "to", "tre")
    act(card, "remove", id="t2")
    act(card, "edit", id="t1")
    act(card, "save", id="t1", text="en til")
    seen = [texts(card)]
    for _ in range(5):
        act(card, "undo")
        assert card.status.text.startswith("Angret")
        seen.append(texts(card))
    assert seen == [["en til", "tre"], ["en", "tre"], ["en", "to", "tre"], ["en", "to"], ["en"], []]
    act(card, "undo")
    assert card.status.text == card.words["trigger_map.nothing_to_undo"]


def test_undoing_an_edit_keeps_what_was_rated_after_it(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    act(card, "save", id="t1", text="lørdag")
    card.keep(trigger_edits.update(card.answer, "t1", strength=4))
    act(card, "undo")
    assert (only(card).text, only(card).strength) == ("fredag", 4)


def test_ids_are_unique_after_removing_and_undoing(card):
    add(card, "en", "to")
    act(card, "remove", id="t2")
    add(card, "tre")
    act(card, "undo")
    act(card, "undo")
    add(card, "fire")
    identifiers = [trigger.id for trigger in card.answer.triggers]
    assert len(set(identifiers)) == len(identifiers) == 3


@given(some.lists(some.tuples(some.sampled_from(["add", "edit", "remove"]), some.integers(0, 9)), max_size=25))
def test_undo_leads_back_through_every_state(steps):
    states, changes = [TriggerMapAnswer()], []
    for number, (kind, at) in enumerate(steps):
        answer = states[-1]
        if kind == "add" or not answer.triggers:
            change = trigger_edits.add(answer, f"ord {number}", "body")
        else:
            chosen = answer.triggers[at % len(answer.triggers)].id
            edit = trigger_edits.edit, (answer, chosen, f"nytt {number}", "times")
            function, arguments = edit if kind == "edit" else (trigger_edits.remove, (answer, chosen))
            change = function(*arguments)
        changes.append(change)
        states.append(trigger_edits.apply(answer, change))
        assert len({trigger.id for trigger in states[-1].triggers}) == len(states[-1].triggers)
    for before, after, change in reversed([*zip(states, states[1:], changes, strict=False)]):
        assert trigger_edits.undo(after, change) == before


# The way through.


@pytest.mark.parametrize("count", [0, 1, 8, 40])
def test_the_way_ends_in_landing_and_then_the_plan(count):
    steps = [place.step for place in walk([Trigger(id=f"t{n}", text="x", category="body") for n in range(count)])]
    assert [steps.index(step) for step in ("find", "map", "land", "done")] == sorted(
        steps.index(step) for step in ("find", "map", "land", "done")
    )
    assert ("map", "land") in pairwise(steps)
    assert steps[-1] == "done"
    assert "map" not in steps[steps.index("land") :]


@pytest.mark.parametrize("count", [0, 3])
def test_next_and_back_lead_through_every_place_and_show_one_at_a_time(card, count):
    add(card, *[f"ord {number}" for number in range(count)])
    seen = [card.place]
    while shown(card.next):
        card.next.click()
        seen.append(card.place)
        assert [step for step, box in card.boxes_by_step.items() if shown(box)] == [card.place.step]
    assert seen == walk(card.answer.triggers)
    back = [card.place]
    while shown(card.back):
        card.back.click()
        back.append(card.place)
    assert back == seen[::-1]


@pytest.mark.parametrize("step", ["find", "rate", "plan"])
def test_landing_is_one_press_away_wherever_something_is_written(card, step):
    add(card, "uro", "fredag")
    go_to(card, step)
    assert shown(card.enough)
    card.enough.click()
    assert card.place.step == "land"
    assert not shown(card.enough)


def test_the_rest_of_the_ratings_and_plans_can_be_left_out(card):
    add(card, "uro", "fredag", "krangel")
    go_to(card, "rate").skip.click()
    assert card.place.step == "map"
    go_to(card, "plan").skip.click()
    assert card.place.step == "done"


def test_private_words_stand_where_something_is_written_and_the_landing_is_the_exercises_own(card, boxes):
    add(card, "uro")
    assert boxes["private"].paragraphs[0] in read(card.private.value)
    for step in STEPS:
        go_to(card, step)
        assert shown(card.private) is (step in ("find", "rate", "plan"))
    for line in card.exercise.landing.splitlines():
        assert escape(line) in card.boxes_by_step["land"].value
    assert escape(card.exercise.ending) in card.boxes_by_step["done"].value


# Rating and planning.


@pytest.mark.parametrize("number", range(11))
def test_every_strength_can_be_chosen(card, number):
    add(card, "uro")
    go_to(card, "rate")
    card.strength.chosen = [f"t1:{number}"]
    assert only(card).strength == number


def test_every_how_often_can_be_chosen_and_the_rating_taken_away(card):
    add(card, "uro")
    go_to(card, "rate")
    for option in list(card.often.options):
        card.often.chosen = [option["id"]]
        assert f"t1:{only(card).often}" == option["id"]
    card.strength.chosen = ["t1:9"]
    card.clear.click()
    assert (only(card).strength, only(card).often) == (None, "")
    assert card.strength.chosen == card.often.chosen == []


def test_a_choice_that_arrives_late_still_belongs_to_its_own_trigger(card):
    add(card, "uro", "fredag")
    go_to(card, "rate").next.click()
    assert card.place.trigger == "t2"
    card.strength.chosen = ["t1:8"]
    plan(card, id="t1", if_text="uroen kommer", then_text="går jeg ut")
    first, second = card.answer.triggers
    assert (first.strength, first.then_text) == (8, "går jeg ut")
    assert (second.strength, second.then_text) == (None, "")


@pytest.mark.parametrize("step", ["rate", "plan"])
def test_a_trigger_is_chosen_from_the_list_of_all(card, step):
    add(card, "uro", "fredag", "krangel")
    go_to(card, step)
    choice = card.rate_choice if step == "rate" else card.plan_choice
    assert choice.value == "t1"
    choice.value = "t3"
    assert card.place.trigger == "t3"
    assert "3 av 3" in card.heading.text


def test_a_plan_is_kept_and_shown_at_the_end(card):
    add(card, "uro", "fredag")
    go_to(card, "plan")
    plan(card, id="t1", if_text="uroen kommer", then_text="går jeg ut.")
    assert card.answer.triggers[0].planned
    go_to(card, "done")
    assert "Hvis uroen kommer, så går jeg ut." in card.boxes_by_step["done"].value
    assert "fredag" not in card.boxes_by_step["done"].value


def test_without_plans_the_end_says_that_it_is_fine(card):
    assert card.words["trigger_map.plans_empty"] in go_to(card, "done").boxes_by_step["done"].value


# What is kept.


def test_everything_is_there_when_the_page_is_opened_again(card):
    card.category.chosen = ["times"]
    add(card, "fredag", "natta")
    go_to(card, "rate")
    card.strength.chosen = ["t1:6"]
    go_to(card, "plan")
    plan(card, id="t1", if_text="det blir fredag", then_text="går jeg ut")
    fresh = again()
    assert fresh.answer == card.answer
    assert fresh.place == card.place
    assert fresh.fields.shown["then_text"] == "går jeg ut"
    while shown(fresh.back):
        fresh.back.click()
    assert [item["text"] for item in fresh.list.items] == ["fredag", "natta"]
    assert fresh.category.chosen == ["times"]


def test_half_written_words_are_there_when_the_page_is_opened_again(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    act(card, "draft", text="fredag kv")
    fresh = again()
    assert (fresh.list.draft, fresh.list.editing) == ("fredag kv", "t1")


def test_opening_the_exercise_leaves_nothing_in_the_journal(card):
    assert len(journal.live) == 0


def test_a_change_on_another_page_is_shown_and_cannot_be_undone_here(card):
    other = again()
    add(card, "fredag")
    add(other, "lørdag")
    assert [item["text"] for item in card.list.items] == ["fredag", "lørdag"]
    act(card, "undo")
    assert texts(card) == ["fredag", "lørdag"]


def test_a_trigger_removed_on_another_page_does_not_strand_this_one(card):
    add(card, "fredag")
    go_to(card, "plan")
    other = again()
    other.keep(trigger_edits.apply(other.answer, trigger_edits.remove(other.answer, "t1")))
    assert card.place.step == "done"
    card.back.click()
    assert card.place.step == "land"


def test_saving_an_edit_of_a_trigger_removed_elsewhere_keeps_the_words(card):
    add(card, "fredag")
    act(card, "edit", id="t1")
    other = again()
    other.keep(trigger_edits.apply(other.answer, trigger_edits.remove(other.answer, "t1")))
    act(card, "save", id="t1", text="fredag kveld")
    assert texts(card) == ["fredag kveld"]


def test_nothing_entered_is_in_what_a_notebook_would_store(card):
    add(card, SENTINEL)
    for step in STEPS:
        go_to(card, step)
        bundle = card._repr_mimebundle_()
        assert SENTINEL not in repr(card) + bundle["text/plain"] + bundle["text/html"]
        assert SENTINEL not in str({kind: value for kind, value in bundle.items() if "widget-view" not in kind})


# The map, live and on paper.


def test_the_map_and_the_same_as_text_are_shown_together(card):
    add(card, "uro", "fredag")
    go_to(card, "rate")
    card.strength.chosen = ["t1:7"]
    shown_map = go_to(card, "map").boxes_by_step["map"].value
    assert "<svg" in shown_map
    assert "Sterkest sug: uro, 7 av 10." in shown_map
    for trigger in card.answer.triggers:
        assert f"<strong>{trigger.text}</strong>" in shown_map
        assert detail(card.exercise, trigger, card.words) in shown_map
    assert card.words["trigger_map.unrated_key"] in shown_map


def test_beyond_twelve_the_map_shows_numbers_and_says_where_the_words_are(card):
    add(card, *[f"ord{number:02}" for number in range(1, 14)])
    shown_map = go_to(card, "rate").skip.click() or card.boxes_by_step["map"].value
    picture, _, beside = shown_map.partition("</svg>")
    assert card.words["trigger_map.numbers_key"] in picture
    assert ">13</text>" in picture
    assert "ord13" not in picture
    assert beside.count("<li>") == 13


def test_a_blank_sheet_has_a_map_and_lines_for_a_pen_and_no_figure(card, words, boxes):
    blank = sheet.blank(card.exercise, words, boxes)
    assert blank.startswith('<section class="sheet sheet-trigger_map" id="sheet-triggers"><h3>')
    assert boxes["private"].paragraphs[0] in read(blank)
    assert blank.count("<td></td>") >= 11 * len(card.exercise.categories)
    assert '<div class="line">' in blank
    assert "<svg" not in blank
    assert blank.index("map-grid") < blank.index('class="landing"') < blank.index('class="line"')


def test_a_blank_sheet_does_not_change_when_answers_change(card, words, boxes):
    before = sheet.blank(card.exercise, words, boxes)
    add(card, SENTINEL)
    assert sheet.blank(card.exercise, words, boxes) == before == card._repr_mimebundle_()["text/html"]


def test_a_filled_sheet_shows_everything_and_escapes_hostile_text(card, words, boxes):
    trigger = Trigger(
        id="t1", text=HOSTILE, category="gone", strength=9, often="often", if_text=HOSTILE, then_text=HOSTILE
    )
    filled = sheet.filled(card.exercise, TriggerMapAnswer(triggers=(trigger,)), words, boxes)
    assert "<script" not in filled
    assert filled.count("<title") == filled.count("</title>") == 1
    assert "<b>" not in filled
    assert f"<td>{escape(HOSTILE)}</td>" in filled
    assert words["trigger_map.other"] in filled
    assert '<li class="chosen">9</li>' in filled
    assert filled.index("<svg") < filled.index('class="landing"') < filled.index('class="plans"')


def test_the_key_is_the_fictional_persons_map_and_says_so(card, words, boxes):
    key = sheet.key(card.exercise, words, boxes)
    assert key.startswith('<section class="key"><h4>')
    assert "oppdiktet" in key
    for trigger in card.exercise.example:
        assert escape(trigger.text) in key
    assert "<svg" in key


# The layout, measured with matplotlib's own renderer.

CATEGORIES = ("people", "places", "times", "feelings", "thoughts", "body", "situations")


@pytest.fixture(scope="module")
def exercise():
    return content.load("07_tilbakefall", "nb").exercise("triggers")


def composed(exercise, triggers):
    """The axes of a map, and the extents of its labels."""
    from matplotlib.figure import Figure

    drawing = Figure()
    map_figure.compose(drawing, exercise, triggers, content.words("nb"))
    drawing.draw_without_rendering()
    (axes,) = drawing.axes
    labels = [text for text in axes.texts if (text.get_gid() or "").startswith("label")]
    return axes, [text.get_window_extent() for text in labels]


def assert_readable(exercise, triggers):
    axes, extents = composed(exercise, triggers)
    frame = axes.get_window_extent()
    assert len(extents) == len(triggers)
    for extent in extents:
        assert frame.x0 <= extent.x0 < extent.x1 <= frame.x1
        assert frame.y0 <= extent.y0 < extent.y1 <= frame.y1
    for one, other in combinations(extents, 2):
        assert not one.overlaps(other)
    markers = [point for line in axes.lines for point in axes.transData.transform(line.get_xydata())]
    assert len(markers) == len(triggers)
    for x, y in markers:
        assert not any(extent.x0 < x < extent.x1 and extent.y0 < y < extent.y1 for extent in extents)


def example(count, seed, text="krangel med en jeg er glad i"):
    chosen = random.Random(seed)
    return [
        Trigger(
            id=f"t{number}",
            text=f"{text} {number}",
            category=chosen.choice(CATEGORIES),
            strength=chosen.choice([None, *range(11)]),
            then_text=chosen.choice(["", "går jeg ut"]),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 8, 12, 13, 40])
def test_no_label_overlaps_another_or_leaves_the_axes(exercise, count):
    assert_readable(exercise, example(count, seed=count))


@pytest.mark.parametrize("count", [1, 12, 40])
def test_forty_in_one_place_still_do_not_overlap(exercise, count):
    assert_readable(exercise, [replace(one, category="body", strength=10) for one in example(count, seed=1)])


@pytest.mark.parametrize("strength", [None, *range(11)])
def test_a_word_of_sixty_letters_stays_inside_wherever_it_stands(exercise, strength):
    assert_readable(exercise, [Trigger(id="t1", text=WORD_OF_SIXTY, category="body", strength=strength)])


def test_eight_words_of_sixty_letters_do_not_overlap(exercise):
    assert_readable(exercise, [replace(one, text=WORD_OF_SIXTY) for one in example(8, seed=5)])


TRIGGERS = some.lists(
    some.builds(
        Trigger,
        id=some.just("t"),
        text=some.text(max_size=90),
        category=some.sampled_from((*CATEGORIES, "gone")),
        strength=some.none() | some.integers(-3, 13),
        then_text=some.sampled_from(["", "x"]),
    ),
    max_size=16,
)


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@settings(max_examples=20, deadline=None)
@given(triggers=TRIGGERS)
def test_whatever_is_written_the_labels_do_not_overlap(exercise, triggers):
    # A label of nothing but spaces or unprintable letters has no box to measure.
    triggers = [one for one in triggers if map_figure.plain(one.text)]
    assert_readable(exercise, triggers)


def test_the_same_triggers_give_the_same_bytes_every_time(exercise, words):
    triggers = example(8, seed=3)
    assert map_figure.draw(exercise, triggers, words) == map_figure.draw(exercise, triggers, words)


def test_planned_and_not_planned_differ_in_shape_and_fill_and_are_named(exercise, words):
    axes, _ = composed(exercise, example(8, seed=3))
    looks = {(line.get_marker(), line.get_markerfacecolor()) for line in axes.lines}
    assert {shape for shape, _ in looks} == {"o", "D"}
    assert len({fill for _, fill in looks}) == 2
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named == [words["trigger_map.planned"], words["trigger_map.unplanned"]]


def test_a_long_word_is_broken_and_a_long_text_shortened():
    assert map_figure.wrap("abcdefgh", 4, len) == "abc-\ndef-\ngh"
    assert map_figure.wrap("en to tre fire fem seks", 6, len, most=2) == "en to\ntre…"
    assert map_figure.wrap("", 6, len) == ""


def test_a_map_without_categories_for_a_trigger_gets_a_row_for_the_rest(words):
    small = TriggerMap(id="small", title="Lite", categories=(Category(id="body", label="Kroppen"),))
    labels = map_figure.rows(small, [Trigger(id="t1", text="x", category="times")], words)
    assert list(labels.values()) == ["Kroppen", words["trigger_map.other"]]


def test_the_card_is_made_by_the_door(card):
    assert type(card) is TriggerMapCard
