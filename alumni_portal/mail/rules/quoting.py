"""Text as a mail carries it: quoted-printable (RFC 2045 6.7) and encoded words (RFC 2047).

A body made here has no line over 76 signs, no line that begins with a dot (so SMTP has nothing to
stuff, RFC 5321 4.5.2) and no line that ends in a space (so nothing on the way changes it).
"""

import re
from binascii import b2a_base64, b2a_qp

LONGEST = 76
_FULL = LONGEST - 1
_SOFT = b"=\r\n"
_DOT = ord(".")
_BREAK = re.compile(r"\r\n|\r|\n")
_DOTS = re.compile(rb"(?m)^\.+")
_SAFE = re.compile(rb"[A-Za-z0-9_@:/+,-][A-Za-z0-9_@:/+,. -]{0,58}[A-Za-z0-9_@:/+,.-]|[A-Za-z0-9]")
#: A header of plain signs that fits in one line, where nothing looks like an encoded word.
_PLAIN_LINE = re.compile(r"(?:(?!=\?)[\x21-\x7e]| (?! )){1,60}")
#: Octets in one encoded word, so that the name of the header fits before the first one.
_WORD = 42


def quoted(text: str) -> bytes:
    """Return text in quoted-printable, its lines ended by CRLF."""
    return _tidied(b2a_qp(_BREAK.sub("\r\n", text).encode("utf-8", "replace")))


def quoted_value(value: str) -> bytes:
    """Return the value of a slot, one line of text, in quoted-printable.

    It may stand at the beginning of a line of its own and be followed by a soft break.
    """
    raw = value.encode("utf-8", "replace")
    return raw if _SAFE.fullmatch(raw) else _tidied(b2a_qp(raw))


def plain_value(raw: bytes) -> bytes:
    """Return a value of printable ASCII, without `=`, in quoted-printable with a soft break after.

    It reads as `closed(quoted_value(value))` does, and is made quickly: there is nothing to quote.
    """
    if LONGEST <= len(raw) <= 2 * _FULL and raw[0] != _DOT and raw[_FULL] != _DOT:
        return raw[:_FULL] + _SOFT + raw[_FULL:] + _SOFT  # most links
    line = raw
    if len(raw) >= LONGEST:
        line = b"=\r\n".join([raw[at : at + _FULL] for at in range(0, len(raw), _FULL)])
    if raw[:1] == b"." or b"\n." in line:
        line = _DOTS.sub(_apart, line)
    return line + b"=\r\n"


def _tidied(whole: bytes) -> bytes:
    """Return what the library quoted with its lines ended right, short, and none with a dot first.

    It breaks lines by LF when the text had no break of its own, and is two signs late when a line
    that is full ends in a space.
    """
    if b"\n" in whole:
        if b"\r\n" not in whole:
            whole = whole.replace(b"\n", b"\r\n")
        lines = whole.split(b"\r\n")
        if max(map(len, lines)) > LONGEST:
            whole = b"\r\n".join([one if len(one) <= LONGEST else _cut(one) for one in lines])
    has_dots = whole.startswith(b".") or b"\n." in whole
    return _DOTS.sub(_apart, whole) if has_dots else whole


def _apart(dots: re.Match[bytes]) -> bytes:
    return b"=2E=\r\n" * len(dots[0])


def _cut(line: bytes) -> bytes:
    """Return a line in two, broken where no sign is torn."""
    cut = LONGEST - 4
    while b"=" in line[cut - 2 : cut]:
        cut -= 1
    rest = line[cut:]
    return line[:cut] + b"=\r\n" + (b"=2E" + rest[1:] if rest.startswith(b".") else rest)


def closed(piece: bytes) -> bytes:
    """Return a quoted piece with a soft break at its end, its last line no longer than allowed."""
    start = piece.rfind(b"\n") + 1
    last = piece[start:]
    return piece[:start] + (last if len(last) < LONGEST else _cut(last)) + b"=\r\n"


def subject_line(text: str) -> bytes:
    """Return the header of a subject, of one line of text, folded (RFC 5322 2.2.3, RFC 2047 5)."""
    if not text or _PLAIN_LINE.fullmatch(text):
        return b"Subject: %b\r\n" % text.encode("ascii")
    words = [b"=?utf-8?b?%b?=" % b2a_base64(one, newline=False) for one in _pieces(text)]
    return b"Subject: %b\r\n" % b"\r\n ".join(words)


def _pieces(text: str) -> list[bytes]:
    """Return text in pieces that one encoded word each can hold, cut between characters."""
    raw, pieces, start = text.encode("utf-8", "replace"), [], 0
    while start < len(raw):
        end = min(start + _WORD, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        start = end
    return pieces
