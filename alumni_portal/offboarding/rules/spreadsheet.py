"""Read a workbook sheet row by row: bounded memory, formulas as text, no bombs."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import BinaryIO

import openpyxl
from openpyxl.workbook import Workbook

from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable

#: Limits on the archive that a workbook is (source: security.md S36).
MAX_MEMBERS = 1_000
MAX_RATIO = 100
MAX_UNPACKED = 100_000_000
MAX_STRINGS = 64_000_000
_SMALL = 1 << 20


def open_workbook(stream: BinaryIO) -> Workbook:
    """Open a workbook for reading; raises `Unreadable` for bombs and broken files."""
    refuse_bombs(stream)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(stream, read_only=True, keep_links=False)
    except Exception:  # noqa: BLE001  a broken workbook fails in dozens of ways
        raise Unreadable(ReadProblem.BROKEN_FILE) from None


def refuse_bombs(stream: BinaryIO) -> None:
    """Refuse an archive that unpacks to far more than it is; reads only its directory.

    The declared sizes hold: unpacking stops there.
    """
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    strings = sum(m.file_size for m in members if m.filename.lower().endswith("sharedstrings.xml"))
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or strings > MAX_STRINGS:
        raise Unreadable(ReadProblem.SUSPICIOUS_ARCHIVE)
    if any(_swells(member) for member in members):
        raise Unreadable(ReadProblem.SUSPICIOUS_ARCHIVE)


def _swells(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1)


def visible_sheets(workbook: Workbook) -> tuple[str, ...]:
    """Return the names of the sheets a person can choose from."""
    return tuple(
        sheet.title
        for sheet in workbook.worksheets
        if getattr(sheet, "sheet_state", "visible") == "visible"
    )


def records(workbook: Workbook, sheet: str, *, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet as text with their numbers; at most one column too many."""
    page = workbook[sheet]
    if hasattr(page, "reset_dimensions"):
        page.reset_dimensions()
    try:
        rows = page.iter_rows(values_only=True, max_col=columns + 1)
        for number, cells in enumerate(rows, 1):
            yield number, _filled([_text(cell) for cell in cells])
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  a broken sheet fails in dozens of ways
        raise Unreadable(ReadProblem.BROKEN_FILE) from None


def _filled(cells: list[str]) -> list[str]:
    """Leave out empty cells at the end: a sheet is as wide as its widest row."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    """Return what a cell shows: days as ISO, whole numbers without a decimal point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
