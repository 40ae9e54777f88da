"""What a participant enters is nowhere on the machine but where they asked for it to be.

A word that stands nowhere else is written in every kind of field of every kind of exercise, in a real browser with a
profile on disk. Then every file that was written meanwhile is searched for it.
"""

import os
import re
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import TOKEN, Lab, ready
from entering import enter_everything
from leaks import leaks
from test_keeping import NICKNAME, PASSWORD, begin, fetch, fill, press
from tools import CHROMIUM_ARGUMENTS, find_chromium

from course import content, shelf
from course.model import LoopMap, NetworkMap, SortingBoard, TriggerMap, Worksheet

WORD = "vitneprøven-blåhval-7315"
ROOT = Path(__file__).resolve().parents[2]
# Every kind of exercise stands in these; all modules in the full run.
SOME = ("03_rop", "05_mestring", "06_nettverk", "07_tilbakefall", "08_min_plan")
MODULES = content.names("nb") if os.environ.get("NYKURS_FULL") else [n for n in content.names("nb") if n in SOME]
WRITTEN = (Worksheet, TriggerMap, LoopMap, SortingBoard, NetworkMap)
SKIPPED = {".git", ".venv"}


@pytest.fixture
def say(words):
    """A word of the JupyterLab side."""
    return lambda key, **values: words[f"lab.{key}"].format(**values)


class Machine:
    """A server, a browser with a profile on disk, and a home for both in one folder, and when it all began."""

    def __init__(self, folder: Path, chromium) -> None:
        self.folder = folder
        self.began = time.time()
        for name in ("home", "tmp", "downloads", "saved"):
            (folder / name).mkdir()
        home, temporary = str(folder / "home"), str(folder / "tmp")
        self.surroundings = {"HOME": home, "TMPDIR": temporary, "XDG_CONFIG_HOME": f"{home}/.config"}
        self.surroundings |= {"XDG_CACHE_HOME": f"{home}/.cache", "XDG_DATA_HOME": f"{home}/.local/share"}
        (folder / "server").mkdir()
        self.server = Lab(folder / "server", surroundings=self.surroundings)
        self.chromium = chromium
        self.browser = None

    def page(self):
        """A page of the browser, started anew with the profile of before."""
        self.close()
        self.browser = self.chromium.browser_type.launch_persistent_context(
            str(self.folder / "profile"),
            executable_path=find_chromium(),
            args=list(CHROMIUM_ARGUMENTS),
            env={**os.environ, **self.surroundings},
            downloads_path=str(self.folder / "downloads"),
            accept_downloads=True,
        )
        self.browser.set_default_timeout(60_000)
        return self.browser.pages[0] if self.browser.pages else self.browser.new_page()

    def open(self, page, name: str):
        """A module, once its exercises are there."""
        page.goto(f"{self.server.address}/lab/tree/{name}.ipynb?token={TOKEN}")
        ready(page)

    def close(self) -> None:
        """Close the browser."""
        if self.browser:
            self.browser.close()
        self.browser = None

    def leaks(self, *words: str) -> dict[str, set[str]]:
        """Where any of the words stands: in all that belongs to this machine, and what was written in the checkout and
        in the places where Jupyter would write if it were not told otherwise."""
        elsewhere = [path for path in ROOT.iterdir() if path.name not in SKIPPED]
        elsewhere += [path for path in usual_places() if path.exists()]
        found = leaks([self.folder], words) | leaks(elsewhere, words, since=self.began)
        return {str(path): where for path, where in found.items() if path != Path(__file__)}


def usual_places() -> list[Path]:
    """Where Jupyter, IPython and this course keep things on an ordinary machine."""
    from jupyter_core import paths
    from platformdirs import user_cache_path, user_data_path

    home = Path.home()
    named = [Path(paths.jupyter_config_dir()), Path(paths.jupyter_data_dir()), Path(paths.jupyter_runtime_dir())]
    return [*named, home / ".ipython", user_data_path("nykurs"), user_cache_path("nykurs")]


@contextmanager
def machine(chromium):
    """A machine that is switched off in the end. A browser needs a short way to its temporary files."""
    with tempfile.TemporaryDirectory(prefix="nk", ignore_cleanup_errors=True) as folder:
        one = Machine(Path(folder), chromium)
        try:
            yield one
        finally:
            one.close()
            one.server.stop()


