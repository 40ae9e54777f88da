"""«Mitt ark»: one exercise with its owner's answers, as a page for paper. It is made in memory, when its owner asks."""

from html import escape

from course import content, gathering, recap
from course.journal import Journal
from course.model import ANSWER_TYPES, Answer, Exercise, Module, Plan, PocketCard
from widgets import paper, sheet
from widgets.box import BoxView
from widgets.paper import Frame
from widgets.sheets.common import paragraph, rich


def of(name: str, identifier: str, journal: Journal, language: str) -> str:
    """The page of an exercise, as the journal holds its answer now."""
    module = recap.of(content.load(name, language))
    exercise = module.exercise(identifier)
    return page(module, exercise, _answer(module, exercise, journal), language)


def page(module: Module, exercise: Exercise, answer: Answer, language: str) -> str:
    """One complete document: the sheet with this answer on it, and what stands around every printed sheet.

    Print queues and lists of files show a document's title, so it does not say what the sheet is about.
    """
    words = content.words(language)
    frame = paper.frame(language, words["my_sheet.title"], draft=not module.approved)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{paper.POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(frame.title)}</title>\n<style>\n{frame.css}</style>\n</head>\n"
        f'<body class="my-sheet">\n{_top(frame)}<main>\n{_main(module, exercise, answer, frame)}</main>\n'
        f"{_bottom(frame)}</body>\n</html>\n"
    )


def _answer(module: Module, exercise: Exercise, journal: Journal) -> Answer:
    """The exercise's own answer; a plan and a pocket card show those of others."""
    if isinstance(exercise, Plan | PocketCard):
        return gathering.gather(exercise, journal)
    return journal.get(module.answer_name(exercise), ANSWER_TYPES[type(exercise)])


def _top(frame: Frame) -> str:
    """On the screen. On paper the margins of every page say the same."""
    course = f'<p class="course">{escape(frame.words["handout.course"])}</p>'
    return f'<header class="top">\n{course}\n{paragraph(frame.draft, "draft")}\n</header>\n'


def _main(module: Module, exercise: Exercise, answer: Answer, frame: Frame) -> str:
    support = content.support(frame.language)
    filled = sheet.filled(exercise, answer, frame.words, support.boxes)
    needed = paper.needs(filled, support.boxes)
    body = f"{filled}\n{_foot(module, exercise, frame)}"
    if needed:
        body = f'<div class="together">\n{body}{BoxView(module, needed, frame.words, support).html}\n</div>\n'
    whose = f'<div class="whose"><h1>{escape(frame.title)}</h1><h2>{escape(module.title)}</h2></div>\n'
    return f"{whose}{paragraph(frame.short, 'short')}\n{body}"


def _foot(module: Module, exercise: Exercise, frame: Frame) -> str:
    name = f'<span class="sheet-name">{escape(module.name)} / {escape(exercise.id)}</span>'
    return f'<p class="sheet-foot">{name} <span>{rich(frame.numbers_line)}</span></p>\n'


def _bottom(frame: Frame) -> str:
    """The help numbers once more, and when they were checked."""
    numbers = f"<p><strong>{escape(frame.words['handout.help'])}</strong> {rich(frame.numbers_line)}</p>"
    checked = paragraph(frame.words["handout.checked"].format(date=frame.checked), "hint")
    return f'<footer class="bottom">\n{numbers}\n{checked}\n</footer>\n'
