"""Runs the cells of a notebook in this process: no kernel, the same pages, a tenth of the time.

A course notebook holds text and one-line cells, so plain `exec` gives what a kernel gives; `tests/test_notebooks.py`
holds the two against each other. What is shown has its printed face alone, and no widget is made. No magics, no
`await`, no isolation between notebooks other than a fresh namespace.
"""

import ast
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from course.content import ContentError
from widgets import door
from widgets.box import BoxView
from widgets.face import Face

OURS = (BoxView, Face)  # what they show is said in one place, and needs no formatter


def read(path: Path) -> dict:
    """A notebook as it is stored, each text in one piece; ContentError when it cannot be read."""
    from course import notebooks

    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
            dict(cell["metadata"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise ContentError(tuple(notebooks.problems(path)) or (str(path.name),)) from fault
    return notebook


def run(path: Path) -> dict:
    """A stored notebook with the outputs of its cells."""
    return run_node(read(path))


def by_kernel(path: Path) -> dict:
    """The same by a kernel of its own, as everyone else runs a notebook; slower, and nothing is left out."""
    import os
    import subprocess

    # jsonschema compiles some 35 grammars from this package when it is imported (more than two seconds), only to
    # check formats that no notebook uses. It looks for the package and does without it when it is missing.
    sys.modules.setdefault("rfc3987_syntax", None)
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    places = os.pathsep.join(place for place in sys.path if place)
    environment = {**os.environ, "PYTHONPATH": places}
    environment.pop("MPLBACKEND", None)  # a kernel that inherits it shows no figures
    client = NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=environment, stderr=subprocess.DEVNULL)  # it speaks of its own affairs there
    return notebook


def run_node(notebook: dict) -> dict:
    """Fill in the outputs of a notebook, and stop at the first cell that fails, as a kernel does."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    codes = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    with door.on_paper():
        for count, cell in enumerate(codes, start=1):
            cell["execution_count"] = count if cell["source"].strip() else None
            cell["outputs"] = _outputs(cell["source"], namespace, count)
            if any(output["output_type"] == "error" for output in cell["outputs"]):
                break
    return notebook


def _outputs(source: str, namespace: dict[str, object], count: int) -> list[dict]:
    """What one cell prints, displays and ends with."""
    outputs: list[dict] = []
    written, warned = StringIO(), StringIO()
    with _showing(outputs, namespace, source), redirect_stdout(written), redirect_stderr(warned):
        try:
            _execute(source, namespace, outputs, count)
        except Exception as fault:  # whatever an author's cell raises becomes an output, as in a kernel
            outputs.append(_output("error", ename=type(fault).__name__, evalue=str(fault), traceback=[]))
    streams = (("stdout", written.getvalue()), ("stderr", warned.getvalue()))
    return [_output("stream", name=name, text=text) for name, text in streams if text] + outputs


def _output(kind: str, **said: object) -> dict:
    return {"output_type": kind, **said}


def _execute(source: str, namespace: dict[str, object], outputs: list[dict], count: int) -> None:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    if last is None:
        return
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    if value is not None and not source.rstrip().endswith(";"):
        data, metadata = _format(value)
        if data:
            outputs.append(_output("execute_result", data=data, metadata=metadata, execution_count=count))


def _format(value: object) -> tuple[dict, dict]:
    """An object's data and metadata by type, as a kernel would send them."""
    if isinstance(value, OURS):
        return value._repr_mimebundle_(), {}
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter().format(value)


@contextmanager
def _showing(outputs: list[dict], namespace: dict[str, object], source: str) -> Iterator[None]:
    """Let `display` add to the outputs; outside a kernel IPython's own one only prints."""
    if "display" not in source:  # hardly any cell says it, and IPython costs as much as a module
        yield
        return
    import IPython.display
    from IPython.core import display_functions

    def display(*values: object, raw: bool = False, metadata: dict | None = None, **ignored: object) -> None:
        for value in values:
            data, described = (value, {}) if raw else _format(value)
            if data:
                outputs.append(_output("display_data", data=data, metadata={**described, **(metadata or {})}))

    namespace["display"] = display
    places = (IPython.display, display_functions)
    before = [place.display for place in places]
    for place in places:
        place.display = display
    try:
        yield
    finally:
        for place, own in zip(places, before, strict=True):
            place.display = own
