"""Runs the cells of a notebook in this process: no kernel, the same outputs, a tenth of the time.

A course notebook holds text and one-line cells, so plain `exec` and IPython's own formatters give what a kernel gives;
`tests/test_notebooks.py` holds the two against each other. No magics, no `await`, no isolation between notebooks other
than a fresh namespace.
"""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

# jsonschema compiles some 35 grammars from this package when it is imported (more than two seconds), only to check
# formats that no notebook uses. It looks for the package and does without it when it is missing.
sys.modules.setdefault("rfc3987_syntax", None)

import nbformat  # noqa: E402
from nbformat import NotebookNode  # noqa: E402
from nbformat.v4 import new_output  # noqa: E402


def read(path: Path) -> NotebookNode:
    """A notebook as it is stored."""
    return nbformat.read(path, as_version=4)


def run(path: Path) -> NotebookNode:
    """A stored notebook with the outputs of its cells."""
    return run_node(read(path))


def run_node(notebook: NotebookNode) -> NotebookNode:
    """Fill in the outputs of a notebook, and stop at the first cell that fails, as a kernel does."""
    from widgets import pages

    namespace: dict[str, object] = {"__name__": "__main__"}
    pages.open_page("handout", alone=False)
    try:
        for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
            cell.execution_count = count if cell.source.strip() else None
            cell.outputs = _outputs(cell.source, namespace, count)
            if any(output.output_type == "error" for output in cell.outputs):
                break
    finally:
        pages.close_page("handout")
    return notebook


def _outputs(source: str, namespace: dict[str, object], count: int) -> list[NotebookNode]:
    """What one cell prints, displays and ends with."""
    outputs: list[NotebookNode] = []
    written, warned = StringIO(), StringIO()
    with _showing(outputs, namespace), redirect_stdout(written), redirect_stderr(warned):
        try:
            _execute(source, namespace, outputs, count)
        except Exception as fault:  # whatever an author's cell raises becomes an output, as in a kernel
            outputs.append(new_output("error", ename=type(fault).__name__, evalue=str(fault), traceback=[]))
    streams = (("stdout", written.getvalue()), ("stderr", warned.getvalue()))
    return [new_output("stream", name=name, text=text) for name, text in streams if text] + outputs


def _execute(source: str, namespace: dict[str, object], outputs: list[NotebookNode], count: int) -> None:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    if last is None:
        return
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    if value is not None and not source.rstrip().endswith(";"):
        data, metadata = _format(value)
        if data:
            outputs.append(new_output("execute_result", data=data, metadata=metadata, execution_count=count))


def _format(value: object) -> tuple[dict, dict]:
    """An object's data and metadata by type, as a kernel would send them."""
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter().format(value)


@contextmanager
def _showing(outputs: list[NotebookNode], namespace: dict[str, object]) -> Iterator[None]:
    """Let `display` add to the outputs; outside a kernel IPython's own one only prints."""
    import IPython.display
    from IPython.core import display_functions

    def display(*values: object, raw: bool = False, metadata: dict | None = None, **ignored: object) -> None:
        for value in values:
            data, described = (value, {}) if raw else _format(value)
            if data:
                outputs.append(new_output("display_data", data=data, metadata={**described, **(metadata or {})}))

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
