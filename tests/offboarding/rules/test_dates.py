from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.offboarding.rules.dates import (
    DateReader,
    DateStyle,
    StyleGuess,
    guess_style,
    read_date,
    settle_styles,
)

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("style", "texts"),
    [
        (DateStyle.ISO, ["2026-05-04", "2026-5-4", "2026/05/04", "2026-05-04T00:00:00"]),
        (DateStyle.ISO, ["2026-05-04 08:30:00", "2026.05.04"]),
        (DateStyle.DAY_FIRST, ["4.5.2026", "04/05/2026", "4-5-26", "04.05.26", "4. 5. 2026"]),
        (DateStyle.DAY_FIRST, ["04/05/2026 00:00", "4 5 2026", "2026-05-04"]),
        (DateStyle.MONTH_FIRST, ["05/04/2026", "5/4/26", "05-04-2026", "2026-05-04"]),
        (DateStyle.COMPACT, ["20260504", "20260504.0"]),
        (DateStyle.SHORT, ["260504", "26-05-04", "26/05/04"]),
        (DateStyle.MONTH_NAMES, ["4 maj 2026", "4 May 2026", "May 4, 2026", "04-MAY-26"]),
        (DateStyle.MONTH_NAMES, ["den 4 maj 2026", "4. Mai 2026", "4. toukokuuta 2026"]),
        (DateStyle.EXCEL_SERIAL, ["46146", "46146.0", "46146,5"]),
    ],
)
def test_dates_are_read_as_their_systems_write_them(style: DateStyle, texts: list[str]) -> None:
    assert [read_date(text, style, latest=2036) for text in texts] == [DAY] * len(texts)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (DateStyle.ISO, "2025-13-45"),
        (DateStyle.ISO, "2026-02-30"),
        (DateStyle.ISO, "20260504"),
        (DateStyle.ISO, "04/05/2026"),
        (DateStyle.ISO, "1026-05-04"),
        (DateStyle.ISO, "9999-12-31"),
        (DateStyle.ISO, "0000-00-00"),
        (DateStyle.MONTH_FIRST, "31/31/2025"),
        (DateStyle.DAY_FIRST, "05/31/2025"),
        (DateStyle.DAY_FIRST, "4/5"),
        (DateStyle.COMPACT, "260504"),
        (DateStyle.MONTH_NAMES, "4 foo 2026"),
        (DateStyle.MONTH_NAMES, "maj 2026"),
        (DateStyle.EXCEL_SERIAL, "7"),
        (DateStyle.SHORT, "261304"),
        (DateStyle.ISO, "[personnummer]"),
        (DateStyle.ISO, "tills vidare"),
    ],
)
def test_what_is_no_date_is_no_date(style: DateStyle, text: str) -> None:
    assert read_date(text, style, latest=2036) is None


def test_two_digits_of_a_year_lie_in_the_hundred_years_that_end_with_the_latest() -> None:
    assert read_date("1.1.36", DateStyle.DAY_FIRST, latest=2036) == date(2036, 1, 1)
    assert read_date("1.1.37", DateStyle.DAY_FIRST, latest=2036) == date(1937, 1, 1)
    assert read_date("13-05-10", DateStyle.SHORT, latest=2013) == date(2013, 5, 10)
    assert read_date("14-05-10", DateStyle.SHORT, latest=2013) == date(1914, 5, 10)


def test_a_reader_answers_the_same_again_and_nothing_for_nothing() -> None:
    read = DateReader(DateStyle.DAY_FIRST, date(2036, 1, 1))
    assert [read("4.5.26"), read("4.5.26"), read(""), read("x"), read("x")] == [
        DAY, DAY, None, None, None,
    ]  # fmt: skip


WRITTEN = {
    DateStyle.ISO: "%Y-%m-%d",
    DateStyle.DAY_FIRST: "%d.%m.%Y",
    DateStyle.MONTH_FIRST: "%m/%d/%Y",
    DateStyle.COMPACT: "%Y%m%d",
    DateStyle.SHORT: "%y%m%d",
}
days = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@given(days, st.sampled_from(sorted(WRITTEN)))
def test_a_day_written_in_a_style_is_read_back(day: date, style: DateStyle) -> None:
    assert read_date(day.strftime(WRITTEN[style]), style, latest=2049) == day


@given(st.text(max_size=20), st.sampled_from(list(DateStyle)))
def test_no_text_breaks_the_reading(text: str, style: DateStyle) -> None:
    assert isinstance(read_date(text, style, latest=2036), date | None)


@pytest.mark.parametrize("style", sorted(WRITTEN))
def test_the_style_of_a_column_is_found_also_with_slips_in_it(style: DateStyle) -> None:
    texts = [(DAY + timedelta(days=17 * n)).strftime(WRITTEN[style]) for n in range(40)]
    guess = guess_style([*texts, "", "31/31/2025", "okänt"], latest=2036)
    assert guess is not None
    assert (guess.style, guess.ambiguous) == (style, False)
    assert 0.9 < guess.share < 1


def test_a_column_that_does_not_tell_day_from_month_says_so() -> None:
    guess = guess_style(["01/02/2020", "03/04/2021", "05/05/2022"], latest=2036)
    assert guess is not None
    assert guess.ambiguous


@pytest.mark.parametrize("values", [[], ["", ""], ["Stockholm", "Umeå"], ["a@b.example"]])
def test_other_columns_have_no_style(values: list[str]) -> None:
    assert guess_style(values, latest=2036) is None


def test_a_clear_column_settles_the_doubtful_ones() -> None:
    doubtful = StyleGuess(DateStyle.DAY_FIRST, 1.0, ambiguous=True)
    clear = StyleGuess(DateStyle.MONTH_FIRST, 1.0)
    assert settle_styles({1: doubtful, 2: clear})[1] == clear
    other = StyleGuess(DateStyle.DAY_FIRST, 1.0)
    assert settle_styles({1: doubtful, 2: clear, 3: other})[1] == doubtful


def test_a_cell_of_a_workbook_with_a_time_is_its_day() -> None:
    cell = datetime(2026, 5, 4, 8, 30).isoformat(" ")  # noqa: DTZ001  a cell has no zone
    assert read_date(cell, DateStyle.DAY_FIRST, latest=2036) == DAY
