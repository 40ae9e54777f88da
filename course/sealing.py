"""Seals answers with a nickname and a password: without both of them nobody reads anything, or sees how much there is.

A sealed file is a head of 116 bytes, the encrypted content and a checksum. SECURITY.md shows its parts and says why.
"""

import hashlib
import hmac
import secrets
import struct
import threading
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"\x89nykurs\n"
VERSION = 1
_LEAD = struct.Struct(">8sI3I16s")  # magic, version, the key's cost, its salt: the same at every save of one file
_HEAD = struct.Struct(f">{_LEAD.size}s32s32s12s")  # the lead, password check, salt and nonce of this save
_CHECKSUM = 32  # bytes at the end, in every version of the format
_BLOCK = 65536
SIDE_BY_SIDE = 2  # keys made at once: each takes its memory
_making = threading.BoundedSemaphore(SIDE_BY_SIDE)


class Refusal(Exception):
    """Answers could not be kept or opened. `reason` is one word; what people read about it stands elsewhere."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cost:
    """How much work it takes to try one password (scrypt): 128 times n times r bytes of memory, p times over."""

    n: int = 2**17
    r: int = 8
    p: int = 1

    @property
    def is_sane(self) -> bool:
        """Whether scrypt can be run with it, and at most four times our own, so that no file exhausts the machine."""
        is_power = self.n > 1 and self.n.bit_count() == 1
        return is_power and self.r >= 8 and self.p >= 1 and self.n * self.r * self.p <= 2**22


COST = Cost()


@dataclass(frozen=True)
class Key:
    """What seals and opens one file."""

    lead: bytes
    _checking: bytes = field(repr=False)
    _sealing: bytes = field(repr=False)

    def seal(self, content: bytes) -> bytes:
        """The bytes to write, other ones every time."""
        salt, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        head = _HEAD.pack(self.lead, self.check, salt, nonce)
        sealed = head + self._cipher(salt).encrypt(nonce, _padded(content), head)
        return sealed + hashlib.sha256(sealed).digest()

    def open(self, data: bytes) -> bytes:
        """The content that was sealed; Refusal when these are other bytes than the ones that were made."""
        from cryptography.exceptions import InvalidTag

        _read_lead(data)
        if not _is_whole(data):
            raise Refusal("damaged")
        _, _, salt, nonce = _HEAD.unpack_from(data)
        try:
            plain = self._cipher(salt).decrypt(nonce, data[_HEAD.size : -_CHECKSUM], data[: _HEAD.size])
        except InvalidTag:
            raise Refusal("damaged") from None
        return plain[4 : 4 + int.from_bytes(plain[:4])]

    @property
    def check(self) -> bytes:
        """What tells in a file that this key is its key."""
        return hmac.digest(self._checking, self.lead, "sha256")

    def _cipher(self, salt: bytes) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=b"nykurs save").derive(self._sealing))


def new_key(nickname: str, password: str, cost: Cost = COST) -> Key:
    """A key for a new file; it takes a moment, on purpose."""
    salt = secrets.token_bytes(16)
    return _derive(_LEAD.pack(MAGIC, VERSION, cost.n, cost.r, cost.p, salt), nickname, password)


def recognise(data: bytes, nickname: str, password: str) -> Key:
    """The key of a sealed file; Refusal when it is not theirs, or when that cannot be told.

    A damaged file whose head is unhurt gives its key: the damage is told when it is opened.
    """
    key = _derive(_read_lead(data), nickname, password)
    if not hmac.compare_digest(key.check, data[_LEAD.size : _LEAD.size + len(key.check)]):
        raise Refusal("wrong" if _is_whole(data) else "damaged")
    return key


def _derive(lead: bytes, nickname: str, password: str) -> Key:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    _, _, n, r, p, salt = _LEAD.unpack(lead)
    secret = _secret(nickname, password)
    with _making:
        made = Scrypt(salt=salt, length=64, n=n, r=r, p=p).derive(secret)
    return Key(lead, made[:32], made[32:])


def _secret(nickname: str, password: str) -> bytes:
    """Both in one, each with its length before it, so that no two pairs are the same bytes.

    However they are typed: a nickname with small or capital letters, and å as one letter or as a with a ring.
    """
    name = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", nickname).casefold()).split())
    texts = name, unicodedata.normalize("NFKC", password)
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _read_lead(data: bytes) -> bytes:
    """The first bytes of a file that this version can read."""
    if data[: len(MAGIC)] != MAGIC[: len(data)]:
        raise Refusal("foreign")
    if len(data) < _HEAD.size:
        raise Refusal("damaged")
    _, version, *cost, _ = _LEAD.unpack_from(data)
    if version > VERSION and _is_whole(data):
        raise Refusal("newer")
    if version != VERSION or not Cost(*cost).is_sane:
        raise Refusal("damaged")
    return data[: _LEAD.size]


def _is_whole(data: bytes) -> bool:
    """Whether no byte has changed by accident; anyone can make this checksum, so it says nothing about intent."""
    return hashlib.sha256(data[:-_CHECKSUM]).digest() == data[-_CHECKSUM:]


def _padded(content: bytes) -> bytes:
    """The content with its length before it, and zeros after it up to one of few sizes."""
    length = 4 + len(content)
    size = max(4096, 1 << (length - 1).bit_length()) if length <= _BLOCK else -(-length // _BLOCK) * _BLOCK
    return len(content).to_bytes(4) + content + bytes(size - length)
