"""JupyterLab as those meet it who write the course."""

import json

from course import content
from widgets.lab import saving

# Of every cell: its tags, and the line that shows them; also of those that JupyterLab has not drawn yet.
SHOWN = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell =>
    [(cell.model.getMetadata('tags') ?? []).join(' · '), cell.node.querySelector('.nykurs-tags')?.textContent])"""


def test_authors_see_code_and_the_tags_of_every_cell(start_lab, context):
    server = start_lab(edit=True)
    page = context.new_page()
    page.goto(f"{server.address}/lab/tree/modules/nb/01_avhengighet.ipynb?token=for-tests-only")
    page.get_by_text('show = module("01_avhengighet")').first.wait_for()
    raw = json.loads((content.MODULES / "nb" / "01_avhengighet.ipynb").read_text(encoding="utf-8"))
    tags = [" · ".join(cell["metadata"].get("tags", ())) for cell in raw["cells"]]
    page.wait_for_function(
        f"tags => JSON.stringify(({SHOWN})()) === JSON.stringify(tags.map(each => [each, each]))", arg=tags
    )


def test_authors_can_open_the_texts_beside_the_notebooks(start_lab):
    server = start_lab(edit=True)
    status, text = server.request("api/contents/content/nb?content=1")
    assert status == 200
    assert "01_avhengighet.yaml" in {item["name"] for item in json.loads(text)["content"]}


def test_saving_leaves_out_what_was_run():
    notebook = json.loads((content.MODULES / "nb" / "01_avhengighet.ipynb").read_text(encoding="utf-8"))
    before = json.dumps(notebook)
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hemmelig"}]
    cell["execution_count"] = 7
    notebook["metadata"]["widgets"] = {"state": "hemmelig"}
    model = {"type": "notebook", "content": notebook}
    saving.strip(model)
    assert json.dumps(model["content"]) == before
