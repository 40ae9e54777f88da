"""The search for a word finds it however it was written, so that finding nothing means something."""

import base64
import gzip
import io
import json
import zipfile

import pytest
from leaks import leaks

WORD = "vitneprøven-blåhval-7315"


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inne.txt", data)
    return file.getvalue()


WRITTEN = {
    "plain": WORD.encode(),
    "in a sentence": f"noe før {WORD} og etter".encode(),
    "utf-16": f"før {WORD} etter".encode("utf-16"),
    "utf-16-be": f"før {WORD} etter".encode("utf-16-be"),
    "latin-1": WORD.encode("latin-1"),
    "json": json.dumps({"text": f"før {WORD} etter"}).encode(),
    "base64": base64.b64encode(f"{WORD} etter".encode()),
    "base64, one letter later": base64.b64encode(f"a{WORD} etter".encode()),
    "base64, two letters later": base64.b64encode(f"ab{WORD} etter".encode()),
    "base64 of utf-16": base64.b64encode(f"abc {WORD} etter".encode("utf-16-le")),
    "gzip": gzip.compress(WORD.encode()),
    "gzip in the middle of a file": b"header" * 10 + gzip.compress(WORD.encode()) + b"tail",
    "zip": zipped(WORD.encode()),
    "gzip in a zip": zipped(gzip.compress(WORD.encode("utf-16-le"))),
    "percent": b"https://example.org/?text=vitnepr%C3%B8ven-bl%C3%A5hval-7315",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_the_word_is_found(written, tmp_path):
    (tmp_path / "file.bin").write_bytes(written)
    assert list(leaks([tmp_path], [WORD])) == [tmp_path / "file.bin"]


def test_a_name_of_a_file_is_read_too(tmp_path):
    (tmp_path / f"{WORD}.txt").write_text("tomt", encoding="utf-8")
    assert leaks([tmp_path], [WORD])


def test_other_words_are_not_found(tmp_path):
    (tmp_path / "file.bin").write_bytes(b"vitnepr\xc3\xb8ven-sjiraff-7315 " * 100)
    assert leaks([tmp_path], [WORD]) == {}
