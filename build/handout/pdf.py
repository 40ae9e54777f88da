"""PDF of the pages, by WeasyPrint: tagged for screen readers (PDF/UA-1), in three sizes, and the course as one book."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from course import content
from handout import fonts
from handout.folder import Folder, digest
from handout.inputs import libraries
from handout.making import BOOK, ENDINGS, GROUP, SIZES
from handout.page import TEMPLATES

OWN = Path(__file__).with_name("booklet.py"), Path(__file__)
_LETTERS = re.compile(r"html ?\{[^}]*font: ?[\d.%/]+ ([^;}]+)")
_BEFORE_INLINE = re.compile(r"(?<=[^\s>]) (?=<(?:a|b|code|em|i|span|strong)\b)")

Progress = Callable[[str], None]


class MissingEngine(Exception):
    """WeasyPrint is not installed, or Pango, which it draws letters with, is not on the machine."""


@dataclass(frozen=True)
class Job:
    """One PDF to make: its name in the folder, the page it is made of, the files that page is from, and its size."""

    name: str
    html: str
    sources: tuple[str, ...]
    size: str


def engine(sizes: Sequence[str] = ()) -> ModuleType:
    """WeasyPrint, or MissingEngine; also when what these sizes need is missing."""
    try:
        import weasyprint

        if "booklet" in sizes:
            import pypdf  # noqa: F401
    except (ImportError, OSError) as fault:  # it looks for Pango as it is imported
        raise MissingEngine from fault
    return weasyprint


def make(
    pages: Sequence[str],
    sizes: Sequence[str],
    language: str,
    place: Folder,
    force: bool = False,
    progress: Progress | None = None,
) -> list[str]:
    """A PDF of each of these pages of the folder in each of these sizes; give their names. Only what has changed is
    made anew."""
    weasyprint, names = engine(sizes), []
    with_what = machinery(weasyprint)
    for job in _jobs(pages, sizes, language, place):
        html = styled(job.html, job.size)
        key = place.sources(job.sources) + digest(f"{with_what} {job.size} {html}".encode())
        if force or not place.fresh(job.name, key):
            place.add(job.name, key, drawn(html, job.size))
        names.append(job.name)
        if progress:
            progress(PurePosixPath(job.name).name)
    return names


def count(pages: Sequence[str], sizes: Sequence[str], language: str) -> int:
    """How many PDFs that is."""
    return sum(len(_wanted(pages, size, language)) for size in sizes)


def machinery(weasyprint: ModuleType) -> str:
    """What changes a PDF beside its page, its style and its size: our code, the libraries, Pango, and the letters."""
    code = (digest(path.read_bytes()) for path in OWN)
    return " ".join((sys.version, *libraries(), weasyprint.__version__, *code, *fonts.known()))


def _jobs(pages: Sequence[str], sizes: Sequence[str], language: str, place: Folder) -> Iterator[Job]:
    for size in sizes:
        for page in _wanted(pages, size, language):
            book = page.endswith(f"/{BOOK}")
            sources = tuple(_modules(pages, language) if book else [page])
            html = _book(sources, language, place) if book else place.text(page)
            yield Job(f"{page.removesuffix('.html')}{SIZES[size]}", html, sources, size)


def _wanted(pages: Sequence[str], size: str, language: str) -> list[str]:
    """The pages that come in this size. A participant's module is thin enough to fold; the book is not. A poster is
    large as it is."""
    modules = _modules(pages, language)
    if size == "booklet":
        return modules
    single = [page for page in pages if not (size == "large" and page.endswith(ENDINGS[GROUP]))]
    whole = len(modules) == len(content.names(language)) and modules
    return [*single, f"{language}/{BOOK}"] if whole else single


def _modules(pages: Sequence[str], language: str) -> list[str]:
    """The participants' pages of modules, in the course's order."""
    names = (f"{language}/{name}{ENDINGS['participant']}" for name in content.names(language))
    return [name for name in names if name in pages]


def _book(pages: Sequence[str], language: str, place: Folder) -> str:
    from handout import book

    return book.page({PurePosixPath(page).stem: place.text(page) for page in pages}, language)


def styled(html: str, size: str) -> str:
    """The page with what its size adds to its style."""
    if size == "plain":
        return html
    style = (TEMPLATES / "handout" / f"{size}.css").read_text(encoding="utf-8")
    return html.replace("</style>\n</head>", f"{style}</style>\n</head>", 1)


def drawn(html: str, size: str = "plain") -> bytes:
    """The PDF of a page. Nothing is fetched, and its links to other files are left out: a PDF travels alone."""
    weasyprint = engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    page = weasyprint.HTML(string=_loosened(_lettered(html)), url_fetcher=fetcher)
    made = page.write_pdf(pdf_variant="pdf/ua-1", finisher=_scoped)
    if size == "booklet":
        from handout import booklet

        return booklet.imposed(made)
    return made


def _lettered(html: str) -> str:
    """The page where every figure names the page's letters: within a figure WeasyPrint does not inherit them, and takes
    wider ones, which the figure has no room for."""
    found = _LETTERS.search(html)
    return html.replace("<svg role=", f"<svg font-family='{found[1]}' role=") if found else html


def _loosened(html: str) -> str:
    """The page with the space before an inline element in a text of its own.

    WeasyPrint 70 measures a text together with the space that ends it. Where the words fit on the line and the space
    does not, it breaks the line after the first word.
    """
    return _BEFORE_INLINE.sub("<span> </span>", html)


def _scoped(document: object, pdf: Any) -> None:
    """Say of every header cell which way it looks, as PDF/UA asks for; WeasyPrint leaves it out."""
    elements = {thing.reference: thing for thing in pdf.objects if isinstance(thing, dict)}
    for cell in elements.values():
        if cell.get("S") == "/TH":
            rows = elements[elements[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if rows["S"] == "/THead" else "/Row"
