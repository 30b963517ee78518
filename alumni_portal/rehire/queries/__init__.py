"""Reads about being found and asked back."""

from alumni_portal.rehire.queries.interest import (
    answered,
    findable,
    interest_of,
    is_answer_findable,
    to_remind,
    units_wanted,
)
from alumni_portal.rehire.rules import LEVELS

__all__ = [
    "LEVELS",
    "answered",
    "findable",
    "interest_of",
    "is_answer_findable",
    "to_remind",
    "units_wanted",
]
