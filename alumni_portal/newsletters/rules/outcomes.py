"""What may be told of how a newsletter went."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

#: So long after it was sent an answer counts as one to a newsletter.
COUNTED = timedelta(days=30)
#: A reason is told when at least so many gave it: nobody is to be picked out.
FEWEST = 5
#: What follows links sooner than this after a letter has gone are machines that look for harm.
MACHINES = timedelta(minutes=2)

Reason = TypeVar("Reason")


def told(reasons: Mapping[Reason | None, int]) -> dict[Reason, int]:
    """Return the reasons that enough people gave, most frequent first."""
    many = {why: number for why, number in reasons.items() if why and number >= FEWEST}
    return dict(sorted(many.items(), key=lambda one: -one[1]))


def may_be_a_reader(sent_at: datetime | None, now: datetime) -> bool:
    """Say whether who comes from a copy that went then can be its reader, and comes in time."""
    return sent_at is not None and sent_at + MACHINES <= now < sent_at + COUNTED
