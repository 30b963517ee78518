"""How means of questions from 1 to 5 are drawn: bars from one end to the other, words, a table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from alumni_portal.core.charts import bars as charts
from alumni_portal.core.formats import number
from alumni_portal.insights.queries import Cell, Scale, State, Tables
from alumni_portal.insights.rules.means import HIGHEST, LOWEST, MeanChange
from alumni_portal.insights.views.wording import QUESTIONS, quarter_words

#: Icon of the direction in which a mean has gone.
_ARROWS = {1: "up", -1: "down", 0: ""}


def of(scales: Sequence[Scale]) -> dict[str, Any]:
    """Return what the template needs of the means of a place; those not shown are in the table."""
    shown = [one for one in scales if one.now.is_shown]
    return {
        "scale_bars": _bars(shown),
        "scale_deltas": {
            asked(one.question): _delta(one.since_year) for one in shown if one.since_year
        },
        "scale_rows": [_row(one) for one in scales],
        "scales_compared": any(one.company is not None for one in scales),
    }


def asked(question: str) -> str:
    """Return a question as the leaver reads it."""
    return str(QUESTIONS.get(question, question))


def mean_words(cell: Cell | None) -> str:
    """Return a mean in the reader's numerals, or why there is none."""
    if cell is None:
        return "–"
    if cell.state is State.EARLIER:
        return f"{quarter_words(cell.quarter)}: {_tenths(cell)}"
    return _tenths(cell) if cell.is_shown else _("för få svar")


def _tenths(cell: Cell) -> str:
    """Return a mean with its tenth, also when that is nought: 3,0."""
    return format_decimal(cell.value or 0.0, format="0.0")


def by_unit(tables: Tables) -> dict[str, Any]:
    """Return the means of each division as a table."""
    return {
        "mean_columns": [asked(one) for one in tables.questions],
        "mean_rows": [(row.name, *(mean_words(one) for one in row.cells)) for row in tables.means],
    }


def _bars(shown: Sequence[Scale]) -> list[charts.Bar]:
    """Return bars from the lowest answer to the highest, each with the mean beside it."""
    rows = [
        (asked(one.question), (one.now.value or LOWEST) - LOWEST, _before(one)) for one in shown
    ]
    drawn = charts.bars(rows, most=HIGHEST - LOWEST)
    return [
        replace(bar, value=one.now.value or LOWEST, words=_tenths(one.now))
        for bar, one in zip(drawn, shown, strict=True)
    ]


def _before(one: Scale) -> float | None:
    if one.year is None or not one.year.is_shown:
        return None
    return (one.year.value or LOWEST) - LOWEST


def _delta(change: MeanChange) -> tuple[str, bool | None, str]:
    """Return words, good or bad, and direction; a change within chance is none."""
    tenths = round(10 * (change.after.value - change.before.value))
    if not change.direction:
        return "±0", None, ""
    sign = "+" if tenths > 0 else "−"
    return f"{sign}{number(abs(tenths) / 10)}", change.direction > 0, _ARROWS[change.direction]


def _row(one: Scale) -> tuple[str, ...]:
    change = one.since_year
    between = "–"
    if change is not None:
        ends = (round(end, 1) for end in (change.difference.low, change.difference.high))
        low, high = (number(end).replace("-", "−") for end in ends)
        between = _("%(low)s till %(high)s", low=low, high=high)
    company = (mean_words(one.company),) if one.company is not None else ()
    return (asked(one.question), mean_words(one.now), mean_words(one.year), *company, between)
