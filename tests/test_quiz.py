"""The quiz: live face, replies and printed face."""

import itertools
from dataclasses import replace

import pytest

from course import content
from course.journal import Journal
from course.model import Closing, Module, Option, Pair, Question, Quiz, QuizAnswer, Step
from widgets import sheet, shuffle
from widgets.quiz import QuizCard

CLAIM = tuple(
    Option(id=name, text="", reply=f"tilsvar {name}", correct=name == "depends")
    for name in ("holds", "fails", "depends")
)
QUESTIONS = (
    Question(
        id="one",
        kind="single",
        text="Hvilken?",
        options=(
            Option(id="a", text="Den første", reply="tilsvar a", correct=True),
            Option(id="b", text="Den andre", reply="tilsvar b"),
        ),
        explanation="Forklaringen.",
    ),
    Question(
        id="several",
        kind="many",
        text="Hvilke?",
        options=(
            Option(id="x", text="Iks", reply="tilsvar x", correct=True, missed="uteglemt x"),
            Option(id="y", text="Ypsilon", reply="tilsvar y", correct=True, missed="uteglemt y"),
            Option(id="z", text="Sett", reply="tilsvar z"),
        ),
    ),
    Question(id="claim", kind="claim", text="Alle er like.", options=CLAIM),
    Question(
        id="order",
        kind="order",
        text="I hvilken rekkefølge?",
        steps=tuple(Step(id=name, text=f"steg {name}", reply=f"tilsvar {name}") for name in ("p", "q", "r")),
    ),
    Question(
        id="pairs",
        kind="match",
        text="Hva hører sammen?",
        pairs=tuple(
            Pair(id=name, left=f"venstre {name}", right=f"høyre {name}", reply=f"tilsvar {name}") for name in "kml"
        ),
    ),
)
QUIZ = Quiz(
    id="all",
    title="Alle slag",
    questions=QUESTIONS,
    closings=(Closing(least=0, text="Fint at du prøvde."), Closing(least=0.8, text="Dette kan du mye om.")),
)
MODULE = Module(name="99_test", language="nb", title="Test", summary="", parts=(), exercises=(QUIZ,))


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
def make(journal, words, boxes):
    """A new card over the same journal, as after going away and coming back."""
    return lambda quiz=QUIZ, module=MODULE: QuizCard(module, quiz, journal, words, boxes)


def press(button):
    button.click()


def go_to(card, question_id):
    while card.question.id != question_id:
        press(card.next_button)


def choose(card, chosen):
    """Choose on the screen, as a participant's click does."""
    view = card.views.of(card.question)
    if card.question.kind == "order":
        texts = {step.id: step.text for step in card.question.steps}
        view.widget.items = [{"id": name, "text": texts[name]} for name in chosen]
    elif card.question.kind == "match":
        for choice, name in zip(view.lists.values(), chosen, strict=True):
            choice.value = name
    else:
        view.widget.chosen = list(chosen)


def right(question):
    if question.kind == "order":
        return [step.id for step in question.steps]
    if question.kind == "match":
        return [pair.id for pair in question.pairs]
    return [option.id for option in question.options if option.correct]


def every_choice(question):
    """Ways to answer: each option, for many each set of them, for order and match each item in each place."""
    if question.kind in ("order", "match"):
        wanted = right(question)
        return [(*wanted[turn:], *wanted[:turn]) for turn in range(len(wanted))]
    ids = [option.id for option in question.options]
    if question.kind == "many":
        return [chosen for size in range(1, len(ids) + 1) for chosen in itertools.combinations(ids, size)]
    return [(name,) for name in ids]


def said_replies(card):
    view = card.views.of(card.question)
    if card.question.kind == "match":
        return {name: said.value for name, said in view.said.items() if said.value}
    return {name: said["text"] for name, said in view.widget.replies.items()}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.kind)
