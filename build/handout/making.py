"""Decides which handouts to make: only those whose value has changed, each notebook once for every audience.

Whatever draws or fills in a template is in `handout.writing`, which is imported when there is something to make.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from course import content, gathering
from handout import folder
from handout.folder import Folder
from handout.inputs import Inputs
from handout.page import unconfirmed
from widgets import figure_store

GROUP = "group"
ENDINGS = {"participant": ".html", "leader": ".leder.html", GROUP: ".gruppe.html"}
EMERGENCY = "beredskapsark.html"
GUIDE = "kursguide.leder.html"
FEEDBACK = "tilbakemelding.html"
INDEX = "index.html"
SIZES = {"plain": ".pdf", "large": ".stor.pdf", "booklet": ".hefte.pdf"}  # of a PDF
BOOK = "kurs.html"  # only its PDF is kept
_LEAD_TO = {GUIDE: (), INDEX: (EMERGENCY, FEEDBACK, GUIDE)}  # beside the modules' pages

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What was asked for."""

    modules: tuple[str, ...]
    audiences: tuple[str, ...]
    language: str
    force: bool = False
    kernel: bool = False

    def file(self, name: str) -> str:
        """A file of this language, as seen from the folder."""
        return f"{self.language}/{name}"


def make(wanted: Wanted, out: Path, progress: Progress | None = None) -> list[Path]:
    """Write the handouts and the overview; see `handout.make`."""
    for name in wanted.modules:
        content.load(name, wanted.language)  # an unknown name gets its letter before anything is made
    inputs = Inputs(wanted.language, wanted.kernel)
    with folder.opened(out) as place, _figures(place, wanted, inputs):
        names = [*_modules(wanted, place, inputs, progress), *_shared(wanted, place, inputs)]
    return [out / name for name in names]


def _figures(place: Folder, wanted: Wanted, inputs: Inputs) -> AbstractContextManager:
    return figure_store.kept_in(place.figures(inputs.drawing), reads=not wanted.force)


def _modules(wanted: Wanted, place: Folder, inputs: Inputs, progress: Progress | None) -> Iterator[str]:
    """Every module for every audience."""
    for name in wanted.modules or content.names(wanted.language):
        beside = gathering.modules(content.load(name, wanted.language))
        keys = {audience: inputs.module(name, audience, beside) for audience in wanted.audiences}
        files = {audience: wanted.file(f"{name}{ENDINGS[audience]}") for audience in wanted.audiences}
        stale = [each for each, key in keys.items() if wanted.force or not place.fresh(files[each], key)]
        if stale:
            from handout import writing

            for audience, html in writing.module(name, stale, wanted.language, wanted.kernel):
                place.add(files[audience], keys[audience], html)
        for audience in wanted.audiences:
            if progress:
                progress(name)
            yield files[audience]


def _shared(wanted: Wanted, place: Folder, inputs: Inputs) -> Iterator[str]:
    """What is made once for the whole course; the guide and the overview lead to the files that are there."""
    leaders = (EMERGENCY, FEEDBACK, GUIDE) if "leader" in wanted.audiences else ()
    for file in (*map(wanted.file, leaders), INDEX):
        lying = tuple(_lying(wanted, place, _LEAD_TO.get(Path(file).name)))
        if file == INDEX:
            lying += tuple(_pdfs(wanted, place, lying))
        key = inputs.shared(file, lying)
        if wanted.force or not place.fresh(file, key):
            from handout import writing

            place.add(file, key, writing.shared(Path(file).name, wanted.language, frozenset(lying)))
        yield file


def _lying(wanted: Wanted, place: Folder, others: tuple[str, ...] | None) -> Iterator[str]:
    """The modules' pages and these others, as far as they are there or will be; none for a page that leads nowhere."""
    if others is not None:
        modules = (f"{name}{end}" for name in content.names(wanted.language) for end in ENDINGS.values())
        yield from (file for name in (*modules, *others) if place.has(file := wanted.file(name)))


def _pdfs(wanted: Wanted, place: Folder, lying: Iterable[str]) -> Iterator[str]:
    """The PDFs of these pages, and of the book, that were made of the pages as they are now."""
    chapters = (wanted.file(f"{name}{ENDINGS['participant']}") for name in content.names(wanted.language))
    for page, sources in {**{page: (page,) for page in lying}, wanted.file(BOOK): tuple(chapters)}.items():
        names = (f"{page.removesuffix('.html')}{end}" for end in SIZES.values())
        yield from (name for name in names if place.made_of(name, sources))


def before_print(language: str) -> str:
    """Which help numbers must be looked up on the services' own pages before printing; "" if none."""
    numbers = ", ".join(f"{number.service} ({number.number})" for number in unconfirmed(content.support(language)))
    return content.words(language)["handout.before_print"].format(numbers=numbers) if numbers else ""
