"""The commands: start, present, test, handouts and the rest. __main__.py runs this file in the environment.

Each command imports what it needs when it runs, so that the quick ones stay quick.
"""

import sys
import tempfile
import traceback
from pathlib import Path

import norwegian
from messages import Stop, accept_any_letter, complain, words

norwegian.speak()

import click  # noqa: E402  (its words are looked up from here on)

click.UsageError.exit_code = 1  # one way to say no, whatever was wrong
ROOT = Path(__file__).resolve().parent.parent
# jsonschema builds a grammar for web addresses when it is imported, which takes two seconds and is never used here.
sys.modules["rfc3987_syntax"] = None


class Command(click.Command):
    """A command whose usage line says [VALG], not [OPTIONS]."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, options_metavar=words("metavar.options"), **keywords)


class Commands(click.Group):
    """All commands."""

    command_class = Command


language = click.option(
    "--language", default="nb", show_default=True, metavar=words("metavar.language"), help=words("help.language")
)
port = click.option("--port", type=int, metavar=words("metavar.port"), help=words("help.port"))
no_browser = click.option("--no-browser", is_flag=True, help=words("help.no_browser"))
log = click.option("--log", is_flag=True, help=words("help.log"))


@click.group(
    cls=Commands,
    help=words("help.main"),
    epilog=words("help.main.example"),
    options_metavar=words("metavar.options"),
    subcommand_metavar=words("metavar.command"),
)
def commands() -> None:
    """All commands."""


@commands.command(help=words("help.start"), epilog=words("help.start.example"))
@language
@click.option("--leader", is_flag=True, help=words("help.leader"))
@port
@no_browser
@click.option("--clinic", type=click.Path(path_type=Path), metavar=words("metavar.file"), help=words("help.clinic"))
@log
def start(language: str, leader: bool, port: int | None, no_browser: bool, clinic: Path | None, log: bool) -> None:
    """Open the course in the browser until Ctrl-C."""
    from names import known_language
    from serving import COURSE, serve

    language = known_language(language)
    serve(COURSE, language, leader=leader, port=port, browser=not no_browser, log=log, clinic=clinic)


@commands.command(help=words("help.edit"), epilog=words("help.edit.example"))
@click.argument("module", required=False, metavar=f"[{words('metavar.module')}]", help=words("help.module"))
@language
@port
@no_browser
@log
def edit(module: str | None, language: str, port: int | None, no_browser: bool, log: bool) -> None:
    """Open ordinary JupyterLab for those who write the course."""
    from names import known_language, known_notebook
    from serving import WORKSHOP, serve

    notebook = known_notebook(module, known_language(language)) if module else None
    serve(WORKSHOP, language, port=port, browser=not no_browser, log=log, notebook=notebook)


@commands.command(help=words("help.present"), epilog=words("help.present.example"))
@click.argument("module", required=False, metavar=f"[{words('metavar.module')}]", help=words("help.module"))
@language
@port
@no_browser
@log
def present(module: str | None, language: str, port: int | None, no_browser: bool, log: bool) -> None:
    """Open the course on the wall: a module goes straight into the presenter."""
    from pathlib import PurePath

    from names import known_language, known_modules
    from serving import COURSE, serve

    language = known_language(language)
    notebook = PurePath(f"{known_modules((module,), language)[0]}.ipynb") if module else None
    serve(COURSE, language, port=port, browser=not no_browser, log=log, notebook=notebook, present=True)


@commands.command(help=words("help.session"), epilog=words("help.session.example"))
@click.argument("module", metavar=words("metavar.module"), help=words("help.module"))
@click.argument("more", nargs=-1, metavar="")  # the names after the first of --skip and --recap
@click.option("--minutes", type=int, metavar=words("metavar.minutes"), help=words("help.minutes"))
@click.option("--start", metavar=words("metavar.clock"), help=words("help.begin"))
@click.option("--skip", multiple=True, metavar=words("metavar.part"), help=words("help.skip"))
@click.option("--recap", multiple=True, metavar=words("metavar.question"), help=words("help.recap"))
@click.option("--draw", type=int, metavar=words("metavar.draw"), help=words("help.draw"))
@click.option("--usual", is_flag=True, help=words("help.usual"))
@language
def session(
    module: str,
    more: tuple[str, ...],
    minutes: int | None,
    start: str | None,
    skip: tuple[str, ...],
    recap: tuple[str, ...],
    draw: int | None,
    usual: bool,
    language: str,
) -> None:
    """Fit a module into the minutes a group has, choose the questions of its recap, or show what is chosen."""
    import meetings
    from names import known_language, known_modules

    asked = meetings.understand(meetings.Asked(minutes, start, skip, recap, draw, usual), more)
    (module,) = known_modules((module,), known_language(language))
    if asked.usual:
        meetings.back(module, language)
    elif asked.chooses:
        meetings.choose(module, language, asked)
    else:
        meetings.show(module, language)


@commands.command(help=words("help.preview"), epilog=words("help.preview.example"))
@click.argument("module", required=False, metavar=f"[{words('metavar.module')}]", help=words("help.module"))
@language
@port
@no_browser
@log
def preview(module: str | None, language: str, port: int | None, no_browser: bool, log: bool) -> None:
    """Open every exercise of a module in all its faces, followed while its file is edited."""
    from pathlib import PurePath

    from names import known_draft, known_language
    from serving import PREVIEW, serve

    language = known_language(language)
    notebook = PurePath(f"{known_draft(module, language)}.ipynb") if module else None
    serve(PREVIEW, language, port=port, browser=not no_browser, log=log, notebook=notebook)


@commands.command(name="new-module", help=words("help.new_module"), epilog=words("help.new_module.example"))
@click.argument("name", metavar=words("metavar.name"), help=words("help.new_name"))
@click.option("--title", metavar=words("metavar.title"), help=words("help.title"))
@language
def new_module(name: str, title: str | None, language: str) -> None:
    """Make a module to begin with."""
    from names import known_language
    from new_module import make

    make(name, title, known_language(language))


@commands.group(
    cls=Commands,
    help=words("help.questions"),
    epilog=words("help.questions.example"),
    options_metavar=words("metavar.options"),
    subcommand_metavar=words("metavar.command"),
)
def questions() -> None:
    """Carry questions to and from jupyterquiz."""


@questions.command(name="import", help=words("help.import"), epilog=words("help.import.example"))
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=words("metavar.file"),
    help=words("help.import_file"),
)
@click.option("--module", required=True, metavar=words("metavar.module"), help=words("help.import_module"))
@click.option("--source", "sources", multiple=True, metavar=words("metavar.source"), help=words("help.import_source"))
@language
def import_questions(file: Path, module: str, sources: tuple[str, ...], language: str) -> None:
    """Bring questions from jupyterquiz into a module."""
    from names import known_language, known_modules
    from questions import bring

    language = known_language(language)
    bring(file, known_modules((module,), language)[0], sources, language)


@questions.command(name="export", help=words("help.export"), epilog=words("help.export.example"))
@click.argument("module", metavar=words("metavar.module"), help=words("help.module"))
@click.argument(
    "file",
    required=False,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=f"[{words('metavar.file')}]",
    help=words("help.export_file"),
)
@language
def export_questions(module: str, file: Path | None, language: str) -> None:
    """Write the questions of a module for jupyterquiz."""
    from names import known_language, known_modules
    from questions import give

    language = known_language(language)
    name = known_modules((module,), language)[0]
    give(name, language, file, ROOT / "dist" / "questions" / f"{name}.json")


@commands.command(help=words("help.test"), epilog=words("help.test.example"))
@click.option("--fast", is_flag=True, help=words("help.fast"))
@click.option("--full", is_flag=True, help=words("help.full"))
def test(fast: bool, full: bool) -> None:
    """Run the tests, group by group."""
    from groups import run

    sys.exit(run(fast, full))


@commands.command(help=words("help.handouts"), epilog=words("help.handouts.example"))
@click.argument("modules", nargs=-1, metavar=f"[{words('metavar.module')} ...]", help=words("help.modules"))
@click.option("--for", "audience", type=click.Choice(["participant", "leader", "group"]), help=words("help.for"))
@language
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "dist" / "handouts",
    metavar=words("metavar.folder"),
    help=words("help.out"),
)
@click.option("--force", is_flag=True, help=words("help.force"))
@click.option("--kernel", is_flag=True, help=words("help.kernel"))
@click.option("--pdf", "sizes", flag_value="plain", multiple=True, help=words("help.pdf"))
@click.option("--large", "sizes", flag_value="large", multiple=True, help=words("help.large"))
@click.option("--booklet", "sizes", flag_value="booklet", multiple=True, help=words("help.booklet"))
@click.option("--clinic", type=click.Path(path_type=Path), metavar=words("metavar.file"), help=words("help.paper"))
def handouts(
    modules: tuple[str, ...],
    audience: str | None,
    language: str,
    out: Path,
    force: bool,
    kernel: bool,
    sizes: tuple[str, ...],
    clinic: Path | None,
) -> None:
    """Make the pages to print."""
    from datetime import date

    from names import known_language, known_modules
    from prints import clinics_paper, make

    modules = known_modules(modules, known_language(language))
    audiences = (audience,) if audience else ("participant", "leader")
    with clinics_paper(clinic, date.today()):
        make(modules, audiences, language, out, sizes, force=force, kernel=kernel)


@commands.command(help=words("help.bundle"), epilog=words("help.bundle.example"))
@click.option("--platform", metavar=words("metavar.platform"), help=words("help.platform"))
@click.option("--python", metavar=words("metavar.version"), help=words("help.python"))
@click.option("--paper-only", is_flag=True, help=words("help.paper_only"))
@click.option("--clinic", type=click.Path(path_type=Path), metavar=words("metavar.file"), help=words("help.paper"))
@language
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "dist" / "bundle",
    metavar=words("metavar.folder"),
    help=words("help.bundle_out"),
)
def bundle(
    platform: str | None, python: str | None, paper_only: bool, clinic: Path | None, language: str, out: Path
) -> None:
    """Make what a machine without a network needs: all sheets in one file, and a folder that starts there."""
    from bundle import make
    from names import known_language

    make(platform, python, out, known_language(language), clinic=clinic, paper_only=paper_only)


@commands.command(help=words("help.check"), epilog=words("help.check.example"))
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=f"[{words('metavar.file')} ...]",
    help=words("help.files"),
)
@click.option("--language", "reading", is_flag=True, help=words("help.reading"))
@click.option("--topics", is_flag=True, help=words("help.topics"))
def check(files: tuple[Path, ...], reading: bool, topics: bool) -> None:
    """Look for faults in content and notebooks."""
    from datetime import date

    from inspection import inspect

    sys.exit(inspect(files, today=date.today(), reading=reading, by_part=topics))


@commands.command(help=words("help.clean"), epilog=words("help.clean.example"))
def clean() -> None:
    """Remove what was made, and empty the notebooks."""
    from tidying import tidy

    tidy(ROOT)


@commands.command(help=words("help.bench"), epilog=words("help.bench.example"))
@click.argument("name", metavar=words("metavar.name"), help=words("help.benchmark"))
def bench(name: str) -> None:
    """Run one benchmark."""
    from benchmarks import run

    sys.exit(run(name))


def main() -> int:
    """Run one command; a fault ends in its sentence, never in a traceback."""
    accept_any_letter()
    try:
        commands(prog_name="python3 build")
    except Stop as fault:
        return complain(fault)
    except Exception:  # a fault of ours; whoever can mend it finds the traceback in a file
        return complain(Stop("unexpected", file=write_down(traceback.format_exc())))
    return 0


def write_down(text: str) -> Path:
    """Keep a text in a temporary file."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="nykurs-", suffix=".txt", delete=False) as file:
        file.write(text)
    return Path(file.name)


if __name__ == "__main__":
    sys.exit(main())
