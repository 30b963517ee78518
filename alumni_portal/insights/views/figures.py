from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from alumni_portal.core import access_log, audit, clock, language, transaction
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.insights import queries, services
from alumni_portal.insights.queries import Released
from alumni_portal.insights.rules.population import COMPANY
from alumni_portal.insights.views import bp, drawing, report, spreadsheet, wording
from alumni_portal.people.models import Unit
from alumni_portal.people.queries import leads_held_by

#: So many releases to choose from.
CHOICES = 4
#: So many actions beside the figures.
ACTIONS = 3


@bp.get("/insights")
@requires(Permission.INSIGHTS_READ, Permission.INSIGHTS_READ_OWN_UNIT)
def figures() -> ResponseReturnValue:
    actor, everything = current_actor(), queries.releases()
    if not actor.may(Permission.INSIGHTS_READ):
        return _own_unit(everything)
    if not everything:
        return _none_yet()
    chosen = _chosen(everything)
    units = {unit.public_id: unit.name for unit in queries.divisions()}
    page = queries.overview(chosen, everything, COMPANY, besides=queries.TABLES)
    tables = queries.tables(page, units)
    _noted("release.read", chosen)
    return render_template(
        "insights/figures.html",
        choices=everything[:CHOICES],
        next_quarter=queries.next_quarter(everything),
        making=services.making(queries.next_quarter(everything)),
        next_day=queries.next_day(everything),
        **_actions(),
        **drawing.of(page),
        **drawing.of_tables(tables),
    )


def _actions() -> dict[str, Any]:
    """Return the actions that are late or due next, for those who may see them."""
    actor = current_actor()
    if not actor.may(Permission.EXIT_ACTIONS_WRITE):
        return {"actions": [], **wording.for_actions([])}
    rows = queries.listed(queries.Show.OPEN)[:ACTIONS]
    access_log.listed(actor, [one.owner_id for one in rows], Look.PERSON_LIST)
    return {"actions": rows, **wording.for_actions(rows)}


def _none_yet() -> ResponseReturnValue:
    quarter = queries.next_quarter([])
    return render_template(
        "insights/figures_none.html",
        quarter=quarter,
        words=wording.quarter_words(quarter),
        is_manager=False,
        making=services.making(quarter),
    )


def _own_unit(everything: Sequence[Released]) -> ResponseReturnValue:
    unit = _led()
    seen = queries.for_manager(unit, everything) if unit else None
    if unit is None or seen is None:
        return render_template("insights/figures_none.html", quarter="", is_manager=True)
    _noted("release.read", seen.release)
    page = queries.overview(
        seen.release, everything, seen.where, compared=seen.is_compared, for_manager=True
    )
    return render_template(
        "insights/own_unit.html", unit=unit, place_name=seen.name, **drawing.of(page)
    )


def _led() -> Unit | None:
    person_id, today = current_actor().person_id, clock.today()
    held = leads_held_by(person_id) if person_id else []
    return next(
        (
            unit
            for lead, unit in held
            if lead.from_on <= today and (lead.until_on is None or lead.until_on >= today)
        ),
        None,
    )


def _chosen(everything: Sequence[Released]) -> Released:
    wanted = request.args.get("quarter", "")
    if not wanted:
        return everything[0]
    found = next((one for one in everything if one.quarter == wanted), None)
    if found is None:
        raise NotFound
    return found


def _noted(action: str, released: Released) -> None:
    """Every view of figures is audited (A13)."""
    actor = current_actor()
    note: Callable[[], Any] = lambda: audit.record(  # noqa: E731 - called when the page is made
        action, by=actor, subject=released.public_id, quarter=released.quarter
    )
    transaction.afterwards(note)


@bp.get("/insights/<quarter>.pdf")
@requires(Permission.INSIGHTS_READ)
def figures_pdf(quarter: str) -> ResponseReturnValue:
    released, everything = queries.release(quarter), queries.releases()
    units = {unit.public_id: unit.name for unit in queries.divisions()}
    page = queries.overview(released, everything, COMPANY, besides=queries.TABLES)
    drawn = {**drawing.of(page), **drawing.of_tables(queries.tables(page, units))}
    _noted("release.exported", released)
    headers = {"Content-Disposition": f"inline; filename=insights-{released.quarter}.pdf"}
    made = report.of(released, drawn, language=language.current())
    return Response(made, mimetype="application/pdf", headers=headers)


@bp.get("/insights/<quarter>.csv")
@requires(Permission.INSIGHTS_READ)
def figures_csv(quarter: str) -> ResponseReturnValue:
    released = queries.release(quarter)
    _noted("release.exported", released)
    headers = {"Content-Disposition": f"attachment; filename=insights-{released.quarter}.csv"}
    return Response(spreadsheet.of(released), mimetype="text/csv", headers=headers)
