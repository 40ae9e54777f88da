"""The network map: what can be done to it, what its faces show, and how its labels are laid out."""

import math
import random
import re
from dataclasses import replace
from html import escape, unescape
from itertools import combinations, product

import answers
import pytest
from answers import NETWORK_MAP
from hypothesis import given, settings
from hypothesis import strategies as some

from course import content, journal
from course.model import Gathered, NetworkMapAnswer, Person, Plan, Section, frozen
from widgets import door, network_edits, network_figure, sheet
from widgets.network_figure import CIRCLES, PAGE, PEN, SHAPES, TELEPHONE, WALL
from widgets.network_map import MOST_PEOPLE, NetworkMapCard
from widgets.sheets import plan
from widgets.sheets.network_map import detail

SENTINEL = "hemmelig-9c1b"
HOSTILE = '<script>alert(1)</script> & "x" $\\frac{1}$'
WORD_OF_SIXTY = "x" * 60
EXERCISE = replace(NETWORK_MAP, landing="Kjenn føttene.\nSe deg rundt.", ending="Si fra før du går.")


def made():
    module = answers.module_of(EXERCISE)
    return door.card(EXERCISE, module, content.words("nb"), content.support("nb"))


@pytest.fixture
def card():
    """A network map as a notebook shows it."""
    return made()


def act(card, action, **details):
    """What the browser sends when someone presses a button of the list."""
    card.list._handle_custom_msg({"action": action, **details}, [])


def choose(card, circle, effect):
    card.circle.chosen, card.effect.chosen = [circle], [effect]


def add(card, *texts, circle="near", effect="helps"):
    choose(card, circle, effect)
    for text in texts:
        act(card, "add", text=text)


def texts(card):
    return [person.text for person in card.answer.people]


def read(markup):
    return unescape(re.sub("<[^>]*>", "", markup))


# The list.


def test_somebody_comes_on_the_map_with_a_circle_and_what_the_contact_does(card):
    assert type(card) is NetworkMapCard
    add(card, "  gammel\n venn ", circle="far", effect="both")
    assert card.answer.people == (Person(id="p1", text="gammel venn", circle="far", effect="both"),)
    assert card.list.items == [{"id": "p1", "text": "gammel venn", "detail": "Langt unna, begge deler"}]
    assert card.status.text == "Lagt til: gammel venn, Langt unna, begge deler"


@pytest.mark.parametrize(("chosen", "word"), [({}, "circle"), ({"circle": ["near"]}, "effect")])
def test_nobody_is_placed_by_chance_and_the_words_stay_in_the_field(card, chosen, word):
    for name, value in chosen.items():
        getattr(card, name).chosen = value
    act(card, "add", text="tante")
    assert texts(card) == []
    assert card.list.load["text"] == "tante"
    assert card.status.text == card.words[f"network_map.choose_{word}"]


def test_too_long_words_and_a_full_map_are_refused_and_the_words_stay(card):
    add(card, "x" * 61)
    assert (texts(card), card.list.load["text"]) == ([], "x" * 61)
    add(card, *[f"nabo {number}" for number in range(MOST_PEOPLE + 1)])
    assert len(texts(card)) == MOST_PEOPLE
    assert card.status.text == card.words["network_map.full"].format(most=MOST_PEOPLE)
    act(card, "edit", id="p1")
    act(card, "save", id="p1", text="tante")
    assert texts(card)[0] == "tante"


def test_the_same_role_stands_once_in_a_circle_and_may_stand_in_another(card):
    add(card, "Nabo", "nabo")
    add(card, "nabo", circle="far")
    assert [(one.text, one.circle) for one in card.answer.people] == [("Nabo", "near"), ("nabo", "far")]


def test_somebody_is_changed_taken_away_and_all_of_it_undone(card):
    add(card, "tante", "nabo")
    before = card.answer
    act(card, "edit", id="p2")
    assert (card.list.editing, card.list.load["text"]) == ("p2", "nabo")
    choose(card, "middle", "harms")
    act(card, "save", id="p2", text="naboen")
    changed = card.answer
    assert changed.people[1] == Person(id="p2", text="naboen", circle="middle", effect="harms")
    act(card, "remove", id="p1")
    assert texts(card) == ["naboen"]
    act(card, "undo")
    assert card.answer == changed
    act(card, "undo")
    assert card.answer == before
    act(card, "undo")
    act(card, "undo")
    assert texts(card) == []
    act(card, "undo")
    assert card.status.text == card.words["network_map.nothing_to_undo"]


def test_an_edit_shows_what_was_chosen_and_can_be_given_up(card):
    add(card, "tante", circle="middle", effect="both")
    choose(card, "near", "helps")
    act(card, "edit", id="p1")
    assert (card.circle.chosen, card.effect.chosen) == (["middle"], ["both"])
    act(card, "cancel")
    assert (texts(card), card.list.editing) == (["tante"], "")


