"""The file of sealed answers: opened by the right person alone, saved whole or not at all."""

import base64
import concurrent.futures
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from course import storage
from course.sealing import Cost, recognise
from course.storage import Refusal, SealedFile

NICKNAME, PASSWORD = "Blåmeis", "Toget går til Trondheim"
OLDER, OLD, NEW = b"eldre svar", b"svar fra i sted", b"nye svar"
CHEAP = Cost(n=2)
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than these")


def create(folder: Path, nickname: str = NICKNAME, *contents: bytes) -> SealedFile:
    file = SealedFile.create(folder, nickname, PASSWORD, CHEAP)
    for content in contents:
        file.save(content)
    return file


def keep(folder: Path, nickname: str = NICKNAME, *contents: bytes) -> None:
    create(folder, nickname, *contents).close()


def read(folder: Path, nickname: str = NICKNAME, password: str = PASSWORD, previous: bool = False) -> bytes:
    file, content = SealedFile.open(folder, nickname, password, previous=previous)
    file.close()
    return content


def reason(act: Callable, *arguments: object, **named: object) -> str:
    """Why this is refused; any other exception fails the test."""
    with pytest.raises(Refusal) as refused:
        act(*arguments, **named)
    return refused.value.reason


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.rglob(pattern)
    return found


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with one journal that was saved twice."""
    keep(tmp_path, NICKNAME, OLDER, OLD)
    return tmp_path


@pytest.fixture
def file(kept: Path) -> Iterator[SealedFile]:
    """The same, open."""
    opened, _ = SealedFile.open(kept, NICKNAME, PASSWORD)
    yield opened
    opened.close()


# Keeping and opening.


def test_what_was_saved_last_is_what_is_opened(kept):
    assert read(kept) == OLD


def test_the_version_before_is_opened_only_when_asked_for(kept):
    assert read(kept, previous=True) == OLDER


def test_saving_goes_on_after_opening(file, kept):
    for content in (NEW, b"", NEW * 9999):
        file.save(content)
    file.close()
    assert read(kept) == NEW * 9999
    assert read(kept, previous=True) == b""


def test_nothing_is_on_the_disk_before_something_is_kept(tmp_path):
    assert reason(read, tmp_path / "deep" / "data") == "wrong"
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_the_one_of_the_environment_or_the_account(tmp_path, monkeypatch):
    monkeypatch.setenv("NYKURS_DATA", str(tmp_path))
    assert storage.folder() == tmp_path
    monkeypatch.delenv("NYKURS_DATA")
    assert storage.folder().name == "nykurs"


def test_several_people_share_a_folder(kept):
    keep(kept, "Kjøttmeis", NEW)
    keep(kept, "Dompap", b"svar til en tredje")
    assert read(kept) == OLD
    assert read(kept, "kjøttmeis") == NEW
    assert reason(read, kept, "Gråspurv") == "wrong"


def test_the_same_nickname_and_password_are_not_taken_twice(file, kept):
    assert reason(create, kept) == "exists"
    file.close()
    assert reason(create, kept) == "exists"


def test_nothing_kept_and_a_wrong_password_sound_the_same(kept, tmp_path):
    assert reason(read, kept, password="noe annet") == reason(read, tmp_path / "empty") == "wrong"


def keys_made(monkeypatch, act: Callable, *arguments: object) -> int:
    """How often the slow work of making a key was done."""
    made = []
    monkeypatch.setattr(storage, "recognise", lambda *given: made.append(given) or recognise(*given))
    with suppress(Refusal):
        act(*arguments)
    return len(made)


def test_the_file_that_was_saved_last_is_tried_first(kept, monkeypatch):
    only(kept, "*.previous").unlink()
    os.utime(only(kept, "*.nykurs"), (4e9, 4e9))
    for nickname in ("Kjøttmeis", "Dompap", "Gråspurv"):
        keep(kept, nickname, NEW)
    assert keys_made(monkeypatch, read, kept) == 1


def test_a_file_that_says_no_is_not_asked_again_through_its_previous_version(kept, monkeypatch):
    assert keys_made(monkeypatch, read, kept, "Gråspurv") == 1


class Crowd:
    """Stands in for the making of keys: notes how many are made at once, and lets each wait for one more to come."""

    def __init__(self) -> None:
        self.all, self.now, self.most = 0, 0, 0
        self._changed = threading.Condition()

    def recognise(self, data: bytes, nickname: str, password: str) -> None:
        with self._changed:
            self.all, self.now = self.all + 1, self.now + 1
            self.most = max(self.most, self.now)
            self._changed.notify_all()
            if self.all > 1:  # the first is alone
                assert self._changed.wait_for(lambda: self.most > 1, timeout=60)
            self.now -= 1
        raise Refusal("wrong")


def keep_many(folder: Path, number: int) -> None:
    for at in range(number):
        keep(folder, f"Fugl {at}", NEW)


def test_the_first_journal_is_tried_alone_and_the_others_two_at_once(tmp_path, monkeypatch):
    keep_many(tmp_path, 8)
    crowd, workers = Crowd(), []
    pool = concurrent.futures.ThreadPoolExecutor
    monkeypatch.setattr(
        concurrent.futures, "ThreadPoolExecutor", lambda *given: workers.append(given[0]) or pool(*given)
    )
    monkeypatch.setattr(storage, "recognise", crowd.recognise)
    assert reason(read, tmp_path) == "wrong"
    assert (crowd.all, crowd.most, workers) == (8, 2, [2])


def test_when_nobody_waits_any_longer_no_further_journal_is_tried(tmp_path, monkeypatch):
    keep_many(tmp_path, 8)
    made = []
    monkeypatch.setattr(storage, "recognise", lambda *given: made.append(given) or recognise(*given))
    for act in (SealedFile.open, SealedFile.create):
        assert reason(act, tmp_path, NICKNAME, PASSWORD, wanted=lambda: len(made) < 1) == "given_up"
        assert len(made) == 1
        made.clear()


def test_whoever_comes_late_in_the_row_is_opened_too(tmp_path):
    keep_many(tmp_path, 8)
    for at in range(8):
        assert read(tmp_path, f"fugl {at}") == NEW


def test_a_second_opener_is_told_and_the_first_goes_on(file, kept):
    assert reason(read, kept) == "busy"
    file.save(NEW)
    file.close()
    assert read(kept) == NEW


def test_a_second_opener_with_a_wrong_password_is_not_told_that_it_is_open(file, kept):
    assert reason(read, kept, password="noe annet") == "wrong"


OTHER_COURSE = """
import sys
from pathlib import Path
from course.storage import SealedFile
file, _ = SealedFile.open(Path(sys.argv[1]), "Blåmeis", "Toget går til Trondheim")
print("open", flush=True)
sys.stdin.read()
"""


def test_another_process_that_has_it_open_holds_it_until_it_dies(kept):
    command = [sys.executable, "-X", "utf8", "-c", OTHER_COURSE, kept]
    place = {"cwd": Path(__file__).parent.parent, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **place) as other:
        assert other.stdout.readline().strip() == b"open"
        assert reason(read, kept) == "busy"
        other.kill()
    assert read(kept) == OLD


# What can be seen from outside.


@posix
def test_only_this_account_can_look(kept):
    assert (kept / "journal").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (kept / "journal").iterdir()} == {0o600}


@posix
def test_a_folder_that_others_could_look_into_is_closed(tmp_path):
    (tmp_path / "journal").mkdir(mode=0o755)
    keep(tmp_path, NICKNAME, OLD)
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o700


@posix
def test_what_is_made_above_it_is_closed_too(tmp_path):
    keep(tmp_path / "nykurs", NICKNAME, OLD)
    assert (tmp_path / "nykurs").stat().st_mode & 0o777 == 0o700


def test_there_are_three_files_and_their_names_tell_nothing(kept):
    names = sorted(path.name for path in (kept / "journal").iterdir())
    stem = names[0].partition(".")[0]
    assert names == [f"{stem}.lock", f"{stem}.nykurs", f"{stem}.previous"]
    assert len(bytes.fromhex(stem)) == 8


def test_neither_nickname_nor_password_nor_content_can_be_read(tmp_path):
    secrets = [NICKNAME, PASSWORD, "søsteren min på Ås"]
    file = create(tmp_path, NICKNAME, *([secrets[2].encode() * 20] * 2))
    everything = b"".join(
        path.name.encode() + (path.read_bytes() if path.is_file() else b"") for path in tmp_path.rglob("*")
    )
    assert not [secret for secret in secrets for form in forms(secret) if form in everything]
    assert not [secret for secret in secrets if secret in repr(file)]
    file.close()


def forms(text: str) -> Iterator[bytes]:
    """A text as it could stand in a file: plain, as UTF-16, and as base64 wherever it begins."""
    yield from (text.encode(), text.casefold().encode(), text.encode("utf-16-le"), text.encode("utf-16-be"))
    for before in range(3):
        yield base64.b64encode(b"\0" * before + text.encode())[4:-4]


def test_closing_forgets_the_key(file):
    file.close()
    assert file._key is None
    assert repr(file) == "SealedFile(closed)"


# Removing.


def test_erasing_leaves_nothing(file, kept):
    (kept / "journal" / f"{only(kept, '*.nykurs').stem}.0badcafe.tmp").write_bytes(b"left over")
    file.erase()
    assert list(kept.iterdir()) == []
    assert reason(read, kept) == "wrong"


def test_erasing_before_the_first_save_leaves_nothing(tmp_path):
    create(tmp_path).erase()
    assert list(tmp_path.iterdir()) == []


def test_erasing_what_somebody_removed_is_no_fault(file, kept):
    shutil.rmtree(kept / "journal")
    file.erase()
    assert list(kept.iterdir()) == []


def test_erasing_leaves_what_belongs_to_others(file, kept):
    keep(kept, "Kjøttmeis", NEW)
    file.erase()
    assert read(kept, "Kjøttmeis") == NEW


def test_what_cannot_be_removed_is_told_and_can_be_tried_again(file, kept, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", fails(errno.EACCES))
        assert reason(file.erase) == "denied"
    file.erase()
    assert list(kept.iterdir()) == []


# Damage.


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize("length", [0, 5, 30, 100, 1000])
def test_a_damaged_file_is_told_and_left_alone(length, kept):
    current = only(kept, "*.nykurs")
    broken = current.read_bytes()[:length]
    current.write_bytes(broken)
    assert reason(read, kept) == "damaged"
    assert current.read_bytes() == broken


@pytest.mark.parametrize("length", [0, 30, 1000])
def test_a_damaged_file_is_told_to_its_owner_although_others_have_healthy_ones(length, kept):
    current = only(kept, "*.nykurs")
    current.write_bytes(current.read_bytes()[:length])
    keep(kept, "Kjøttmeis", NEW)
    assert reason(read, kept) == "damaged"
    assert reason(read, kept, "Gråspurv") == "wrong"
    assert read(kept, "Kjøttmeis") == NEW
    assert read(kept, previous=True) == OLDER


def test_a_lost_file_is_damage_as_long_as_the_version_before_is_there(kept):
    only(kept, "*.nykurs").unlink()
    assert reason(read, kept) == "damaged"
    assert read(kept, previous=True) == OLDER


def test_the_version_before_does_not_give_way_to_a_damaged_one(kept):
    damage(only(kept, "*.nykurs"))
    file, _ = SealedFile.open(kept, NICKNAME, PASSWORD, previous=True)
    file.save(NEW)
    file.close()
    assert (read(kept), read(kept, previous=True)) == (NEW, OLDER)


def test_the_version_before_gives_way_to_a_healthy_one(kept):
    file, _ = SealedFile.open(kept, NICKNAME, PASSWORD, previous=True)
    file.save(NEW)
    file.close()
    assert (read(kept), read(kept, previous=True)) == (NEW, OLD)


def test_a_version_before_that_is_not_there_is_refused(tmp_path):
    keep(tmp_path, NICKNAME, OLD)
    assert reason(read, tmp_path, previous=True) == "damaged"
    assert read(tmp_path) == OLD


def test_a_refused_opening_holds_nothing(kept):
    damage(only(kept, "*.nykurs"))
    assert [reason(read, kept) for _ in range(2)] == ["damaged", "damaged"]


def stranger(folder: Path, data: bytes) -> Path:
    path = folder / "journal" / "feedfacefeedface.nykurs"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


FOREIGN = b"%PDF-1.7 " + bytes(500)


def newer() -> bytes:
    """A file as a later version of the course may write it."""
    data = b"\x89nykurs\n" + (7).to_bytes(4) + os.urandom(500)
    return data + hashlib.sha256(data).digest()


@pytest.mark.parametrize(("make", "said"), [(lambda: FOREIGN, "foreign"), (newer, "newer"), (bytes, "damaged")])
def test_a_file_that_is_not_ours_is_told_when_it_is_all_there_is(make, said, tmp_path):
    path = stranger(tmp_path, make())
    before = path.read_bytes()
    assert reason(read, tmp_path) == said
    assert path.read_bytes() == before


@pytest.mark.parametrize("make", [lambda: FOREIGN, newer, bytes])
def test_a_file_that_is_not_ours_does_not_stand_in_the_way(make, kept):
    stranger(kept, make())
    assert read(kept) == OLD
    assert reason(read, kept, password="noe annet") == "wrong"
    keep(kept, "Kjøttmeis", NEW)


def test_a_folder_with_the_name_of_a_file_is_no_file(kept):
    (kept / "journal" / "feedfacefeedface.nykurs").mkdir()
    assert read(kept) == OLD
    for path in (only(kept, "*.previous"), only(kept, "*.previous").with_suffix(".nykurs")):
        path.unlink()
    assert reason(read, kept) == "wrong"


def test_what_a_killed_save_left_is_removed(kept):
    stem = only(kept, "*.nykurs").stem
    left = [kept / "journal" / f"{stem}.{number}.tmp" for number in range(3)]
    others = kept / "journal" / "feedfacefeedface.0.tmp"
    for path in (*left, others):
        path.write_bytes(b"half")
    assert read(kept) == OLD
    assert [path.name for path in kept.rglob("*.tmp")] == [others.name]


# Somebody else.


def test_what_somebody_else_wrote_is_not_overwritten(file, kept):
    current = only(kept, "*.nykurs")
    file.save(NEW)
    shutil.copy(only(kept, "*.previous"), current)  # as when a backup is put back
    before = current.read_bytes()
    assert reason(file.save, b"siste svar") == "changed"
    assert current.read_bytes() == before
    assert not list(kept.rglob("*.tmp"))


def test_a_file_that_somebody_removed_does_not_come_back_in_silence(file, kept):
    only(kept, "*.nykurs").unlink()
    assert reason(file.save, NEW) == "changed"
    assert not list(kept.rglob("*.nykurs"))


def test_a_folder_that_somebody_removed_is_told(file, kept):
    shutil.rmtree(kept / "journal")
    assert reason(file.save, NEW) == "changed"


# Faults of the system, one call at a time.

CODES = {"EACCES": "denied", "EPERM": "denied", "EROFS": "read_only", "ENOSPC": "full", "EIO": "unwritable"}


def fails(code: int) -> Callable:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


class Faulty:
    """The module os, with one call that fails at its nth turn; it writes no more than `most` bytes at a time."""

    def __init__(self, call: str, turn: int = 1, code: int = errno.EIO, most: int = 2**30) -> None:
        self._call, self._turns, self._code, self._most = call, turn, code, most

    def __getattr__(self, name: str) -> object:
        return self._fail_in_turn if name == self._call else getattr(os, name)

    def write(self, descriptor: int, data: memoryview) -> int:
        return (self._fail_in_turn if self._call == "write" else os.write)(descriptor, data[: self._most])

    def _fail_in_turn(self, *arguments: object) -> object:
        self._turns -= 1
        return fails(self._code)() if self._turns == 0 else getattr(os, self._call)(*arguments)


# Every call of a save that can fail, and what is on the disk afterwards.
CALLS = [("open", 1, OLD), ("write", 1, OLD), ("write", 3, OLD), ("fsync", 1, OLD), ("replace", 1, OLD)]
CALLS += [("replace", 2, OLD), ("open", 2, NEW), ("fsync", 2, NEW)]


@posix
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("call", "turn", "after"), CALLS, ids=[f"{call}-{turn}" for call, turn, _ in CALLS])
def test_a_save_that_fails_is_told_and_leaves_one_whole_version(call, turn, after, code, file, kept, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(storage, "os", Faulty(call, turn, getattr(errno, code), most=1000))
        assert reason(file.save, NEW) == CODES[code]
    assert not list(kept.rglob("*.tmp"))
    assert on_disk(kept) == after
    file.save(b"siste svar")  # the disk has room again
    file.close()
    assert read(kept) == b"siste svar"
    assert not list(kept.rglob("*.tmp"))


def on_disk(folder: Path) -> bytes:
    """What a course would open if the one that has it open died now."""
    copy = folder / "copy"
    shutil.copytree(folder / "journal", copy / "journal")
    try:
        return read(copy)
    finally:
        shutil.rmtree(copy)


@pytest.mark.parametrize("most", [1, 7, 4096])
def test_a_disk_that_takes_a_little_at_a_time_gets_everything(most, file, kept, monkeypatch):
    with monkeypatch.context() as slow:
        slow.setattr(storage, "os", Faulty("write", 0, most=most))
        file.save(NEW)
    file.close()
    assert read(kept) == NEW


def test_a_disk_without_links_gets_copies(file, kept, monkeypatch):
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    file.save(NEW)
    file.close()
    assert (read(kept), read(kept, previous=True)) == (NEW, OLD)


@posix
def test_a_disk_without_links_and_without_room_is_told(file, kept, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(os, "link", fails(errno.EPERM))
        broken.setattr(storage, "os", Faulty("open", 2, errno.ENOSPC))
        assert reason(file.save, NEW) == "full"
    assert on_disk(kept) == OLD
    assert not list(kept.rglob("*.tmp"))


@posix
def test_a_disk_that_cannot_settle_names_is_trusted(file, kept, monkeypatch):
    monkeypatch.setattr(storage, "os", Faulty("fsync", 2, errno.EINVAL))
    file.save(NEW)
    assert on_disk(kept) == NEW


@pytest.mark.parametrize("code", CODES)
def test_a_lock_that_cannot_be_made_is_told_and_the_file_is_left_alone(code, kept, monkeypatch):
    before = only(kept, "*.nykurs").read_bytes()
    monkeypatch.setattr(storage, "os", Faulty("open", 1, getattr(errno, code)))
    assert reason(read, kept) == CODES[code]
    assert only(kept, "*.nykurs").read_bytes() == before


@pytest.mark.parametrize("code", CODES)
def test_a_folder_that_cannot_be_read_is_told(code, kept, monkeypatch):
    monkeypatch.setattr(storage, "os", Faulty("listdir", 1, getattr(errno, code)))
    assert reason(read, kept) == CODES[code]


@pytest.mark.parametrize("code", CODES)
def test_a_file_that_cannot_be_read_is_told_when_no_other_opens(code, kept, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", fails(getattr(errno, code)))
    assert reason(read, kept) == CODES[code]


@pytest.mark.parametrize("code", CODES)
def test_a_folder_that_cannot_be_made_is_told(code, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", fails(getattr(errno, code)))
    assert reason(create, tmp_path / "data") == CODES[code]
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "journal").write_text("not a folder")
    assert reason(read, tmp_path) == "unwritable"
    assert reason(create, tmp_path) == "unwritable"


@posix
def test_folders_of_somebody_else_are_used_as_they_are(tmp_path, monkeypatch):
    (tmp_path / "journal").mkdir(mode=0o755)
    monkeypatch.setattr(Path, "chmod", fails(errno.EPERM))
    keep(tmp_path, NICKNAME, OLD)
    assert read(tmp_path) == OLD


def test_a_save_after_one_that_failed_late_leaves_no_double(file, kept, monkeypatch):
    """Two names of one file cannot replace each other, so the second name must be removed by hand."""
    with monkeypatch.context() as broken:
        broken.setattr(storage, "os", Faulty("replace", 2))
        assert reason(file.save, NEW) == "unwritable"
    file.save(NEW)
    assert len(list((kept / "journal").iterdir())) == 3
