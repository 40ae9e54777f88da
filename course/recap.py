"""The recap of a meeting: three questions from the recaps of earlier modules, so that what was said comes back.

Every module asks its own questions for later meetings to draw from. They are known by name, `01_avhengighet.weak-will`;
in another module's recap that is a question's id too, so that an answer stays with the question it was given to.
"""

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from course import content, kinds
from course.building import Misfit
from course.content import ContentError, Stamp
from course.letters import hint, sentences
from course.meaning import claims_with_text
from course.model import Exercise, Module, Question, Quiz, frozen
from course.yaml_reader import pieces

ID = "recap"
SHOWN = 3
LAST = 99  # the highest number of a draw
SEED = 267  # of all draws; chosen because no two questions of a module's first three draws share a source
# A recap among the exercises, up to the next of them; a part that is one; and whom a module is for.
_ITEM = re.compile(rf"^( *)- id: [\"']?{ID}[\"']? *\n(?:(?:\1 +.*|\1#.*| *)\n)*", re.MULTILINE)
_PART = re.compile(rf"^ *step: *[\"']?{ID}[\"']? *$", re.MULTILINE)
_WHOSE = re.compile(r"^next_of_kin:.*$", re.MULTILINE)


@dataclass(frozen=True)
class Wish:
    """What the leader chose: the number of the draw, and the names of questions that are asked whatever is drawn."""

    draw: int = 1
    questions: tuple[str, ...] = ()


USUAL = Wish()


# The draw.


