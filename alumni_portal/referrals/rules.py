"""Pure decisions about tips: how long they are kept, what the one who tipped may know."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l

#: The tipped person's time to answer; after it name and address are gone (GDPR art. 14.3 a).
ANSWER_WITHIN = timedelta(days=30)
#: A yes is kept so long when nobody was hired, and so long after its opening was filled.
KEEP_YES = timedelta(days=180)
KEEP_AFTER_FILLED = timedelta(days=14)
#: The mark that keeps us from writing to the same person again about the same thing.
KEEP_MARK = timedelta(days=730)
A_DAY = timedelta(days=1)
#: Tips of one referrer in a day (S57).
MOST_A_DAY = 10
#: Letters to one address in thirty days, whoever tips.
MOST_LETTERS = 3


class ReferralState(StrEnum):
    """Where a tip stands."""

    #: The tipped person has been told, or would have been; no answer yet.
    TOLD = "told"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    HIRED = "hired"


class Status(StrEnum):
    """A tip as the one who made it sees it: a no looks like no answer yet."""

    WAITING = "waiting"
    YES = "yes"
    SILENT = "silent"
    HIRED = "hired"


STATUSES = {
    Status.WAITING: _l("Väntar på svar"),
    Status.YES: _l("Tackade ja"),
    Status.SILENT: _l("Inget svar"),
    Status.HIRED: _l("Anställd"),
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of an address when somebody tips it."""

    told_before: bool = False
    letters_lately: int = 0
    is_suppressed: bool = False
    is_employed: bool = False
    has_died: bool = False


def may_be_written_to(known: Known) -> bool:
    """Say whether the tipped person is told by letter.

    Nobody is written to twice about the same thing, and not more than three times in thirty days;
    who works here, who has died and an address where nobody is get no letter. The one who tips
    is answered alike in every case (S57).
    """
    if known.told_before or known.is_suppressed or known.is_employed or known.has_died:
        return False
    return known.letters_lately < MOST_LETTERS


def status(state: ReferralState, told_at: datetime, now: datetime) -> Status:
    """Return what the one who tipped may know: a no and silence look the same at every moment."""
    if state is ReferralState.HIRED:
        return Status.HIRED
    if state is ReferralState.CONFIRMED:
        return Status.YES
    return Status.WAITING if now < told_at + ANSWER_WITHIN else Status.SILENT