@settings(max_examples=40, deadline=None)
@given(data=some.data())
def test_whatever_is_done_can_be_undone_step_by_step(data):
    answer, changes, states = NetworkMapAnswer(), [], []
    places = some.tuples(some.sampled_from(CIRCLES), some.sampled_from([*SHAPES]))
    for number in range(data.draw(some.integers(1, 12))):
        states.append(answer)
        one = data.draw(some.sampled_from([*answer.people])) if answer.people and data.draw(some.booleans()) else None
        if one is None:
            change = network_edits.add(answer, f"navn {number}", *data.draw(places))
        elif data.draw(some.booleans()):
            change = network_edits.edit(answer, one.id, f"nytt {number}", *data.draw(places))
        else:
            change = network_edits.remove(answer, one.id)
        changes.append(change)
        answer = network_edits.apply(answer, change)
        assert len({person.id for person in answer.people}) == len(answer.people)
    for before, change in zip(reversed(states), reversed(changes), strict=True):
        answer = network_edits.undo(answer, change)
        assert answer == before


def test_everything_is_there_when_the_page_is_opened_again(card):
    assert len(journal.live) == 0
    add(card, "tante", circle="far", effect="both")
    act(card, "draft", text="nab")
    fresh = made()
    assert fresh.answer == card.answer
    assert (fresh.circle.chosen, fresh.effect.chosen, fresh.list.draft) == (["far"], ["both"], "nab")


def test_a_change_on_another_page_is_shown_and_cannot_be_undone_here(card):
    other = made()
    add(card, "tante")
    add(other, "nabo")
    assert [item["text"] for item in card.list.items] == ["tante", "nabo"]
    act(card, "undo")
    assert texts(card) == ["tante", "nabo"]


def test_nothing_entered_is_in_what_a_notebook_would_store(card):
    add(card, SENTINEL)
    bundle = card._repr_mimebundle_()
    assert SENTINEL not in repr(card) + bundle["text/plain"] + bundle["text/html"]
    assert SENTINEL not in str({kind: value for kind, value in bundle.items() if "widget-view" not in kind})


# The faces.


def test_the_map_says_in_words_all_that_it_shows(card):
    add(card, "tante", "nabo", circle="far", effect="both")
    add(card, "søster")
    title = unescape(re.search("<title[^>]*>(.*?)</title>", card.figure.value)[1])
    assert title == (
        "Tre sirkler utenpå hverandre, med deg i midten. "
        "Nær: søster (hjelper). Langt unna: tante (begge deler), nabo (begge deler)."
    )


def test_an_empty_map_is_drawn_and_says_something_kind(card):
    assert "<svg" in card.figure.value
    assert card.list.words["list_empty"] == card.words["network_map.list_empty"]
    assert "ingen på kartet ennå" in card.figure.value


def test_beyond_twelve_the_map_shows_numbers_and_says_where_the_words_are(card):
    add(card, *[f"ord{number:02}" for number in range(1, 14)])
    picture = re.sub("<title.*?</title>", "", card.figure.value)
    assert picture.count(card.words["network_map.numbers_key"]) == picture.count(">13</text>") == 2
    assert "ord13" not in picture


def test_on_a_telephone_the_map_always_shows_numbers_and_is_no_wider_than_the_page(card):
    add(card, *[f"ord{number:02}" for number in range(1, 13)])
    wide, narrow = re.sub("<title.*?</title>", "", card.figure.value).split("</figure>")[:2]
    assert "ord12" in wide
    assert card.words["network_map.numbers_key"] not in wide
    assert ">12</text>" in narrow
    assert "ord12" not in narrow
    assert card.words["network_map.numbers_key"] in narrow
    sizes = [composed(example(12, seed), TELEPHONE).figure.get_size_inches()[0] * 72 for seed in range(5)]
    assert max(sizes) <= 326  # what a telephone of 390 points has inside the card


def test_safety_and_the_private_words_stand_above_the_map_on_every_face(words, boxes):
    answer = NetworkMapAnswer(people=EXERCISE.example)
    faces = (
        sheet.blank(EXERCISE, words, boxes),
        sheet.filled(EXERCISE, answer, words, boxes),
        sheet.projected(EXERCISE, words, boxes),
    )
    for face in faces:
        assert boxes["private"].paragraphs[0] in read(face)
        assert face.index('class="note private"') < face.index(EXERCISE.safety) < face.index("<svg")
        assert face.index("<svg") < face.index('class="landing"') < face.index(EXERCISE.ending)


