"""A program for test_kill.py: saves numbered contents until it is killed, and tells each number once it is safe."""

import sys
from itertools import count
from pathlib import Path

from course.storage import SealedFile

NICKNAME, PASSWORD = "Blåmeis", "Toget går til Trondheim"


def content_of(number: int) -> bytes:
    """What is saved at this number: of changing length, and of no use when it is cut or mixed."""
    return f"{number}:".encode() + bytes([number % 251]) * (number * 977 % 9000)


def number_in(content: bytes) -> int:
    """Which number this is the whole content of."""
    number = int(content.partition(b":")[0])
    assert content == content_of(number)
    return number


def main(folder: str) -> None:
    """Go on from the number that is kept."""
    file, content = SealedFile.open(Path(folder), NICKNAME, PASSWORD)
    for number in count(number_in(content) + 1):
        file.save(content_of(number))
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