def fill_module(one, page, name):
    """Enter the word everywhere in a module, once with real keys as well, print a sheet, and reload."""
    one.open(page, name)
    enter_everything(page, WORD)
    field = page.locator(".nykurs-card textarea:visible").first
    if field.count():
        field.press("Control+a")
        page.keyboard.type(WORD)
    page.locator(".nykurs-my-sheet button:visible").last.click()
    page.locator(".nykurs-my-sheet-dialog .nykurs-offer-first").click()
    page.wait_for_function("() => document.querySelector('.nykurs-my-sheet-dialog iframe') === null")
    page.keyboard.press("Escape")
    page.reload()
    ready(page)


def test_without_keeping_nothing_is_written_anywhere(chromium, say):
    with machine(chromium) as one:
        page = one.page()
        for name in MODULES:
            fill_module(one, page, name)
        text = download(page, say, one)
        assert unwritten(text) == []
        for path in (*(one.folder / "downloads").iterdir(), *(one.folder / "saved").iterdir()):
            path.unlink()
        assert one.leaks(WORD) == {}
        one.close()
        assert one.leaks(WORD) == {}
        one.server.stop()
        assert one.leaks(WORD) == {}


def test_with_keeping_it_stands_only_in_the_files_that_were_asked_for(chromium, say):
    with machine(chromium) as one:
        page = one.page()
        one.open(page, MODULES[0])
        begin(page, say)
        press(page, say, "keep_new")
        fill(page, say, "nickname", NICKNAME)
        for field in ("password", "password_again"):
            fill(page, say, field, PASSWORD)
        press(page, say, "keep_do")
        page.get_by_text(say("kept_now")).wait_for()
        press(page, say, "close")
        for name in MODULES:
            fill_module(one, page, name)
        begin(page, say)
        press(page, say, "lock")
        page.get_by_text(say("locked")).wait_for()
        assert one.leaks(WORD, NICKNAME, PASSWORD) == {}
        page.locator(".nykurs-emptied").get_by_role("button", name=say("keep_open")).click()
        fetch(page, say, password=PASSWORD + " igjen")
        page.get_by_text(say("refused_wrong")).wait_for()
        fetch(page, say)
        page.get_by_text(say("fetched")).wait_for()
        press(page, say, "close")
        text = download(page, say, one)
        assert unwritten(text) == []
        sheet = save_sheet(one, page, say)
        assert WORD in sheet
        one.close()
        one.server.stop()
        found = one.leaks(WORD, NICKNAME, PASSWORD)
        assert {Path(path).name for path in found} == {say("download_name"), say("sheet_name")}, found
        assert {Path(path).parent.name for path in found} == {"saved"}
        assert not any(re.search(f"{NICKNAME}|{PASSWORD}", where) for forms in found.values() for where in forms)


def unwritten(text: str) -> list[str]:
    """The exercises in which something can be written, and of which a download does not hold the word."""
    known = shelf.exercises()
    written = [each for name in MODULES for each in content.load(name).exercises if writable(each)]
    names = [each.answers or next(name for name in known if name.endswith(f"/{each.id}")) for each in written]
    return [name for name in names if WORD not in section(text, known[name][1].title)]


def writable(exercise) -> bool:
    """Whether there is room for a word; a worksheet can have nothing but ticks."""
    if isinstance(exercise, Worksheet):
        return any(field.kind in ("text", "long", "table") for field in exercise.fields)
    return isinstance(exercise, WRITTEN)


def section(text: str, title: str) -> str:
    """What a download says about one exercise: all from its underlined title to the next one."""
    found = re.search(rf"^{re.escape(title)}\n-+\n(.*?)(?=^[^\n]+\n[-=]{{3,}}\n|\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def download(page, say, one) -> str:
    """«Last ned mine svar»."""
    begin(page, say)
    page.get_by_role("dialog").get_by_role("button", name=say("download"), exact=True).click()
    with page.expect_download() as waiting:
        press(page, say, "download_do")
    text = saved(one, waiting.value)
    page.get_by_text(say("downloaded")).wait_for()
    press(page, say, "go_back")
    press(page, say, "close")
    return text


def save_sheet(one, page, say) -> str:
    """«Lagre arket som fil»."""
    one.open(page, "07_tilbakefall")
    title = content.load("07_tilbakefall").exercise("triggers").title
    page.get_by_role("button", name=say("sheet_offer_of", title=title), exact=True).click()
    press(page, say, "sheet_save")
    with page.expect_download() as waiting:
        press(page, say, "sheet_save_do")
    return saved(one, waiting.value)


def saved(one, download) -> str:
    """The file where a participant would find it; the browser takes its own copies away when it is closed."""
    path = one.folder / "saved" / download.suggested_filename
    download.save_as(path)
    return path.read_text(encoding="utf-8-sig")
