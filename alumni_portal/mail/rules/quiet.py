"""Hours in which a mailing rests: what is not gone by then goes in the morning."""

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
