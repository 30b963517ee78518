"""Read a file from an HR system as a table: headings, and cleaned rows one by one."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, cast

from alumni_portal.offboarding.rules import separated, spreadsheet
from alumni_portal.offboarding.rules.cleaning import Cleaning, Row
from alumni_portal.offboarding.rules.formats import Format, ReadProblem, Unreadable, recognise
from alumni_portal.offboarding.rules.headings import heading_index, unique_headings

#: How many rows decide which columns hold national ids.
SAMPLED = 400


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold."""

    size: int = 64 << 20
    rows: int = 1 << 20
    columns: int = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person chose instead of what is found."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file was read, shown to the person who may choose otherwise."""

    format: Format
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    heading_row: int = 1


@dataclass(slots=True)
class Table:
    """Headings and rows of one kind of file or of stored rows; `rows` can be read once.

    Rows carry the number that a spreadsheet shows: with the headings first they are row 1.
    National ids are gone: `dropped` names the columns that held them.
    """

    headings: tuple[str, ...]
    rows: Iterator[Row]
    layout: Layout = field(default_factory=lambda: Layout(Format.SEPARATED))
    dropped: tuple[str, ...] = ()
    #: The first rows, for guesses and a preview; reading them takes nothing from `rows`.
    sample: tuple[Row, ...] = ()


@contextmanager
def open_table(
    source: Path | BinaryIO, *, wanted: Wanted | None = None, limits: Limits | None = None
) -> Iterator[Table]:
    """Give the table in a file or stream; rows are read while they are asked for.

    Raises `Unreadable` at once for what is no table, and while reading for what breaks later.
    """
    limits = limits or Limits()
    with ExitStack() as stack:
        stream = _seekable(source, limits, stack)
        layout, records = _layout_and_records(stream, wanted or Wanted(), limits, stack)
        yield _table(layout, records, limits)


def _seekable(source: Path | BinaryIO, limits: Limits, stack: ExitStack) -> BinaryIO:
    stream = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
    if not stream.seekable():
        stream = _spooled(stream, limits, stack)
    if stream.seek(0, 2) > limits.size:
        raise Unreadable(ReadProblem.TOO_LARGE)
    return stream


def _spooled(stream: BinaryIO, limits: Limits, stack: ExitStack) -> BinaryIO:
    """Copy a stream that cannot be rewound; the copy goes away with the table."""
    copy = tempfile.SpooledTemporaryFile(max_size=4 << 20)  # noqa: SIM115  closed by the stack
    stack.callback(copy.close)
    left = limits.size + 1
    while left > 0 and (piece := stream.read(min(left, 1 << 20))):
        copy.write(piece)
        left -= len(piece)
    return cast("BinaryIO", copy)


def _layout_and_records(
    stream: BinaryIO, wanted: Wanted, limits: Limits, stack: ExitStack
) -> tuple[Layout, Iterator[Row]]:
    if recognise(stream) is Format.SEPARATED:
        encoding, separator = separated.encoding_and_separator(
            stream, encoding=wanted.encoding, separator=wanted.separator
        )
        records = separated.records(stream, encoding=encoding, separator=separator)
        stack.callback(records.close)
        return Layout(Format.SEPARATED, encoding, separator), records
    workbook = spreadsheet.open_workbook(stream)
    stack.callback(workbook.close)
    sheets = spreadsheet.visible_sheets(workbook)
    sheet = wanted.sheet or next(iter(sheets), "")
    if sheet not in sheets:
        raise Unreadable(ReadProblem.NO_SUCH_SHEET)
    rows = spreadsheet.records(workbook, sheet, columns=limits.columns)
    return Layout(Format.WORKBOOK, sheet=sheet, sheets=sheets), rows


def _table(layout: Layout, records: Iterator[Row], limits: Limits) -> Table:
    first = list(islice(records, SAMPLED))
    index = heading_index([cells for _, cells in first])
    if index is None:
        empty = not any(any(cells) for _, cells in first)
        raise Unreadable(ReadProblem.EMPTY_FILE if empty else ReadProblem.NO_HEADINGS)
    number, cells = first[index]
    headings = unique_headings(cells)
    if len(headings) > limits.columns:
        raise Unreadable(ReadProblem.TOO_MANY_COLUMNS)
    below = list(_limited(iter(first[index + 1 :]), limits, number))
    cleaning = Cleaning(headings, [cells for _, cells in below])
    sample = tuple(cleaning.rows(iter(below)))
    if not sample:
        raise Unreadable(ReadProblem.NO_ROWS)
    rows = chain(sample, cleaning.rows(_limited(records, limits, number)))
    return Table(
        cleaning.headings, rows, replace(layout, heading_row=number), cleaning.dropped, sample
    )


def _limited(records: Iterator[Row], limits: Limits, headings: int) -> Iterator[Row]:
    """Yield rows as long as there are not too many below the row of headings."""
    for number, cells in records:
        if number - headings > limits.rows:
            raise Unreadable(ReadProblem.TOO_MANY_ROWS)
        yield number, cells
