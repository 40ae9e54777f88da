"""The check-in over time: live face, picture and printed face."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from course import content
from course.journal import Journal
from course.model import CheckIn, CheckInAnswer, CheckInEntry, Field, Module, frozen
from widgets import check_in, sheet
from widgets.check_in import CheckInCard
from widgets.check_in_figure import DATE_ROOM, MOST_DATES, RIGHT, WIDTH, column, dated, runs
from widgets.example import example
from widgets.sheets.check_in import COLUMNS, alternative, drawing, usable

MOOD = Field(id="mood", kind="scale", label="Hvordan er dagen?", low="tung", high="god")
URGE = Field(id="urge", kind="scale", label="Hvor sterkt er suget?", low="ikke noe", high="sterkt")
EXERCISE = CheckIn(
    id="my-days",
    title="Dagene mine",
    introduction="Bare hvis du vil.",
    private=True,
    scales=(MOOD, URGE),
    caption="Dårlige uker er ikke feil.",
    ending="Bli igjen ti minutter.",
    example=(
        CheckInEntry(date="2027-01-04", values=frozen({"mood": 4, "urge": 7})),
        CheckInEntry(date="2027-01-11", values=frozen({"mood": 6, "urge": 2})),
    ),
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(EXERCISE,))
TODAY = date(2027, 3, 1)


def entry(written, **values):
    return CheckInEntry(date=written, values=frozen(values))


def weeks(count):
    """So many days, a week apart, up and down."""
    days = (date(2027, 1, 4) + timedelta(weeks=number) for number in range(count))
    return tuple(entry(day.isoformat(), mood=number * 7 % 11, urge=number * 3 % 11) for number, day in enumerate(days))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setattr(check_in, "today", lambda: TODAY)


@pytest.fixture
def make(journal, words, boxes):
    return lambda: CheckInCard(MODULE, EXERCISE, journal, words, boxes)


def press(control, **content):
    """What a press in the page sends."""
    control._handle_custom_msg(content, [])


def add(card, written, **values):
    press(card.form, act="add", date=written, values=values)


def days(card):
    return {each.date: dict(each.values) for each in card.answer.entries}


def is_shown(widget):
    return widget.layout.display != "none"


def visible(card):
    return {
        name for name in ("note", "begin", "form", "figure", "below", "days", "ending") if is_shown(getattr(card, name))
    }


# The live face


def test_first_there_is_only_a_button(make):
    card = make()
    assert visible(card) == {"begin"}
    assert card.figure.value == ""


def test_a_check_in_opens_on_request_at_today_and_can_be_closed_without_anything_kept(make):
    card = make()
    card.begin.click()
    assert visible(card) == {"note", "form", "ending"}
    assert (card.form.date, card.form.focus) == ("2027-03-01", 1)
    press(card.form, act="close")
    assert visible(card) == {"begin"}
    assert card.form.cleared == 1
    assert days(card) == {}


def test_a_day_is_taken_along_said_shown_and_kept(make, words):
    card = make()
    card.begin.click()
    add(card, "2027-03-01", mood=3, urge=8)
    assert days(card) == {"2027-03-01": {"mood": 3, "urge": 8}}
    assert card.near.text == words["check_in.added"].format(date="01.03.2027")
    assert card.form.cleared == 1
    assert not card.form.undo
    assert "<svg" in card.figure.value
    assert EXERCISE.caption in card.below.value
    again = make()
    assert visible(again) == {"note", "begin", "figure", "below", "days", "ending"}
    assert [row["cells"] for row in again.days.rows] == [["3", "8"]]


def test_everything_may_be_skipped_but_an_empty_day_is_not_kept(make, words):
    card = make()
    card.begin.click()
    add(card, "2027-03-01")
    assert card.near.text == words["check_in.choose_first"]
    assert days(card) == {}
    add(card, "2027-03-01", urge=0)
    assert days(card) == {"2027-03-01": {"urge": 0}}
    assert card.days.rows[0]["cells"] == [words["check_in.none"], "0"]


@pytest.mark.parametrize("written", ["", "i dag", "2027-02-30", "0002-01-01", "2027-3-1", None, 20270301])
def test_without_a_day_nothing_is_kept_and_the_numbers_stay(make, words, written):
    card = make()
    card.begin.click()
    add(card, written, mood=3)
    assert card.near.text == words["check_in.date_first"]
    assert (days(card), card.form.cleared) == ({}, 0)


@pytest.mark.parametrize("value", [-1, 11, 3.5, True, "3", None, [3]])
def test_what_is_not_a_number_of_the_scale_is_not_kept(make, value):
    card = make()
    add(card, "2027-03-01", mood=value, urge=1, other=4)
    assert days(card) == {"2027-03-01": {"urge": 1}}


def test_days_stand_in_order_and_the_table_begins_with_the_newest(make):
    card = make()
    for written in ("2027-03-01", "2027-02-01", "2027-12-24"):
        add(card, written, mood=5)
    assert list(days(card)) == ["2027-02-01", "2027-03-01", "2027-12-24"]
    assert [row["name"] for row in card.days.rows] == ["24.12.2027", "01.03.2027", "01.02.2027"]


def test_the_same_day_is_replaced_and_said_and_can_be_undone(make, words):
    card = make()
    add(card, "2027-03-01", mood=3, urge=8)
    add(card, "2027-03-01", mood=4)
    assert days(card) == {"2027-03-01": {"mood": 4}}
    assert card.near.text == words["check_in.replaced"].format(date="01.03.2027")
    assert (card.form.undo, card.days.undo) == (True, False)
    press(card.form, act="undo")
    assert days(card) == {"2027-03-01": {"mood": 3, "urge": 8}}
    assert card.near.text == words["check_in.undone"].format(date="01.03.2027")
    assert not card.form.undo
    press(card.form, act="undo")
    assert days(card) == {"2027-03-01": {"mood": 3, "urge": 8}}


def test_a_day_is_removed_the_focus_goes_on_and_it_can_be_put_back(make, words):
    card = make()
    for each in weeks(3):
        add(card, each.date, **each.values)
    press(card.days, act="remove", date="2027-01-11")
    assert list(days(card)) == ["2027-01-04", "2027-01-18"]
    assert card.status.text == words["check_in.removed"].format(date="11.01.2027")
    assert card.near.text == ""
    assert card.days.goto == ["2027-01-04", 1]
    assert (card.form.undo, card.days.undo) == (False, True)
    press(card.days, act="undo")
    assert list(days(card)) == ["2027-01-04", "2027-01-11", "2027-01-18"]
    assert card.days.goto == ["2027-01-11", 2]
    assert card.status.text == words["check_in.undone"].format(date="11.01.2027")


def test_the_last_day_leaves_only_the_way_back(make):
    card = make()
    add(card, "2027-03-01", mood=3)
    press(card.days, act="remove", date="2027-03-01")
    assert visible(card) == {"begin", "days"}
    assert card.figure.value == card.below.value == ""
    assert card.days.goto == ["", 1]
    press(card.days, act="undo")
    assert days(card) == {"2027-03-01": {"mood": 3}}


def test_a_day_that_is_not_there_cannot_be_removed(make):
    card = make()
    add(card, "2027-03-01", mood=3)
    press(card.days, act="remove", date="2027-03-02")
    assert len(card.answer.entries) == 1
    assert not card.days.undo


def test_what_another_card_changes_is_shown_and_not_undone_here(make):
    first, second = make(), make()
    add(first, "2027-03-01", mood=3)
    assert len(second.days.rows) == 1
    press(second.days, act="remove", date="2027-03-01")
    add(first, "2027-03-08", mood=4)
    assert not second.days.undo
    press(second.days, act="undo")
    assert list(days(first)) == ["2027-03-08"]


def test_when_everything_is_emptied_nothing_stays_on_the_page(make, journal):
    card = make()
    card.begin.click()
    add(card, "2027-03-01", mood=3)
    journal.clear()
    assert visible(card) == {"begin"}
    assert card.near.text == card.status.text == card.figure.value == ""
    assert card.days.rows == []
    assert card.form.cleared == 2


def test_the_picture_is_drawn_only_when_its_days_have_changed(make, monkeypatch):
    card = make()
    drawn = []
    monkeypatch.setattr(check_in, "drawing", lambda *given: drawn.append(given) or drawing(*given))
    card.begin.click()
    add(card, "2027-03-01", mood=3)
    press(card.form, act="close")
    card.begin.click()
    assert len(drawn) == 1


def test_a_card_without_days_costs_no_drawing_library():
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_check_in import EXERCISE, MODULE\n"
        "from course import content\nfrom course.journal import Journal\nfrom widgets.check_in import CheckInCard\n"
        "card = CheckInCard(MODULE, EXERCISE, Journal(), content.words(), content.support().boxes)\n"
        "card._repr_mimebundle_()\n"
        "sys.exit(bool({'matplotlib', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_output_never_holds_an_entry(make):
    card = make()
    before = card._repr_mimebundle_()
    add(card, "2027-03-01", mood=3)
    after = card._repr_mimebundle_()
    for mime in ("text/html", "text/plain", "application/vnd.nykurs.card+json"):
        assert after[mime] == before[mime]


def test_an_answer_that_no_longer_fits_is_shown_as_far_as_it_does():
    kept = (
        entry("2027-01-11", mood=3, gone=4),
        entry("2027-01-04", urge=11, mood=2),
        entry("en dag", mood=3),
        entry("2027-01-18", gone=3),
    )
    shown = usable(EXERCISE, CheckInAnswer(entries=kept))
    assert [(each.date, dict(each.values)) for each in shown] == [
        ("2027-01-04", {"mood": 2}),
        ("2027-01-11", {"mood": 3}),
    ]


# The picture


@pytest.mark.parametrize("count", [1, 2, 10, 60])
def test_every_day_has_one_point_in_every_panel(words, count):
    figure = drawing(EXERCISE, weeks(count), words)
    assert figure.svg.count("<use") == 2 * count
    for scale in EXERCISE.scales:
        assert all(f">{text}</text>" in figure.svg for text in (scale.label, scale.low, scale.high))


@pytest.mark.parametrize("count", [*range(1, 30), 60, 365])
def test_written_dates_have_room_and_include_the_first_and_the_last_day(count):
    places = dated(count)
    assert (places[0], places[-1]) == (0, count - 1)
    assert len(places) <= MOST_DATES
    assert all(column(after, count) - column(before, count) >= DATE_ROOM for before, after in pairwise(places))
    assert column(count - 1, count) <= WIDTH - RIGHT


def test_a_line_joins_only_rated_neighbours_with_little_time_between():
    shown = (
        entry("2027-01-04", mood=1, urge=1),
        entry("2027-01-18", mood=2),
        entry("2027-02-02", mood=3, urge=3),
        entry("2027-02-03", mood=3, urge=3),
    )
    assert list(runs("mood", shown)) == [[0, 1], [2, 3]]
    assert list(runs("urge", shown)) == [[0], [2, 3]]


def test_the_words_for_the_picture_are_facts(words):
    shown = (entry("2027-01-04", mood=4), entry("2027-01-11", mood=8), entry("2027-01-18", mood=2, urge=5))
    assert alternative(EXERCISE, shown, words) == (
        "3 innsjekker fra 04.01.2027 til 18.01.2027. Hvordan er dagen? – først 4, sist 2, lavest 2, høyest 8. "
        "Hvor sterkt er suget? – 5."
    )
    assert alternative(EXERCISE, shown[:1], words) == (
        "Én innsjekk, 04.01.2027. Hvordan er dagen? – 4. Hvor sterkt er suget? – ikke valgt."
    )


def test_a_broken_line_is_explained_and_a_whole_one_is_not(words):
    whole, holed = weeks(3), (weeks(3)[0], weeks(3)[2], entry("2027-12-01", mood=1, urge=1))
    assert words["check_in.broken"] not in sheet.filled(EXERCISE, CheckInAnswer(entries=whole), words, NOTES)
    assert words["check_in.broken"] in sheet.filled(EXERCISE, CheckInAnswer(entries=holed), words, NOTES)


def test_the_picture_is_the_same_every_time_and_takes_words_as_they_are(words):
    odd = CheckIn(
        id="x", title="x", scales=(Field(id="mood", kind="scale", label="$a_b$ <b>&", low="$", high="<"),), caption=""
    )
    first = drawing(odd, weeks(3), words)
    assert first.html() == drawing(odd, weeks(3), words).html()
    assert ">$a_b$ &lt;b&gt;&amp;</text>" in first.svg
    assert "<b>" not in first.html()


# The printed face

NOTES = content.support("nb").boxes


def test_the_blank_sheet_has_a_grid_to_draw_in_and_the_private_words(words, boxes):
    blank = sheet.blank(EXERCISE, words, boxes)
    rows_to_mark = len(EXERCISE.scales) * 11
    assert blank.count("<td></td>") == COLUMNS * (rows_to_mark + 1)
    assert "<svg" not in blank
    for text in ("Ingen leser det du skriver her", EXERCISE.caption, EXERCISE.ending, MOOD.low, URGE.high):
        assert text in blank


def test_a_filled_sheet_has_the_picture_and_every_number(words, boxes):
    filled = sheet.filled(EXERCISE, CheckInAnswer(entries=weeks(60)), words, boxes)
    assert filled.count('<th scope="row">') == 60
    assert filled.count("<svg") == 1
    assert "Ingen leser det du skriver her" in filled


def test_without_a_day_the_filled_sheet_is_the_blank_one(words, boxes):
    assert sheet.filled(EXERCISE, CheckInAnswer(), words, boxes) == sheet.blank(EXERCISE, words, boxes)


def test_hostile_words_are_escaped_everywhere(words, boxes):
    bad = "<script>alert(1)</script>"
    scale = Field(id="mood", kind="scale", label=bad, low=bad, high=bad)
    hostile = CheckIn(id="x", title=bad, introduction=bad, scales=(scale,), caption=bad, ending=bad, example=weeks(2))
    kept = CheckInAnswer(
        entries=(*weeks(2), entry(bad, mood=3), CheckInEntry(date="2027-05-05", values={bad: 1, "mood": bad}))
    )
    for face in (
        sheet.blank(hostile, words, boxes),
        sheet.filled(hostile, kept, words, boxes),
        sheet.key(hostile, words, boxes),
    ):
        assert "<script" not in face


def test_the_key_and_the_room_see_only_the_fictional_person(words, boxes):
    assert "11.01.2027" in sheet.key(EXERCISE, words, boxes)
    assert words["sheet.projected"] in sheet.projected(EXERCISE, words, boxes)
    assert example(EXERCISE) == CheckInAnswer(entries=EXERCISE.example)
