"""What an author sees while writing: every exercise of a module in all its faces, drawn anew when a file is saved.

Nothing is made but pictures of what the files say. A notebook calls `show`, and nobody who follows the course does.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

import anywidget
import ipywidgets
import traitlets

from course import content, drafts, fitting, journal
from course.content import ContentError
from course.drafts import Draft, Sketch
from course.model import Exercise, Module
from widgets import door, pages, paper, sheet
from widgets.controls import STATIC, Status, html, script
from widgets.presenting import is_private

PAUSE = 0.5  # seconds between two looks at the files
# What a printed page says for its whole document, said for the element that stands for it here.
ON_PAGE = (
    "\n.paper { font: 1rem/1.5 'Liberation Sans', Arial, sans-serif; color: var(--ink); background: #fff; }"
    "\n.paper > .sheet:first-child { margin-top: 0; }"
)
log = logging.getLogger("nykurs")


class Paper(anywidget.AnyWidget):
    """A printed face in the style of paper, which the page's own style does not touch."""

    _esm = script("paper.js")
    markup = traitlets.Unicode().tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)


class Board(anywidget.AnyWidget):
    """Brings the style of this page; shows nothing."""

    _esm = "export default { render() {} };"
    _css = STATIC / "preview.css"


@dataclass(frozen=True)
class Shown:
    """One exercise on the page: its row, what it was drawn from, and the page that owns what is in the row."""

    row: ipywidgets.Box
    made_of: tuple
    page: str