def test_a_blank_sheet_has_three_circles_and_nobody_in_them(card, words, boxes):
    add(card, SENTINEL)
    blank = sheet.blank(EXERCISE, words, boxes)
    assert blank == card._repr_mimebundle_()["text/html"]
    assert all(f">{title}</text>" in blank for title in ("Nær", "Midt imellom", "Langt unna", "Hjelper", "Meg"))
    assert "tante, nabo" in blank
    assert blank.count("<td></td><td></td><td></td>") == 8
    assert "søster" not in blank
    assert sheet.filled(EXERCISE, NetworkMapAnswer(), words, boxes) == blank


def test_a_filled_sheet_has_everybody_as_a_row_and_escapes_hostile_text(words, boxes):
    person = Person(id="p1", text=HOSTILE, circle="middle", effect="harms")
    filled = sheet.filled(EXERCISE, NetworkMapAnswer(people=(person,)), words, boxes)
    assert "<script" not in filled
    assert f"<td>{escape(HOSTILE)}</td><td>Midt imellom</td><td>Tynger</td>" in filled


def test_there_is_no_key_and_the_wall_shows_the_fictional_person(words, boxes):
    assert sheet.key(EXERCISE, words, boxes) == ""
    shown = sheet.projected(EXERCISE, words, boxes)
    assert words["sheet.projected"] in read(shown)
    assert "<td>søster</td>" in shown
    without = replace(EXERCISE, example=())
    assert sheet.projected(without, words, boxes) == sheet.blank(without, words, boxes)


def test_a_plan_shows_those_who_help_the_nearest_first_and_nobody_else(words, boxes):
    section = Section(id="s", title="Folk", exercise="01_test/network", source=EXERCISE, answers="network")
    places = enumerate(product(reversed(CIRCLES), SHAPES))
    people = tuple(Person(id=f"p{n}", text=f"{c}-{e}", circle=c, effect=e) for n, (c, e) in places)
    gathered = Gathered(answers=frozen({"network": NetworkMapAnswer(people=people)}))
    shown = plan.helpers(section, gathered)
    assert re.findall("<li>(.*?)</li>", shown) == ["near-helps", "middle-helps", "far-helps"]
    assert plan.helpers(section, Gathered(), "ingen") == "ingen"


def test_a_live_plan_hears_of_a_new_helper_and_says_where_the_map_is(words):
    section = Section(id="s", title="Folk", exercise="01_test/network", source=EXERCISE, answers="network")
    whole = Plan(id="plan", title="Min plan", private=True, sections=(section,))
    live = door.card(whole, answers.module_of(whole), words, content.support("nb"))
    (shown,) = live.parts["s"].widgets
    assert words["plan.no_people"] in shown.value
    people = (Person(id="p1", text="tante", circle="far", effect="helps"),)
    journal.live.put("network", NetworkMapAnswer(people=people))
    assert "<li>tante</li>" in shown.value
    assert words["plan.people"].format(title=EXERCISE.title) in shown.value
    assert "<li>tante</li>" in sheet.filled(whole, live.answer, words, content.support("nb").boxes)


# The layout, measured with matplotlib's own renderer.


def composed(people, paper):
    """The axes of a map when it has been drawn."""
    from matplotlib.figure import Figure

    drawing = Figure()
    network_figure.compose(drawing, EXERCISE, people, content.words("nb"), paper)
    drawing.draw_without_rendering()
    (axes,) = drawing.axes
    return axes


def extents(axes, *kinds):
    """The boxes of all texts of these kinds."""
    return [text.get_window_extent() for text in axes.texts if text.get_gid().startswith(kinds) and text.get_text()]


def assert_readable(people, paper=PAGE):
    axes = composed(people, paper)
    frame = axes.get_window_extent()
    said = extents(axes, "label", "ring", "me", "legend")
    for extent in said:
        assert frame.x0 <= extent.x0 < extent.x1 <= frame.x1
        assert frame.y0 <= extent.y0 < extent.y1 <= frame.y1
    for one, other in combinations(said, 2):
        assert not one.overlaps(other)
    signs = [tuple(axes.transData.transform(line.get_xydata())[0]) for line in axes.lines]
    assert len(signs) == len(people) + len(SHAPES)
    half = network_figure.MARKER / 2
    for (x, y), extent in product(signs, said):
        assert not (extent.x0 - half < x < extent.x1 + half and extent.y0 - half < y < extent.y1 + half)
    for (x, y), (second, other) in combinations(signs, 2):
        assert abs(x - second) > 2 * half or abs(y - other) > 2 * half
    assert_in_their_rings(axes, people)


