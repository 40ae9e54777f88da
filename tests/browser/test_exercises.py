"""Exercises as a participant meets them: by keyboard alone, read from Chromium's accessibility tree."""

import pytest

from course import content, journal, notebooks, recap
from course.model import Quiz
from widgets import shuffle

MODULE = "01_avhengighet"


def quizzes():
    """The quizzes of the module as they are asked."""
    return [exercise for exercise in recap.of(content.load(MODULE)).exercises if isinstance(exercise, Quiz)]


def quiz_with(kind):
    """The first quiz of the module that asks a question of this kind, and the number of that question."""
    for exercise in quizzes():
        for place, question in enumerate(shuffle.drawn(exercise)):
            if question.kind == kind:
                return exercise, place
    raise AssertionError(f"no {kind} question in {MODULE}")


def unfold(page):
    """Open every «Fordypning»."""
    page.locator(".nykurs-page button[aria-expanded='false']").evaluate_all(
        "folds => folds.forEach(fold => fold.click())"
    )


def card_of(page, exercise):
    """The live card of an exercise, seen on the screen."""
    unfold(page)
    card = page.locator(".nykurs-card", has=page.get_by_role("heading", name=exercise.title, exact=True))
    card.scroll_into_view_if_needed()
    return card


def at_question(page, words, kind):
    """The card whose quiz has this kind of question, with that question on the screen, reached by keyboard."""
    exercise, place = quiz_with(kind)
    card = card_of(page, exercise)
    for number in range(place):
        following = shuffle.drawn(exercise)[number + 1].text
        card.get_by_role("button", name=words["quiz.next"]).press("Enter")
        card.get_by_role("group", name=following).wait_for()
    return card, shuffle.drawn(exercise)[place]


def focused(page):
    """The words of the element that has the focus."""
    return page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
        " || document.activeElement.value"
    )


def said(card):
    """What the card's live regions say now."""
    return " ".join(card.locator("[role='status']").all_text_contents()).strip()


def wait_said(card, sentence):
    """Wait until a live region says this; it speaks a moment after the page shows it."""
    card.get_by_role("status").filter(has_text=sentence).wait_for(state="attached")


def answer(page, card, words):
    """Press the answer button by keyboard and wait for the replies."""
    card.get_by_role("button", name=words["quiz.answer"]).press("Enter")
    card.locator(".nykurs-reply strong").first.wait_for()


def test_a_single_choice_is_made_with_arrow_keys_and_answered_where_the_focus_is(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "single")
    group = card.get_by_role("group", name=question.text)
    radios = group.get_by_role("radio")
    assert radios.count() == len(question.options)
    radios.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = radios.nth(1)
    assert chosen.is_checked()
    page.keyboard.press("Tab")
    assert focused(page) == words["quiz.answer"]
    page.keyboard.press("Enter")
    card.locator(".nykurs-reply strong").first.wait_for()
    option = next(
        option for option in question.options if option.text == chosen.evaluate("one => one.labels[0].textContent")
    )
    wait_said(card, option.reply)
    assert said(card).count(option.reply) == 1
    assert focused(page) == words["quiz.again"]


