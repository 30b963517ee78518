"""Who may apply, with what, and how long a draft is kept."""

from datetime import date, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l

DRAFT_LIVES = timedelta(days=30)
LONGEST_WHY = 600


class Start(StrEnum):
    """When somebody can begin."""

    AT_ONCE = "at_once"
    ONE_MONTH = "one_month"
    TWO_MONTHS = "two_months"
    THREE_MONTHS = "three_months"
    LATER = "later"
    TALK = "talk"


class Hours(StrEnum):
    """How much somebody wants to work."""

    FULL = "full"
    MOST = "most"
    HALF = "half"
    TALK = "talk"


class NotNow(StrEnum):
    """Why somebody may not send an application now."""

    NEVER_HERE = "never_here"
    WORKS_HERE = "works_here"


STARTS = {
    Start.AT_ONCE: _l("Genast"),
    Start.ONE_MONTH: _l("Inom en månad"),
    Start.TWO_MONTHS: _l("Om två månader"),
    Start.THREE_MONTHS: _l("Om tre månader"),
    Start.LATER: _l("Senare än så"),
    Start.TALK: _l("Vi får prata om det"),
}
HOURS = {
    Hours.FULL: _l("Heltid"),
    Hours.MOST: _l("80 procent"),
    Hours.HALF: _l("Halvtid"),
    Hours.TALK: _l("Vi får prata om det"),
}


def reason_not_to_apply(
    employments: list[tuple[date, date | None]], *, today: date
) -> NotNow | None:
    """Return why somebody with these first and last days may not apply here, or nothing.

    A returner has an employment that has ended and none that runs; whether they are a member of
    the network does not matter: an application rests on the applicant's own request.
    """
    if any(begins <= today and (ends is None or ends >= today) for begins, ends in employments):
        return NotNow.WORKS_HERE
    if not any(ends is not None and ends < today for _begins, ends in employments):
        return NotNow.NEVER_HERE
    return None
