"""Letters about events, and the calendar files that go with them."""

from alumni_portal.events.emails.calendar import feed, file_for_all
from alumni_portal.events.emails.letters import (
    calendar_link,
    cancelled,
    cancelled_dates,
    changed,
    changed_dates,
    closes_in,
    coming,
    declined,
    has_pass,
    lapsed,
    new_in,
    offered,
    opens_in,
    pass_link,
    reply_link,
    waiting,
    when_in,
    where_in,
)
from alumni_portal.events.emails.staff import not_sent

__all__ = [
    "calendar_link",
    "cancelled",
    "cancelled_dates",
    "changed",
    "changed_dates",
    "closes_in",
    "coming",
    "declined",
    "feed",
    "file_for_all",
    "has_pass",
    "lapsed",
    "new_in",
    "not_sent",
    "offered",
    "opens_in",
    "pass_link",
    "reply_link",
    "waiting",
    "when_in",
    "where_in",
]
