"""The night at the employer's: when it is, when it is over, which morning comes after it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from alumni_portal.core import clock


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing is handed over, by the employer's clock; they may pass midnight."""

    begins: time
    ends: time

    def over_at(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours are over that a moment lies in; nothing outside of them."""
        here = clock.local(moment)
        at = here.time()
        is_after, is_before = at >= self.begins, at < self.ends
        is_inside = is_after or is_before if self.begins > self.ends else is_after and is_before
        if not is_inside:
            return None
        day = here.date() + timedelta(days=0 if is_before else 1)
        return datetime.combine(day, self.ends, tzinfo=clock.HOME).astimezone(UTC)


#: Nobody's telephone rings in these hours: what can wait for the morning does.
NIGHT = Quiet(time(20), time(7))
#: What waited for the morning goes then, when people are at work.
MORNING_AT = time(8, 30)


def is_quiet(moment: datetime) -> bool:
    """Say whether it is evening or night at the employer's."""
    return NIGHT.over_at(moment) is not None


def morning_after(moment: datetime) -> datetime:
    """Return half past eight of the next morning; before the night is over it is that day's."""
    here = clock.local(moment)
    day = here.date() + timedelta(days=1 if here.time() >= NIGHT.ends else 0)
    return datetime.combine(day, MORNING_AT, tzinfo=clock.HOME).astimezone(UTC)
