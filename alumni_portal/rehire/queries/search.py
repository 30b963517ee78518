"""The search for candidates: who is found, how many by each filter, and why each one is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from alumni_portal.network.queries import Understood, match, understand
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import skills_of
from alumni_portal.rehire.queries import facets, rows, scoring
from alumni_portal.rehire.queries.columns import Columns, Places, current
from alumni_portal.rehire.queries.facets import Shown
from alumni_portal.rehire.queries.ordering import Cut, PlacesPage, page_of
from alumni_portal.rehire.queries.rows import Hit
from alumni_portal.rehire.rules import Query, Reason, Sought
from alumni_portal.rehire.rules import reasons as reasons_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found: how many, one page of them, and the facets with their counts."""

    #: How many can be found at all, and how many were.
    pool: int
    total: int
    facets: list[Shown]
    person_ids: list[int]
    next: str | None
    previous: str | None
    sought: Sought
    understood: Understood = field(default_factory=lambda: Understood(()))
    #: First and last year in which somebody who can be found left.
    years: tuple[int, int] | None = None
    #: When nobody is found: how many there were without one of the filters.
    loosened: dict[str, int] = field(default_factory=dict)
    hits: Sequence[Hit] = ()


def search(query: Query, cut: Cut, *, opening: Opening | None = None) -> Found:
    """Return one page of candidates with exact totals and facets, and why each one is a hit.

    Made for an opening it finds who has something that the opening wants: a skill or a role of
    that kind. Five or six statements, whatever the number of people.
    """
    found = compute(query, cut, opening=opening)
    shown = rows.hits(current(), found.person_ids, found.sought)
    return Found(**{**vars(found), "hits": shown})


def compute(query: Query, cut: Cut, *, opening: Opening | None = None) -> Found:
    """Return what a search finds, without fetching the rows."""
    understood = understand(query.text)
    ids = match(understood.groups) if understood.words else None
    wanted = skills_of([opening.id]).get(opening.id, []) if opening else []
    columns = current()
    with columns.lock:
        columns.refresh()
        pool = np.flatnonzero(columns.standing())
        sought = (
            scoring.sought_by_opening(opening, wanted)
            if opening
            else scoring.sought_by_words(columns, query, understood.sought)
        )
        base = _base(columns, pool, ids, sought if opening else None)
        masks = facets.masks_of(columns, base, query)
        hits = facets.hits_of(base, masks)
        page = _page(columns, hits, query, sought, cut)
        return Found(
            pool=len(pool),
            total=len(hits),
            facets=facets.count(columns, base, masks, query),
            person_ids=[int(one) for one in columns["ids"][page.places]],
            next=page.next,
            previous=page.previous,
            sought=sought,
            understood=understood,
            years=_years(columns, pool),
            loosened={} if len(hits) else _loosened(base, masks),
        )


def _loosened(base: Places, masks: facets.Masks) -> dict[str, int]:
    without = {str(one): len(facets.hits_of(base, masks, besides=one)) for one in masks}
    return {facet: number for facet, number in without.items() if number}


def _base(columns: Columns, pool: Places, ids: object, sought: Sought | None) -> Places:
    """Return who of the pool has the words, and something of what an opening wants."""
    base = pool
    if isinstance(ids, np.ndarray):
        base = np.intersect1d(pool, columns.places_of(ids), assume_unique=True)
    if sought is not None:
        base = base[scoring.wanted_points(columns, base, sought) > 0]
    return base


def _page(columns: Columns, hits: Places, query: Query, sought: Sought, cut: Cut) -> PlacesPage:
    return page_of(columns, hits, query.order, lambda: scoring.points(columns, hits, sought), cut)


def _years(columns: Columns, pool: Places) -> tuple[int, int] | None:
    years = columns["left_year"][pool]
    years = years[years > 0]
    return (int(years.min()), int(years.max())) if len(years) else None


def number_for(opening: Opening) -> int:
    """Return how many may be found who have something that an opening wants."""
    wanted = skills_of([opening.id]).get(opening.id, [])
    columns = current()
    with columns.lock:
        columns.refresh()
        sought = scoring.sought_by_opening(opening, wanted)
        return len(_base(columns, np.flatnonzero(columns.standing()), None, sought))


def how_found_for(
    person_id: int, openings: Sequence[Opening]
) -> list[tuple[Opening, list[Reason]]] | None:
    """Return which points somebody's own profile gives for openings, as recruiters see them.

    Nothing for who cannot be found now. Consent and answer are asked for in the same statement.
    """
    wanted = skills_of([one.id for one in openings])
    columns = current()
    with columns.lock:
        columns.know_units()
        shown = rows.own_shown(columns, person_id)
    if shown is None:
        return None
    return [
        (one, reasons_of(shown, scoring.sought_by_opening(one, wanted.get(one.id, []))))
        for one in openings
    ]


__all__ = ["Cut", "Found", "compute", "how_found_for", "number_for", "search"]
