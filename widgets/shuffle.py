"""The order in which things are shown: mixed, but the same every time for the same seed and id."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from course.model import Question, Quiz

Item = TypeVar("Item")


def mixed(items: Sequence[Item], names: Sequence[str], seed: int, salt: str) -> tuple[Item, ...]:
    """The items in an order that depends only on their names, the seed and the salt.

    Not on their order in the file, so that a printed sheet cannot give away what stands first or which is right.
    """

    def place(pair: tuple[str, Item]) -> str:
        return hashlib.sha256(f"{seed}/{salt}/{pair[0]}".encode()).hexdigest()

    return tuple(item for _, item in sorted(zip(names, items, strict=True), key=place))


def drawn(quiz: Quiz) -> tuple[Question, ...]:
    """The questions of this quiz: all of them, or `pool` drawn ones, in the order of the file."""
    if not quiz.pool or quiz.pool >= len(quiz.questions):
        return quiz.questions
    names = [question.id for question in quiz.questions]
    chosen = {question.id for question in mixed(quiz.questions, names, quiz.seed, "pool")[: quiz.pool]}
    return tuple(question for question in quiz.questions if question.id in chosen)


def options(quiz: Quiz, question: Question) -> tuple:
    """Options as shown: mixed when the quiz says so; a claim's three always stand in their own order."""
    if question.kind == "claim" or not quiz.shuffle:
        return question.options
    return mixed(question.options, [option.id for option in question.options], quiz.seed, question.id)


def steps(quiz: Quiz, question: Question) -> tuple:
    """Steps as first shown: always mixed, and never in their right order."""
    names = [step.id for step in question.steps]
    for turn in range(100):
        shown = mixed(question.steps, names, quiz.seed + turn, question.id)
        if [step.id for step in shown] != names:
            return shown
    raise ValueError(f"{question.id}: an order question needs at least two different steps")


def rights(quiz: Quiz, question: Question) -> tuple:
    """The pairs whose right side can be chosen, always mixed."""
    return mixed(question.pairs, [pair.id for pair in question.pairs], quiz.seed, question.id)
