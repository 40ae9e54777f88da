"""Sealed answers: what goes in comes out, and nothing else ever does."""

import hashlib
import os
import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import sealing
from course.sealing import Cost, Refusal, new_key, recognise

CHEAP = Cost(n=2)
NICKNAME, PASSWORD = "Blåmeis", "Toget går til Trondheim"
CONTENT = "Jeg ringer søsteren min, og så går jeg ut. 🌊 שלום".encode() * 40
KEY = new_key(NICKNAME, PASSWORD, CHEAP)
SEALED = KEY.seal(CONTENT)
# Where each part of a file begins, in order; SECURITY.md tells the same.
PARTS = {"magic": 0, "version": 8, "cost": 12, "salt": 24, "check": 40, "save salt": 72, "nonce": 104}
PARTS |= {"content": 116, "checksum": len(SEALED) - 32}
STEADY = settings(deadline=None, database=None, derandomize=True)
FLIPS = 500 if os.environ.get("NYKURS_FULL") == "1" else 50


def open_again(data: bytes, nickname: str = NICKNAME, password: str = PASSWORD) -> bytes:
    return recognise(data, nickname, password).open(data)


def reason(data: bytes, nickname: str = NICKNAME, password: str = PASSWORD) -> str:
    """Why these bytes are refused; any other exception fails the test."""
    with pytest.raises(Refusal) as refused:
        open_again(data, nickname, password)
    return refused.value.reason


def with_checksum(data: bytes) -> bytes:
    """The same file after an edit by somebody who knows how the checksum is made."""
    return data[:-32] + hashlib.sha256(data[:-32]).digest()


def edited(part: str, new: bytes) -> bytes:
    start = PARTS[part]
    return with_checksum(SEALED[:start] + new + SEALED[start + len(new) :])


@STEADY
@given(st.binary(max_size=9000))
def test_any_content_comes_back(content):
    assert open_again(KEY.seal(content)) == content


@pytest.mark.parametrize("size", [0, 4091, 4092, 4093, 65531, 65532, 65533, 2_000_000])
def test_content_of_any_size_comes_back(size):
    content = random.Random(size).randbytes(size)
    assert open_again(KEY.seal(content)) == content


@settings(STEADY, max_examples=50)
@given(st.text(), st.text())
def test_any_nickname_and_password_can_be_used(nickname, password):
    data = new_key(nickname, password, CHEAP).seal(b"x")
    assert open_again(data, nickname, password) == b"x"


@pytest.mark.parametrize("nickname", ["blåmeis", "BLÅMEIS ", " Bla\u030ameis", "ＢＬÅＭＥＩＳ"])
def test_a_nickname_is_the_same_however_it_is_typed(nickname):
    assert open_again(SEALED, nickname) == CONTENT


def test_a_password_is_the_same_whether_its_letters_are_composed_or_not():
    assert open_again(SEALED, password="Toget ga\u030ar til Trondheim") == CONTENT


@pytest.mark.parametrize(
    ("nickname", "password"),
    [
        (NICKNAME, PASSWORD.lower()),
        (NICKNAME, f"{PASSWORD} "),
        (NICKNAME, ""),
        ("Kjøttmeis", PASSWORD),
        (NICKNAME + PASSWORD, ""),
        (NICKNAME[:-1], NICKNAME[-1] + PASSWORD),
        (PASSWORD, NICKNAME),
    ],
)
def test_another_nickname_or_password_is_wrong_and_nothing_else(nickname, password):
    assert reason(SEALED, nickname, password) == "wrong"


def test_two_saves_of_the_same_content_have_nothing_in_common_that_tells_so():
    first, second = KEY.seal(CONTENT), KEY.seal(CONTENT)
    starts = [*PARTS.values(), len(SEALED)]
    equal = [
        part
        for part, end in zip(PARTS, starts[1:], strict=True)
        if first[PARTS[part] : end] == second[PARTS[part] : end]
    ]
    assert equal == ["magic", "version", "cost", "salt", "check"]


def test_the_same_nickname_and_password_give_another_key_every_time():
    other = new_key(NICKNAME, PASSWORD, CHEAP)
    assert other.lead != KEY.lead
    assert other.check != KEY.check


def test_our_own_cost_is_128_mebibytes_and_one_pass():
    assert (128 * sealing.COST.n * sealing.COST.r, sealing.COST.p) == (128 * 2**20, 1)
    assert sealing.COST.is_sane


def test_no_more_keys_are_made_at_once_than_the_machine_has_memory_for(monkeypatch):
    inside, go_on = threading.Semaphore(0), threading.Event()

    class Slow:
        def __init__(self, **cost):
            pass

        def derive(self, secret):
            inside.release()
            assert go_on.wait(60)
            return bytes(64)

    monkeypatch.setattr("cryptography.hazmat.primitives.kdf.scrypt.Scrypt", Slow)
    makers = [threading.Thread(target=new_key, args=(NICKNAME, PASSWORD)) for _ in range(3)]
    for each in makers:
        each.start()
    assert inside.acquire(timeout=60)
    assert inside.acquire(timeout=60)
    assert not sealing._making.acquire(blocking=False)
    go_on.set()
    for each in makers:
        each.join(60)
    assert inside.acquire(blocking=False)  # the third had its turn


