"""How fast a mailing goes, and when it will be over."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from alumni_portal.core import clock
from alumni_portal.core.night import Quiet

#: The pace is that of this last while.
WHILE = timedelta(minutes=5)
_SHORTEST = timedelta(seconds=15)
_TOLD_IN_HOURS = 120


@dataclass(frozen=True)
class Pace:
    """How a mailing under way moves."""

    per_minute: int = 0
    #: When it is over at this pace; nothing when it stands still.
    over_at: datetime | None = None
    #: How long it goes until then, in whole minutes; hours in which it rests are not among them.
    minutes_left: int = 0
    #: Copies that the receiving server asked to have later, and when the first of them is tried.
    later: int = 0
    next_try_at: datetime | None = None
    is_over_today: bool = True

    @property
    def hours_left(self) -> int:
        """Return how long it goes in whole hours; nothing for what is told in minutes."""
        return round(self.minutes_left / 60) if self.minutes_left >= _TOLD_IN_HOURS else 0


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


def with_nights(known: Pace, *, now: datetime, quiet: Quiet | None) -> Pace:
    """Return a pace whose end counts the quiet hours in which the mailing rests."""
    if known.over_at is None:
        return known
    over_at = _over_at(now, known.over_at - now, quiet)
    is_today = clock.local(over_at).date() == clock.local(now).date()
    return replace(known, over_at=over_at, is_over_today=is_today)


def _over_at(now: datetime, left: timedelta, quiet: Quiet | None) -> datetime:
    """Return when so much work is over that rests in the quiet hours."""
    at = now
    while quiet is not None and left > (until := _begins_after(at, quiet) - at):
        at, left = quiet.over_at(at + until) or at + until, left - until
    return at + left


def _begins_after(moment: datetime, quiet: Quiet) -> datetime:
    """Return when the quiet hours begin next."""
    here = clock.local(moment)
    begins = datetime.combine(here.date(), quiet.begins, tzinfo=clock.HOME)
    if begins <= here:
        day = here.date() + timedelta(days=1)
        begins = datetime.combine(day, quiet.begins, tzinfo=clock.HOME)
    return begins.astimezone(UTC)
