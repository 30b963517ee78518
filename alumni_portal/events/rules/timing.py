"""When mails about events go: reminders and thanks by the clock, what HR sends not at night."""

from datetime import date, datetime, time, timedelta

from alumni_portal.core.clock import HOME, local
from alumni_portal.core.night import NIGHT, is_quiet, morning_after

#: So long before the last day to answer (or the event) those who have not answered are reminded …
REMIND_BEFORE = timedelta(days=3)
_REMIND_BEFORE_START = timedelta(days=7)
#: … unless they were asked more recently than this.
ASKED_RECENTLY = timedelta(days=3)
#: The letter of thanks goes in the morning after, and not when it has become old news.
THANKS_AT = time(9)
THANKS_WITHIN = timedelta(days=7)
#: What is about an event so soon after the morning does not wait for it.
_TOO_SOON = timedelta(hours=6)


def waits_until(now: datetime, starts_at: datetime) -> datetime | None:
    """Return until when a mail about an event waits so that it wakes nobody; nothing: it goes.

    By day it goes at once, and so it does when the event begins soon after the morning.
    """
    if not is_quiet(now):
        return None
    morning = morning_after(now)
    return morning if starts_at > morning + _TOO_SOON else None


def rests_at_night(now: datetime, starts_at: datetime) -> bool:
    """Say whether a mailing about an event, begun now, rests in the evening until the morning.

    What was let go at night goes at any hour, and so does what is about an event so soon after the
    morning that it would come too late. What is about an event that is over can wait.
    """
    if is_quiet(now):
        return False
    evening = datetime.combine(local(now).date(), NIGHT.begins, tzinfo=HOME)
    return starts_at <= now or waits_until(evening, starts_at) is not None


def is_time_to_remind(starts_at: datetime, reply_by: date | None, *, now: datetime) -> bool:
    """Say whether those who have not answered are to be reminded: by day, while there is time."""
    today = local(now).date()
    if now >= starts_at or is_quiet(now):
        return False
    if reply_by is None:
        return now >= starts_at - _REMIND_BEFORE_START
    return reply_by - REMIND_BEFORE <= today <= reply_by


#: What ends so long after midnight ends on the evening before, for those who were there.
_SMALL_HOURS = timedelta(hours=6)


def is_time_to_thank(ends_at: datetime, *, now: datetime) -> bool:
    """Say whether those who came are to be thanked: by day from the day after, within a week.

    What goes on over midnight ends on the evening that it began.
    """
    end, here = local(ends_at) - _SMALL_HOURS, local(now)
    if now > ends_at + THANKS_WITHIN or is_quiet(now):
        return False
    return here.date() > end.date() and here.time() >= THANKS_AT