class Preview(ipywidgets.VBox):
    """The exercises of one module below each other. `look` draws what has changed since the last look."""

    def __init__(self, name: str, language: str = "nb") -> None:
        self.name, self.language, self.page = name, language, pages.current()
        self.shown: dict[str, Shown] = {}
        self._seen: object = None
        self._task: asyncio.Task | None = None
        with pages.owned():
            self.status, self.top = Status(), html("")
            super().__init__((Board(), self.top, self.status))
        self.add_class("nykurs-preview")
        pages.on_close(self.stop)
        self.look()

    def follow(self) -> None:
        """Look at the files again and again, until the page closes."""
        self._task = asyncio.get_running_loop().create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            self.look()

    def stop(self) -> None:
        """Let go of everything."""
        if self._task:
            self._task.cancel()
        for shown in self.shown.values():
            pages.close_page(shown.page)
        self.shown = {}

    def look(self) -> None:
        """Draw what has changed in the files."""
        stamps = drafts.stamps(self.language)
        if stamps == self._seen:
            return
        first, self._seen = self._seen is None, stamps
        try:
            drawn = self._draw(drafts.load(self.name, self.language))
        except ContentError as fault:  # a file that every module needs
            self._tell(fault.problems)
            return
        if drawn and not first:
            self.status.say(self._word("preview.drawn").format(names=", ".join(drawn)))

    def _draw(self, draft: Draft) -> list[str]:
        """Show a draft; the ids of the exercises that were drawn."""
        if not draft.readable:
            self._tell((*draft.letters, self._word("preview.before")) if self.shown else draft.letters)
            return []
        self._tell(draft.letters)
        names = _names(draft.sketches)
        for gone in [name for name in self.shown if name not in names]:
            pages.close_page(self.shown.pop(gone).page)
        drawn = [name for name, sketch in zip(names, draft.sketches, strict=True) if self._put(name, sketch, draft)]
        rows = [self.shown[name].row for name in names]
        if rows != list(self.children[3:]):
            self.children = (*self.children[:3], *rows)
        return drawn

    def _put(self, name: str, sketch: Sketch, draft: Draft) -> bool:
        """Draw one exercise, if it is not there as it is."""
        made_of = (sketch, content.words(self.language), content.support(self.language))
        before = self.shown.get(name)
        if before and before.made_of == made_of:
            return False
        if before:
            pages.close_page(before.page)
        row, page = before.row if before else self._row(), f"{self.page}/{name}"
        with pages.acting_for(page), pages.owned(page):
            row.children = self._content(sketch, draft.module)
        self.shown[name] = Shown(row, made_of, page)
        return True

    def _row(self) -> ipywidgets.Box:
        with pages.owned(self.page):
            return ipywidgets.VBox().add_class("nykurs-preview-row")

    def _content(self, sketch: Sketch, module: Module) -> tuple[ipywidgets.Widget, ...]:
        """The name of an exercise, and its faces or the letters about it."""
        title = sketch.exercise.title if sketch.exercise else sketch.id
        named = escape(title or self._word("preview.unnamed"))
        top = html(f"<h2>{named} <code>{escape(f'{sketch.id} · {sketch.kind}')}</code></h2>")
        body = self._faces(sketch.exercise, module) if sketch.exercise else self._letters(sketch.letters)
        return top.add_class("nykurs-preview-top"), body

    def _letters(self, letters: Iterable[str]) -> ipywidgets.Widget:
        text = "".join(f"<p>{escape(letter)}</p>" for letter in letters)
        return html(text).add_class("nykurs-preview-letters")

    def _faces(self, exercise: Exercise, module: Module) -> ipywidgets.Widget:
        """Live, blank, key and projector, each by itself: a fault in one leaves the others."""
        words, boxes = content.words(self.language), content.support(self.language).boxes
        _fit(exercise, module, words)
        support = content.support(self.language)
        makers = {
            "live": lambda: door.card(exercise, module, words, support),
            "blank": lambda: self._paper(sheet.blank(exercise, words, boxes)),
            "key": lambda: self._paper(sheet.key(exercise, words, boxes)),
            "projector": lambda: self._projected(exercise),
        }
        faces = [self._face(name, make) for name, make in makers.items()]
        return ipywidgets.Box(faces).add_class("nykurs-preview-faces")

    def _face(self, name: str, make: Callable[[], ipywidgets.Widget]) -> ipywidgets.Widget:
        label = html(f"<h3>{escape(self._word(f'preview.{name}'))}</h3>").add_class("nykurs-preview-name")
        try:
            made = make()
        except Exception as fault:  # what the checks let through and the face cannot draw
            log.debug("%s: %s", name, type(fault).__name__)
            made = self._letters((self._word("preview.fault").format(fault=type(fault).__name__),))
        return ipywidgets.VBox((label, made)).add_class("nykurs-preview-face").add_class(f"nykurs-preview-{name}")

    def _paper(self, markup: str) -> ipywidgets.Widget:
        if not markup:
            return html(f"<p>{escape(self._word('preview.no_key'))}</p>")
        return Paper(markup=markup, look=style())

    def _projected(self, exercise: Exercise) -> ipywidgets.Widget:
        """What a room sees: what is somebody's own as an example or a blank sheet, all else as it is live."""
        if not is_private(exercise):
            return html(f"<p>{escape(self._word('preview.as_live'))}</p>")
        support = content.support(self.language)
        face = sheet.projected(exercise, content.words(self.language), support.boxes)
        return html(face).add_class("nykurs-projected")

    def _tell(self, letters: Iterable[str]) -> None:
        """Show letters that are about no exercise."""
        with pages.owned(self.page):
            said = "".join(f"<p>{escape(letter)}</p>" for letter in letters)
            self.top.value = f'<div class="nykurs-preview-letters">{said}</div>' if said else ""

    def _word(self, key: str) -> str:
        return content.words(self.language)[key]


def show(name: str, language: str = "nb") -> Preview:
    """The exercises of a module, followed until the page closes."""
    preview = Preview(name, language)
    preview.follow()
    return preview


def style() -> str:
    """The style of paper for one element instead of a whole document."""
    return "".join(path.read_text(encoding="utf-8") for path in paper.STYLES).replace(":root", ":host") + ON_PAGE


def _names(sketches: Iterable[Sketch]) -> list[str]:
    """A name for each exercise: its id, or its number where that is missing or taken."""
    names: list[str] = []
    for number, sketch in enumerate(sketches, start=1):
        names.append(sketch.id if sketch.id and sketch.id not in names else f"{sketch.id}:{number}")
    return names


def _fit(exercise: Exercise, module: Module, words: Mapping[str, str]) -> None:
    """Keep what the author has tried out as far as it still fits, so that a save does not begin the quiz again."""
    answers, earlier = journal.live.snapshot()
    name = module.answer_name(exercise)
    answer = answers.pop(name, None)
    if answer is None:
        return
    try:
        answers[name], _ = fitting.fits(exercise, answer, {}, words)
    except Exception:  # of another kind than before: it begins again
        log.debug("an answer began again")
    journal.live.restore(answers, earlier)
