"""The words of the commands, from words.nb.json, and the one kind of fault a command ends with.

Python 3.6 must be able to read this file and __main__.py, so that a too old Python can be told so in words.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

WORDS = json.loads((Path(__file__).parent / "words.nb.json").read_text(encoding="utf-8"))


class Stop(Exception):
    """A command cannot go on: one plain sentence with what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(words(key, **values))


def words(key: str, **values: object) -> str:
    """One message, with its values filled in."""
    return WORDS[key].format(**values)


def say(key: str, **values: object) -> None:
    """Print one message at once, also when the output is not a terminal."""
    with suppress(OSError):  # someone has closed the window: the command still has to end in order
        print(words(key, **values), flush=True)


def complain(fault: Exception) -> int:
    """Print the sentence of a fault, and give the exit code that goes with it."""
    print(fault, file=sys.stderr, flush=True)
    return 1


def accept_any_letter() -> None:
    """Print a letter that the terminal does not have as a question mark, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
