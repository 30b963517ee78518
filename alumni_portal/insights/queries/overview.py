"""What the page of insights shows, read cell by cell through the gate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alumni_portal.core import clock
from alumni_portal.insights.queries.cells import Cell, Figures, Released, series
from alumni_portal.insights.rules import means, measures
from alumni_portal.insights.rules.effects import Change, Share
from alumni_portal.insights.rules.finding import Finding, finding
from alumni_portal.insights.rules.means import MeanChange
from alumni_portal.insights.rules.population import (
    COMPANY,
    WINDOW,
    Place,
    closes_on,
    latest_closed,
    quarter_of,
    shifted,
)
from alumni_portal.insights.rules.several import changes

#: So many releases in a trend, and so many themes in a table.
TREND, COLUMNS = 8, 5
#: The shares at the top of the page that are compared with the year before.
KEY = (measures.RESPONSE_RATE, "would_return:yes", "would_recommend:promoter")


@dataclass(frozen=True)
class Reason:
    """One theme in a release and in two earlier ones; changes only where both are shown."""

    theme: str
    now: Cell
    last: Cell | None
    year: Cell | None
    since_last: Change | None
    since_year: Change | None


@dataclass(frozen=True)
class Scale:
    """The mean of one question from 1 to 5; the change only where both are shown."""

    question: str
    now: Cell
    year: Cell | None
    #: Nothing where it is not compared.
    company: Cell | None
    since_year: MeanChange | None


@dataclass(frozen=True)
class Overview:
    """Everything on the page, for one place of one release."""

    figures: Figures
    where: Place
    last: Figures | None
    year: Figures | None
    reasons: tuple[Reason, ...]
    #: What comments are about: shares of those whose comments two coders have read.
    comments: tuple[Reason, ...]
    scales: tuple[Scale, ...]
    finding: Finding
    #: Changes since the year before among the few figures at the top, told from chance together.
    key_changes: Mapping[str, Change]
    trend: tuple[tuple[str, Cell, Cell], ...]
    #: Theme and its share in each release of the trend.
    over_time: tuple[tuple[str, tuple[Cell, ...]], ...]
    #: The releases that it was read from, latest first.
    read: tuple[Figures, ...]

    def cell(self, measure: str) -> Cell:
        """Return a figure of the place itself."""
        return self.figures.at(self.where, measure)


def overview(
    released: Released,
    everything: Sequence[Released],
    where: Place,
    *,
    compared: bool = True,
    besides: Collection[str] = (),
    for_manager: bool = False,
) -> Overview:
    """Return what a release says about a place, with the release before and the year before.

    Means stand beside those of the whole company where that is `compared`. Tables named in
    `besides` are read along, for what stands on the same page. Only what a manager may see of each
    question and each release is there `for_manager` (A10).
    """
    known = [one for one in everything if one.quarter <= released.quarter][:TREND]
    found = series(known, tables={where.table, COMPANY.table, *besides})
    if for_manager:
        today = quarter_of(clock.today())
        found = [one.for_managers(today) for one in found]
    by_quarter = {one.release.quarter: one for one in found}
    now = by_quarter[released.quarter]
    earlier = sorted((q for q in by_quarter if q < released.quarter), reverse=True)
    last = by_quarter[earlier[0]] if earlier else None
    year = by_quarter.get(shifted(released.quarter, -WINDOW))
    reasons = _reasons(now, last, year, where)
    return Overview(
        now,
        where,
        last,
        year,
        reasons,
        _reasons(now, last, year, where, measures.COMMENTS),
        _scales(now, year, where, compared=compared and where != COMPANY),
        finding(_shares(reasons), {one.theme: one.since_year for one in reasons}),
        _changes(year, now, where, KEY),
        _trend(by_quarter, where),
        _over_time(by_quarter, where, _ever_named(reasons)),
        tuple(found),
    )


def _over_time(
    by_quarter: Mapping[str, Figures], where: Place, themes: Sequence[str]
) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Return the share of each theme in each quarter, oldest first."""
    quarters = sorted(by_quarter)
    return tuple(
        (theme, tuple(by_quarter[q].at(where, f"themes:{theme}") for q in quarters))
        for theme in themes
    )


