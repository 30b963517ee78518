"""When those who have not answered may be sent a newsletter once more, and who they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Nobody is reminded sooner than so long after the letter …
PATIENCE = timedelta(days=3)
#: … nor when it is no longer news.
STILL_NEWS = timedelta(days=30)


@dataclass(frozen=True)
class Silent:
    """Who got a newsletter and has done nothing of what it asks for, as far as one can know."""

    got: int
    #: Whose answers cannot be known: they count as nothing.
    unknown: int
    answered: int
    people: frozenset[int]


def silent_among(got: Collection[int], known: Collection[int], answered: Collection[int]) -> Silent:
    """Return who of those who got a letter has not answered, only among those of whom one knows."""
    everybody = frozenset(got)
    known_of, done = everybody & frozenset(known), everybody & frozenset(answered)
    return Silent(
        got=len(everybody),
        unknown=len(everybody - known_of - done),
        answered=len(done),
        people=known_of - done,
    )


def is_time_to_remind(sent_at: datetime, now: datetime) -> bool:
    """Say whether readers had time to answer, and the letter is still news."""
    return PATIENCE <= now - sent_at < STILL_NEWS
