from collections.abc import Iterator
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.charts.stays import Stay, stretches
from alumni_portal.core.charts.strip import career_strip, shared_axis
from alumni_portal.core.errors import NotFound
from alumni_portal.core.formats import date_short
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.openings import queries as openings
from alumni_portal.rehire import access, queries, rules
from alumni_portal.rehire.queries.ordering import Cut
from alumni_portal.rehire.queries.rows import Hit
from alumni_portal.rehire.queries.search import Found, how_found_for
from alumni_portal.rehire.rules import Facet, Query
from alumni_portal.rehire.views import bp


@bp.get("/candidates")
@requires(Permission.CANDIDATES_SEARCH)
def candidates() -> ResponseReturnValue:
    query = rules.asked(request.args.to_dict(flat=False))
    cut = Cut(request.args.get("after"), request.args.get("before"))
    found, opening = access.candidates(current_actor(), query, cut)
    return render_template(
        "rehire/candidates.html",
        query=query,
        found=found,
        opening=opening,
        hits=_with_strips(found.hits),
        chips=list(_chips(query, found)),
        here=lambda **changes: _here(query, **changes),
        loosened=list(_loosened(query, found)),
        may_contact=current_actor().may(Permission.CANDIDATES_CONTACT),
        written=_written(found.hits),
        facet_names=rules.FACETS,
        levels=rules.LEVELS,
        orders=rules.ORDERS,
        weights=rules.WEIGHTS,
    )


def _written(hits: Any) -> dict[int, str]:  # noqa: ANN401 - hits in order
    """Return who wrote last to whom of these, and when, in words; nothing where nobody did."""
    ids, mine = [hit.person_id for hit in hits], current_actor().person_id
    return {
        person_id: _("Du skrev %(day)s", day=date_short(last.sent_at))
        if last.is_mine
        else _("En kollega skrev %(day)s", day=date_short(last.sent_at))
        for person_id, last in queries.contact_state_for(ids, mine).items()
    }


def _here(query: Query, **changes: Any) -> str:  # noqa: ANN401 - values of an address
    """Return this search's address with something changed; pages start anew unless kept."""
    return url_for("rehire.candidates", **{**rules.parameters(query), **changes})


def _chips(query: Query, found: Found) -> Iterator[tuple[str, str]]:
    """Yield each chosen filter with the address of the search without it."""
    for facet in found.facets:
        for choice in facet.choices:
            if choice.is_chosen:
                label = _name_of(facet.facet, choice.label)
                yield label, _here(query.without(facet.facet, choice.value))
    if query.left_from or query.left_to:
        years = f"{query.left_from or ''}–{query.left_to or ''}"
        yield (
            _("Slutade %(years)s", years=years),
            _here(query, left_from=None, left_to=None),
        )


def _name_of(facet: Facet, label: str) -> str:
    return str(rules.LEVELS[rules.Level(label)]) if facet is Facet.ANSWER else label


def _loosened(query: Query, found: Found) -> Iterator[tuple[str, int, str]]:
    """Yield what each filter hides when nobody is found: name, number, address without it."""
    for name, number in found.loosened.items():
        if name in set(Facet):
            yield str(rules.FACETS[Facet(name)]), number, _here(query, **{name: None})
        else:
            yield _("Slutade mellan"), number, _here(query, left_from=None, left_to=None)


def _with_strips(hits: Any) -> list[tuple[Hit, object, dict[str, Any]]]:  # noqa: ANN401 - hits in order
    careers = [[Stay(job.begins_on, job.ends_on, job.title) for job in hit.jobs] for hit in hits]
    today = clock.today()
    axis = shared_axis(careers, today=today)
    return [
        (hit, career_strip(stays, axis), _time_here(hit, stays))
        for hit, stays in zip(hits, careers, strict=True)
    ]


def _time_here(hit: Hit, stays: list[Stay]) -> dict[str, Any]:
    """Return how long somebody was here, in how many turns, and as what at last."""
    turns = stretches(stays, clock.today())
    last = hit.jobs[-1] if hit.jobs else None
    return {
        "years": sum((turn.ends - turn.begins).days for turn in turns) // 365,
        "turns": len(turns),
        "last": (last.title or last.unit) if last else "",
        "periods": [(turn.begins.year, turn.ends.year) for turn in turns],
    }


@bp.get("/candidates/suggestions")
@requires(Permission.CANDIDATES_SEARCH)
def suggest() -> ResponseReturnValue:
    found = access.suggested(current_actor(), request.args.get("q", ""))
    return jsonify(suggestions=found)


@bp.get("/candidates/weights")
@requires(Permission.CANDIDATES_SEARCH, Permission.HOME_ALUMNUS)
def weights() -> ResponseReturnValue:
    return render_template(
        "rehire/weights.html",
        layout=_layout(),
        weights=rules.WEIGHTS,
        levels=rules.LEVELS,
        fresh_days=rules.FRESH.days,
    )


def _layout() -> str:
    return "layouts/staff.html" if current_actor().is_staff else "layouts/alumni.html"


@bp.get("/how-found")
@requires(Permission.HOME_ALUMNUS)
def how_found() -> ResponseReturnValue:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotFound
    chosen = request.args.get("opening", "")
    open_ones = openings.published()
    opening = next((one for one in open_ones if one.public_id == chosen), None)
    if chosen and opening is None:
        raise NotFound
    shown = [opening] if opening else open_ones[:_MOST_OPENINGS]
    return render_template(
        "rehire/how_found.html",
        found=how_found_for(person_id, shown),
        openings=open_ones,
        chosen=opening,
        weights=rules.WEIGHTS,
        levels=rules.LEVELS,
    )


_MOST_OPENINGS = 5
