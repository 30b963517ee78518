"""A relay's replies as they come over the wire (RFC 5321 4.2), read."""

from alumni_portal.core.text import clean_line
from alumni_portal.mail.rules.answers import NotSent
from alumni_portal.mail.rules.retries import is_final


def is_one_line(data: bytes) -> bool:
    """Say whether this is one whole reply of one line."""
    return data.find(b"\n") == len(data) - 1 and data[3:4] != b"-" and data != b""


def said(lines: list[bytes]) -> str:
    """Return a reply in one clean line: its code, then the words of all its lines."""
    if len(lines) == 1:
        return clean_line(lines[0].strip().decode("utf-8", "replace"))
    words = b" ".join([lines[-1][:3], *(line[4:].strip() for line in lines)])
    return clean_line(words.decode("utf-8", "replace"))


def refused(code: int, lines: list[bytes]) -> NotSent:
    """Return the no of a reply, and whether another try makes sense."""
    return NotSent(said(lines), final=is_final(code))