def assert_in_their_rings(axes, people):
    """Every corner of every label is inside its own circle, and outside the one within."""
    edges = sorted((one.width / 2, one.height / 2) for one in axes.patches)  # the middle, and the three circles
    circle_of = {f"label-{person.id}": CIRCLES.index(person.circle) for person in people}
    for text in (text for text in axes.texts if text.get_gid().startswith("label")):
        box = text.get_window_extent().transformed(axes.transData.inverted())
        inner, outer = edges[circle_of[text.get_gid()]], edges[circle_of[text.get_gid()] + 1]
        corners = [*product((box.x0, box.x1), (box.y0, box.y1))]
        assert all(math.hypot(x / outer[0], y / outer[1]) < 1 for x, y in corners)
        assert all(math.hypot(x / inner[0], y / inner[1]) > 1 for x, y in corners)


def example(count, seed, text="gammel venn fra skolen"):
    chosen = random.Random(seed)
    return [
        Person(id=f"p{n}", text=f"{text} {n}", circle=chosen.choice(CIRCLES), effect=chosen.choice([*SHAPES]))
        for n in range(count)
    ]


@pytest.mark.parametrize("paper", [PAGE, WALL, TELEPHONE, PEN], ids=["page", "wall", "telephone", "pen"])
@pytest.mark.parametrize("count", [0, 1, 2, 8, 12, 13, 40, 60])
def test_no_label_overlaps_another_or_leaves_its_ring(count, paper):
    assert_readable(example(count, seed=count), paper)


@pytest.mark.parametrize("circle", CIRCLES)
@pytest.mark.parametrize("count", [1, 2, 12, 13, 60])
def test_sixty_in_one_circle_still_do_not_overlap(count, circle):
    assert_readable([replace(one, circle=circle) for one in example(count, seed=1)])


@pytest.mark.parametrize("paper", [PAGE, WALL], ids=["page", "wall"])
def test_twelve_words_of_sixty_letters_do_not_overlap(paper):
    assert_readable([replace(one, text=WORD_OF_SIXTY) for one in example(12, seed=5)], paper)


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
def test_a_sign_that_is_three_times_as_high_as_others_has_its_own_room():
    assert_readable([replace(one, text="en \ua92b to \u0f73\u0f75 tre") for one in example(9, seed=5)])


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@settings(max_examples=20, deadline=None)
@given(
    people=some.lists(
        some.builds(
            Person,
            id=some.uuids().map(str),
            text=some.text(max_size=90),
            circle=some.sampled_from(CIRCLES),
            effect=some.sampled_from([*SHAPES]),
        ),
        max_size=16,
    )
)
def test_whatever_is_written_the_labels_do_not_overlap(people):
    # A label of nothing but spaces or unprintable letters has no box to measure.
    assert_readable([one for one in people if network_figure.plain(one.text)])


def test_a_map_stays_small_enough_for_a_page():
    for count, circle in product((0, 12, 60), (*CIRCLES, "")):
        those = example(count, seed=count)
        people = [replace(one, circle=circle or one.circle, text="Anne fra koret") for one in those]
        wide, high = composed(people, PAGE).figure.get_size_inches() * 72
        assert wide <= 620  # letters of 11 points become 9 on A4, at the least
        assert high <= 650


def test_what_the_contact_does_is_told_by_shape_and_fill_and_word_and_never_by_colour(words):
    axes = composed([replace(one, effect=effect) for one, effect in zip(example(3, 1), SHAPES, strict=True)], PAGE)
    looks = {line.get_gid(): (line.get_marker(), line.get_fillstyle()) for line in axes.lines}
    assert len(looks) == len({shape for shape, _ in looks.values()}) == len({fill for _, fill in looks.values()}) == 3
    assert {line.get_color() for line in axes.lines} == {network_figure.INK}
    named = [text.get_text() for text in axes.texts if text.get_gid() == "legend"]
    assert named == ["Hjelper", "Begge deler", "Tynger"]
    markup = network_figure.draw(EXERCISE, example(12, 1), words).svg
    colours = {tuple(bytes.fromhex(found)) for found in re.findall('(?:fill|stroke)[=:] ?"?#([0-9a-f]{6})', markup)}
    assert len(colours) > 2
    assert all(red <= green for red, green, _ in colours)  # nothing leans to red


def test_the_same_people_give_the_same_bytes_every_time(words):
    people = example(8, seed=3)
    assert network_figure.draw(EXERCISE, people, words) == network_figure.draw(EXERCISE, people, words)


def test_the_order_of_the_circles_in_a_file_does_not_move_them(words):
    turned = replace(EXERCISE, circles=EXERCISE.circles[::-1])
    people = example(8, seed=3)
    assert network_figure.draw(turned, people, words) == network_figure.draw(EXERCISE, people, words)
    assert detail(turned, people[0], words) == detail(EXERCISE, people[0], words)
