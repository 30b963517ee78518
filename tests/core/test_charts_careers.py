"""Careers and cases as geometry: what is drawn where, and that nothing covers anything else."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from alumni_portal.core.charts.paper import Box, apart, shortened, text_width
from alumni_portal.core.charts.path import CasePath, Moment, Stop, case_path
from alumni_portal.core.charts.sky import FONT, NARROW, WIDE, Frame, Label, Sky, career_sky
from alumni_portal.core.charts.stays import Stay, stretches
from alumni_portal.core.charts.strip import career_strip, shared_axis

TODAY = date(2026, 11, 23)
AMIRA = [
    Stay(date(2015, 3, 1), date(2019, 4, 30), "Elkraftsingenjör"),
    Stay(date(2019, 5, 1), date(2022, 8, 31), "Projektledare, stationer"),
]
OSKAR = [
    Stay(date(2010, 1, 11), date(2014, 12, 31), "Konstruktör"),
    Stay(date(2017, 2, 1), date(2019, 1, 31), "Projektledare"),
    Stay(date(2019, 2, 1), date(2020, 12, 31), "Projektchef"),
]
STILL_HERE = [Stay(date(2018, 8, 13), None, "Elkonstruktör")]
MANY = [
    Stay(date(2000 + n, 1, 1), date(2000 + n, 12, 31), f"Befattning nummer {n}") for n in range(24)
]
CAREERS = [AMIRA, OSKAR, STILL_HERE, MANY]
FRAMES = [WIDE, NARROW]


def sky_of(stays: list[Stay], frame: Frame = WIDE) -> Sky:
    sky = career_sky(stays, today=TODAY, now="I dag", away="Till Nordlys Energi", frame=frame)
    assert sky is not None
    return sky


def box_of(label: Label) -> Box:
    width = max(text_width(label.year, FONT), text_width(label.title, FONT))
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return Box(left, label.y - 12, left + width, label.y + (20 if label.title else 2))


def test_roles_without_a_pause_are_one_stretch_and_a_return_is_another() -> None:
    assert len(stretches(AMIRA, TODAY)) == 1
    assert [time.years for time in stretches(OSKAR, TODAY)] == [4, 3]


def test_a_role_that_has_not_begun_is_not_drawn() -> None:
    future = [Stay(TODAY + timedelta(days=30), None, "Chef")]
    assert stretches(future, TODAY) == []
    assert career_sky(future, today=TODAY, now="I dag") is None


def test_the_line_is_above_the_horizon_with_us_and_below_it_elsewhere() -> None:
    sky = sky_of(AMIRA)
    with_us = [dot.y for dot in sky.dots if dot.css == "dot-on"]
    assert max(with_us) < sky.frame.horizon
    assert [stroke.css for stroke in sky.strokes] == ["path-on", "path-off", "path-next"]
    assert not sky.is_up


def test_a_career_in_two_rounds_goes_below_the_horizon_twice() -> None:
    colours = [stroke.css for stroke in sky_of(OSKAR).strokes]
    assert colours == ["path-on", "path-off", "path-on", "path-off", "path-next"]


def test_the_sun_is_up_for_somebody_who_still_works_here() -> None:
    sky = sky_of(STILL_HERE)
    assert sky.is_up
    assert sky.sun.y < sky.frame.horizon - 50


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
@pytest.mark.parametrize("stays", CAREERS, ids=["one stay", "two", "still here", "many roles"])
def test_labels_in_the_sky_keep_clear_of_one_another_and_inside_the_paper(
    stays: list[Stay], frame: Frame
) -> None:
    boxes = [box_of(label) for label in sky_of(stays, frame).labels]
    assert boxes
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    assert all(box.within(frame.text) for box in boxes)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_a_long_career_keeps_its_first_day_its_departure_and_its_latest_role(frame: Frame) -> None:
    sky = sky_of(MANY, frame)
    assert len(sky.dots) <= frame.most_marks
    assert sky.dots[0].x == frame.first
    assert sky.dots[-1].css == "dot-off"
    across = [dot.x for dot in sky.dots]
    assert across == sorted(set(across))


def test_a_title_that_is_too_long_is_cut_at_a_word() -> None:
    assert shortened("Projektledare, stationer", 17) == "Projektledare…"
    assert shortened("Elkraftsingenjör", 17) == "Elkraftsingenjör"


def test_careers_on_a_shared_axis_have_the_same_year_at_the_same_place() -> None:
    axis = shared_axis([AMIRA, OSKAR], today=TODAY)
    amira, oskar = career_strip(AMIRA, axis), career_strip(OSKAR, axis)
    assert amira.now == oskar.now == axis.at(TODAY)
    assert oskar.begins < amira.begins
    assert [bar.years for bar in oskar.bars] == [4, 3]
    assert [year for _place, year in axis.ticks] == ["2015", "2020", "2025"]


def test_a_short_stay_can_still_be_seen_on_the_strip() -> None:
    brief = [Stay(date(2026, 11, 2), date(2026, 11, 6), "Vikarie")]
    axis = shared_axis([OSKAR, brief], today=TODAY)
    (bar,) = career_strip(brief, axis).bars
    assert bar.right > bar.left


def test_an_axis_of_nobody_is_still_an_axis() -> None:
    axis = shared_axis([], today=TODAY)
    assert career_strip([], axis).bars == ()
    assert axis.at(TODAY) > axis.at(axis.first)


NOW = Moment(TODAY, "I dag", "24 dagar kvar")
LAST = date(2026, 12, 17)


def path_of(*moments: Moment, today: Moment = NOW) -> CasePath:
    return case_path(moments, today=today, last_day=LAST)


def calm() -> CasePath:
    return path_of(
        Moment(date(2026, 9, 17), "17 sept", "Uppsägning", is_done=True),
        Moment(date(2026, 11, 26), "26–27 nov", "Samtal"),
        Moment(LAST, "17 dec", "Sista dagen"),
        Moment(date(2026, 12, 18), "18 dec", "Inbjudan"),
    )


def stop_box(stop: Stop) -> Box:
    width = max(text_width(stop.moment.when, 13), text_width(stop.moment.title, 12))
    at = stop.label_x * 7.04
    left = {"start": at, "middle": at - width / 2, "end": at - width}[stop.anchor]
    return Box(left, stop.label_y - 11, left + width, stop.label_y + 19)


def test_a_case_is_drawn_in_order_of_time_with_today_between_done_and_later() -> None:
    path = calm()
    assert [stop.kind for stop in path.stops] == ["done", "now", "later", "later", "later"]
    across = [stop.x for stop in path.stops]
    assert across == sorted(across)
    assert path.gone is not None
    assert path.left is not None
    assert path.gone[1] == path.left[0] == path.stops[1].x


def test_the_line_is_dotted_only_after_the_last_day() -> None:
    path = calm()
    assert path.after == (path.stops[3].x, path.stops[4].x)
    assert path_of(Moment(LAST, "17 dec", "Sista dagen")).after is None


def test_moments_on_neighbouring_days_keep_their_dots_and_labels_apart() -> None:
    crowd = [
        Moment(TODAY + timedelta(days=n), f"{23 + n} nov", "Något att göra") for n in range(1, 6)
    ]
    begin = Moment(date(2026, 8, 1), "1 aug", "Uppsägning", is_done=True)
    path = path_of(begin, *crowd, Moment(LAST, "17 dec", "Sista dagen"))
    assert all(b.x - a.x >= 2.5 for a, b in pairwise(path.stops))
    overlaps = [
        (a.moment.when, b.moment.when)
        for a, b in combinations(path.stops, 2)
        if stop_box(a).meets(stop_box(b))
    ]
    assert overlaps == []


def test_a_case_whose_last_day_has_passed_has_nothing_left_before_it() -> None:
    gone = Moment(date(2027, 1, 4), "I dag", "slutat")
    path = path_of(Moment(LAST, "17 dec", "Sista dagen"), today=gone)
    assert path.left is None
    assert path.after is not None


def test_a_case_of_one_day_is_drawn() -> None:
    assert len(case_path([], today=NOW, last_day=TODAY).stops) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 9, 40])
def test_places_are_moved_apart_but_stay_in_order_and_on_the_paper(count: int) -> None:
    moved = apart([5.0] * count, 2, 0, 10)
    assert moved == sorted(moved)
    assert moved[0] >= 0
    assert moved[-1] <= 10
    assert all(b > a for a, b in pairwise(moved))
