"""Everything somebody has answered as plain text: the file of «Last ned mine svar»."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from course import shelf
from course.excerpts import Words, parts
from course.model import ANSWER_TYPES, Answer, Excerpt, Exercise
from course.strays import words_of

INDENT = "  "
UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))  # control characters, which garble a text file
Sections = Iterable[tuple[str, list[str]]]  # the title of a module, and lines about one of its exercises


def readable(
    answers: Mapping[str, Answer],
    earlier: Mapping[str, tuple[Excerpt, ...]],
    strays: Mapping[str, dict],
    words: Words,
    language: str = "nb",
    today: date | None = None,
) -> str:
    """Module by module what is answered, and beside it what was written before an exercise was changed."""
    answers = {name: answer for name, answer in answers.items() if not isinstance(answer, shelf.NOT_KEPT)}
    made = (today or date.today()).strftime(words["journal.date"])
    sections = [section for section in _sections(answers, earlier, strays, words, language) if section[1]]
    body = _chapters(sections) if sections else ("", words["journal.nothing"])
    return _clean("\n".join((words["journal.title"], words["journal.made"].format(date=made), *body, "")))


def _sections(answers: Mapping, earlier: Mapping, strays: Mapping, words: Words, language: str) -> Sections:
    known = shelf.exercises(language)
    for name, (module, exercise) in known.items():
        before = (*earlier.get(name, ()), *words_of(strays.get(name, {})))
        now = _answered(exercise, answers.get(name), words)
        yield module.title, _section(exercise.title, now, before, words)
    for name in dict.fromkeys((*answers, *earlier, *strays)):
        if name not in known and not name.endswith(shelf.PLACE):
            record = strays.get(name, {"answer": answers.get(name)})
            before = (*earlier.get(name, ()), *words_of(record))
            yield words["journal.gone"], _section(str(record.get("title", "")), before, (), words)


def _answered(exercise: Exercise, answer: Answer | None, words: Words) -> Iterable[Excerpt]:
    is_answer = isinstance(answer, ANSWER_TYPES[type(exercise)])
    return parts(exercise, answer, words).values() if is_answer else ()


def _section(title: str, now: Iterable[Excerpt], before: Iterable[Excerpt], words: Words) -> list[str]:
    """The lines about one exercise; none when nothing is answered."""
    said, old = list(_lines(now)), list(_lines(before))
    if old:
        said += ["", words["journal.earlier"], *(line and INDENT + line for line in old)]
    head = ["", title, "-" * len(title)] if title else []
    return head + said if said else []


def _chapters(sections: Sections) -> Iterator[str]:
    for title, group in groupby(sections, key=lambda section: section[0]):
        yield from ("", "", title, "=" * len(title))
        for _, lines in group:
            yield from lines


def _lines(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    """A label, and under it what was answered: a list, when it is more than one thing."""
    written = (excerpt for excerpt in excerpts if excerpt.text.strip())
    for label, group in groupby(written, key=lambda excerpt: excerpt.label):
        yield from ("", label)
        texts = [excerpt.text for excerpt in group]
        mark = "- " if len(texts) > 1 else ""
        for text in texts:
            first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            yield INDENT + mark + first
            yield from (INDENT + " " * len(mark) + line for line in rest)


def _clean(text: str) -> str:
    """The text as every editor can show it: without control characters, and half characters marked as such."""
    return text.translate(UNSEEN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
