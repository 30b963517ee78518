from datetime import date, timedelta

from alumni_portal.core.charts.stays import Stay
from alumni_portal.home.rules import career, coming_days

TODAY = date(2026, 11, 22)


def test_two_roles_in_a_row_are_one_round_of_seven_years() -> None:
    stays = [
        Stay(date(2015, 3, 16), date(2019, 1, 31)),
        Stay(date(2019, 2, 1), date(2022, 3, 31)),
    ]
    found = career(stays, today=TODAY)
    assert found is not None
    assert (found.rounds, found.years, found.is_here) == (1, 7, False)
    assert found.last_day == date(2022, 3, 31)


def test_years_elsewhere_do_not_count() -> None:
    stays = [Stay(date(2009, 2, 1), date(2014, 1, 31)), Stay(date(2017, 9, 1), date(2020, 8, 31))]
    found = career(stays, today=TODAY)
    assert found is not None
    assert (found.rounds, found.years) == (2, 8)


def test_a_short_time_is_told_in_months() -> None:
    found = career([Stay(date(2024, 1, 1), date(2024, 8, 31))], today=TODAY)
    assert found is not None
    assert found.is_told_in_months
    assert found.months == 8


def test_who_came_back_is_here() -> None:
    stays = [Stay(date(2016, 1, 1), date(2022, 1, 31)), Stay(date(2026, 5, 1), None)]
    found = career(stays, today=TODAY)
    assert found is not None
    assert found.is_here
    assert found.last_day is None


def test_who_has_not_begun_has_no_career() -> None:
    assert career([Stay(TODAY + timedelta(days=1), None)], today=TODAY) is None


def test_the_strip_counts_each_day_once() -> None:
    leaving = [TODAY + timedelta(days=3)] * 2 + [TODAY + timedelta(days=40)]
    days = coming_days(leaving, today=TODAY)
    assert [one.number for one in days] == [0, 0, 0, 2, *[0] * 10]
    assert days[0].is_weekend
    assert not days[1].is_weekend
