"""Reads about cases: one with all that its page shows, and lists of them."""

from alumni_portal.offboarding.queries.cases.lists import (
    CaseRow,
    NextTask,
    Show,
    Wanted,
    count_without_link,
    counts,
    is_late,
    left,
    listed,
    units_with_cases,
    without_link,
)
from alumni_portal.offboarding.queries.cases.reads import (
    by_ids,
    case_of_employment,
    employment,
    find,
    history,
    ids_of,
    open_cases_of,
    open_cases_of_people,
    standing_case_of,
)

__all__ = [
    "CaseRow",
    "NextTask",
    "Show",
    "Wanted",
    "by_ids",
    "case_of_employment",
    "count_without_link",
    "counts",
    "employment",
    "find",
    "history",
    "ids_of",
    "is_late",
    "left",
    "listed",
    "open_cases_of",
    "open_cases_of_people",
    "standing_case_of",
    "units_with_cases",
    "without_link",
]
