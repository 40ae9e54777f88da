"""Questions between our form and jupyterquiz's JSON, with a sentence about everything that cannot be carried over.

Theirs: `question`, `type` (multiple_choice, many_choice, numeric, string), `code`, and `answers` with `answer` or
`code`, `correct` and `feedback`. Ours: single and many, where every option has its own reply.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from messages import Stop, words

from course.model import Module, Question, Quiz

KINDS = {"multiple_choice": "single", "many_choice": "many"}
TYPES = {"single": "multiple_choice", "claim": "multiple_choice", "many": "many_choice"}
REASONS = {"numeric": "questions.numeric", "string": "questions.string"}
KNOWN, KNOWN_ANSWER = {"question", "type", "answers"}, {"answer", "correct", "feedback"}
WORDS_IN_ID = 4
_FORMULA = re.compile(r"\$[^$]+\$|\\\(|\\\[")
_MARKUP = re.compile(r"<(!--|/?[a-zA-Z][^>]*>?)")
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


class NotCarried(Exception):
    """One question that cannot be carried over; its text is the sentence about why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(words(key, **values))


@dataclass(frozen=True)
class Carried:
    """What was carried over, why the rest was not, and what was left out or filled in on the way."""

    questions: tuple[dict, ...]
    refused: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def parsed(raw: bytes) -> list:
    """The questions in a file of jupyterquiz's: a list, or one question alone."""
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Stop("questions.broken") from fault
    items = [data] if isinstance(data, dict) else data
    if not isinstance(items, list) or not items:
        raise Stop("questions.empty")
    return items


def ours(items: Iterable[object], missed: str) -> Carried:
    """Their questions in our form. `missed` stands where we need a sentence that they do not have."""
    carried, refused, changed, taken = [], [], [], set()
    for number, item in enumerate(items, start=1):
        try:
            question, said = _question(item, missed, taken)
        except NotCarried as reason:
            refused.append(words("questions.about", number=number, sentence=reason))
            continue
        carried.append(question)
        changed += [words("questions.about", number=number, sentence=sentence) for sentence in said]
    return Carried(tuple(carried), tuple(refused), tuple(changed))


def _question(item: object, missed: str, taken: set[str]) -> tuple[dict, list[str]]:
    if not isinstance(item, dict):
        raise NotCarried("questions.no_text")
    text, kind = _text(item.get("question"), "questions.no_text"), item.get("type")
    if kind not in KINDS:
        raise NotCarried(REASONS.get(str(kind), "questions.type"), type=kind)
    if item.get("code"):
        raise NotCarried("questions.code")
    answers = item.get("answers")
    if not isinstance(answers, list) or len(answers) < 2:
        raise NotCarried("questions.few")
    said, ids = _left(item, answers), set()
    options = [_option(answer, number, ids) for number, answer in enumerate(answers, start=1)]
    _fits(KINDS[kind], options)
    if KINDS[kind] == "many":
        options = [{**option, "missed": missed} if option.get("correct") else option for option in options]
        said.append(words("questions.missed", missed=missed))
    name = _name(text, taken)
    return {"id": name, "kind": KINDS[kind], "layer": "more", "text": text, "options": options}, said


def _option(answer: object, number: int, taken: set[str]) -> dict:
    if not isinstance(answer, dict):
        raise NotCarried("questions.answer_text", answer=number)
    if answer.get("code"):
        raise NotCarried("questions.answer_code", answer=number)
    text = _text(answer.get("answer"), "questions.answer_text", number)
    if not isinstance(answer.get("correct"), bool):
        raise NotCarried("questions.correct", answer=number)
    reply = _text(answer.get("feedback"), "questions.feedback", number)
    correct = {"correct": True} if answer["correct"] else {}
    return {"id": _name(text, taken), "text": text, **correct, "reply": reply}


def _text(value: object, missing: str, number: int = 0) -> str:
    """A text as one line of plain words, or the reason why it cannot be that."""
    text = " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
    if not text:
        raise NotCarried(missing, answer=number)
    if _FORMULA.search(text):
        raise NotCarried("questions.formula", text=text)
    if _MARKUP.search(text):
        raise NotCarried("questions.markup", text=text)
    if not text.isprintable():
        raise NotCarried("questions.unseen", text="".join(sign for sign in text if sign.isprintable()))
    return text


def _fits(kind: str, options: list[dict]) -> None:
    correct = sum(option.get("correct", False) for option in options)
    if not correct:
        raise NotCarried("questions.none_correct")
    if kind == "single" and correct > 1:
        raise NotCarried("questions.several_correct", count=correct)
    texts = [option["text"] for option in options]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice is not None:
        raise NotCarried("questions.twice", text=twice)


def _left(item: Mapping, answers: list) -> list[str]:
    """What their question says that ours has no place for."""
    keys = [key for key in item if key not in KNOWN and key != "code"]
    keys += [key for answer in answers if isinstance(answer, dict) for key in answer if key not in KNOWN_ANSWER]
    keys = [key for key in dict.fromkeys(keys) if key != "code"]
    return [words("questions.left", keys=", ".join(keys))] if keys else []


def _name(text: str, taken: set[str]) -> str:
    """An id of the first words of a text, which nothing else has."""
    plain = re.sub(r"[^a-z0-9]+", " ", text.lower().translate(_PLAIN)).split()
    base = "-".join(plain[:WORDS_IN_ID]) or "id"
    name, count = base, 2
    while name in taken:
        name, count = f"{base}-{count}", count + 1
    taken.add(name)
    return name


def theirs(module: Module, claim: str) -> Carried:
    """Our questions in their form. `claim` stands before the text of every claim."""
    quizzes = [exercise for exercise in module.exercises if isinstance(exercise, Quiz)]
    questions = [question for quiz in quizzes for question in quiz.questions]
    carried = [_exported(question, claim) for question in questions if question.kind in TYPES]
    refused = [
        words("questions.kind", id=question.id, kind=question.kind)
        for question in questions
        if question.kind not in TYPES
    ]
    refused += _other(exercise.id for exercise in module.exercises if exercise not in quizzes)
    changed = [sentence for question in questions if question.kind in TYPES for sentence in _unsaid(question)]
    return Carried(tuple(carried), tuple(refused), (*changed, *_around(quizzes)))


def _other(ids: Iterable[str]) -> list[str]:
    names = ", ".join(ids)
    return [words("questions.not_quiz", ids=names)] if names else []


def _exported(question: Question, claim: str) -> dict:
    text = f"{claim} {question.text}" if question.kind == "claim" else question.text
    answers = [
        {"answer": option.text, "correct": option.correct, "feedback": option.reply} for option in question.options
    ]
    return {"question": text, "type": TYPES[question.kind], "answers": answers}


def _unsaid(question: Question) -> Iterable[str]:
    """What our question says that theirs has no place for."""
    named = {
        "explanation": question.explanation,
        "sources": question.sources,
        "missed": any(option.missed for option in question.options),
    }
    keys = [key for key, value in named.items() if value]
    if keys:
        yield words("questions.unsaid", id=question.id, keys=", ".join(keys))
    if question.kind == "claim":
        yield words("questions.claim", id=question.id)


def _around(quizzes: Iterable[Quiz]) -> list[str]:
    """What stands around our questions; theirs are a plain list."""
    quizzes = list(quizzes)
    keys = [
        key for key in ("title", "introduction", "sources", "closings") if any(getattr(quiz, key) for quiz in quizzes)
    ]
    ids = ", ".join(quiz.id for quiz in quizzes)
    return [words("questions.around", ids=ids, keys=", ".join(keys))] if quizzes else []
