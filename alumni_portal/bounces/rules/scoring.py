"""How many bounces make an address one that nobody reads: as Mailman keeps its scores.

Source: Mailman 3, bounce processing: a bounce counts once a day, the count begins anew when
nothing came for a while, and at the threshold mail stops.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from alumni_portal.bounces.rules.kinds import Severity

WEIGHTS = {Severity.HARD: 1.0, Severity.SOFT: 0.5}
ENOUGH = 5.0
STALE_AFTER = timedelta(days=7)
#: RFC 3463 3.2, RFC 7505 5.1.10: no such mailbox, no such domain, no mail there at all, moved.
_NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
#: Final all the same, but not about whether somebody reads the address: a full mailbox, a mail
#: that is too large, the server, the way there, what stands in the mail, who may send it.
_SOFT = re.compile(r"5\.(2\.[23]|[34567]\.\d+|1\.[78])")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])")


@dataclass(frozen=True)
class Score:
    """What an address has gathered, and when it last did."""

    points: float
    last_on: date


def counted(before: Score | None, severity: Severity, today: date) -> Score:
    """Return the score of an address after one more bounce."""
    weight = WEIGHTS.get(severity, 0.0)
    if before is None or today - before.last_on > STALE_AFTER:
        return Score(weight, today)
    if before.last_on >= today:
        return before
    return Score(before.points + weight, today)


def is_enough(score: Score) -> bool:
    """Say whether an address has bounced often enough to be written to no more."""
    return score.points >= ENOUGH


def status_in(text: str) -> str:
    """Return the enhanced status code in a server's words (RFC 3463 2), or nothing."""
    found = _STATUS.search(text)
    return found[0] if found else ""


def severity_of(status: str, answer: str = "") -> Severity:
    """Return how bad a final failure with this status is; without one the code of SMTP decides."""
    if status in _NOBODY:
        return Severity.NOBODY
    if status.startswith("4") or _SOFT.fullmatch(status):
        return Severity.SOFT
    if status.startswith("5"):
        return Severity.HARD
    code = _CODE.search(answer)
    return Severity.SOFT if code and code[1] == "4" else Severity.HARD
