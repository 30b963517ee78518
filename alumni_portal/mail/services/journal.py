"""What a run has handed over, line by line, so that a killed one leaves no guess larger than need.

A file for each run: `C 17,18` for a handful that was claimed, `I 17` before the first byte of a
copy leaves, `A 17 S 250 …` when the relay has answered. One write says the answer to the last copy
and the intent of the next. It outlives the process; whoever goes on reads it and knows which copies
went, which did not, and which few nobody knows of: those with an intent and no answer, one for each
connection at most.

What was written outlives a killed process, not a power cut. So each handful is on the disk before
it leaves, and after the machine was started anew all of a handful that has no answer is in doubt.

A file that its run still holds is locked: as long as it lives nobody goes on in its place.
"""

import fcntl
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from alumni_portal.core.installation import settings
from alumni_portal.mail.rules import Answer, NotSent, Sent, Unknown, Unreached

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_SIGNS: dict[type[Answer], bytes] = {Sent: b"S", Unknown: b"U", Unreached: b"R"}


class Journal:
    """One run's file, written as it goes."""

    def __init__(self, mailing_id: int, chunk: int, owner: str) -> None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{mailing_id}-{chunk}-{owner}"
        self._file = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._waiting: list[bytes] = []

    def claim(self, keys: Collection[int]) -> None:
        """Say what a handful is, on the disk, and forget the one before: it stands in the rows."""
        self._waiting.clear()
        os.ftruncate(self._file, 0)
        ids = ",".join(map(str, keys)).encode()
        os.write(self._file, b"B %b\nC %b\n" % (_this_boot(), ids))
        os.fdatasync(self._file)

    def intend(self, key: int) -> None:
        """Say that a copy is about to leave; with this, all that was told is written."""
        self._waiting.append(b"I %d\n" % key)
        os.write(self._file, b"".join(self._waiting))
        self._waiting.clear()

    def tell(self, key: int, answer: Answer) -> None:
        """Say what became of a copy; written with the next intent, or by `flush`."""
        said = answer.answer.encode().replace(b"\n", b" ")[:300]
        self._waiting.append(b"A %d %b %b\n" % (key, _sign(answer), said))

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            os.write(self._file, b"".join(self._waiting))
            self._waiting.clear()

    def __enter__(self) -> Self:
        """Write from here on."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Remove the file when everything stands in the rows; else leave it for who goes on."""
        if kind is None:
            self._path.unlink(missing_ok=True)
        else:
            self.flush()
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
    #: Runs that wrote a journal: what they had claimed and not intended never left.
    owners: set[str] = field(default_factory=set)
    _paths: list[Path] = field(default_factory=list)

    @property
    def uncertain(self) -> set[int]:
        """Return the copies that may have arrived."""
        unknown = {key for key, one in self.answers.items() if isinstance(one, Unknown)}
        return (self.intended - self.answers.keys()) | unknown

    def forget(self) -> None:
        """Remove the files: what they say stands in the rows now."""
        for path in self._paths:
            path.unlink(missing_ok=True)


def left_behind(mailing_id: int, chunk: int) -> Left:
    """Return what the journals of a chunk's lost runs say. A torn last line counts for nothing."""
    left = Left()
    for path in sorted(_folder().glob(f"{mailing_id}-{chunk}-*")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                written = file.read()
        except BlockingIOError:
            return Left(is_held=True)
        except FileNotFoundError:  # its run ended well a moment ago
            continue
        left.owners.add(path.name.rsplit("-", 1)[1])
        left._paths.append(path)  # noqa: SLF001 - one module
        _read(written.split(b"\n")[:-1], left)
    return left


def _read(lines: list[bytes], left: Left) -> None:
    is_this_boot = lines[:1] == [b"B %b" % _this_boot()]
    for line in lines[1:]:
        sign, _space, rest = line.partition(b" ")
        key, _space, told = rest.partition(b" ")
        if sign == b"I":
            left.intended.add(int(key))
            left.answers.pop(int(key), None)
        elif sign == b"A":
            left.answers[int(key)] = _answer(told[:1], told[2:].decode("utf-8", "replace"))
        elif not is_this_boot:
            left.intended |= {int(one) for one in rest.split(b",") if one}


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
