"""Find the encoding of a text: what older payroll systems wrote is guessed by its letters."""

import codecs
from collections import Counter
from typing import BinaryIO

from charset_normalizer import from_bytes

from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable

#: Tried in this order when a file is not UTF-8; the first wins a tie.
SINGLE_BYTE = ("cp1252", "iso-8859-1", "mac_roman", "cp850", "cp1250")

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 20
_HOME = frozenset("åäöÅÄÖ")
_NEAR = frozenset("éèüøæØÆÉáíóúñçëßðþÞÜÁÍÓÚêïôîûâãõýÿšžčćŠŽČłŁńśżąęńěřůőűàì–—’”“´·§°€£½©®«»…")


def encoding_of(stream: BinaryIO) -> str:
    """Return the name of the encoding of a seekable stream, and leave it at its start.

    The whole file is looked at, so a late å counts. Raises `Unreadable` when no encoding makes
    sense of it, or when it mixes two.
    """
    stream.seek(0)
    head = stream.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _checked(stream, name)
    if b"\x00" in head:
        return _checked(stream, _wide(head))
    valid, foreign = _survey(stream)
    stream.seek(0)
    if valid:
        return "utf-8"
    return _single_byte(stream, foreign)


def decodes(stream: BinaryIO, encoding: str) -> bool:
    """Tell whether a whole stream can be read in an encoding; leave it at its start."""
    stream.seek(0)
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except (UnicodeError, LookupError):
        return False
    finally:
        stream.seek(0)
    return True


def _checked(stream: BinaryIO, encoding: str) -> str:
    if not decodes(stream, encoding):
        raise Unreadable(ReadProblem.BAD_ENCODING)
    return encoding


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: in Western text every second byte is nought."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 4:
        raise Unreadable(ReadProblem.UNKNOWN_FORMAT)
    return "utf-16-le" if odd > even else "utf-16-be"


def _survey(stream: BinaryIO) -> tuple[bool, bytes]:
    """Return whether all is UTF-8, and the lines (at most 64 kB) that hold foreign signs."""
    valid = decodes(stream, "utf-8")
    lines: list[bytes] = []
    room = 1 << 16
    if valid:
        return True, b""
    for line in iter(lambda: stream.readline(_PIECE), b""):
        if room > 0 and not line.isascii():
            lines.append(line[:room])
            room -= len(line)
    return False, b"".join(lines)


def _single_byte(stream: BinaryIO, sample: bytes) -> str:
    if _mixed(sample):
        raise Unreadable(ReadProblem.BAD_ENCODING)
    scores = {name: _score(sample, name) for name in SINGLE_BYTE}
    likely = [name for name in SINGLE_BYTE if scores[name] > 0]
    for name in sorted(likely, key=scores.__getitem__, reverse=True):
        if decodes(stream, name):
            return name
    guess = from_bytes(sample).best()
    if guess is None:
        raise Unreadable(ReadProblem.BAD_ENCODING)
    return _checked(stream, guess.encoding)


def _mixed(sample: bytes) -> bool:
    """Tell whether two encodings were put together: mostly good UTF-8, and then it is not."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    return whole > broken


def _score(sample: bytes, encoding: str) -> float:
    """Rate a reading of the foreign bytes: letters of the North are likely, signs are not."""
    score = 0.0
    for byte, times in Counter(byte for byte in sample if byte > 0x7F).items():
        sign = bytes((byte,)).decode(encoding, "replace")
        score += times * _likelihood(sign)
    return score


def _likelihood(sign: str) -> float:
    if sign in _HOME:
        return 3.0
    if sign in _NEAR:
        return 1.0
    if sign.isalpha() and sign not in "ƒªº":
        return 0.1
    return -3.0 if sign < "\xa0" or sign == "\ufffd" else -1.5
