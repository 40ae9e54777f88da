"""Decides which handouts to make: only those whose value has changed, each notebook once for every audience.

Whatever draws or fills in a template is in `handout.writing`, which is imported when there is something to make. All is
done under one lock, and is put in place together: pages, PDFs of them, and the overview that leads to both.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
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
_WAYS = "", " kernel"  # how the key ends of a page whose notebook ran here, or in a kernel
_LEADERS = EMERGENCY, FEEDBACK, GUIDE

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What was asked for."""

    modules: tuple[str, ...]
    audiences: tuple[str, ...]
    language: str
    force: bool = False
    kernel: bool = False
    sizes: tuple[str, ...] = ()

    def file(self, name: str) -> str:
        """A file of this language, as seen from the folder."""
        return f"{self.language}/{name}"

    def page(self, module: str, audience: str) -> str:
        """A module's page for an audience."""
        return self.file(f"{module}{ENDINGS[audience]}")

    def pages(self) -> list[str]:
        """The pages that were asked for, without the overview, which always comes."""
        modules = self.modules or content.names(self.language)
        leaders = _LEADERS if "leader" in self.audiences else ()
        return [*(self.page(module, each) for module in modules for each in self.audiences), *map(self.file, leaders)]


@dataclass
class Made:
    """What came of it."""

    asked: list[Path] = field(default_factory=list)
    again: list[str] = field(default_factory=list)  # lay there from before, and were older than the content
    older: list[str] = field(default_factory=list)  # modules whose pages still are, since their notebook is refused
    removed: list[str] = field(default_factory=list)  # PDFs of pages as they no longer are, pages of no module


def make(wanted: Wanted, out: Path, progress: Progress | None = None, drawing: Progress | None = None) -> Made:
    """Write the handouts and the overview; see `handout.make`. `drawing` is called for each PDF."""
    for name in wanted.modules:
        content.load(name, wanted.language)  # an unknown name gets its letter before anything is made
    inputs = Inputs(wanted.language)
    with folder.opened(out) as place, _figures(place, wanted, inputs):
        made = _Run(wanted, place, inputs).all(progress, drawing)
    made.asked = [out / name for name in made.asked]
    return made


def _figures(place: Folder, wanted: Wanted, inputs: Inputs) -> AbstractContextManager:
    return figure_store.kept_in(place.figures(inputs.drawing), reads=not wanted.force)


