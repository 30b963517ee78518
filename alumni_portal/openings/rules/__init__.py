"""Pure decisions about openings: what may be published, what fits a reader, what machines read."""

from alumni_portal.openings.rules.fitting import Fit, Past, Wanted, fit
from alumni_portal.openings.rules.posting import Posting, employment_types, job_posting
from alumni_portal.openings.rules.publishing import (
    HOURS,
    LONGEST_CRITERION,
    MOST_CRITERIA,
    MOST_SEATS,
    MOST_SKILLS,
    STATES,
    WEIGHTS,
    Hours,
    Missing,
    OpeningState,
    Stated,
    is_open,
    reasons_not_to_publish,
    wrong_pay,
)

__all__ = [
    "HOURS",
    "LONGEST_CRITERION",
    "MOST_CRITERIA",
    "MOST_SEATS",
    "MOST_SKILLS",
    "STATES",
    "WEIGHTS",
    "Fit",
    "Hours",
    "Missing",
    "OpeningState",
    "Past",
    "Posting",
    "Stated",
    "Wanted",
    "employment_types",
    "fit",
    "is_open",
    "job_posting",
    "reasons_not_to_publish",
    "wrong_pay",
]
