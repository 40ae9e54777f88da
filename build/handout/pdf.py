"""PDF of the pages, by WeasyPrint: tagged for screen readers (PDF/UA-1), in three sizes, and the course as one book."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from course import content
from handout import folder
from handout.folder import Folder, digest
from handout.making import BOOK, ENDINGS, GROUP, INDEX, SIZES
from handout.page import TEMPLATES

OWN = Path(__file__).with_name("booklet.py"), Path(__file__)  # what changes a PDF beside its page and its style
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
    pages: Sequence[Path], sizes: Sequence[str], language: str, out: Path, progress: Progress, force: bool = False
) -> list[Path]:
    """Write a PDF of each page in each of these sizes; return their paths. Only what has changed is made anew."""
    weasyprint = engine(sizes)
    with folder.opened(out) as place:
        jobs = list(_jobs(pages, sizes, language, out))
        for job in jobs:
            _make(job, place, weasyprint, force)
            progress(Path(job.name).name)
    return [out / job.name for job in jobs]


def count(pages: Sequence[Path], sizes: Sequence[str], language: str) -> int:
    """How many PDFs that is."""
    return sum(len(_wanted(pages, size, language)) for size in sizes)


def _make(job: Job, place: Folder, weasyprint: ModuleType, force: bool) -> None:
    html = styled(job.html, job.size)
    code = "".join(digest(path.read_bytes()) for path in OWN)
    key = place.sources(job.sources) + digest(f"{weasyprint.__version__} {job.size} {code} {html}".encode())
    if force or not place.fresh(job.name, key):
        place.add(job.name, key, drawn(html, job.size))


def _jobs(pages: Sequence[Path], sizes: Sequence[str], language: str, out: Path) -> Iterator[Job]:
    for size in sizes:
        for page in _wanted(pages, size, language):
            book = page.name == BOOK
            html = _book(pages, language) if book else page.read_text(encoding="utf-8")
            made_of = _modules(pages, language) if book else [page]
            sources = tuple(each.relative_to(out).as_posix() for each in made_of)
            yield Job(f"{page.parent.relative_to(out).as_posix()}/{page.stem}{SIZES[size]}", html, sources, size)


def _wanted(pages: Sequence[Path], size: str, language: str) -> list[Path]:
    """The pages that come in this size. A participant's module is thin enough to fold; the book is not. A poster is
    large as it is."""
    posters = ENDINGS[GROUP] if size == "large" else INDEX
    single = [page for page in pages if not page.name.endswith((INDEX, posters))]
    modules = _modules(pages, language)
    if size == "booklet":
        return modules
    whole = len(modules) == len(content.names(language)) and modules
    return [*single, modules[0].with_name(BOOK)] if whole else single


def _modules(pages: Sequence[Path], language: str) -> list[Path]:
    """The participants' pages of modules, in the course's order."""
    places = {page.name: page for page in pages}
    names = (f"{name}{ENDINGS['participant']}" for name in content.names(language))
    return [places[name] for name in names if name in places]


def _book(pages: Sequence[Path], language: str) -> str:
    from handout import book

    chapters = {page.stem: page.read_text(encoding="utf-8") for page in _modules(pages, language)}
    return book.page(chapters, language)


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
    page = weasyprint.HTML(string=_loosened(html), url_fetcher=fetcher)
    made = page.write_pdf(pdf_variant="pdf/ua-1", finisher=_scoped)
    if size == "booklet":
        from handout import booklet

        return booklet.imposed(made)
    return made


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
