"""Points for many at once: the rules of `rules.score`, looked up per title, skill and place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alumni_portal.core import clock
from alumni_portal.core.terms import Term, terms_of
from alumni_portal.core.text import normalise
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import SkillWanted
from alumni_portal.rehire.queries.columns import LEVELS, Columns, Places
from alumni_portal.rehire.queries.facets import codes_of
from alumni_portal.rehire.rules import (
    FRESH,
    WEIGHTS,
    Facet,
    Query,
    Sought,
    answer_points,
    role_points,
    shares,
)

Points = NDArray[np.int64]


def sought_by_words(columns: Columns, query: Query, words: tuple[Term, ...]) -> Sought:
    """Return what typed words and chosen filters look for."""
    skills = _codes_wanted(columns, Facet.SKILL, query, words)
    return Sought(
        words=words,
        skills={columns.skill_ids[code]: WEIGHTS.skill for code in skills},
        units=frozenset(
            columns.unit_ids[code] for code in _codes_wanted(columns, Facet.UNIT, query, words)
        ),
        cities=frozenset(
            columns.cities.values[code] for code in _codes_wanted(columns, Facet.CITY, query, words)
        ),
    )


def _codes_wanted(
    columns: Columns, facet: Facet, query: Query, words: tuple[Term, ...]
) -> set[int]:
    codes = codes_of(columns, facet)
    return {*codes.known(query.chosen[facet]), *codes.named(words)}


def sought_by_opening(opening: Opening, skills: Sequence[SkillWanted]) -> Sought:
    """Return what an opening looks for: its title, skills by weight, unit and place."""
    return Sought(
        words=tuple(terms_of([opening.title])),
        skills=shares([(one.skill_id, one.weight) for one in skills]),
        units=frozenset({opening.unit_id} if opening.unit_id else ()),
        cities=frozenset({normalise(opening.place)} if opening.place else ()),
    )


def wanted_points(columns: Columns, places: Places, sought: Sought) -> Points:
    """Return the points for role and skills: what an opening is about."""
    titles = [role_points(title, sought.words) if title else 0 for title in columns.titles.values]
    role = np.array(titles, np.int64)[columns["titles"][places]].max(axis=1, initial=0)
    skills = [sought.skills.get(skill_id, 0) for skill_id in columns.skill_ids]
    known = np.array(skills, np.int64)[columns["skills"][places]].sum(axis=1)
    found: Points = role + np.minimum(known, sought.weights.skills)
    return found


def points(columns: Columns, places: Places, sought: Sought) -> Points:
    """Return all points of these people, each the sum of the reasons that the page gives."""
    weights = sought.weights
    units = np.array([unit_id in sought.units for unit_id in columns.unit_ids])
    units[0] = False
    cities = np.array([key in sought.cities for key in columns.cities.values])
    cities[0] = False
    fresh = [0, *(answer_points(level, is_old=False, weights=weights) for level in LEVELS)]
    old = [0, *(answer_points(level, is_old=True, weights=weights) for level in LEVELS)]
    level = columns["level"][places]
    is_old = columns["answered"][places] < int((clock.now() - FRESH).timestamp())
    found: Points = (
        wanted_points(columns, places, sought)
        + weights.unit * units[columns["units"][places]].any(axis=1)
        + weights.place * cities[columns["city"][places]]
        + np.where(is_old, np.array(old)[level], np.array(fresh)[level])
    )
    return found
