"""One thing that is wrong in a file, and the letter about it that an author reads.

A finding names a sentence of `letters.yaml` and the values it needs; no sentence stands in Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Keys = tuple[str | int, ...]  # the way to a value: ("exercises", 0, "title")


@dataclass(frozen=True)
class Finding:
    """Which sentence (`key` in letters.yaml), about which place, with which values; `line` when it is known already."""

    key: str
    keys: Keys = ()
    line: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
