import io
import tracemalloc
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.offboarding.rules.encoding import SINGLE_BYTE, encoding_of
from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable
from alumni_portal.offboarding.rules.reading import open_table
from tests.support.covers import covers

NAMES = "Åsa Öhrn;Märta Ås;Göran Åkerström;José Müller;Zoë Østergård\r\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", *SINGLE_BYTE[:1], "mac_roman", "cp850"])
def test_letters_of_the_north_tell_the_encoding(encoding: str) -> None:
    assert encoding_of(io.BytesIO(NAMES.encode(encoding))) == encoding


def test_one_letter_is_enough() -> None:
    for letter in "åäöÅÄÖ":
        content = f"Anstnr;Namn\r\n1;{letter}\r\n"
        for encoding in ("cp1252", "mac_roman"):
            found = encoding_of(io.BytesIO(content.encode(encoding)))
            assert content.encode(encoding).decode(found) == content, (letter, encoding)


def test_letters_of_central_europe_are_told_too() -> None:
    text = "Łukasz Żak;Dušan Čapek;Jiří Dvořák;Paweł Wójcik\r\n" * 5
    found = encoding_of(io.BytesIO(text.encode("cp1250")))
    assert text.encode("cp1250").decode(found) == text


def test_a_broken_utf_16_is_refused() -> None:
    content = "Anstnr;Namn\r\n1;Åsa\r\n".encode("utf-16")[:-1]
    with pytest.raises(Unreadable) as caught:
        encoding_of(io.BytesIO(content))
    assert caught.value.problem is ReadProblem.BAD_ENCODING


def attempt(content: bytes) -> None:
    try:
        with open_table(io.BytesIO(content)) as table:
            list(table.rows)
    except Unreadable:
        pass


@covers("S55")
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    attempt(content)
    attempt(b"Anstnr;Namn;Slut\r\n" + content)
    attempt(b"\xff\xfe" + content)
    attempt(b"PK\x03\x04" + content)


def _workbook() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["Anstnr", "Namn"])
    for number in range(30):
        workbook.worksheets[0].append([number, "Åsa"])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@covers("S36", "S55")
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_damaged_workbook_breaks_the_reading(seed: int) -> None:
    rnd = Random(seed)
    content = bytearray(WORKBOOK)
    for _ in range(rnd.randrange(1, 12)):
        content[rnd.randrange(len(content))] = rnd.randrange(256)
    attempt(bytes(content))
    attempt(bytes(content[: rnd.randrange(len(content))]))


WORKBOOK = _workbook()


@covers("S36")
def test_a_long_file_is_read_in_little_memory() -> None:
    line = b"10001;Eva;Lind;eva.lind@arbete.example;Elkraft;Stockholm;2020-01-01;2026-01-01\r\n"
    content = io.BytesIO(b"Nr;A;B;C;D;E;F;G\r\n" + line * 40_000)
    tracemalloc.start()
    try:
        with open_table(content) as table:
            assert sum(1 for _ in table.rows) == 40_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(content.getvalue())
