"""What is left of JupyterLab's own words is Norwegian."""

import json
import re
from importlib import resources

import pytest

from widgets.lab import language

ENGLISH = re.compile(
    r"\b(the|to|of|is|are|be|has|have|was|you|your|this|that|not|do|will|want|with|from|kernel|file|save|cancel|close"
    r"|dismiss|discard|overwrite|reload|restart|restarting|error|select|server|connection|document|read-only"
    r"|notebook|trust|rename|warning|could|found|path|cell|shut|down|yes|no|without|changed|checkpoint)\b",
    re.IGNORECASE,
)
HERE = "const app = window.jupyterapp; const panel = app.shell.currentWidget;"
DIALOGS = {
    "save": "app.commands.execute('docmanager:save')",
    "go back to a checkpoint": "app.commands.execute('docmanager:restore-checkpoint')",
    "rename": "app.commands.execute('docmanager:rename')",
    "restart": "app.commands.execute('notebook:restart-kernel')",
    "change kernel": "app.commands.execute('notebook:change-kernel')",
    "a path that is not there": "app.commands.execute('filebrowser:open-path', {path: 'finnes-ikke'})",
    "close and shut down": "app.commands.execute('notebook:close-and-shutdown')",
    "unsaved": "panel.context.model.dirty = true; panel.close()",
}


def words_of(dialog) -> str:
    """Everything a dialog says, to the eye and to a screen reader."""
    labels = dialog.locator("[aria-label], [title]").evaluate_all(
        "nodes => nodes.flatMap(node => [node.ariaLabel, node.title]).filter(Boolean)"
    )
    return " ".join([dialog.inner_text(), *labels])


@pytest.fixture(scope="module")
def pack():
    """The language pack as JupyterLab reads it."""
    file = resources.files(language) / "locale" / "nb_NO" / "LC_MESSAGES" / "jupyterlab.json"
    return json.loads(file.read_text(encoding="utf-8"))


def test_every_word_of_the_language_pack_is_translated_with_its_blanks(pack):
    for english, translated in pack.items():
        if english == "":
            continue
        assert len(translated) == 1
        assert set(re.findall(r"%\d", translated[0])) <= set(re.findall(r"%\d", english)), english
        assert not re.search(r"\b(the|this|you|not|will)\b", translated[0], re.IGNORECASE), english


def test_no_dialog_that_can_be_met_has_a_word_of_english(open_module, troubles):
    troubles.allow(r"404")  # the path that is not there
    page = open_module()
    told = {}
    for name, action in DIALOGS.items():
        page.evaluate(f"() => {{ {HERE} (async () => {{ {action} }})().catch(() => {{}}); }}")
        dialog = page.locator(".jp-Dialog")
        dialog.wait_for(timeout=20_000)
        told[name] = words_of(dialog)
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
    english = {name: found for name, text in told.items() if (found := ENGLISH.findall(text))}
    assert english == {}, told


def test_our_own_dialogs_and_the_page_have_no_english_label(open_module, words):
    page = open_module(fresh=False)
    page.get_by_role("button", name=words["lab.end"]).click()
    labels = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
            .filter(node => node.getClientRects().length)
            .flatMap(node => [node.ariaLabel, node.title, node.placeholder]).filter(Boolean)"""
    )
    assert [label for label in labels if ENGLISH.search(label)] == []
    assert page.get_by_role("dialog").is_visible()


def test_an_address_that_is_not_in_the_course_is_told_in_norwegian(context, lab, troubles):
    troubles.allow(r"404|finnes-ikke|not found")
    page = context.new_page()
    page.goto(f"{lab.address}/lab/tree/finnes-ikke.ipynb?token=for-tests-only")
    page.wait_for_selector(".jp-Dialog, .nykurs-cards")
    assert not ENGLISH.search(page.locator("body").inner_text())


def test_a_kernel_that_starts_anew_by_itself_is_told_in_the_page_and_not_in_a_dialog(open_module, words):
    page = open_module()
    page.evaluate(f"() => {{ {HERE} panel.sessionContext._statusChanged.emit('autorestarting'); }}")
    page.get_by_role("alert").get_by_text(words["lab.stopped"]).wait_for()
    assert page.locator(".jp-Dialog").count() == 0
