import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.core.national_id import MASK
from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable
from alumni_portal.offboarding.rules.reading import Limits, Table, Wanted, open_table
from tests.offboarding.rules.layouts import invented_id
from tests.support.covers import covers

HEADINGS = ["Anstnr", "Förnamn", "Ort"]
PEOPLE = [["100", "Åsa", "Örebro"], ["101", "Märta", "Luleå"], ["102", "Göran", "Malmö"]]


def read(content: bytes, **wanted: str) -> tuple[Table, list[tuple[int, list[str]]]]:
    with open_table(io.BytesIO(content), wanted=Wanted(**wanted)) as table:
        return table, list(table.rows)


def refused(content: bytes, limits: Limits | None = None) -> ReadProblem:
    with (
        pytest.raises(Unreadable) as caught,
        open_table(io.BytesIO(content), limits=limits) as table,
    ):
        list(table.rows)
    return caught.value.problem


def lines(*rows: Sequence[str], separator: str = ";", end: str = "\r\n") -> str:
    return "".join(separator.join(cells) + end for cells in rows)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"],
)
def test_encoding_and_separator_are_found(encoding: str, separator: str, end: str) -> None:
    content = lines(HEADINGS, *PEOPLE, separator=separator, end=end).encode(encoding)
    table, rows = read(content)
    assert table.headings == tuple(HEADINGS)
    assert [cells for _, cells in rows] == PEOPLE
    assert table.layout.separator == separator


def test_a_letter_late_in_the_file_decides_its_encoding() -> None:
    early = [[str(n), "Erik", "Lund"] for n in range(60_000)]
    content = lines(["Anstnr", "Namn", "Ort"], *early, ["7", "Åsa", "Lund"]).encode("cp1252")
    _, rows = read(content)
    assert rows[-1] == (60_002, ["7", "Åsa", "Lund"])


def test_two_encodings_in_one_file_are_refused() -> None:
    good = lines(HEADINGS, *PEOPLE, *PEOPLE).encode()
    assert refused(good + lines(["9", "Åsa", "Ås"]).encode("cp1252")) is ReadProblem.BAD_ENCODING


def test_what_the_person_chose_goes_before_what_is_found() -> None:
    content = lines(["Namn,Ort", "Nr"], ["Ås,Ås", "1"], ["Ås,Ås", "2"]).encode("cp1252")
    table, _ = read(content, separator=",", encoding="iso-8859-1")
    assert table.headings == ("Namn", "Ort;Nr")
    assert table.layout.encoding == "iso-8859-1"


def test_a_wrong_choice_of_encoding_is_told() -> None:
    with pytest.raises(Unreadable) as caught:
        read(lines(HEADINGS, *PEOPLE).encode("cp1252"), encoding="utf-8")
    assert caught.value.problem is ReadProblem.BAD_ENCODING


def test_rows_are_counted_with_the_headings_as_row_one() -> None:
    content = lines(HEADINGS, PEOPLE[0], ["", "", ""], PEOPLE[1]).encode() + b"\r\n \r\n"
    assert [number for number, _ in read(content)[1]] == [2, 4]


def test_titles_above_the_headings_are_skipped_and_rows_keep_their_numbers() -> None:
    content = lines(["Avgångar 2026", "", ""], ["", "", ""], HEADINGS, *PEOPLE).encode()
    table, rows = read(content)
    assert (table.headings, table.layout.heading_row) == (tuple(HEADINGS), 3)
    assert rows[0] == (4, PEOPLE[0])


def test_the_hint_of_excel_is_no_row() -> None:
    table, rows = read(b"sep=|\r\n" + lines(HEADINGS, *PEOPLE, separator="|").encode())
    assert (table.layout.separator, rows[0][0]) == ("|", 2)


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    content = 'Nr;Namn;Ort\r\n1;"Eva\r\nLind";"a;""b"""\r\n2;Bo;Ås\r\n'.encode()
    assert read(content)[1] == [(2, ["1", "Eva Lind", 'a;"b"']), (3, ["2", "Bo", "Ås"])]


def test_short_rows_are_filled_and_too_long_ones_stand_out() -> None:
    content = b"Nr;Namn;Ort\n1;Bo\n2;Eva;Lund;;\n3;Lind;Eva;Lund\n4;Mo;Ystad\n"
    _, rows = read(content)
    assert [cells for _, cells in rows[:2]] == [["1", "Bo", ""], ["2", "Eva", "Lund"]]
    assert [len(cells) for _, cells in rows] == [3, 3, 4, 3]


def test_a_quote_that_never_closes_does_not_swallow_rows_in_silence() -> None:
    many = "".join(f"{n};Bo;Lund\n" for n in range(3000))
    assert (
        max(len(cells) for _, cells in read(f'Nr;Namn;Ort\n1;Bo;Ås\n2;"Bo;Ås\n{many}'.encode())[1])
        == 4
    )
    more = "".join(f"{n};Bo;Lund\n" for n in range(30_000))
    assert refused(f'Nr;Namn;Ort\n1;Bo;Ås\n2;"Bo;Ås\n{more}'.encode()) is ReadProblem.UNCLOSED_QUOTE


