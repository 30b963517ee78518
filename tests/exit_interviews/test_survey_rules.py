"""Columns that are never read, dates of any precision, scales, and mappings that are refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.exit_interviews.rules.survey_columns import is_never_read
from alumni_portal.exit_interviews.rules.survey_dates import (
    Moment,
    band_between,
    band_of,
    moment,
    parts,
)
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    FlawKind,
    Scale,
    from_toml,
)
from alumni_portal.exit_interviews.rules.survey_rows import (
    Problem,
    Rejected,
    RowReader,
    SurveyRow,
    onto,
)


@pytest.mark.parametrize(
    "heading",
    [
        "Gender", "gender identity", "Sex", "Kön", "Age", "Age group", "Ålder", "Födelseår",
        "Date of birth", "Aboriginal", "Torres Strait", "South Sea", "NESB", "Ethnicity",
        "Ursprung", "Country of origin", "Nationality", "Medborgarskap", "Disability",
        "Funktionsnedsättning", "Religion", "Sexual orientation",
    ],
)  # fmt: skip
def test_who_people_are_is_never_read(heading: str) -> None:
    assert is_never_read(heading)


@pytest.mark.parametrize(
    "heading",
    ["Management", "Workload", "Bonusåret", "Agency", "Konflikter", "Work location", "Engagemang",
     "Personal development", "Konkurrent", "Essex office", "Region", "Feedback", "Storage"],
)  # fmt: skip
def test_other_columns_are(heading: str) -> None:
    assert not is_never_read(heading)


def flaws(text: str) -> list[tuple[FlawKind, str]]:
    with pytest.raises(BadMapping) as bad:
        from_toml(text)
    return [(one.kind, one.where) for one in bad.value.flaws]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name = ", [(FlawKind.NOT_TOML, "")]),
        ("nmae = 'x'", [(FlawKind.UNKNOWN_KEY, "nmae")]),
        ("columns = 'x'", [(FlawKind.WRONG_SHAPE, "columns")]),
        ("missing = 'x'", [(FlawKind.WRONG_SHAPE, "missing")]),
        ("[columns]\nA = 1", [(FlawKind.WRONG_SHAPE, "columns.A")]),
        ("[scales.a]\nlow = 1", [(FlawKind.WRONG_SHAPE, "scales.a")]),
        ("[scales.a]\nlow = 1\nhigh = 1", [(FlawKind.WRONG_SHAPE, "scales.a")]),
        ("", [(FlawKind.NOTHING_MAPPED, "")]),
        (
            "[columns]\nA = 'nonsense'\nB = 'unit'",
            [(FlawKind.UNKNOWN_TARGET, "A")],
        ),
        ("[columns]\nA = 'question:mood'", [(FlawKind.UNKNOWN_QUESTION, "A")]),
        ("[columns]\nA = 'reason:mood'", [(FlawKind.UNKNOWN_REASON, "A")]),
        ("[columns]\nGender = 'exit_type'", [(FlawKind.NEVER_READ, "Gender")]),
        ("[columns]\nA = 'unit'\n[codes.Age]\na = 'b'", [(FlawKind.NEVER_READ, "Age")]),
        ("[columns]\nA = 'exit_date'\nB = 'exit_date'", [(FlawKind.TWICE, "exit_date")]),
        (
            "[columns]\nA = 'question:pay_x'\nB = 'exit_type'\n[codes.B]\nx = 'fired'",
            [(FlawKind.UNKNOWN_QUESTION, "A")],
        ),
        (
            "[columns]\nB = 'exit_type'\n[codes.B]\nx = 'fired'",
            [(FlawKind.UNKNOWN_VALUE, "B: fired")],
        ),
        ("[columns]\nB = 'question:climate'\n[codes.B]\nx = 6", [(FlawKind.UNKNOWN_VALUE, "B: 6")]),
    ],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused_with_its_reason(
    text: str, found: list[tuple[FlawKind, str]]
) -> None:
    assert flaws(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2012", Moment(2012)), ("2012.0", Moment(2012)), ("08/2012", Moment(2012, 8)),
        ("2012-08", Moment(2012, 8)), ("2012-08-31", Moment(2012, 8)), ("201208", Moment(2012, 8)),
        ("31/8/2012", Moment(2012, 8)), ("31.8.2012", Moment(2012, 8)),
        ("Aug 2012", Moment(2012, 8)),
        ("31 augusti 2012", Moment(2012, 8)), ("August 31, 2012", Moment(2012, 8)),
        ("Q3 2012", Moment(2012, 7)), ("2012Q3", Moment(2012, 7)), ("kv 3 2012", Moment(2012, 7)),
        ("2012-08-31T10:00:00", Moment(2012, 8)), ("13/2012", None), ("soon", None), ("200", None),
        ("0812", None), ("1812", None),
    ],
)  # fmt: skip
def test_dates_of_any_precision_are_understood(text: str, found: Moment | None) -> None:
    assert moment(text) == found


def test_month_and_day_are_told_apart_by_what_the_mapping_says() -> None:
    assert moment("3/4/2012") == Moment(2012, 4)
    assert moment("3/4/2012", month_first=True) == Moment(2012, 3)
    assert parts("2012", "") == Moment(2012)
    assert parts("2012", "maj") == Moment(2012, 5)
    assert parts("2012", "7") == Moment(2012, 7)
    assert parts("tjugo", "7") is None


@pytest.mark.parametrize(
    ("begun", "ended", "band"),
    [
        (Moment(2012), Moment(2012), "<1"),
        (Moment(2010), Moment(2013), "3-7"),
        (Moment(2010, 12), Moment(2013, 7), "1-3"),
        (Moment(1999), Moment(2013), "7+"),
        (Moment(2013), Moment(2012), None),
    ],
)
def test_tenure_is_a_band_and_nothing_finer(begun: Moment, ended: Moment, band: str) -> None:
    assert band_between(begun, ended) == band
    assert (band_of("2,5"), band_of("3-7"), band_of("long"), band_of("-1")) == (
        "1-3",
        "3-7",
        None,
        None,
    )


@given(st.integers(0, 100))
def test_a_scale_keeps_its_ends_and_its_order(value: int) -> None:
    there, back = Scale(0, 100), Scale(100, 0)
    found = onto(Fraction(value), there, 1, 5)
    assert 1 <= found <= 5
    assert found <= onto(Fraction(min(value + 7, 100)), there, 1, 5)
    assert abs(found + onto(Fraction(value), back, 1, 5) - 6) <= 1
    assert onto(Fraction(value), Scale(0, 100), 0, 100) == value


MAPPING = """
separator = ";"
missing = ["-"]
[columns]
"End" = "exit_date"
"Type" = "exit_type"
"Pay" = "reason:pay"
"Mood" = "question:climate"
"Why" = "reasons:2"
"Stay" = "text:stay"
[codes.exit_type]
Left = "own"
[codes.reasons]
Boss = "leadership"
Other = ""
[codes.question]
good = 5
"""
HEADINGS = ("End", "Type", "Pay", "Mood", "Why", "Stay")


def row(*cells: str) -> SurveyRow:
    return RowReader(from_toml(MAPPING), HEADINGS).read(cells)


def test_a_row_is_read_and_nothing_finer_than_its_quarter_is_kept() -> None:
    found = row("2012-08-31", "LEFT", "yes", "Good", "boss; Other;Boss", "More coffee")
    assert (found.year, found.month, found.exit_type) == (2012, 7, "own")
    assert found.answers == {
        "climate": 5,
        "reasons": ["pay", "leadership"],
        "stay_open": "More coffee",
    }


def test_empty_and_missing_cells_are_no_answers() -> None:
    assert row("", "-", "-", "", "-", "") == SurveyRow()


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        (("soon", "", "", "", "", ""), "End", Problem.NO_DATE),
        (("", "Fired", "", "", "", ""), "Type", Problem.NO_CODE),
        (("", "", "perhaps", "", "", ""), "Pay", Problem.NO_CODE),
        (("", "", "", "grand", "", ""), "Mood", Problem.NO_CODE),
        (("", "", "", "5", "", ""), "Mood", Problem.NO_CODE),
        (("", "", "", "", "Boss;Weather", ""), "Why", Problem.NO_CODE),
        (("", "", "", "", "", "", "more"), "", Problem.TOO_MANY_CELLS),
    ],
)
def test_a_row_without_a_meaning_is_rejected_with_its_column(
    cells: tuple[str, ...], column: str, problem: Problem
) -> None:
    with pytest.raises(Rejected) as rejected:
        row(*cells)
    assert (rejected.value.column, rejected.value.problem) == (column, problem)