def _ever_named(reasons: Sequence[Reason]) -> list[str]:
    """Return the themes that somebody names now or named a year before."""
    return [one.theme for one in reasons if one.now.value or (one.year and one.year.value)]


def largest(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Return the largest themes, as many as a table has room for."""
    return tuple(one.theme for one in reasons)[:COLUMNS]


def _trend(by_quarter: Mapping[str, Figures], where: Place) -> tuple[tuple[str, Cell, Cell], ...]:
    """Return who would recommend and who would not, in each release, oldest first."""
    promoter, detractor = "would_recommend:promoter", "would_recommend:detractor"
    return tuple(
        (quarter, figures.at(where, promoter), figures.at(where, detractor))
        for quarter, figures in sorted(by_quarter.items())
    )


def _shares(reasons: Sequence[Reason]) -> dict[str, Share]:
    return {one.theme: share_of(one.now) for one in reasons}


def share_of(cell: Cell) -> Share:
    """Return a shown cell as a share of so many people."""
    return Share(cell.value or 0.0, cell.n or 0)


def _reasons(
    now: Figures,
    last: Figures | None,
    year: Figures | None,
    where: Place,
    question: str = measures.THEMES,
) -> tuple[Reason, ...]:
    asked = [one for one in now.release.measures if one.startswith(f"{question}:")]
    since_last, since_year = (_changes(then, now, where, asked) for then in (last, year))
    found = []
    for measure in asked:
        theme, cell = measure.partition(":")[2], now.at(where, measure)
        if cell.is_shown:
            then, before = (f.at(where, measure) if f else None for f in (last, year))
            changed = since_last.get(measure), since_year.get(measure)
            found.append(Reason(theme, cell, then, before, *changed))
    return tuple(sorted(found, key=lambda r: (-(r.now.value or 0), r.theme)))


def _changes(
    before: Figures | None, now: Figures, where: Place, asked: Sequence[str]
) -> dict[str, Change]:
    """Return what changed, of measures that are shown both times, told from chance together."""
    if before is None:
        return {}
    cells = {measure: (before.at(where, measure), now.at(where, measure)) for measure in asked}
    return changes(
        {
            measure: (share_of(one), share_of(two))
            for measure, (one, two) in cells.items()
            if one.is_shown and two.is_shown
        }
    )


def _scales(
    now: Figures, year: Figures | None, where: Place, *, compared: bool
) -> tuple[Scale, ...]:
    """Return the means of a place, each beside the year before and the whole company."""
    asked = [one for one in now.release.measures if measures.is_mean(one)]
    cells = {one: now.at(where, one) for one in asked}
    before = {one: year.at(where, one) for one in asked} if year else {}
    changed = means.changes(
        {
            one: (_mean(before[one]), _mean(cell))
            for one, cell in cells.items()
            if cell.is_shown and one in before and before[one].is_shown
        }
    )
    return tuple(
        Scale(
            one,
            cell,
            before.get(one),
            now.at(COMPANY, one) if compared else None,
            changed.get(one),
        )
        for one, cell in cells.items()
    )


def _mean(cell: Cell) -> means.Mean:
    return means.Mean(cell.value or 0.0, cell.n or 0)


def next_quarter(everything: Sequence[Released]) -> str:
    """Return the quarter that can be released now, or nothing while there is none."""
    closed = latest_closed(clock.today())
    return "" if everything and everything[0].quarter >= closed else closed


def next_day(everything: Sequence[Released]) -> date:
    """Return the day from which the quarter after the latest release can be released."""
    return closes_on(shifted(everything[0].quarter, 1))
