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

__all__ = [
    "UnitChoice",
    "answered",
    "findable",
    "interest_of",
    "is_answer_findable",
    "to_remind",
    "units_to_choose",
    "units_wanted",
]
