"""The live quiz: one question at a time, a reply to every option, and no score."""

from dataclasses import replace

import ipywidgets

from course.model import Question, QuestionAnswer, QuizAnswer, frozen
from widgets import replies, shuffle
from widgets.card import Card
from widgets.controls import ChoiceGroup, button, html, primary, visible
from widgets.question_views import Views
from widgets.sheets.common import paragraph

NOT_ANSWERED = QuestionAnswer()


class QuizCard(Card):
    """A quiz as a participant meets it: answer, try again, back and next. The journal holds where one is."""

    answer_type = QuizAnswer

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.questions = shuffle.drawn(self.exercise)
        given = self.answer.questions
        if given and not any(question.id in given for question in self.questions):
            self.keep(replace(self.answer, at=0))  # other questions than those somebody has been through
        self.showing = False  # true while the card itself changes the controls
        self.shown = ""  # id of the question the controls hold
        self.progress, self.explanation = html(""), html("")
        self.views = Views(self.words, self.guard(self._choose))
        self.closing_title = ChoiceGroup(legend=self.words["quiz.done_title"])
        return (self.progress, *self.views.widgets, self.closing_title, self.explanation, self._buttons())

    def _buttons(self) -> ipywidgets.HBox:
        self.answer_button = button(self.words["quiz.answer"])
        self.back_button = button(self.words["quiz.back"])
        self.next_button = button(self.words["quiz.next"])
        self.answer_button.on_click(self.guard(self._answer_or_again))
        self.back_button.on_click(self.guard(lambda _: self._go(-1)))
        self.next_button.on_click(self.guard(lambda _: self._go(1)))
        return ipywidgets.HBox((self.answer_button, self.next_button, self.back_button)).add_class("nykurs-buttons")

    # What the journal holds, and how it changes.

    @property
    def place(self) -> int:
        """The number of the question that is shown, from 0; one past the last is the closing text."""
        return min(self.answer.at, len(self.questions))

    @property
    def question(self) -> Question | None:
        """The question that is shown, or None at the closing text."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    def given(self, question: Question) -> QuestionAnswer:
        """What is chosen for a question."""
        return self.answer.questions.get(question.id, NOT_ANSWERED)

    def _elsewhere(self) -> dict[str, QuestionAnswer]:
        """What was answered when this quiz had other questions."""
        here = {question.id for question in self.questions}
        return {name: given for name, given in self.answer.questions.items() if name not in here}

    def _store(self, given: QuestionAnswer) -> None:
        self.keep(replace(self.answer, questions=frozen({**self.answer.questions, self.question.id: given})))

    def _choose(self, chosen: tuple[str, ...]) -> None:
        if not self.showing and self.question and not self.given(self.question).checked:
            self._store(QuestionAnswer(chosen=chosen))

    def _answer_or_again(self, _: ipywidgets.Button) -> None:
        if self.question is None:
            self._start(QuizAnswer(questions=frozen(self._elsewhere())))
        elif self.given(self.question).checked:
            self._store(NOT_ANSWERED)
            self._start(self.answer)
        else:
            self._answer()

    def _answer(self) -> None:
        # Read from the screen: an order is an answer too when nothing was moved.
        chosen = self.views.of(self.question).chosen()
        if not any(chosen):
            self.say(self.words["quiz.choose_first"])
            return
        self._store(QuestionAnswer(chosen=chosen, checked=True))
        self.refresh()
        self.say(replies.spoken(self.question, self.given(self.question), self.words), seen=False)

    def _go(self, step: int) -> None:
        self._start(replace(self.answer, at=max(0, min(self.place + step, len(self.questions)))))

    def _start(self, answer: QuizAnswer) -> None:
        """Keep this answer, show its question anew and put the focus there."""
        self.keep(answer)
        self.shown = ""
        self.say("")
        self.refresh()
        if self.question:
            self.views.of(self.question).focus()
        else:
            self.closing_title.focus += 1

    # How it is shown.

    def refresh(self) -> None:
        self.showing = True
        try:
            if self.question:
                self._show_question()
            else:
                self._show_closing()
        finally:
            self.showing = False

    def _show_question(self) -> None:
        question, given = self.question, self.given(self.question)
        view = self.views.of(question)
        if self.shown != question.id:
            self.shown = question.id
            self.progress.value = self._progress()
            view.ask(self.exercise, question, given.chosen)
            self.views.only(view.widget)
            visible(self.closing_title, False)
        view.show(given.chosen, replies.replies(question, given, self.words) if given.checked else {}, given.checked)
        self.explanation.value = self._explanation(question) if given.checked else ""
        self._show_buttons(given.checked)

    def _progress(self) -> str:
        if self.is_single:
            return ""
        count = self.words["quiz.question_of"].format(number=self.place + 1, count=len(self.questions))
        return paragraph(count, "nykurs-progress")

    @property
    def is_single(self) -> bool:
        """One question needs no progress and no way on; its closing text stands under the explanation."""
        return len(self.questions) == 1

    def _explanation(self, question: Question) -> str:
        texts = [f"**{self.words['quiz.explanation']}.** {question.explanation}"] if question.explanation else []
        return _aside(*texts, *([self.closing()] if self.is_single else []))

    def _show_buttons(self, checked: bool) -> None:
        last = self.place == len(self.questions) - 1
        self.answer_button.description = self.words["quiz.again" if checked else "quiz.answer"]
        self.next_button.description = self.words["quiz.finish" if last else "quiz.next"]
        primary(self.answer_button, not checked)
        primary(self.next_button, checked)
        visible(self.next_button, not self.is_single)
        visible(self.back_button, self.place > 0)

    def _show_closing(self) -> None:
        self.progress.value = ""
        self.views.only(None)
        visible(self.closing_title, True)
        self.explanation.value = _aside(self.closing())
        self.answer_button.description = self.words["quiz.restart"]
        primary(self.answer_button, False)
        visible(self.next_button, False)
        visible(self.back_button, True)

    def closing(self) -> str:
        """What is said at the end: chosen by how many answers were the expected ones, and never a number."""
        expected = sum(replies.expected(question, self.given(question)) for question in self.questions)
        share = expected / len(self.questions)
        fitting = [closing for closing in self.exercise.closings if share >= closing.least]
        return max(fitting, key=lambda closing: closing.least).text if fitting else ""


def _aside(*texts: str) -> str:
    body = "".join(map(paragraph, texts))
    return f'<div class="nykurs-explanation">{body}</div>' if body else ""