@functools.lru_cache(maxsize=256)
def draw(module: str, number: int, pool: tuple[str, ...], first: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Three names of a pool, for a module and the number of a draw; `first` are among them whatever is drawn.

    The draws are dealt one after the other, three names each, and every name goes to the module (what stands before
    the dot) that is least in this draw, then least in all before it; of its names, to the one that was dealt least.
    So a draw has different modules as far as there are three of them, the next draw has other questions as far as
    there are enough, and in time every question comes. What is equal so far is settled by SHA-256 of a seed, the
    module, how often it was dealt and the name: not by chance, the order of files or Python. Nothing but these
    arguments counts, and a pool holds earlier modules only, so what is written in a later module changes no draw
    before it.
    """
    used: Counter[str] = Counter()
    for turn in range(1, number + 1):
        dealt = list(first) if turn == number else []
        while len(dealt) < min(SHOWN, len({*pool, *dealt})):
            dealt.append(_next(module, pool, dealt, used))
            used.update((dealt[-1], _module(dealt[-1])))
    return tuple(dealt)


def _next(module: str, pool: Collection[str], dealt: Collection[str], used: Counter[str]) -> str:
    here = Counter(map(_module, dealt))

    def place(name: str) -> tuple:
        source = _module(name)
        return here[source], *_turn(module, source, used), *_turn(module, name, used)

    return min((name for name in pool if name not in dealt), key=place)


def _turn(module: str, name: str, used: Counter[str]) -> tuple[int, str]:
    return used[name], hashlib.sha256(f"{SEED}/{module}/{used[name]}/{name}".encode()).hexdigest()


def _module(name: str) -> str:
    return name.partition(".")[0]


# The questions of a module's recap.


def known(module: Module) -> Mapping[str, Question]:
    """Every question the leader may choose, by name in the order of the course: earlier modules' and the module's own,
    each with the id it has in this module."""
    own = _own(module)
    questions = own.questions if own else ()
    return frozen(_earlier(module) | {f"{module.name}.{each.id}": each for each in questions if each.layer == "core"})


def shown(module: Module, wish: Wish = USUAL) -> Mapping[str, Question]:
    """The questions that are asked, by name in the order of the course. A name that is not known any longer counts for
    nothing, and a module with fewer than three to draw from asks its own."""
    every = known(module)
    own = tuple(name for name in every if _module(name) == module.name)
    earlier = tuple(name for name in every if name not in own)
    first = tuple(name for name in wish.questions if name in every)[:SHOWN]
    drawn = draw(module.name, wish.draw, earlier if len(earlier) >= SHOWN else own, first)
    return frozen({name: every[name] for name in every if name in drawn})


def asked(module: Module, wish: Wish = USUAL) -> Module:
    """The module with the recap that is asked; the usual one without a wish."""
    own = _own(module)
    return _with(module, own, tuple(shown(module, wish).values())) if own else module


def of(module: Module) -> Module:
    """The module with the recap of the meeting that is chosen for it."""
    from course import chosen  # here, because it keeps what is wished for

    return asked(module, chosen.recap(module.name)) if _own(module) else module


def whole(module: Module) -> Module:
    """The module with everything its recap can ask: what any answer to it is held against."""
    own = _own(module)
    return _with(module, own, (*own.questions, *_earlier(module).values())) if own else module


def another(module: Module, wish: Wish) -> int:
    """The number of the next draw that has other questions than these; 0 when there is none."""
    now = [*shown(module, wish)]
    numbers = chain(range(wish.draw + 1, LAST + 1), range(1, wish.draw))
    return next((number for number in numbers if [*shown(module, Wish(number))] != now), 0)


def is_in(module: Module, parts: Collection[str]) -> bool:
    """Whether a meeting with these parts has a recap that asks something."""
    return any(part.step == ID and part.id in parts for part in module.parts) and bool(known(module))


def refusal(module: Module, wish: Wish) -> str:
    """Why a wish cannot be, and what can; "" when it can."""
    said, every = sentences(module.language), known(module)
    if unknown := next((name for name in wish.questions if name not in every), ""):
        nearest = hint(unknown, every, module.language)
        return said["session.question_unknown"].format(title=module.title, question=unknown, hint=nearest)
    if len(wish.questions) > SHOWN:
        return said["session.question_many"].format(count=len(wish.questions), limit=SHOWN)
    if not 1 <= wish.draw <= LAST:
        return said["session.question_draw"].format(draw=wish.draw, limit=LAST)
    return ""


def _own(module: Module) -> Quiz | None:
    """What a module asks in its part for it."""
    has_part = any(part.step == ID for part in module.parts)
    return next((each for each in module.exercises if has_part and _is_recap(each)), None)


def _is_recap(exercise: Exercise) -> bool:
    return exercise.id == ID and isinstance(exercise, Quiz)


def _with(module: Module, own: Quiz, questions: tuple[Question, ...]) -> Module:
    if questions == own.questions:
        return module
    # A question from elsewhere brings its own sources; the quiz as a whole rests on those of the questions it asks.
    quiz = replace(own, questions=questions, sources=own.sources if {*questions} <= {*own.questions} else (), pool=0)
    return replace(module, exercises=tuple(quiz if each is own else each for each in module.exercises))


# The other modules. Only the recap of each is read, for it is a twentieth of the file.


def _earlier(module: Module) -> dict[str, Question]:
    """The questions of the modules before this one, by name; none for next of kin, who have a meeting of their own."""
    if module.next_of_kin:
        return {}
    names = (name for name in content.names(module.language) if name < module.name)
    found = ((f"{name}.{each.id}", each) for name in names for each in _questions(name, module.language))
    return {name: replace(each, id=name) for name, each in found}


def _questions(name: str, language: str) -> tuple[Question, ...]:
    """What the recap of a module asks, each with its sources; nothing when it has faults or is for next of kin."""
    try:
        stamp = content.stamped(content.CONTENT / language / f"{name}.yaml")
        return _read(stamp, name, language, content.claim_words(language))
    except ContentError:
        return ()


@functools.lru_cache(maxsize=64)
def _read(stamp: Stamp, name: str, language: str, claim_texts: tuple[str, ...]) -> tuple[Question, ...]:
    item, part, whose = pieces(stamp[0], _ITEM, _PART, _WHOSE)
    if whose == {"next_of_kin": True}:
        return ()
    alone = _alone(item, dict(zip(kinds.CLAIM_OPTIONS, claim_texts, strict=True))) if part else None
    quiz = alone or _own(content.load(name, language))
    core = (each for each in (quiz.questions if quiz else ()) if each.layer == "core")
    return tuple(replace(each, sources=each.sources or quiz.sources) for each in core)


def _alone(item: object, claims: Mapping[str, str]) -> Quiz | None:
    """The recap read by itself; None when it is written so that the whole file must be read."""
    try:
        (item,) = item
        found = kinds.exercise(claims_with_text(item, claims))
    except (Misfit, TypeError, KeyError, AttributeError, ValueError):
        return None
    return found if _is_recap(found) else None
