"""How large the letters of a page are on paper, read from its drawing: pypdf itself loses the scale of figures."""

from collections import Counter
from math import sqrt
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream


def sizes(page: PageObject) -> Counter[float]:
    """How many signs there are of each size, in points."""
    found: Counter[float] = Counter()
    _read(page.get_contents(), page["/Resources"], 1, found)
    return found


def _read(content: Any, resources: Any, scale: float, found: Counter[float]) -> None:
    """What stretches an area also stretches letters, by its root; turning and moving change nothing."""
    kept, points, line = [], 0.0, 1.0
    for values, operator in ContentStream(content, None).operations:
        if operator == b"q":
            kept.append((scale, points))
        elif operator == b"Q":
            scale, points = kept.pop()
        elif operator == b"cm":
            scale *= _stretch(values)
        elif operator == b"Tm":
            line = _stretch(values)
        elif operator == b"BT":
            line = 1.0
        elif operator == b"Tf":
            points = float(values[1])
        elif operator in (b"Tj", b"TJ"):
            found[round(points * scale * line, 1)] += _signs(values[0])
        elif operator == b"Do" and (form := resources["/XObject"][values[0]]).get("/Subtype") == "/Form":
            inner = scale * _stretch(form.get("/Matrix", (1, 0, 0, 1)))
            _read(form, form.get("/Resources", resources), inner, found)


def _stretch(matrix: Any) -> float:
    a, b, c, d = map(float, matrix[:4])
    return sqrt(abs(a * d - b * c))


def _signs(shown: Any) -> int:
    """WeasyPrint writes two bytes for each sign."""
    parts = [shown] if isinstance(shown, (str, bytes)) else [part for part in shown if isinstance(part, (str, bytes))]
    return sum(len(part.original_bytes) for part in parts) // 2
