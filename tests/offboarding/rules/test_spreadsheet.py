import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from alumni_portal.offboarding.rules.formats import Format, ReadProblem, Unreadable
from alumni_portal.offboarding.rules.reading import Limits, Wanted, open_table
from tests.offboarding.rules.layouts import invented_id
from tests.support.covers import covers

HEADINGS = ["Anstnr", "Namn", "Slut"]


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def book(*rows: Sequence[object], sheet: str = "Export") -> Workbook:
    workbook = openpyxl.Workbook()
    page = workbook.worksheets[0]
    page.title = sheet
    for cells in rows:
        page.append(list(cells))
    return workbook


def rows_of(content: bytes, **wanted: str) -> list[tuple[int, list[str]]]:
    with open_table(io.BytesIO(content), wanted=Wanted(**wanted)) as table:
        return list(table.rows)


def problem_of(content: bytes, **wanted: str) -> ReadProblem:
    with pytest.raises(Unreadable) as caught:
        rows_of(content, **wanted)
    return caught.value.problem


def test_cells_are_read_as_they_show() -> None:
    workbook = book(
        HEADINGS,
        [10001, "Åsa", date(2026, 5, 14)],
        [10002.0, True, datetime(2026, 5, 14, 8, 30)],  # noqa: DTZ001  a cell has no zone
        ["007", 1.5, None],
    )
    assert rows_of(saved(workbook)) == [
        (2, ["10001", "Åsa", "2026-05-14"]),
        (3, ["10002", "True", "2026-05-14 08:30:00"]),
        (4, ["007", "1.5", ""]),
    ]


@covers("S25")
def test_a_formula_stays_text_and_is_never_worked_out() -> None:
    content = saved(book(HEADINGS, [1, '=HYPERLINK("http://evil.example","x")', "=1+1"]))
    assert rows_of(content)[0][1][1:] == ['=HYPERLINK("http://evil.example","x")', "=1+1"]


def test_titles_and_blank_rows_keep_the_numbers_that_excel_shows() -> None:
    content = saved(book(["Avgångar"], [], HEADINGS, [1, "Bo", "x"], [], [2, "Eva", "y"]))
    assert [number for number, _ in rows_of(content)] == [4, 6]


def test_a_sheet_is_chosen_among_the_visible_ones() -> None:
    workbook = book(HEADINGS, [1, "Bo", "x"])
    other = workbook.create_sheet("Mars")
    other.append(HEADINGS)
    other.append([2, "Eva", "y"])
    workbook.create_sheet("Dold").sheet_state = "hidden"
    content = saved(workbook)
    with open_table(io.BytesIO(content)) as table:
        assert (table.layout.sheet, table.layout.sheets) == ("Export", ("Export", "Mars"))
        assert table.layout.format is Format.WORKBOOK
    assert rows_of(content, sheet="Mars") == [(2, ["2", "Eva", "y"])]
    assert problem_of(content, sheet="Dold") is ReadProblem.NO_SUCH_SHEET


def test_national_ids_are_dropped_here_too() -> None:
    ids = [invented_id(date(1970 + n, 1, 2), Random(n)) for n in range(12)]
    content = saved(book(["Nr", "Okänt"], *([n, one] for n, one in enumerate(ids))))
    with open_table(io.BytesIO(content)) as table:
        assert (table.headings, table.dropped) == (("Nr",), ("Okänt",))


def test_numbers_without_a_dash_are_national_ids_as_well() -> None:
    ids = [invented_id(date(1970 + n, 1, 2), Random(n)).replace("-", "") for n in range(12)]
    content = saved(book(["Nr", "Okänt"], *([n, int(one)] for n, one in enumerate(ids))))
    with open_table(io.BytesIO(content)) as table:
        assert table.dropped == ("Okänt",)


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, member in members:
            archive.writestr(name, member)
    return content.getvalue()


def swelling() -> bytes:
    return packed(("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b" " * (40 << 20)))


def crowded() -> bytes:
    return packed(("xl/workbook.xml", b""), *((f"xl/{n}.xml", b"") for n in range(1100)))


def locked() -> bytes:
    content = bytearray(packed(("xl/workbook.xml", b"<a/>")))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@covers("S36")
@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (swelling, ReadProblem.SUSPICIOUS_ARCHIVE),
        (crowded, ReadProblem.SUSPICIOUS_ARCHIVE),
        (locked, ReadProblem.PASSWORD_PROTECTED),
        (lambda: packed(("word/document.xml", b"<a/>")), ReadProblem.UNKNOWN_FORMAT),
        (lambda: packed(("leavers.csv", b"a;b")), ReadProblem.UNKNOWN_FORMAT),
        (lambda: packed(("xl/workbook.xml", b"<a")), ReadProblem.BROKEN_FILE),
        (lambda: saved(book(HEADINGS, [1, "Bo", "x"]))[:900], ReadProblem.BROKEN_FILE),
        (lambda: saved(book(HEADINGS)), ReadProblem.NO_ROWS),
        (lambda: saved(book()), ReadProblem.EMPTY_FILE),
    ],
)
def test_bombs_and_broken_workbooks_are_refused(
    make: Callable[[], bytes], problem: ReadProblem
) -> None:
    assert problem_of(make()) is problem


@covers("S36")
def test_entities_that_grow_are_never_unfolded() -> None:
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"ha" * 500
        + b'">'
        + b"".join(
            f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">'.replace("&a0;", "&a;").encode()
            for n in range(1, 9)
        )
    )
    with zipfile.ZipFile(io.BytesIO(saved(book(HEADINGS, [1, "Bo", "x"])))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    bad = [
        (name, laughs + b"]><workbook>&a8;</workbook>" if name == "xl/workbook.xml" else member)
        for name, member in members
    ]
    assert problem_of(packed(*bad)) is ReadProblem.BROKEN_FILE


def test_a_sheet_with_too_many_columns_is_refused() -> None:
    content = saved(book([f"K{n}" for n in range(60)], list(range(60))))
    with (
        pytest.raises(Unreadable) as caught,
        open_table(io.BytesIO(content), limits=Limits(columns=50)),
    ):
        pass
    assert caught.value.problem is ReadProblem.TOO_MANY_COLUMNS