def test_every_choice_of_every_kind_gets_its_replies_and_is_announced_once(make, question):
    card = make()
    for chosen in every_choice(question):
        press_restart(card)
        go_to(card, question.id)
        choose(card, chosen)
        before = card.status.turn
        press(card.answer_button)
        said = said_replies(card)
        expected_ids = set(chosen) | set(right(question))
        assert set(said) == expected_ids
        assert card.status.turn == before + 1
        for name in expected_ids:
            assert any(said[name] and part in card.status.text for part in (f"tilsvar {name}", f"uteglemt {name}"))


def press_restart(card):
    card.keep(QuizAnswer())
    card._start(card.answer)


def test_an_option_that_should_have_been_chosen_says_so(make):
    card = make()
    go_to(card, "several")
    choose(card, ["x"])
    press(card.answer_button)
    assert said_replies(card) == {"x": "tilsvar x", "y": "uteglemt y"}
    assert card.views.of(card.question).widget.replies["y"]["tone"] == "missed"


def test_nothing_is_answered_before_something_is_chosen(make, words):
    card = make()
    press(card.answer_button)
    assert card.status.text == words["quiz.choose_first"]
    assert not card.given(card.question).checked


def test_try_again_forgets_the_choice_and_the_replies(make):
    card = make()
    choose(card, ["b"])
    press(card.answer_button)
    press(card.answer_button)
    assert card.given(card.question).chosen == ()
    assert said_replies(card) == {}
    assert not card.views.of(card.question).widget.locked


def test_the_quiz_opens_where_it_was_left(make):
    first = make()
    choose(first, ["a"])
    press(first.answer_button)
    press(first.next_button)
    choose(first, ["z"])
    again = make()
    assert again.question.id == "several"
    assert again.views.of(again.question).chosen() == ("z",)
    press(again.back_button)
    assert said_replies(again) == {"a": "tilsvar a"}


def test_a_choice_in_another_card_with_the_same_answer_is_shown_here(make):
    here, there = make(), make()
    choose(there, ["b"])
    press(there.answer_button)
    assert said_replies(here)["b"] == "tilsvar b"


def test_an_order_can_be_answered_as_it_stands(make):
    card = make()
    go_to(card, "order")
    press(card.answer_button)
    assert card.given(card.question).checked
    assert card.given(card.question).chosen != tuple(right(card.question))


@pytest.mark.parametrize(
    ("how_many", "closing"), [(0, "Fint at du prøvde."), (3, "Fint at du prøvde."), (5, "Dette kan du mye om.")]
)
def test_the_closing_text_follows_the_answers_and_holds_no_number(make, how_many, closing):
    card = make()
    for place, question in enumerate(QUESTIONS):
        wanted = right(question)
        wrong = list(reversed(wanted)) if question.kind in ("order", "match") else [every_choice(question)[-1][0]]
        if question.id == "claim":
            wrong = ["holds"]
        choose(card, wanted if place < how_many else wrong)
        press(card.answer_button)
        press(card.next_button)
    assert card.question is None
    assert closing in card.explanation.value
    assert not any(character.isdigit() for character in card.explanation.value)


def test_a_single_question_says_its_closing_text_at_once_and_offers_no_way_on(make, words):
    card = make(replace(QUIZ, questions=QUESTIONS[:1]))
    assert card.progress.value == ""
    assert card.next_button.layout.display == "none"
    choose(card, ["a"])
    press(card.answer_button)
    assert "Dette kan du mye om." in card.explanation.value
    assert "Forklaringen." in card.explanation.value


def test_from_the_end_one_can_go_back_or_start_again(make):
    card = make()
    for _ in QUESTIONS:
        press(card.next_button)
    press(card.back_button)
    assert card.question.id == "pairs"
    press(card.next_button)
    press(card.answer_button)
    assert card.question.id == "one"
    assert card.answer == QuizAnswer()


def test_the_output_carries_the_printed_face_and_never_an_entry(make):
    card = make()
    before = card._repr_mimebundle_()
    choose(card, ["b"])
    press(card.answer_button)
    after = card._repr_mimebundle_()
    for mime in ("text/html", "text/plain", "application/vnd.nykurs.card+json"):
        assert after[mime] == before[mime]
    assert "tilsvar" not in after["text/html"]


