"""What the charts of figures are given: geometry, empty ones, one point, nothing and everything."""

from dataclasses import replace

import pytest
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.charts import bars as charts
from alumni_portal.insights import queries
from alumni_portal.insights.queries import TOO_FEW, Cell, Figures, Overview, Released, Scale, State
from alumni_portal.insights.queries.overview import Reason
from alumni_portal.insights.rules import means
from alumni_portal.insights.rules.effects import Share, change
from alumni_portal.insights.rules.finding import Finding, Kind
from alumni_portal.insights.rules.means import Mean
from alumni_portal.insights.rules.population import COMPANY
from alumni_portal.insights.views import drawing, scales


@pytest.fixture
def page(app: Flask) -> Overview:
    """Return a page without a single figure."""
    made = Released("r1", "2026Q2", 5, clock.now(), (), ())
    return Overview(
        Figures(made, {}), COMPANY, None, None, (), (), (), Finding(Kind.NOTHING), {}, (), (), ()
    )


def shown(value: float, n: int = 60) -> Cell:
    return Cell(State.SHOWN, n, value)


def reason(theme: str, now: float, year: float | None = None) -> Reason:
    before = None if year is None else shown(year)
    changed = None if year is None else change(Share(year, 60), Share(now, 60))
    return Reason(theme, shown(now), None, before, None, changed)


def test_a_page_without_figures_draws_nothing(inside: Flask, page: Overview) -> None:
    drawn = drawing.of(page)
    assert drawn["reason_bars"] == drawn["reason_rows"] == drawn["scale_bars"] == []
    assert drawn["line_wide"] is drawn["line_narrow"] is drawn["score"] is None
    assert drawn["response"] is drawn["would_return"] is None
    assert set(drawn["key_changes"].values()) == {""}


def test_bars_run_from_nothing_to_everything(inside: Flask, page: Overview) -> None:
    all_, none = reason("pay", 1.0, 0.0), reason("workload", 0.0, 1.0)
    drawn = drawing.of(replace(page, reasons=(all_, none)))
    first, second = drawn["reason_bars"]
    assert (first.value, first.width, first.before) == (100, 100, 0)
    assert (second.value, second.width, second.before) == (0, 0, 100)
    words = [delta[::2] for delta in drawn["reason_deltas"].values()]
    assert words == [("+100", "up"), ("−100", "down")]


def test_what_nobody_names_now_or_then_is_left_out(inside: Flask, page: Overview) -> None:
    drawn = drawing.of(replace(page, reasons=(reason("pay", 0.0, 0.0), reason("balance", 0.2))))
    assert len(drawn["reason_bars"]) == len(drawn["reason_rows"]) == 1
    assert drawn["reason_rows"][0][1:] == ("20 %", "–", "–", "–")
    assert drawn["reason_deltas"] == {}, "nothing to compare with, and not called new"


@pytest.mark.parametrize(("points", "drawn_points"), [(0, 0), (1, 0), (2, 2), (8, 8)])
def test_a_line_needs_two_points(
    inside: Flask, page: Overview, points: int, drawn_points: int
) -> None:
    trend = tuple((f"202{n // 4}Q{n % 4 + 1}", shown(0.4), shown(0.1)) for n in range(points))
    drawn = drawing.of(replace(page, trend=trend))
    assert len(drawn["line_wide"].points if drawn["line_wide"] else ()) == drawn_points
    assert [words for _quarter, words in drawn["scores"]] == ["+30"] * points


def test_a_hidden_release_leaves_a_gap_in_the_table_and_no_point(
    inside: Flask, page: Overview
) -> None:
    seen = ("2026Q1", shown(0.1), shown(0.4))
    drawn = drawing.of(replace(page, trend=(("2025Q4", TOO_FEW, shown(0.4)), seen)))
    assert drawn["scores"] == [("Kv 1 2026", "−30")]


def test_the_trend_of_a_theme_is_shaded_against_the_highest(inside: Flask, page: Overview) -> None:
    cells = (TOO_FEW, shown(0.0), shown(0.2), shown(0.4))
    drawn = drawing.of(replace(page, over_time=(("pay", cells),)))
    ((name, row),) = drawn["over_time"]
    assert name == "Lön och förmåner"
    assert [(one.value, one.shade) for one in row] == [
        (None, "hx"), (0, "h0"), (20, "h2"), (40, "h4"),
    ]  # fmt: skip


def scale(now: Cell, year: Cell | None = None, company: Cell | None = None) -> Scale:
    changed = None
    if year is not None and now.is_shown:
        pair = Mean(year.value or 0, year.n or 0), Mean(now.value or 0, now.n or 0)
        changed = means.changes({"workload": pair})["workload"]
    return Scale("workload", now, year, company, changed)


@pytest.mark.parametrize(("value", "width"), [(1.0, 0.0), (3.0, 50.0), (5.0, 100.0)])
def test_a_mean_is_drawn_from_one_to_five(inside: Flask, value: float, width: float) -> None:
    (bar,) = scales.of([scale(shown(value))])["scale_bars"]
    assert (bar.value, bar.width) == (value, width)


def test_means_are_words_too(inside: Flask) -> None:
    rows = [scale(shown(3.9, 500), shown(2.5, 500), shown(3.0)), scale(TOO_FEW)]
    drawn = scales.of(rows)
    assert drawn["scale_rows"][0][1:4] == ("3,9", "2,5", "3,0")
    assert drawn["scale_rows"][1][1] == "för få svar"
    assert list(drawn["scale_deltas"].values()) == [("+1,4", True, "up")]
    assert drawn["scales_compared"]
    assert len(drawn["scale_bars"]) == 1


def test_shades_need_no_highest() -> None:
    assert [one.shade for one in charts.heat_row([None, 0], 0)] == ["hx", "h0"]


def test_a_figure_that_cannot_be_renewed_stands_with_its_quarter(inside: Flask) -> None:
    """A6: refused now, shown before; never drawn as if it were of today."""
    earlier = Cell(State.EARLIER, 60, 0.4, "2026Q1")
    rows = [queries.Row("Norr", (earlier, shown(0.2), TOO_FEW))]
    tables = queries.Tables(("pay",), (*rows,), (), (*rows,), (), ("climate",), (*rows,))
    drawn = drawing.of_tables(tables)
    cells = drawn["unit_rows"][0][1]
    assert [(one.value, one.shade, one.words) for one in cells] == [
        (None, "hx", "Kv 1 2026: 40 %"),
        (20, "h4", ""),
        (None, "hx", ""),
    ]
    assert drawn["return_table"] == [("Norr", "Kv 1 2026: 40 %", "20 %", "för få svar")]
    assert drawn["return_rows"] == [("Norr", None)]
    assert drawn["mean_rows"][0][1].startswith("Kv 1 2026: ")
