"""How the figures of a page are drawn: words, whole per cent, bars, shades and lines."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core.charts import bars as charts
from alumni_portal.core.charts import line
from alumni_portal.insights import queries
from alumni_portal.insights.queries import KEY, Cell, Overview, Reason, Row, State, Tables
from alumni_portal.insights.rules import measures
from alumni_portal.insights.rules.effects import Change, Verdict
from alumni_portal.insights.rules.finding import Finding, Kind
from alumni_portal.insights.views import scales
from alumni_portal.insights.views.wording import quarter_words

TENURES = {
    "<1": _l("Under 1 år"),
    "1-3": _l("1–3 år"),
    "3-7": _l("3–7 år"),
    "7+": _l("7 år eller mer"),
}
_RULE = _l(
    "Så väljs meningen: först det tema vars andel skiljer sig mest från ett år tidigare, om "
    "skillnaden är större än slumpen ger när alla teman jämförs på en gång. Annars det största "
    "temat, om det säkert är störst. Annars inget."
)
EXIT_TYPES = {"own": _l("Egen vilja"), "other": _l("Annat skäl")}


def named(theme: str) -> str:
    """Return what a theme is called on the page."""
    return queries.theme_name(theme)


def percent(cell: Cell | None) -> int | None:
    """Return a shown share in whole per cent."""
    if cell is None or not cell.is_shown:
        return None
    return round(100 * (cell.value or 0))


def of(page: Overview) -> dict[str, Any]:
    """Return what the template needs of an overview."""
    reasons = [one for one in page.reasons if percent(one.now) or percent(one.year)]
    return {
        "page": page,
        "release": page.figures.release,
        "named": named,
        "percent": percent,
        "quarter_words": quarter_words,
        "finding": _finding(page.finding),
        "key_rows": _key_rows(page),
        **_compared("reason", reasons),
        **_compared("comment", page.comments),
        "has_comments": page.figures.release.asks(measures.COMMENTS),
        "answers": page.cell(measures.ANSWERS),
        "response": percent(page.cell(measures.RESPONSE_RATE)),
        "would_return": percent(page.cell("would_return:yes")),
        "would_recommend": percent(page.cell("would_recommend:promoter")),
        "key_changes": {one: _key_change(page, one) for one in KEY},
        "over_time": _over_time(page),
        "over_time_columns": [quarter_words(quarter) for quarter, _yes, _no in page.trend],
        **_line(page),
        **scales.of(page.scales),
    }


def _finding(found: Finding) -> dict[str, Any]:
    """Return what stands out in words, with the rule that chose it."""
    theme, now = named(found.theme) if found.theme else "", round(100 * found.now)
    titles = {
        Kind.MORE: _("%(theme)s ökar som skäl att sluta", theme=theme),
        Kind.FEWER: _("%(theme)s minskar som skäl att sluta", theme=theme),
        Kind.LARGEST: _("%(theme)s är det vanligaste skälet att sluta", theme=theme),
        Kind.NOTHING: _("Inget sticker ut mer än slumpen ger"),
    }
    said = ""
    if found.before is not None:
        before = round(100 * found.before)
        said = _(
            "Andelen har gått från ungefär %(before)s till ungefär %(now)s procent på ett år.",
            before=before,
            now=now,
        )
    elif found.kind is Kind.LARGEST:
        said = _(
            "Ungefär %(now)s procent anger det först, säkert fler än något annat tema.", now=now
        )
    return {"title": titles[found.kind], "lines": [*filter(None, [said]), str(_RULE)]}


def _key_rows(page: Overview) -> list[tuple[str, str]]:
    """Return the figures at the top as a table."""
    answers = page.cell(measures.ANSWERS)
    return [
        (_("Svar"), str(answers.n) if answers.is_shown else _("för få svar")),
        (_("Svarsfrekvens"), _told(page.cell(measures.RESPONSE_RATE))),
        (_("Kan tänka sig att komma tillbaka"), _told(page.cell("would_return:yes"))),
        (_("Skulle rekommendera oss"), _told(page.cell("would_recommend:promoter"))),
    ]


def _compared(what: str, reasons: Sequence[Reason]) -> dict[str, Any]:
    """Return bars, their changes since the year before, and the same as a table."""
    return {
        f"{what}_bars": charts.bars([_bar(one) for one in reasons]),
        f"{what}_deltas": {
            named(one.theme): _delta(one.since_year) for one in reasons if one.since_year
        },
        f"{what}_rows": [_table_row(one) for one in reasons],
    }


def _line(page: Overview) -> dict[str, Any]:
    """Return the line of those who would recommend less those who would not, by release."""
    scores = _scores(page)
    rows = [(f"K{q[5:]}", q[:4], score) for q, score in scores]
    return {
        "score": scores[-1][1] if scores else None,
        "scores": [(quarter_words(q), _signed(score)) for q, score in scores],
        "line_wide": line.line(rows, paper=line.WIDE),
        "line_narrow": line.line(rows, paper=line.NARROW),
    }


def _key_change(page: Overview, measure: str) -> str:
    """Return how a figure at the top differs from the year before, where both are shown."""
    change = page.key_changes.get(measure)
    if change is None:
        return ""
    if change.verdict is Verdict.SAME:
        return _("oförändrat mot året innan")
    points = round(100 * (change.after.share - change.before.share))
    return _("%(points)s mot året innan", points=_signed(points))


def _over_time(page: Overview) -> list[tuple[str, list[charts.Cell]]]:
    return _heat([Row(named(theme), cells) for theme, cells in page.over_time])


def of_tables(tables: Tables) -> dict[str, Any]:
    """Return what the template needs of the tables by unit, time here and kind of exit."""
    return {
        "columns": [named(theme) for theme in tables.themes],
        "unit_rows": _heat(tables.by_unit),
        "tenure_rows": _heat([Row(str(TENURES[row.name]), row.cells) for row in tables.by_tenure]),
        "return_table": [
            (row.name, *(_told(cell) for cell in row.cells)) for row in tables.would_return
        ],
        "return_rows": [(row.name, _stacked(row)) for row in tables.would_return],
        "type_rows": [
            (
                str(EXIT_TYPES[row.name]),
                row.cells[0].n if row.cells[0].is_shown else None,
                _told(row.cells[1]),
            )
            for row in tables.by_type
        ],
        **scales.by_unit(tables),
    }


def _scores(page: Overview) -> list[tuple[str, int]]:
    return [
        (quarter, round(100 * ((yes.value or 0) - (no.value or 0))))
        for quarter, yes, no in page.trend
        if yes.is_shown and no.is_shown
    ]


def _signed(score: int) -> str:
    return f"+{score}" if score > 0 else f"−{-score}" if score < 0 else "0"


def _bar(reason: Reason) -> tuple[str, float, float | None]:
    return named(reason.theme), percent(reason.now) or 0, percent(reason.year)


def _delta(change: Change) -> tuple[str, bool | None, str]:
    """Return words, good or bad, and direction; a change within chance is none."""
    points = round(100 * (change.after.share - change.before.share))
    if change.verdict is Verdict.MORE:
        return f"+{points}", False, "up"
    if change.verdict is Verdict.FEWER:
        return f"−{-points}", True, "down"
    return "±0", None, ""


def _table_row(reason: Reason) -> tuple[str, ...]:
    cells = [reason.now, reason.last, reason.year]
    return (named(reason.theme), *(_told(cell) for cell in cells), _interval(reason))


def _told(cell: Cell | None) -> str:
    share = percent(cell)
    if cell is None:
        return "–"
    return f"{share} %" if share is not None else earlier_words(cell) or _("för få svar")


def _interval(reason: Reason) -> str:
    change = reason.since_last
    if change is None:
        return "–"
    low, high = (round(100 * end) for end in (change.difference.low, change.difference.high))
    return _("%(low)s till %(high)s", low=_signed(low), high=_signed(high))


def _heat(rows: Sequence[Row]) -> list[tuple[str, list[charts.Cell]]]:
    shares = [(row.name, [percent(cell) for cell in row.cells]) for row in rows]
    highest = max((v for _name, values in shares for v in values if v is not None), default=1)
    return [
        (row.name, list(map(_with_words, charts.heat_row(values, highest), row.cells)))
        for row, (_name, values) in zip(rows, shares, strict=True)
    ]


def _with_words(drawn: charts.Cell, cell: Cell) -> charts.Cell:
    return replace(drawn, words=earlier_words(cell))


def earlier_words(cell: Cell) -> str:
    """Return a figure that stands from an earlier release, with its quarter, or nothing."""
    if cell.state is not State.EARLIER:
        return ""
    share = round(100 * (cell.value or 0))
    return _("%(quarter)s: %(share)s %%", quarter=quarter_words(cell.quarter), share=share)


def _stacked(row: Row) -> list[charts.Part] | None:
    """Return the parts of a bar; where only the yes may be told, that one alone."""
    values = [percent(cell) for cell in row.cells]
    known = [value for value in values if value is not None]
    if len(known) == len(values):
        return charts.stacked(known)
    return None if values[0] is None else [charts.Part(0, values[0], values[0])]