@pytest.mark.faults_expected
def test_a_fault_ends_in_a_calm_sentence(make, words, monkeypatch, caplog):
    card = make()
    monkeypatch.setattr(card, "_answer", lambda: 1 / 0)
    press(card.answer_button)
    assert card.status.text == words["card.fault"]
    assert "ZeroDivisionError" in caplog.text


def test_a_blank_sheet_does_not_change_when_another_option_becomes_the_expected_one(words, boxes):
    for place, question in enumerate(QUESTIONS[:3]):
        flipped = tuple(replace(option, correct=not option.correct) for option in question.options)
        questions = (*QUESTIONS[:place], replace(question, options=flipped), *QUESTIONS[place + 1 :])
        assert sheet.blank(replace(QUIZ, questions=questions), words, boxes) == sheet.blank(QUIZ, words, boxes)


def test_a_blank_sheet_does_not_change_when_options_or_steps_stand_in_another_order(words, boxes):
    turned = tuple(
        replace(question, options=tuple(reversed(question.options)) if question.kind != "claim" else question.options)
        for question in QUESTIONS
    )
    assert sheet.blank(replace(QUIZ, questions=turned), words, boxes) == sheet.blank(QUIZ, words, boxes)


@pytest.mark.parametrize("seed", range(30))
def test_an_order_question_is_never_shown_in_its_right_order(seed):
    question = QUESTIONS[3]
    shown = shuffle.steps(replace(QUIZ, seed=seed), question)
    assert [step.id for step in shown] != [step.id for step in question.steps]
    assert {step.id for step in shown} == {step.id for step in question.steps}


def test_a_pool_draws_that_many_questions_and_the_same_ones_every_time():
    quiz = replace(QUIZ, pool=3)
    assert len(shuffle.drawn(quiz)) == 3
    assert shuffle.drawn(quiz) == shuffle.drawn(quiz)
    assert {shuffle.drawn(replace(quiz, seed=seed)) for seed in range(20)} != {shuffle.drawn(quiz)}


def test_hostile_text_is_escaped_on_every_face(words, boxes, make):
    bad = '"><script>alert(1)</script>'
    option = replace(QUESTIONS[0].options[0], text=bad, reply=bad)
    question = replace(QUESTIONS[0], text=bad, explanation=bad, options=(option, QUESTIONS[0].options[1]))
    quiz = replace(QUIZ, title=bad, introduction=bad, questions=(question,), closings=(Closing(least=0, text=bad),))
    card = make(quiz)
    choose(card, ["a"])
    press(card.answer_button)
    faces = [
        sheet.blank(quiz, words, boxes),
        sheet.key(quiz, words, boxes),
        sheet.filled(quiz, card.answer, words, boxes),
    ]
    faces += [card.explanation.value, card.children[0].value]
    for face in faces:
        assert "<script" not in face
        assert "&lt;script&gt;" in face


def test_a_filled_sheet_shows_what_was_chosen_and_no_reply(make, words, boxes):
    card = make()
    choose(card, ["b"])
    press(card.answer_button)
    filled = sheet.filled(QUIZ, card.answer, words, boxes)
    assert '<li class="tick ticked">Den andre</li>' in filled
    assert "tilsvar" not in filled


def test_the_key_holds_every_reply_and_explanation(words, boxes):
    key = sheet.key(QUIZ, words, boxes)
    for name in "abxyzpqrkml":
        assert f"tilsvar {name}" in key
    assert "Forklaringen." in key


def real_quizzes():
    for name in content.names("nb"):
        module = content.load(name)
        yield from ((module, exercise) for exercise in module.exercises if isinstance(exercise, Quiz))


@pytest.mark.parametrize(
    ("module", "quiz"), list(real_quizzes()), ids=lambda item: getattr(item, "name", getattr(item, "id", ""))
)
def test_every_option_of_every_question_of_the_course_gets_a_reply(make, module, quiz):
    card = make(quiz, module)
    for question in shuffle.drawn(quiz):
        for chosen in every_choice(question):
            press_restart(card)
            go_to(card, question.id)
            choose(card, chosen)
            press(card.answer_button)
            said = said_replies(card)
            assert set(chosen) <= set(said)
            assert all(text.strip() for text in said.values())
