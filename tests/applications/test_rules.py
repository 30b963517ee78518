"""Stages, who may apply, which files: tables of cases."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
import sqlalchemy as sa

from alumni_portal.applications import models, rules
from alumni_portal.applications.forms import DeclineForm, HireForm, MoveForm
from alumni_portal.applications.rules import Blocked, Kind, Measure, NotNow, Stage, Wrong
from tests.support.covers import covers

TODAY = date(2026, 11, 27)
STAFF_MOVES = {
    ("submitted", "screening"), ("submitted", "interview"), ("submitted", "offer"),
    ("submitted", "declined"), ("screening", "submitted"), ("screening", "interview"),
    ("screening", "offer"), ("screening", "declined"), ("interview", "submitted"),
    ("interview", "screening"), ("interview", "offer"), ("interview", "declined"),
    ("offer", "screening"), ("offer", "interview"), ("offer", "hired"), ("offer", "declined"),
    ("declined", "screening"),
}  # fmt: skip
OWN_MOVES = {
    ("submitted", "withdrawn"), ("screening", "withdrawn"), ("interview", "withdrawn"),
    ("offer", "withdrawn"), ("withdrawn", "submitted"),
}  # fmt: skip


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_the_table_of_moves_is_the_whole_truth(stage: Stage, to: Stage) -> None:
    pair = (stage.value, to.value)
    assert (rules.may_move(stage, to) is None) == (pair in STAFF_MOVES)
    assert (rules.may_move(stage, to, by_applicant=True) is None) == (pair in OWN_MOVES)


def test_only_somebody_with_an_offer_is_hired_and_only_to_a_free_seat() -> None:
    assert rules.may_move(Stage.OFFER, Stage.HIRED, seats_left=1) is None
    assert rules.may_move(Stage.OFFER, Stage.HIRED, seats_left=0) is Blocked.NO_SEAT_LEFT
    assert rules.may_move(Stage.INTERVIEW, Stage.HIRED, seats_left=1) is Blocked.NO_SUCH_MOVE


@pytest.mark.parametrize(
    ("employments", "reason"),
    [
        ([(-900, -300)], None),
        ([(-900, -1)], None),
        ([(-900, 0)], NotNow.WORKS_HERE),
        ([(-900, 20)], NotNow.WORKS_HERE),
        ([(-900, -300), (-20, None)], NotNow.WORKS_HERE),
        ([(-900, -300), (20, None)], None),
        ([(20, None)], NotNow.NEVER_HERE),
        ([], NotNow.NEVER_HERE),
    ],
)
def test_who_has_worked_here_and_does_not_now_may_apply(
    employments: list[tuple[int, int | None]], reason: NotNow | None
) -> None:
    def day(number: int) -> date:
        return TODAY + timedelta(days=number)

    times = [(day(begins), None if ends is None else day(ends)) for begins, ends in employments]
    assert rules.reason_not_to_apply(times, today=TODAY) is reason


@pytest.mark.parametrize(
    ("since", "number"),
    [("2026-11-27", 0), ("2026-11-26", 1), ("2026-11-20", 5), ("2026-11-21", 5), ("2026-11-19", 6)],
)
def test_waiting_is_counted_in_working_days(since: str, number: int) -> None:
    day = date.fromisoformat(since)
    assert rules.working_days(day, TODAY) == number
    assert (number > rules.GOAL_DAYS) == (day <= rules.late_since(TODAY))


def archive(**parts: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(ZipInfo(name), text)  # the same bytes whenever it is made
    return out.getvalue()


DOCX = archive(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
MACRO = archive(
    **{"[Content_Types].xml": "<x/>", "word/document.xml": "", "word/vbaProject.bin": "x"}
)
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>"})
BOMB = archive(**{"[Content_Types].xml": "<x/>", "word/document.xml": ""})[:40] + b"\0" * 60


@covers("S35")
@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("cv.pdf", b"%PDF-1.7 ...", Kind.PDF),
        ("CV.PDF", b"%PDF-1.7 ...", Kind.PDF),
        ("cv.docx", DOCX, Kind.DOCX),
        ("cv.odt", ODT, Kind.ODT),
        ("foto.jpg", b"\xff\xd8\xff\xe0", Kind.JPEG),
        ("foto.jpeg", b"\xff\xd8\xff\xe0", Kind.JPEG),
        ("foto.png", b"\x89PNG\r\n\x1a\n", Kind.PNG),
        ("cv.pdf", b"<html><script>alert(1)</script>", Wrong.KIND),
        ("cv.pdf", b"\x89PNG\r\n\x1a\n", Wrong.KIND),
        ("cv.png", b"%PDF-1.7", Wrong.KIND),
        ("cv.html", b"%PDF-1.7", Wrong.KIND),
        ("cv.pdf.exe", b"MZ", Wrong.KIND),
        ("cv.svg", b"<svg onload=alert(1)>", Wrong.KIND),
        ("cv", b"%PDF-1.7", Wrong.KIND),
        ("cv.docx", MACRO, Wrong.KIND),
        ("cv.docx", ODT, Wrong.KIND),
        ("cv.docx", BOMB, Wrong.KIND),
        ("cv.pdf", b"", Wrong.EMPTY),
        ("cv.pdf", b"%PDF-" + b"0" * rules.LARGEST, Wrong.TOO_LARGE),
    ],
)
def test_a_file_is_what_both_its_name_and_its_content_say(
    name: str, data: bytes, found: Kind | Wrong
) -> None:
    assert rules.kind_of(name, data) is found


@covers("S36")
def test_a_document_that_would_unpack_to_something_huge_is_not_taken() -> None:
    out = BytesIO()
    with ZipFile(out, "w", compression=8) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("word/document.xml", "0" * 20_000_000)
    assert rules.kind_of("cv.docx", out.getvalue()) is Wrong.KIND
    many = archive(**{f"part{n}": "" for n in range(1_001)}, **{"word/document.xml": ""})
    assert rules.kind_of("cv.docx", many) is Wrong.KIND


@covers("S93")
def test_there_is_nowhere_to_put_a_judgement_of_a_person() -> None:
    """What staff can say is closed: a stage, a criterion of the opening, a measure, a sentence."""
    banned = ("rehire", "score", "rating", "rank", "flag", "regret", "recommend", "blacklist")
    tables = [vars(models)[n].__table__ for n in models.__all__ if hasattr(vars(models)[n], "id")]
    names = [str(column) for table in tables for column in table.columns]
    assert not [name for name in names if any(word in name.lower() for word in banned)]
    numbers = [
        str(c)
        for t in tables
        for c in t.columns
        if isinstance(c.type, sa.Integer) and c.key != "id" and not c.foreign_keys
    ]
    assert numbers == ["attachment.size"]
    assert set(Measure) == {"not_met", "better_met"}
    fields = {n for form in (MoveForm, DeclineForm, HireForm) for n in vars(form) if n[0] != "_"}
    assert fields == {
        "to", "was", "greeting", "stage", "stood", "criterion", "measure", "reason", "first_day",
        "title", "unit", "number", "manager", "day",
    }  # fmt: skip