def test_size_tells_only_a_bucket():
    sizes = {len(KEY.seal(bytes(length))) for length in range(0, 200_000, 97)}
    assert sizes == {116 + 16 + 32 + bucket for bucket in (4096, 8192, 16384, 32768, 65536, 131072, 196608, 262144)}


def test_a_size_changes_exactly_where_a_bucket_is_full():
    assert len(KEY.seal(bytes(4092))) < len(KEY.seal(bytes(4093)))
    assert len(KEY.seal(b"")) == len(KEY.seal(bytes(4092)))


def test_a_key_shows_no_secret():
    for secret in (KEY._sealing, KEY._checking):
        assert repr(secret) not in f"{KEY!r} {KEY}"


# Damage: by accident, and on purpose.


@pytest.mark.parametrize("length", sorted({*PARTS.values(), *(n + 1 for n in PARTS.values()), 7, len(SEALED) - 1}))
def test_a_file_cut_short_is_damaged(length):
    assert reason(SEALED[:length]) == "damaged"


def test_a_file_with_something_after_it_is_damaged():
    assert reason(SEALED + b"\0") == "damaged"
    assert reason(with_checksum(SEALED + b"\0")) == "damaged"


@pytest.mark.parametrize("number", range(FLIPS))
def test_a_flipped_bit_is_noticed(number):
    """Half of them in the head, where every byte means something."""
    at = random.Random(number).randrange(8 * (PARTS["content"] if number % 2 else len(SEALED)))
    data = bytearray(SEALED)
    data[at // 8] ^= 1 << at % 8
    assert reason(bytes(data)) == ("foreign" if at // 8 < PARTS["version"] else "damaged")


@pytest.mark.parametrize("number", range(FLIPS))
def test_a_changed_byte_is_noticed_when_its_checksum_is_right(number):
    chance = random.Random(number)
    at = chance.randrange(PARTS["content"] if number % 2 else len(SEALED) - 32)
    data = bytearray(SEALED)
    data[at] ^= chance.randrange(1, 256)
    assert reason(with_checksum(bytes(data))) in {"damaged", "wrong", "foreign", "newer"}


def test_a_checksum_that_is_not_right_is_damage_although_the_rest_is():
    assert reason(SEALED[:-1] + bytes([SEALED[-1] ^ 1])) == "damaged"


@pytest.mark.parametrize("part", ["save salt", "nonce", "content"])
def test_an_edit_after_the_password_check_is_damage(part):
    assert reason(edited(part, b"\1\2\3\4")) == "damaged"


@pytest.mark.parametrize("part", ["salt", "check"])
def test_an_edit_of_what_the_password_is_checked_with_makes_it_wrong(part):
    assert reason(edited(part, b"\1\2\3\4")) == "wrong"


@pytest.mark.parametrize(
    "cost",
    [
        (2**31, 8, 1),
        (2**20, 64, 1),
        (2**17, 8, 2**20),
        (2**17, 2**32 - 1, 2**32 - 1),
        (2**16, 1, 1),
        (0, 8, 1),
        (1, 8, 1),
        (3, 8, 1),
        (2, 0, 1),
        (2, 8, 0),
    ],
)
def test_a_cost_that_is_absurd_is_never_paid(cost, monkeypatch):
    from cryptography.hazmat.primitives.kdf import scrypt

    monkeypatch.setattr(scrypt, "Scrypt", lambda **_: pytest.fail("a key was made"))
    assert reason(edited("cost", b"".join(number.to_bytes(4) for number in cost))) == "damaged"


def test_a_newer_version_is_told():
    assert reason(edited("version", (2).to_bytes(4))) == "newer"


def test_a_version_that_never_was_is_damage():
    assert reason(edited("version", bytes(4))) == "damaged"


@pytest.mark.parametrize("data", [b"%PDF-1.7 " + bytes(400), b"hei", b"\x89PNG\r\n", bytes(5000)])
def test_a_file_of_something_else_is_foreign(data):
    assert reason(data) == "foreign"


@STEADY
@given(st.binary(max_size=300))
def test_any_bytes_give_a_reason(data):
    assert reason(data) in {"foreign", "damaged"}
    assert reason(with_checksum(SEALED[:116] + data + bytes(32))) == "damaged"


def test_another_file_of_the_same_person_does_not_open_with_this_key():
    other = new_key(NICKNAME, PASSWORD, CHEAP)
    with pytest.raises(Refusal, match="damaged"):
        KEY.open(other.seal(CONTENT))
