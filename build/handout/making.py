"""Writes the handouts of a language into a folder: each notebook runs once, only what has changed is written."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handout import run  # first: it makes the next import quick

from nbconvert.exporters.templateexporter import TemplateExporter  # isort: skip

from course import content
from course.model import Module
from handout import guide
from handout.exporter import HandoutExporter
from handout.page import approved, frame, unconfirmed

ENDINGS = {"participant": ".html", "leader": ".leder.html"}
EMERGENCY = "beredskapsark.html"
GUIDE = "kursguide.leder.html"
FEEDBACK = "tilbakemelding.html"


@dataclass(frozen=True)
class Link:
    """A file or a single sheet that the overview leads to."""

    address: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A module in the overview: its handouts, and its sheets one by one."""

    module: Module
    links: tuple[Link, ...]
    sheets: tuple[Link, ...]


def make(
    modules: tuple[str, ...],
    audiences: tuple[str, ...],
    language: str,
    out: Path,
    progress: Callable[[str], None] | None,
) -> list[Path]:
    """Write the handouts and the overview; see `handout.make`."""
    names = modules or content.names(language)
    folder = out / language
    exporter = HandoutExporter()
    paths: list[Path] = []
    for name in names:
        for path in _handouts(exporter, name, audiences, language, folder):
            paths.append(path)
            if progress:
                progress(name)
    if "leader" in audiences:
        paths.append(write(folder / EMERGENCY, emergency(exporter, language)))
        paths.append(write(folder / GUIDE, course_guide(exporter, language, folder)))
        paths.append(write(folder / FEEDBACK, feedback(exporter, language)))
    paths.append(write(out / "index.html", overview(exporter, language, out)))
    return paths


def _handouts(
    exporter: HandoutExporter, name: str, audiences: tuple[str, ...], language: str, folder: Path
) -> Iterator[Path]:
    """One module for every audience, from one run of its notebook."""
    content.load(name, language)  # an unknown name gets its letter before anything runs
    source = content.MODULES / language / f"{name}.ipynb"
    notebook = run.run(source)
    for audience in audiences:
        exporter.audience = audience
        html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name, "path": str(source.parent)}})
        yield write(folder / f"{name}{ENDINGS[audience]}", html)


def emergency(exporter: TemplateExporter, language: str) -> str:
    """The leader's emergency sheet."""
    title = content.words(language)["handout.emergency.title"]
    around = frame(language, title, draft=not approved(language), leader=True)
    return _render(exporter, "emergency", frame=around, support=content.support(language))


def course_guide(exporter: TemplateExporter, language: str, folder: Path) -> str:
    """The leader's guide of the whole course; only documents that lie in the folder are linked."""
    said = content.guide(language)
    return _render(
        exporter,
        "guide",
        frame=frame(language, said.title, draft=not approved(language), leader=True),
        guide=said,
        support=content.support(language),
        meetings=tuple(guide.meetings(language, ENDINGS["leader"], folder)),
    )


def feedback(exporter: TemplateExporter, language: str) -> str:
    """The anonymous feedback sheet, which is handed out."""
    said = content.guide(language).feedback
    around = frame(language, said.title, draft=not approved(language), leader=False, guide=True)
    return _render(exporter, "feedback", frame=around, feedback=said)


def overview(exporter: TemplateExporter, language: str, out: Path) -> str:
    """The first page: what lies in the folder, by module and audience."""
    words = content.words(language)
    entries = tuple(_entries(language, out))
    sheet = Link(f"{language}/{EMERGENCY}", words["handout.overview.open_emergency"])
    return _render(
        exporter,
        "overview",
        frame=frame(language, words["handout.overview.title"], draft=not approved(language), leader=False),
        entries=entries,
        emergency=sheet if (out / sheet.address).is_file() else None,
        guides=tuple(_guides(language, out)),
        before_print=before_print(language),
    )


def _entries(language: str, out: Path) -> Iterator[Entry]:
    words = content.words(language)
    for name in content.names(language):
        links = tuple(
            Link(f"{language}/{name}{ending}", words[f"handout.for.{audience}"])
            for audience, ending in ENDINGS.items()
            if (out / language / f"{name}{ending}").is_file()
        )
        if links:
            module = content.load(name, language)
            yield Entry(module, links, _single_sheets(module, links[0].address))


def _guides(language: str, out: Path) -> Iterator[Link]:
    words = content.words(language)
    for file, key in ((GUIDE, "guide.open_guide"), (FEEDBACK, "guide.open_feedback")):
        if (out / language / file).is_file():
            yield Link(f"{language}/{file}", words[key])


def _single_sheets(module: Module, address: str) -> tuple[Link, ...]:
    return tuple(Link(f"{address}#sheet-{exercise.id}", exercise.title) for exercise in module.exercises)


def before_print(language: str) -> str:
    """Which help numbers must be looked up on the services' own pages before printing; "" if none."""
    numbers = ", ".join(f"{number.service} ({number.number})" for number in unconfirmed(content.support(language)))
    return content.words(language)["handout.before_print"].format(numbers=numbers) if numbers else ""


def write(path: Path, text: str) -> Path:
    """Write a file whole or not at all, and only when it says something new."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _render(exporter: TemplateExporter, name: str, **values: object) -> str:
    return exporter.environment.get_template(f"{name}.html.j2").render(**values).lstrip() + "\n"
