"""How fast a mailing goes, and when it will be over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: The pace is that of this last while.
WHILE = timedelta(minutes=5)
_SHORTEST = timedelta(seconds=15)


@dataclass(frozen=True)
class Pace:
    """How a mailing under way moves."""

    per_minute: int = 0
    #: When it is over at this pace; nothing when it stands still.
    over_at: datetime | None = None
    #: How long that is from now, in whole minutes.
    minutes_left: int = 0
    #: Copies that the receiving server asked to have later, and when the first of them is tried.
    later: int = 0
    next_try_at: datetime | None = None


def pace(
    ended: int,
    waiting: int,
    *,
    begun_at: datetime,
    now: datetime,
    later: int = 0,
    next_try_at: datetime | None = None,
) -> Pace:
    """Return the pace of a mailing of which so many copies came to an end in the last while."""
    lasted = max(_SHORTEST, min(WHILE, now - begun_at))
    speed = ended / (lasted.total_seconds() / 60)
    if not ended or not waiting:
        return Pace(round(speed), None, 0, later, next_try_at)
    left = timedelta(minutes=waiting / speed)
    minutes = max(1, round(left.total_seconds() / 60))
    return Pace(max(1, round(speed)), now + left, minutes, later, next_try_at)
