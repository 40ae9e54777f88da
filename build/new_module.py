"""`python3 build new-module NAME`: a module to begin with, which `check` accepts as it is."""

import json
import os
import re
import unicodedata
from datetime import date
from pathlib import Path

from inspection import findings
from messages import Stop, say
from rich.console import Console

from course import content, drafts, neighbours, notebooks

STARTER = Path(__file__).resolve().parent / "starter"
FORM = re.compile(r"[0-9]{2}[a-z]?_[a-z0-9]+(_[a-z0-9]+)*")  # a letter for a meeting beside a module: 06b
PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
NAME, TITLE = "NAVN", "TITTEL"  # what stands for the name and the title in the files to begin with


def make(name: str, title: str | None, language: str) -> None:
    """Make both files, and tell what `check` says of them. Either both are made or none."""
    file = content.CONTENT / language / f"{name}.yaml"
    notebook = neighbours.notebook_of(file)
    refuse(name, (file, notebook), language)
    title = " ".join((title or titled(name)).split())
    if not title:
        raise Stop("new.no_title")
    made: list[Path] = []
    try:
        for path, raw in ((file, text(name, title, language)), (notebook, page(name, title, language))):
            write(path, raw, made)
        tell(made)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def refuse(name: str, files: tuple[Path, ...], language: str) -> None:
    """Stop for a name that cannot be used."""
    known = drafts.names(language)
    if not FORM.fullmatch(name):
        raise Stop("new.form", name=name, example=suggested(name, known))
    for path in files:
        if path.exists():
            raise Stop("new.exists", path=path.relative_to(content.CONTENT.parent.parent))
    number, _, rest = name.partition("_")
    for other in known:
        if other.partition("_")[0] == number:
            raise Stop("new.number", number=number, other=other, example=f"{free(known)}_{rest}")
    if not (STARTER / language / "module.yaml").is_file():
        raise Stop("new.language", language=language)


def suggested(name: str, known: tuple[str, ...]) -> str:
    """A name that can be used, as near as possible to the one that cannot."""
    letters = unicodedata.normalize("NFC", name).lower().translate(PLAIN)
    words = re.findall(r"[a-z0-9]+", letters.removesuffix(".yaml").removesuffix(".ipynb"))
    number = words.pop(0).zfill(2) if words and re.fullmatch(r"[0-9]{1,2}", words[0]) else free(known)
    return "_".join([number, *(words or ["navn"])])


def free(known: tuple[str, ...]) -> str:
    """The first number that no module has."""
    taken = {name[:2] for name in known}
    return next(f"{number:02}" for number in range(100) if f"{number:02}" not in taken)


def titled(name: str) -> str:
    """A title made of a name; it has no æ, ø or å, so the author looks it over."""
    return name.partition("_")[2].replace("_", " ").capitalize()


def text(name: str, title: str, language: str) -> bytes:
    """The content file to begin with."""
    raw = (STARTER / language / "module.yaml").read_text(encoding="utf-8")
    return raw.replace(f'"{TITLE}"', json.dumps(title, ensure_ascii=False)).encode()


def page(name: str, title: str, language: str) -> bytes:
    """The notebook to begin with."""
    notebook = json.loads((STARTER / language / "module.ipynb").read_text(encoding="utf-8"))
    opening = f'"{name}"' if language == "nb" else f'"{name}", "{language}"'
    for cell in notebook["cells"]:
        source = "".join(cell["source"]).replace(f'"{NAME}"', opening)
        cell["source"] = source.replace(f"# {TITLE}", f"# {title}")
    return notebooks.tidy(notebook)


def write(path: Path, raw: bytes, made: list[Path]) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("xb") as file:
            made.append(path)
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as fault:
        raise Stop("new.exists", path=path.name) from fault
    except OSError as fault:
        raise Stop("new.unwritable", path=path) from fault


def tell(made: list[Path]) -> None:
    """What was made and what `check` says of it; a title that cannot be used stops here."""
    told = [findings(path, date.today()) for path in made]
    faults = [letter for each, _ in told for letter in each]
    if faults:
        raise Stop("new.faulty", letters="\n".join(f"  {letter}" for letter in faults))
    console = Console(soft_wrap=True, highlight=False)
    say("new.made")
    for path in made:
        console.print(f"  {path.relative_to(content.CONTENT.parent.parent)}", markup=False)
    say("new.look")
    for letter in (letter for _, warnings in told for letter in warnings):
        console.print(f"  {letter}", markup=False)
    say("new.next", name=made[0].stem)
