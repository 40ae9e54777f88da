"""What is said about an answered question. An unexpected choice gets an explanation, never a verdict."""

from collections.abc import Mapping
from html import escape

from course.model import Question, QuestionAnswer

Words = Mapping[str, str]
Reply = dict[str, str]  # tone, mark (the tone in words) and text


def expected(question: Question, given: QuestionAnswer) -> bool:
    """Whether the answer is the one the question looks for."""
    if not given.checked:
        return False
    if question.kind == "order":
        return given.chosen == tuple(step.id for step in question.steps)
    if question.kind == "match":
        return given.chosen == tuple(pair.id for pair in question.pairs)
    return set(given.chosen) == {option.id for option in question.options if option.correct}


def replies(question: Question, given: QuestionAnswer, words: Words) -> dict[str, Reply]:
    """Replies by option, step or pair id."""
    if question.kind == "order":
        right = [step.id for step in question.steps]
        return {
            step.id: _reply(
                words, "expected" if given.chosen.index(step.id) == right.index(step.id) else "other", step.reply
            )
            for step in question.steps
        }
    if question.kind == "match":
        return {
            pair.id: _reply(words, "expected" if chosen == pair.id else "other", _pair_text(pair, chosen))
            for pair, chosen in zip(question.pairs, given.chosen, strict=True)
        }
    return _option_replies(question, given, words)


def _pair_text(pair: object, chosen: str) -> str:
    return pair.reply if chosen == pair.id else f"{pair.right}. {pair.reply}"


def _option_replies(question: Question, given: QuestionAnswer, words: Words) -> dict[str, Reply]:
    said = {}
    for option in question.options:
        if option.id in given.chosen:
            said[option.id] = _reply(words, "expected" if option.correct else "other", option.reply)
        elif option.correct:
            # The one that was looked for is shown too, also for questions with a single answer.
            said[option.id] = _reply(words, "missed", option.missed or option.reply)
    return said


def _reply(words: Words, tone: str, text: str) -> Reply:
    return {"tone": tone, "mark": f"{words[f'quiz.mark_{tone}']}.", "text": text}


def spoken(question: Question, given: QuestionAnswer, words: Words) -> str:
    """The replies as one announcement, those to what was chosen first."""
    said = replies(question, given, words)
    return " ".join(f"{reply['mark']} {reply['text']}" for reply in said.values())


def markup(reply: Reply) -> str:
    """A reply as a piece of HTML."""
    return (
        f'<div class="nykurs-reply" data-tone="{escape(reply["tone"])}">'
        f"<strong>{escape(reply['mark'])}</strong> {escape(reply['text'])}</div>"
    )
