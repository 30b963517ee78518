"""Bars, shares, heat and lines as geometry."""

import itertools

import pytest

from alumni_portal.core.charts import line
from alumni_portal.core.charts.bars import bars, funnel, heat_row, round_up, shade, stacked

QUARTERS = [
    (f"K{n % 4 + 1}", str(2025 + n // 4), value) for n, value in enumerate([15, 20, 30, 20])
]


def test_bars_share_one_scale_and_mark_what_was_before() -> None:
    drawn = bars([("Utveckling", 35, 40), ("Ledarskap", 20, None)], most=40)
    assert [bar.width for bar in drawn] == [87.5, 50]
    assert [bar.before for bar in drawn] == [100, None]


def test_a_small_share_is_seen_and_nothing_is_nothing() -> None:
    drawn = bars([("Många", 1000), ("En", 1), ("Ingen", 0)])
    assert drawn[1].width > 0.5
    assert drawn[2].width == 0


def test_no_bars_need_no_scale() -> None:
    assert bars([]) == []
    assert bars([("Ingen", 0)])[0].width == 0


@pytest.mark.parametrize(
    ("value", "rounded"), [(0, 1), (3, 5), (7, 10), (21, 25), (35, 50), (412, 500), (1000, 1000)]
)
def test_an_axis_ends_at_a_number_that_reads_well(value: float, rounded: float) -> None:
    assert round_up(value) == rounded


def test_a_funnel_is_measured_against_its_first_step() -> None:
    assert [bar.width for bar in funnel([("Slutade", 400), ("Gick med", 100)])] == [100, 25]
    assert funnel([]) == []


def test_the_parts_of_a_stacked_bar_fill_it_without_overlapping() -> None:
    parts = stacked([70, 20, 10])
    assert [part.left for part in parts] == [0, 70, 90]
    assert parts[-1].left + parts[-1].width == 100
    assert all(part.left + part.width < after.left for part, after in itertools.pairwise(parts))
    assert stacked([0, 0]) == []


def test_a_hidden_cell_has_a_shade_of_its_own() -> None:
    assert [cell.shade for cell in heat_row([None, 0, 10, 45], 45)] == ["hx", "h0", "h1", "h4"]
    assert shade(60, 45) == "h4"


def test_a_line_runs_from_edge_to_edge_and_up_means_more() -> None:
    drawn = line.line(QUARTERS, target=25)
    assert drawn is not None
    assert drawn.points[0].x == line.LEFT
    assert drawn.points[-1].x == drawn.width - line.RIGHT
    assert drawn.points[2].y < drawn.points[0].y < drawn.zero
    assert drawn.target is not None
    assert drawn.points[2].y < drawn.target < drawn.points[1].y
    assert drawn.polyline.count(",") == len(QUARTERS)
    assert drawn.area.endswith("Z")


def test_numbers_below_zero_have_signs_and_a_line_of_their_own() -> None:
    drawn = line.line([("K1", "2026", -20), ("K2", "2026", 20)])
    assert drawn is not None
    assert [tick.text for tick in drawn.grid] == ["−20", "−10", "0", "+10", "+20"]
    assert drawn.points[0].y > drawn.zero > drawn.points[1].y


def test_the_year_is_written_once_and_crowded_periods_are_thinned() -> None:
    drawn = line.line(QUARTERS, paper=line.NARROW)
    assert drawn is not None
    assert [tick.group for tick in drawn.periods] == ["2025", "", "", ""]
    many = [(f"kvartal {n % 4 + 1}", str(2016 + n // 4), float(n)) for n in range(12)]
    thinned = line.line(many, paper=line.NARROW)
    assert thinned is not None
    assert len(thinned.periods) == 6
    assert thinned.periods[-1].at == thinned.points[-1].x


def test_one_value_is_not_a_line() -> None:
    assert line.line([("K1", "2026", 20)]) is None