def test_repeated_and_empty_headings_get_names_of_their_own() -> None:
    table, _ = read(b"Datum;Namn;Datum;;\n2020-01-01;Bo;2021-01-01;x;\n")
    assert table.headings == ("Datum", "Namn", "Datum (2)", "(D)")


def test_signs_spaces_and_accents_are_put_in_order() -> None:
    content = "Nr;Namn;Ort\n 1 ;A\u030asa\u200b;Väs\u00adter\x07ås\n".encode()
    assert read(content)[1][0][1][:2] == ["1", "Åsa"]


@covers("S25")
@pytest.mark.parametrize(
    "text", ["=1+1", "+46 70 1", "-12", "@SUM(A1)", '=HYPERLINK("http://x","y")']
)
def test_a_formula_is_text_and_its_guard_is_taken_off(text: str) -> None:
    quoted = text.replace('"', '""')
    content = f'Nr;Namn;Ort\n1;"{quoted}";Ås\n2;"\'{quoted}";Ås\n3;="007";O\'Brien\n'.encode()
    rows = [cells for _, cells in read(content)[1]]
    assert rows[0][1] == rows[1][1] == text
    assert rows[2] == ["3", "007", "O'Brien"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty_file"),
        (b"%PDF-1.7\n%\xe2\xe3", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "unknown_format"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "unknown_format"),
        (b"\x1f\x8b\x08\x00", "unknown_format"),
        (b'{"people": [1, 2]}', "unknown_format"),
        (bytes(range(1, 32)) * 20, "unknown_format"),
        (b"\x00\x01\x02\x03\x07\x08" * 50, "unknown_format"),
        (b"PK\x03\x04 not really", "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (b"<html><table><tr><td>Anstnr", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>", "web_page"),
        (b"Hej!\nDet h\xe4r \xe4r ett brev.\n", "not_a_table"),
        (b"Anstnr;Namn;Ort\n", "no_rows"),
        (b"Anstnr;Namn;Ort\n;;\n", "no_rows"),
        (b"100;2020-01-01;eva@x.example\n101;2020-01-02;bo@x.example\n", "no_headings"),
        (b";;\n;;\n", "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, problem: str) -> None:
    assert refused(content).value == problem


@covers("S55")
def test_limits_hold() -> None:
    content = lines(HEADINGS, *PEOPLE).encode()
    assert refused(content, Limits(size=20)) is ReadProblem.TOO_LARGE
    assert refused(content, Limits(rows=len(PEOPLE) - 1)) is ReadProblem.TOO_MANY_ROWS
    with open_table(io.BytesIO(content), limits=Limits(rows=len(PEOPLE))) as table:
        assert len(list(table.rows)) == len(PEOPLE)  # headings are no row
    assert refused(content, Limits(columns=2)) is ReadProblem.TOO_MANY_COLUMNS


class OneWay(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_a_stream_that_cannot_be_rewound_is_read_too() -> None:
    with open_table(OneWay(lines(HEADINGS, *PEOPLE).encode())) as table:
        assert len(list(table.rows)) == 3
    with pytest.raises(Unreadable) as caught, open_table(OneWay(b"x" * 99), limits=Limits(size=50)):
        pass
    assert caught.value.problem is ReadProblem.TOO_LARGE


def test_a_path_is_read_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "leavers.csv"
    path.write_text(lines(HEADINGS, *PEOPLE), encoding="utf-8", newline="")
    with open_table(path) as table:
        assert next(table.rows) == (2, PEOPLE[0])
        assert len(table.sample) == 3


def test_national_ids_are_gone_before_anybody_sees_a_row() -> None:
    rnd = Random(3)
    ids = [invented_id(born, rnd) for born in _days(30)]
    rows = [[one, "Bo", f"Chef {ids[0]}" if n == 29 else "Chef"] for n, one in enumerate(ids)]
    table, found = read(lines(["Personnr", "Namn", "Titel"], *rows).encode())
    assert (table.headings, table.dropped) == (("Namn", "Titel"), ("Personnr",))
    assert found[-1][1] == ["Bo", f"Chef {MASK}"]
    assert not any(one in str((found, table.sample)) for one in ids)


def test_a_birth_date_that_is_a_national_id_goes_with_its_column() -> None:
    rnd = Random(4)
    rows = [[f"{n}", invented_id(born, rnd)] for n, born in enumerate(_days(20))]
    table, _ = read(lines(["Anstnr", "Födelsedatum"], *rows).encode())
    assert table.dropped == ("Födelsedatum",)


def test_a_file_without_headings_shows_no_national_id_in_their_place() -> None:
    one, other = (invented_id(born, Random(5)) for born in _days(2))
    table, _ = read(lines(["Eva", "Lind", "Ort", one], ["Bo", "Ek", "Ås", other]).encode())
    assert one not in str(table.headings)


def _days(how_many: int) -> list[date]:
    return [date(1960 + n, 1 + n % 12, 1 + n % 28) for n in range(how_many)]


cells = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")),
    min_size=1,
    max_size=12,
).filter(lambda cell: cell[0] not in "'=" and not cell[0].isdigit())


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=20),
    st.sampled_from(";,\t|"),
)
def test_whatever_was_written_is_read_back(rows: list[list[str]], separator: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *rows])
    table, found = read(text.getvalue().encode(), separator=separator)
    expected = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    assert [row for _, row in found] == expected
    assert table.headings == tuple(HEADINGS)
