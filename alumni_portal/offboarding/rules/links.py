"""How long mailed links live and where a leaver is written to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

#: DESIGN §7.13: the leaver's page is open until four weeks after the last day.
LEAVER_LINK_LIVES = timedelta(weeks=4)
PROOF_LIVES = timedelta(days=7)
#: DESIGN §7.6: one letter, one reminder, gone after sixty days.
INVITATION_LIVES = timedelta(days=60)
INVITATION_REMINDER = timedelta(days=14)
JOIN_PROOF_LIVES = timedelta(days=7)
#: A request to join that nobody proved is forgotten after this long; a decided one later.
JOIN_REQUEST_LIVES = timedelta(days=7)
JOIN_DECISION_LIVES = timedelta(days=180)


#: A case, and an invitation that was answered or ran out, are kept so long.
CASES_KEPT = timedelta(days=730)


class LinkState(StrEnum):
    """What the holder of a mailed link sees; the words stand in components/link_states.html."""

    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    ALREADY_DONE = "already_done"
    PAUSED = "paused"


class Mailbox(StrEnum):
    """Where a leaver is written to."""

    PRIVATE = "private"
    WORK = "work"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Mailed:
    """What is known of a mailed link when it is opened."""

    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def state_of(link: Mailed | None, now: datetime) -> LinkState:
    """Return what a link leads to. Revoked wins over expired: the reader then looks for a newer."""
    if link is None:
        return LinkState.UNKNOWN
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.used_at is not None:
        return LinkState.USED
    return LinkState.EXPIRED if link.expires_at <= now else LinkState.OPEN


def mailbox(*, has_proved_private: bool, has_work: bool, last_day: date, today: date) -> Mailbox:
    """Return where a leaver is written to.

    At work only until they have proved a private address, and never after the last day.
    """
    if has_proved_private:
        return Mailbox.PRIVATE
    return Mailbox.WORK if has_work and today <= last_day else Mailbox.NOWHERE
