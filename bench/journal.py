"""What does keeping answers cost, and does it hold? Times of the encrypted file, and the full sets of its tests.

The answers are the course's own worksheets with every field filled in, over and over until there are so many, and each
opens as the answer it was.
A save, as the course does it when one answer has changed, is compared, turn by turn, with a bare json.dump and fsync of
all answers as plain data. Both end when the disk has them. The key is made once for each opening, so its time stands
by itself.
"""

import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from course import records, shelf
from course.model import Exercise, Field, FieldValue, Module, Worksheet, WorksheetAnswer, frozen
from course.sealing import COST, Cost, new_key
from course.storage import SealedFile

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = 10, 100, 1000
REPEATS = 200
KEYS = 7
TESTS = "test_sealing.py", "test_storage.py", "test_kill.py"
NICKNAME, PASSWORD = "Blåmeis", "Toget går til Trondheim"
TEXTS = (
    "Når jeg går forbi butikken på vei hjem fra jobb, og særlig fredager etter lønn.",
    "Ringer søsteren min. Hvis hun ikke tar telefonen, går jeg en tur rundt vannet og prøver igjen.",
    "Jeg vil være våken når ungene kommer på besøk, og jeg vil sove om natta.",
)


def main() -> int:
    """Print the times and ratios, then run the full sets; their exit code is ours."""
    key = statistics.median(taken(lambda: new_key(NICKNAME, PASSWORD)) for _ in range(KEYS))
    print(f"making a key: {1000 * key:.0f} ms, {128 * COST.n * COST.r // 2**20} MiB")
    with tempfile.TemporaryDirectory() as folder:
        for number in NUMBERS:
            measure(number, Path(folder, str(number)))
    print(f"full sets: {', '.join(TESTS)}", flush=True)
    return full_sets()


def sheets(number: int) -> dict[str, tuple[Module, Exercise]]:
    """So many worksheets, as the course has them on its shelf."""
    own = [place for place in shelf.exercises().values() if isinstance(place[1], Worksheet)]
    return {f"{at:04}/{place[1].id}": place for at, place in zip(range(number), itertools.cycle(own), strict=False)}


def filled(sheet: Worksheet, turn: int) -> WorksheetAnswer:
    """A sheet with something in every field, and something else at the next turn."""
    return WorksheetAnswer(values=frozen({each.id: value(each, turn + at) for at, each in enumerate(sheet.fields)}))


def value(field: Field, turn: int) -> FieldValue:
    """What somebody has written, or chosen, in a field."""
    if field.kind == "scale":
        return turn % 11
    if field.kind == "choice":
        return field.choices[turn % len(field.choices)].id
    if field.kind == "many":
        return tuple(choice.id for choice in field.choices[:2])
    if field.kind == "table":
        return (tuple(TEXTS[(turn + at) % 3] for at in range(len(field.columns))),)
    return TEXTS[turn % 3]


def measure(number: int, folder: Path) -> None:
    """Print what one number of answers takes, on a shelf with those sheets, looked at as the course's own is."""
    known, look = sheets(number), shelf.exercises
    with patch.object(shelf, "exercises", lambda language: look(language) and known):
        tell(known, folder)


def tell(known: dict[str, tuple[Module, Exercise]], folder: Path) -> None:
    """Print what the answers of these sheets take."""
    held = {name: filled(sheet, at) for at, (name, (_, sheet)) in enumerate(known.items())}
    scribe, first = records.Scribe(), next(iter(known))
    plain = {name: dict(answer.values) for name, answer in held.items()}
    file = SealedFile.create(folder, NICKNAME, PASSWORD, Cost(n=2))
    turns = itertools.count()

    def save() -> None:
        held[first] = filled(known[first][1], next(turns))
        file.save(scribe.bytes(held, {}, {}, "nb"))

    save()
    medians = interleaved({"save": save, "bare": lambda: dump(plain, folder / "bare.json")})
    file.close()
    assert open_again(folder) == held
    medians |= interleaved({"open": lambda: open_again(folder)})
    (size,) = (path.stat().st_size / 1024 for path in folder.rglob("*.nykurs"))
    print(
        f"{len(known):5} answers: save {medians['save']:5.2f} ms, open {medians['open']:6.2f} ms after the key, "
        f"{size:4.0f} KiB; bare json.dump {medians['bare']:5.2f} ms, "
        f"save / bare {medians['save'] / medians['bare']:.2f}   (aim: at most 2)"
    )


def interleaved(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median milliseconds of each, taken in turns, so that what else the machine does meets all of them."""
    rounds = [{name: taken(act) for name, act in ways.items()} for _ in range(REPEATS)]
    return {name: 1000 * statistics.median(each[name] for each in rounds) for name in ways}


def taken(act: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def dump(document: dict, path: Path) -> None:
    """The least that writes answers to a disk: readable by all, and gone when it is interrupted."""
    with path.open("w", encoding="utf-8") as file:
        json.dump(document, file)
        file.flush()
        os.fsync(file.fileno())


def open_again(folder: Path) -> dict[str, WorksheetAnswer]:
    """From the file to typed answers."""
    file, content = SealedFile.open(folder, NICKNAME, PASSWORD)
    kept = records.read(records.from_bytes(content))
    file.close()
    return dict(kept.answers)


def full_sets() -> int:
    """200 kills, 500 flipped bits and every fault, with pytest's own closing line."""
    command = [sys.executable, "-m", "pytest", "--quiet", *(f"tests/{name}" for name in TESTS)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "NYKURS_FULL": "1"}, capture_output=True, text=True)
    print(done.stdout if done.returncode else done.stdout.splitlines()[-1])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