def test_keys_that_mean_something_to_a_notebook_do_nothing_on_a_radio_button(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "single")
    cells = page.locator(".jp-Cell").count()
    card.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for key in ("a", "b", "x", "d", "d", "m", "y", "Control+s", "Escape"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    assert card.get_by_role("radio").first.is_checked()
    assert page.locator(".jp-Dialog").count() == 0


def test_many_choices_are_ticked_by_keyboard_and_what_was_left_out_is_said(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "many")
    boxes = card.get_by_role("group", name=question.text).get_by_role("checkbox")
    boxes.first.focus()
    page.keyboard.press("Space")
    assert boxes.first.is_checked()
    answer(page, card, words)
    missed = [option for option in question.options if option.correct]
    left_out = [option for option in missed if not card.get_by_role("checkbox", name=option.text).is_checked()]
    assert left_out
    for option in left_out:
        wait_said(card, option.missed)


def test_a_claim_has_its_three_answers(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "claim")
    group = card.get_by_role("group", name=question.text)
    for name in ("holds", "fails", "depends"):
        assert group.get_by_role("radio", name=words[f"quiz.{name}"], exact=True).count() == 1


def test_steps_are_moved_by_buttons_that_keep_the_focus_and_say_the_new_place(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "order")
    first = card.locator(".nykurs-steps > li").first.locator(".nykurs-step > span").first.text_content()
    down = card.get_by_role("button", name=f"{words['quiz.down']}: {first}")
    down.press("Enter")
    place = words["quiz.moved"].format(text=first, place=2, count=len(question.steps))
    card.get_by_text(place).wait_for(state="attached")
    assert focused(page) == f"{words['quiz.down']}: {first}"
    shown = card.locator(".nykurs-steps > li").nth(1).locator(".nykurs-step > span").first.text_content()
    assert shown == first


def test_pairs_are_chosen_in_named_lists(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "match")
    for pair in question.pairs:
        chosen = card.get_by_role("combobox", name=pair.left)
        chosen.select_option(label=pair.right)
    answer(page, card, words)
    for pair in question.pairs:
        wait_said(card, pair.reply)


def test_going_on_moves_the_focus_to_the_next_question(open_module, words):
    page = open_module(MODULE)
    exercise = next(quiz for quiz in quizzes() if len(quiz.questions) > 1)
    card = card_of(page, exercise)
    card.get_by_role("button", name=words["quiz.next"]).press("Enter")
    question = shuffle.drawn(exercise)[1]
    card.get_by_role("group", name=question.text).wait_for()
    page.wait_for_function("text => document.activeElement.textContent === text", arg=question.text)


def test_the_slider_moves_the_figure_and_speaks_in_words(open_module):
    page = open_module(MODULE)
    unfold(page)
    card = page.locator(".nykurs-explore")
    slider = card.get_by_role("slider").first
    slider.focus()
    before, spoken = card.locator("figure").inner_html(), slider.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([card, before]) => card.querySelector('figure').innerHTML !== before", arg=[card.element_handle(), before]
    )
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([slider, spoken]) => slider.getAttribute('aria-valuetext') !== spoken",
        arg=[slider.element_handle(), spoken],
    )
    card.locator("[role='status']:not(:empty)").wait_for(state="attached")
    assert card.get_by_role("img").get_attribute("aria-labelledby")
    assert slider.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("name", content.names("nb"))
def test_every_exercise_of_every_module_is_live_without_a_click(open_module, name):
    page = open_module(name)
    unfold(page)
    cells = notebooks.read(content.MODULES / "nb" / f"{name}.ipynb")
    on_screen = {cell.shows for cell in cells if "paper-only" not in cell.tags}
    titles = [exercise.title for exercise in content.load(name).exercises if exercise.id in on_screen]
    shown = page.locator(".nykurs-card h3.nykurs-title").all_text_contents()
    assert sorted(shown) == sorted(titles)
    assert len(journal.live) == 0


def accessible(page):
    """Chromium's own accessibility tree, as dicts of role, name and the properties that are set."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        {
            "role": node.get("role", {}).get("value", ""),
            "name": node.get("name", {}).get("value", ""),
            **{item["name"]: item["value"].get("value") for item in node.get("properties", ())},
        }
        for node in nodes
        if not node.get("ignored")
    ]


def test_chromium_itself_tells_group_choice_state_reply_and_focus(open_module, words):
    page = open_module(MODULE)
    card, question = at_question(page, words, "single")
    radio = card.get_by_role("radio").first
    radio.focus()
    page.keyboard.press("Space")
    answer(page, card, words)
    option = next(one for one in question.options if one.text == radio.evaluate("one => one.labels[0].textContent"))
    wait_said(card, option.reply)
    tree = accessible(page)
    assert [node for node in tree if node["role"] == "group" and node["name"] == question.text]
    chosen = [node for node in tree if node["role"] == "radio" and node["name"] == option.text]
    assert [node["checked"] for node in chosen] == ["true"]
    live = [node for node in tree if node["role"] == "status" and node.get("live") == "polite"]
    assert live
    focus = [node for node in tree if node.get("focused") and node["role"] != "RootWebArea"]
    assert [(node["role"], node["name"]) for node in focus] == [("button", words["quiz.again"])]
