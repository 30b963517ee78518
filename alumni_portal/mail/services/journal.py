"""What a run has handed over, line by line, so that a killed one leaves no guess larger than need.

A file for each run: `C 17,18` for a handful that was claimed, `I 17` before the first byte of a
copy leaves, `A 17 S 250 …` when the relay has answered. One write says the answer to the last copy
and the intent of the next. It outlives the process; whoever goes on reads it and knows which copies
went, which did not, and which few nobody knows of: those with an intent and no answer, one for each
connection at most.

What was written outlives a killed process, not a power cut. So each handful is on the disk before
it leaves, and after the machine was started anew all of a handful that has no answer is in doubt.

A file that its run still holds is locked: as long as it lives nobody goes on in its place. A file
that cannot be read says nothing: all that its run held is in doubt, and the file is kept aside.
"""

import fcntl
import os
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from alumni_portal.core.db import wait_for_the_disk
from alumni_portal.core.installation import settings
from alumni_portal.mail.rules import Answer, NotSent, Sent, Unknown, Unreached

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_SIGNS: dict[type[Answer], bytes] = {Sent: b"S", Unknown: b"U", Unreached: b"R"}
_LINE = re.compile(
    rb"C (?P<claimed>\d{1,18}(?:,\d{1,18})*)"
    rb"|I (?P<intended>\d{1,18})"
    rb"|A (?P<told>\d{1,18}) (?P<sign>[SUFLR]) (?P<said>.*)"
)


class NotWritten(Exception):
    """The journal takes no more (a full disk): nothing may leave that it does not know of."""


class Journal:
    """One run's file, written as it goes."""

    def __init__(self, ref: str, chunk: int, owner: str) -> None:
        """Begin a run's file. Raises NotWritten."""
        self._path = _folder() / f"{ref}-{chunk}-{owner}"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        except OSError as error:
            raise NotWritten from error
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._waiting = b""
        self._is_torn = False

    def claim(self, keys: Collection[int]) -> None:
        """Say what a handful is, on the disk, and forget the one before: it stands in the rows.

        Raises NotWritten.
        """
        wait_for_the_disk()
        self._waiting = b""
        try:
            os.ftruncate(self._file, 0)
            ids = ",".join(map(str, keys)).encode()
            self._write(b"B %b\nC %b\n" % (_this_boot(), ids))
            os.fdatasync(self._file)
        except OSError as error:
            raise NotWritten from error

    def intend(self, key: int) -> None:
        """Say that a copy is about to leave; with this, all that was told is written.

        Raises NotWritten.
        """
        waiting, self._waiting = self._waiting, b""
        self._write(b"%bI %d\n" % (waiting, key))

    def tell(self, key: int, answer: Answer) -> None:
        """Say what became of a copy; written with the next intent, or by `flush`."""
        said = answer.answer.encode().replace(b"\n", b" ")[:300]
        self._waiting += b"A %d %b %b\n" % (key, _sign(answer), said)

    def flush(self) -> None:
        """Write what waits. Raises NotWritten."""
        waiting, self._waiting = self._waiting, b""
        if waiting:
            self._write(waiting)

    def _write(self, words: bytes) -> None:
        """Write all of it, or nothing ever again: what follows a torn line would change it."""
        if self._is_torn:
            raise NotWritten
        try:
            self._is_torn = os.write(self._file, words) != len(words)
        except OSError as error:
            self._is_torn = True
            raise NotWritten from error
        if self._is_torn:
            raise NotWritten

    def __enter__(self) -> Self:
        """Write from here on."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Remove the file when everything stands in the rows; else leave it for who goes on.

        Its lock is let go in any case: held, it would keep everybody from going on.
        """
        try:
            if kind is None:
                wait_for_the_disk()
                self._path.unlink(missing_ok=True)
            else:
                with suppress(NotWritten):
                    self.flush()
        finally:
            os.close(self._file)


def _sign(answer: Answer) -> bytes:
    if isinstance(answer, NotSent):
        return b"F" if answer.final else b"L"
    return _SIGNS[type(answer)]


@dataclass
class Left:
    """What lost runs of one chunk left behind."""

    #: A run of this chunk lives: leave everything to it.
    is_held: bool = False
    answers: dict[int, Answer] = field(default_factory=dict)
    #: Copies that may have left.
    intended: set[int] = field(default_factory=set)
    #: Runs whose journal could be read: what they had claimed and not intended never left.
    owners: set[str] = field(default_factory=set)
    paths: list[Path] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)

    @property
    def uncertain(self) -> set[int]:
        """Return the copies that may have arrived."""
        unknown = {key for key, one in self.answers.items() if isinstance(one, Unknown)}
        return (self.intended - self.answers.keys()) | unknown

    def forget(self) -> None:
        """Remove the files: what they say stands in the rows now. What is unreadable is kept."""
        wait_for_the_disk()
        for path in self.paths:
            path.unlink(missing_ok=True)
        for path in self.unreadable:
            with suppress(OSError):  # it may not be ours to move; it is passed over next time, too
                path.rename(path.with_name(f"unreadable-{path.name}"))


def left_behind(ref: str, chunk: int) -> Left:
    """Return what the journals of a chunk's lost runs say. A torn last line counts for nothing."""
    left = Left()
    for path in sorted(_folder().glob(f"{ref}-{chunk}-*")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                written = file.read()
        except BlockingIOError:
            return Left(is_held=True)
        except FileNotFoundError:  # its run ended well a moment ago
            continue
        except OSError:
            left.unreadable.append(path)
            continue
        if _read(written.split(b"\n")[:-1], left):
            left.owners.add(path.name.rsplit("-", 1)[1])
            left.paths.append(path)
        else:
            left.unreadable.append(path)
    return left


def _read(lines: list[bytes], left: Left) -> bool:
    """Add what a journal says to what is known; false when it is no journal."""
    is_this_boot = lines[:1] == [b"B %b" % _this_boot()]
    found = [_LINE.fullmatch(line) for line in lines[1:]]
    if None in found or (lines and not lines[0].startswith(b"B ")):
        return False
    for one in filter(None, found):
        _take_in(one, left, is_this_boot=is_this_boot)
    return True


def _take_in(one: re.Match[bytes], left: Left, *, is_this_boot: bool) -> None:
    if one["intended"]:
        left.intended.add(int(one["intended"]))
        left.answers.pop(int(one["intended"]), None)
    elif one["told"]:
        left.answers[int(one["told"])] = _answer(one["sign"], one["said"].decode(errors="replace"))
    elif not is_this_boot:
        left.intended |= {int(key) for key in one["claimed"].split(b",")}


def _answer(sign: bytes, said: str) -> Answer:
    if sign in {b"F", b"L"}:
        return NotSent(said, final=sign == b"F")
    if sign == b"S":
        return Sent(said)
    return Unknown(said) if sign == b"U" else Unreached(said)


def _this_boot() -> bytes:
    """Return what this start of the machine is called; empty where it has no name."""
    return _BOOT.read_bytes().strip() if _BOOT.exists() else b""


def _folder() -> Path:
    return settings().instance / "mailings"
