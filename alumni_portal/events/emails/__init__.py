"""Letters about events, and the calendar files that go with them."""

from alumni_portal.events.emails.letters import (
    calendar_link,
    cancelled,
    changed,
    coming,
    declined,
    lapsed,
    offered,
    reply_link,
    waiting,
    when_in,
)

__all__ = [
    "calendar_link",
    "cancelled",
    "changed",
    "coming",
    "declined",
    "lapsed",
    "offered",
    "reply_link",
    "waiting",
    "when_in",
]
