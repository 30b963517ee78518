"""Read text with separators: which separator, and the records one by one."""

import csv
import io
from collections import Counter
from collections.abc import Generator
from itertools import islice
from typing import BinaryIO

from alumni_portal.offboarding.rules.encoding import decodes, encoding_of
from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable

SEPARATORS = (";", ",", "\t", "|")
Record = tuple[int, list[str]]

_SAMPLE = 1 << 16


def encoding_and_separator(
    stream: BinaryIO, *, encoding: str | None, separator: str | None
) -> tuple[str, str]:
    """Return what a file is written in; what the person chose goes before what is found."""
    if encoding is not None and not decodes(stream, encoding):
        raise Unreadable(ReadProblem.BAD_ENCODING)
    encoding = encoding or encoding_of(stream)
    return encoding, separator or _separator_of(_start(stream, encoding))


def records(stream: BinaryIO, *, encoding: str, separator: str) -> Generator[Record, None, None]:
    """Yield the records with their numbers, counted as a spreadsheet shows them, from 1.

    A quoted line break stays inside its record. The stream is left open.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        reader = csv.reader(text, delimiter=separator)
        first = next(reader, None)
        if first is not None:
            number = 0 if _is_hint(separator.join(first)) else 1
            if number:
                yield 1, first
            yield from enumerate(reader, number + 1)
    except csv.Error:
        raise Unreadable(ReadProblem.UNCLOSED_QUOTE) from None
    except UnicodeError:
        raise Unreadable(ReadProblem.BAD_ENCODING) from None
    finally:
        text.detach()


def _is_hint(line: str) -> bool:
    """Excel writes `sep=;` above the table."""
    return line[:4].lower() == "sep=" and len(line) <= 6


def _start(stream: BinaryIO, encoding: str) -> str:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        return text.read(_SAMPLE)
    finally:
        text.detach()
        stream.seek(0)


def _separator_of(start: str) -> str:
    """Choose the separator that cuts most lines into the same number of cells."""
    hint = start.lstrip("\ufeff")[:5]
    if hint[:4].lower() == "sep=" and hint[4:] in SEPARATORS:
        return hint[4:]
    best = max(SEPARATORS, key=lambda separator: _evenness(start, separator))
    if _evenness(start, best) == (0, 0):
        raise Unreadable(ReadProblem.NOT_A_TABLE)
    return best


def _evenness(start: str, separator: str) -> tuple[float, int]:
    """Return the share of lines of the usual width, and that width; (0, 0) when it cuts nothing."""
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=separator)
    try:
        widths = Counter(len(cells) for cells in islice(reader, 200) if any(cells))
    except csv.Error:
        return 0, 0
    cut = Counter({width: lines for width, lines in widths.items() if width > 1})
    if not cut:
        return 0, 0
    width, lines = cut.most_common(1)[0]
    share = lines / widths.total()
    return (round(share, 1), width) if share >= 0.3 else (0, 0)
