"""When to try again, when to give up, and what a name may hold."""

import re
from datetime import datetime, timedelta

RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
GIVE_UP_AFTER = timedelta(hours=48)

#: The status stands by itself: not in somebody's address on the net.
_NOBODY = re.compile(r"55[0136]\b(?:.*[^\d.])?5\.1\.(?:[1236]|10)(?![\d.]*\d)", re.DOTALL)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


def next_try(attempts: int, created_at: datetime, now: datetime) -> datetime | None:
    """Return when to try again after so many tries, or nothing when 48 hours have passed.

    Source: RFC 5321 4.5.4.1 asks for days, not minutes, before giving up.
    """
    pause = RETRIES[min(attempts, len(RETRIES)) - 1] if attempts else timedelta(0)
    following = now + pause
    return following if following - created_at < GIVE_UP_AFTER else None


def plain_in_markdown(text: str) -> str:
    """Return text that Markdown shows exactly as it is, whatever signs it holds."""
    return _MARKDOWN.sub(r"\\\1", text)


def is_final(code: int) -> bool:
    """Say whether a server's answer is final (5yz, RFC 5321 4.2.1)."""
    return 500 <= code < 600


def relay_pause(failures: int) -> timedelta:
    """Return how long a mailing waits after the relay could not be reached so many times.

    It never gives up: nothing was refused, so everybody still waits.
    """
    return RETRIES[min(max(failures, 1), len(RETRIES)) - 1]


def nobody_is_there(answer: str) -> bool:
    """Say whether a server's final answer means that the address does not exist.

    Source: RFC 3463 3.2, and RFC 7505 4 for a domain that takes no mail.
    """
    return _NOBODY.match(answer) is not None
