"""Reads about being found and asked back."""

from alumni_portal.rehire.queries.interest import (
    UnitChoice,
    answered,
    findable,
    interest_of,
    is_answer_findable,
    to_remind,
    units_to_choose,
    units_wanted,
)
from alumni_portal.rehire.rules import LEVELS

__all__ = [
    "LEVELS",
    "UnitChoice",
    "answered",
    "findable",
    "interest_of",
    "is_answer_findable",
    "to_remind",
    "units_to_choose",
    "units_wanted",
]
