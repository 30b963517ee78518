"""The door to candidates: how often one may search, and what is noted of it."""

from datetime import timedelta

from werkzeug.exceptions import TooManyRequests

from alumni_portal.core import access_log, audit, limits
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.logs import log
from alumni_portal.core.permissions import Actor
from alumni_portal.core.transaction import unit
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.rehire.queries.ordering import Cut
from alumni_portal.rehire.queries.search import Found, search
from alumni_portal.rehire.queries.typeahead import suggestions
from alumni_portal.rehire.rules import Query

#: One person searching; a script is stopped before it has copied everybody (S23).
SEARCHES = ("candidate-search", 100, timedelta(hours=1))
SUGGESTIONS = ("candidate-suggestion", 2_000, timedelta(hours=1))


def candidates(actor: Actor, query: Query, cut: Cut) -> tuple[Found, Opening | None]:
    """Return one page of candidates and the opening it is searched for; note who was shown.

    Which version of the weights gave the points is logged, never who was found or what was typed.
    Raises NotFound for an opening that is none; TooManyRequests after a hundred in an hour.
    """
    _count(actor, *SEARCHES)
    opening = openings.opening(query.opening) if query.opening else None
    if query.opening and opening is None:
        raise NotFound
    found = search(query, cut, opening=opening)
    access_log.listed(actor, [hit.person_id for hit in found.hits], Look.SEARCH)
    log.info(
        "candidate_search",
        weights=found.sought.weights.version,
        order=str(query.order),
        filters=query.number_chosen,
        for_opening=opening is not None,
        hits=found.total,
        account=actor.ref,
    )
    return found, opening


def suggested(actor: Actor, typed: str) -> list[str]:
    """Return words to choose from while typing; nobody's name is among them.

    Raises TooManyRequests after two thousand in an hour.
    """
    _count(actor, *SUGGESTIONS)
    return suggestions(typed)


def _count(actor: Actor, name: str, most: int, per: timedelta) -> None:
    if limits.hit(name, actor.ref, most=most, per=per):
        return
    if limits.hit(f"{name}-alert", actor.ref, most=1, per=per):
        with unit():
            audit.record("search.limit_reached", by=actor, limit=name, most=most)
    raise TooManyRequests(retry_after=int(per.total_seconds()))
