"""Suggests a password of everyday words, for those who would rather not think of one.

Five words of 1,296 are 51.7 bits: 3.7 thousand million million phrases, and half of them to try before the right one
comes up on average. It counts on the file's key being slow to make: with scrypt and n=2**17 one try fills 128 MiB and
reads it again, so a graphics card that moves 1 TB a second cannot make more than about 4,000 tries a second, and would
need over ten thousand years. That is an estimate, not a measurement; a thousand such cards need some fifteen years.
It is only true for words drawn by chance: the same number of words picked by a person are easier to guess.
"""

import secrets
from collections.abc import Callable, Sequence

from course import content


def suggest(language: str = "nb", count: int = 5, choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Words drawn by chance with a space between; five are 51.7 bits, and the top of the file says why that will do."""
    words = content.phrase_words(language)
    return " ".join(choose(words) for _ in range(count))
