"""What the server lets anyone do with the course's files: read the pages, and nothing else."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

import course
from course import content
from widgets.lab import launch
from widgets.lab.saving import strip

CHECKOUT = Path(course.__file__).parent.parent
NAME = "01_avhengighet.ipynb"
NOTEBOOK = {"type": "notebook", "content": {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}}
WRITES = {
    "save": ("PUT", f"api/contents/{NAME}", NOTEBOOK),
    "upload": ("PUT", "api/contents/ny.txt", {"type": "file", "format": "text", "content": "x"}),
    "new": ("POST", "api/contents", {"type": "notebook"}),
    "new folder": ("POST", "api/contents", {"type": "directory"}),
    "copy": ("POST", "api/contents", {"copy_from": NAME}),
    "rename": ("PATCH", f"api/contents/{NAME}", {"path": "annet.ipynb"}),
    "delete": ("DELETE", f"api/contents/{NAME}", None),
    "checkpoint": ("POST", f"api/contents/{NAME}/checkpoints", None),
    "trust": ("POST", f"api/contents/{NAME}/trust", None),
}
PASSING = {".git", ".venv", "dist", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


def checkout(folder: Path = CHECKOUT) -> dict[str, str]:
    """A fingerprint of every file that belongs to the checkout, or to one of its folders."""
    files = (path for path in folder.rglob("*") if not PASSING & set(path.relative_to(CHECKOUT).parts))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


@pytest.mark.parametrize("what", WRITES)
def test_the_server_refuses_to(lab, what):
    method, path, body = WRITES[what]
    before = checkout(launch.MODULES)
    status, reply = lab.request(path, method, body)
    assert status in (400, 403), reply
    assert checkout(launch.MODULES) == before


def test_only_the_courses_notebooks_are_listed_and_served(lab):
    listed = json.loads(lab.request("api/contents")[1])["content"]
    assert [entry["name"] for entry in listed] == [f"{name}.ipynb" for name in content.names("nb")]
    for path in ("../content/nb/ui.yaml", "finnes-ikke.ipynb", "..%2F..%2Fpyproject.toml", "support.yaml"):
        assert lab.request(f"api/contents/{path}")[0] == 404
        assert lab.request(f"files/{path}")[0] == 404


def test_nobody_without_the_token_empties_or_reads(lab):
    assert lab.request("nykurs/kernel", "POST", {"action": "empty"}, token="guess")[0] == 403
    assert lab.request("api/contents", token="guess")[0] == 403
    assert lab.request("nykurs/kernel", "POST", {"action": "something else"})[0] == 400


def test_one_kernel_is_warm_before_anyone_opens_a_page(lab, wait_until):
    lab.empty()
    kernel = wait_until(lambda: [each for each in lab.kernels() if each["execution_state"] == "idle"], "an idle kernel")
    assert len(kernel) == 1
    assert lab.kernels()[0]["id"] == json.loads(page_config(lab)["nykurs"])["kernel"]


def page_config(lab) -> dict:
    """What the server tells the page."""
    page = lab.request("lab")[1]
    text = page.split('<script id="jupyter-config-data" type="application/json">')[1].split("</script>")[0]
    return json.loads(text)


def test_a_clinic_that_switched_keeping_off_is_followed_by_the_page_and_the_kernel(lab, start_lab):
    server = start_lab(journal=False)
    server.empty()  # a kernel after «Avslutt og tøm» follows it too
    assert json.loads(page_config(server)["nykurs"])["journal"] is False
    assert psutil.Process(server.kernel_process()).environ()["NYKURS_JOURNAL"] == "off"
    assert json.loads(page_config(lab)["nykurs"])["journal"] is True


def test_a_whole_visit_with_a_save_changes_no_file_of_the_checkout(open_module, open_home, ready):
    before = checkout()
    page = open_module()
    page.locator(".nykurs-page input[type=radio]:visible").first.check()
    page.locator(".nykurs-page textarea:visible").first.fill("noe om meg selv")
    page.keyboard.press("Control+s")
    page.evaluate("() => { jupyterapp.commands.execute('docmanager:save'); }")
    page.wait_for_selector(".jp-Dialog")
    page.reload()
    ready(page)
    open_home()
    assert checkout() == before


def test_nothing_entered_is_written_below_the_run_folder(lab, open_module, ready):
    page = open_module()
    entry = "bare for meg 4711"
    page.locator(".nykurs-page textarea.widget-input:visible").first.fill(entry)
    page.keyboard.press("Control+s")
    page.reload()
    ready(page)
    assert page.locator(".nykurs-page textarea.widget-input:visible").first.input_value() == entry
    folder = lab.log.parent
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if entry.encode() in path.read_bytes()] == []
    assert [path for path in files if path.name == "history.sqlite" and path.stat().st_size > 100_000] == []


def test_an_author_saves_a_notebook_without_what_was_run():
    ran = {"outputs": [{"output_type": "stream", "name": "stdout", "text": "secret"}], "execution_count": 3}
    cell = {"cell_type": "code", "id": "hello", "source": "show()", "metadata": {"tags": ["more"]}} | ran
    model = {"type": "notebook", "content": {"cells": [cell], "metadata": {"widgets": {"state": "secret"}}}}
    strip(model)
    assert "secret" not in json.dumps(model)
    (saved,) = model["content"]["cells"]
    assert (saved["outputs"], saved["execution_count"], saved["metadata"]) == ([], None, {"tags": ["more"]})


def test_settings_with_the_token_are_for_their_owner_only(tmp_path):
    launch.configure("nb", False, 9299, "secret-token", tmp_path)
    holders = [path for path in tmp_path.rglob("*.json") if "secret-token" in path.read_text(encoding="utf-8")]
    assert [path.name for path in holders] == ["jupyter_server_config.json"]
    assert [oct(path.stat().st_mode)[-3:] for path in holders] == ["600"]


def test_a_long_run_folder_falls_back_to_the_local_network(tmp_path):
    assert launch.transport(tmp_path / ("x" * 80)) == "tcp"
    assert launch.transport(Path("/t")) in ("ipc", "tcp")


def test_whatever_a_page_asks_for_there_is_one_kernel(start_lab, wait_until):
    """Another would live on after «Avslutt og tøm», with whatever was entered in it."""
    server = start_lab()
    wanted = [{}, {"name": "python3"}, {"id": "0c0ffee0-0000-4000-8000-000000000000", "name": "python3"}]
    with ThreadPoolExecutor() as together:
        asked = [together.submit(server.empty) for _ in range(3)]
        for number, kernel in enumerate(wanted):
            body = {"path": f"0{number}.ipynb", "type": "notebook", "name": "", "kernel": kernel}
            asked.append(together.submit(server.request, "api/sessions", "POST", body))
        asked.append(together.submit(server.request, "api/kernels", "POST", {"name": "python3"}))
    for answer in asked:
        answer.result()
    wait_until(lambda: server.kernels() and len(server.kernel_processes()) == 1, "one kernel process")
    assert len(server.kernels()) == 1
