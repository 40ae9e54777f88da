"""What an author's JupyterLab does before it writes a notebook: nothing that was run is kept."""

import json

from course import notebooks


def strip(model: dict, **keywords: object) -> None:
    """Take outputs, counts and state out of a notebook that is about to be saved, as `build check` wants it."""
    if model["type"] == "notebook" and model.get("content"):
        model["content"] = json.loads(notebooks.tidy(model["content"]))