class _Run:
    """One run. Afterwards no page that the overview leads to is made of anything but the content as it is."""

    def __init__(self, wanted: Wanted, place: Folder, inputs: Inputs) -> None:
        self.wanted, self.place, self.inputs = wanted, place, inputs
        self.made = Made()

    def all(self, progress: Progress | None, drawing: Progress | None) -> Made:
        """Every step, in the order in which one leads to another."""
        asked = self.wanted.pages()
        self._modules(progress)
        pages = list(self._lying())
        pages += self._shared(pages)
        drawn = self._drawn(asked, drawing) if self.wanted.sizes else []
        current = self._remove_older({*pages, *drawn, *self._pdfs(pages)})
        self._overview(current)
        self.made.asked = [*asked, *drawn, INDEX]
        return self.made

    def _modules(self, progress: Progress | None) -> None:
        """The modules that were asked for; then the others, where a page of them lies there."""
        asked = self.wanted.modules or content.names(self.wanted.language)
        for name in asked:
            self._module(name, self.wanted.audiences)
            for _ in self.wanted.audiences if progress else ():
                progress(name)
        for name in content.names(self.wanted.language):
            if name not in asked:
                self._other(name)

    def _other(self, name: str) -> None:
        """A module that nobody asked for: what is wrong with its notebook stops nothing else."""
        try:
            self._module(name, ())
        except content.ContentError:
            self.made.older.append(name)

    def _module(self, name: str, asked: tuple[str, ...]) -> None:
        """Its pages for those who were asked for, and those that lie there from before, from one run."""
        beside = gathering.modules(content.load(name, self.wanted.language))
        files = {audience: self.wanted.page(name, audience) for audience in ENDINGS}
        there = [audience for audience, file in files.items() if audience in asked or self.place.has(file)]
        keys = {audience: self.inputs.module(name, audience, beside) for audience in there}
        stale = [each for each in there if self._is_stale(files[each], keys[each], each in asked)]
        if not stale:
            return
        from handout import writing

        kernel = self.wanted.kernel and bool(asked)
        for audience, html in writing.module(name, stale, self.wanted.language, kernel):
            self.place.add(files[audience], keys[audience] + _WAYS[kernel], html)
            self.made.again += [] if audience in asked else [files[audience]]

    def _is_stale(self, file: str, key: str, asked: bool) -> bool:
        """Whether this page must be made. One that nobody asked for may have been made in either way."""
        if asked and self.wanted.force:
            return True
        ways = (_WAYS[self.wanted.kernel],) if asked else _WAYS
        return not any(self.place.fresh(file, key + way) for way in ways)

    def _lying(self) -> Iterator[str]:
        """The modules' pages that are there, or will be, and are made of the content as it is."""
        for name in content.names(self.wanted.language):
            if name not in self.made.older:
                yield from filter(self.place.has, (self.wanted.page(name, audience) for audience in ENDINGS))

    def _shared(self, pages: list[str]) -> Iterator[str]:
        """What is made once for the whole course; the guide leads to the pages that are there."""
        for name in _LEADERS:
            file, asked = self.wanted.file(name), "leader" in self.wanted.audiences
            if asked or self.place.has(file):
                lying = tuple(pages) if name == GUIDE else ()
                anew = self._whole(file, lying, self.wanted.force and asked)
                self.made.again += [file] if anew and not asked else []
                yield file

    def _overview(self, current: Iterable[str]) -> None:
        self._whole(INDEX, tuple(current), self.wanted.force, tuple(self.made.older))

    def _whole(self, file: str, lying: tuple[str, ...], force: bool, older: tuple[str, ...] = ()) -> bool:
        """Make this page about the whole course, if it must be; tell whether."""
        key = self.inputs.shared(file, (*lying, "", *older))
        if not force and self.place.fresh(file, key):
            return False
        from handout import writing

        self.place.add(file, key, writing.shared(Path(file).name, self.wanted.language, frozenset(lying), older))
        return True

    def _drawn(self, pages: list[str], drawing: Progress | None) -> list[str]:
        from handout import pdf

        wanted = self.wanted
        return pdf.make(pages, wanted.sizes, wanted.language, self.place, wanted.force, drawing)

    def _pdfs(self, pages: list[str]) -> Iterator[str]:
        """The PDFs of these pages, and of the book, that were made of the pages as they are now."""
        names = content.names(self.wanted.language)
        chapters = tuple(self.wanted.page(name, "participant") for name in names)
        whole = {self.wanted.file(BOOK): chapters} if {*chapters} <= {*pages} else {}
        for page, sources in {**{page: (page,) for page in pages}, **whole}.items():
            pdfs = (f"{page.removesuffix('.html')}{end}" for end in SIZES.values())
            yield from (name for name in pdfs if self.place.made_of(name, sources))

    def _remove_older(self, current: set[str]) -> list[str]:
        """Take away what was made here and says something else than the course does now, or nobody would see that a
        sheet in a printer is old; give what is left, in order. Pages that cannot be made again stay."""
        kept = {self.wanted.page(name, audience) for name in self.made.older for audience in ENDINGS}
        for name in self.place.recorded():
            ours = name.startswith(self.wanted.file("")) and name not in current | kept
            if ours and self.place.untouched(name):
                self.place.remove(name)
                self.made.removed.append(name)
        return sorted(current)


def before_print(language: str) -> str:
    """Which help numbers must be looked up on the services' own pages before printing; "" if none."""
    numbers = ", ".join(f"{number.service} ({number.number})" for number in unconfirmed(content.support(language)))
    return content.words(language)["handout.before_print"].format(numbers=numbers) if numbers else ""
