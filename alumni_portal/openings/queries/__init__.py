"""Reads about openings; everybody may know of published ones, staff of all."""

from alumni_portal.openings.queries.choices import Choosable, choosable, fits
from alumni_portal.openings.queries.openings import (
    SkillWanted,
    counts,
    criteria_of,
    is_open,
    open_openings,
    opening,
    opening_by_id,
    openings_by_id,
    openings_page,
    past,
    published,
    skills_of,
    was_public,
)
from alumni_portal.openings.rules import HOURS, STATES, WEIGHTS

__all__ = [
    "HOURS",
    "STATES",
    "WEIGHTS",
    "Choosable",
    "SkillWanted",
    "choosable",
    "counts",
    "criteria_of",
    "fits",
    "is_open",
    "open_openings",
    "opening",
    "opening_by_id",
    "openings_by_id",
    "openings_page",
    "past",
    "published",
    "skills_of",
    "was_public",
]
