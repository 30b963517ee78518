"""Returned mail that lies in files: one mail, many in one file (mbox), or a folder of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from alumni_portal.bounces.services.intake import MOST_KEPT

_MARK = b"From "
#: What in a plain folder is mail.
_ENDINGS = {".eml", ".mbox"}


def mails_in(path: Path) -> Iterator[bytes]:
    """Yield the mails of a file or a folder (of files, or a Maildir), one after the other."""
    if path.is_dir():
        parts = [part for part in (path / "new", path / "cur") if part.is_dir()]
        for folder in parts or [path]:
            for file in sorted(one for one in folder.iterdir() if one.is_file()):
                if parts or file.suffix in _ENDINGS:
                    yield from mails_in(file)
        return
    with path.open("rb") as stream:
        yield from mails_of(stream)


def mails_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the mails of a stream; more than one when each begins with `From ` (RFC 4155)."""
    first = stream.readline(MOST_KEPT)
    if not first.startswith(_MARK):
        whole = first + stream.read(MOST_KEPT)
        if whole:
            yield whole
        return
    lines: list[bytes] = []
    size, after_blank = 0, False
    while line := stream.readline(MOST_KEPT):
        if after_blank and line.startswith(_MARK):
            yield b"".join(lines)
            lines, size, after_blank = [], 0, False
            continue
        if size < MOST_KEPT:
            lines.append(line[1:] if line.startswith(b">From ") else line)
        size += len(line)
        after_blank = not line.strip()
    yield b"".join(lines)
