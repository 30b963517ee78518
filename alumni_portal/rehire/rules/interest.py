"""The alumnus's own answer about coming back: its levels, how long it holds, who is found by it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Level(StrEnum):
    """What somebody answers when asked whether they would like to come back."""

    LOOKING = "looking"
    OPEN = "open"
    CURIOUS = "curious"
    NOT_NOW = "not_now"


class Hours(StrEnum):
    """How much somebody would like to work."""

    ANY = "any"
    FULL = "full"
    PART = "part"


LEVELS = {
    Level.LOOKING: _l("Letar aktivt"),
    Level.OPEN: _l("Öppen för rätt roll"),
    Level.CURIOUS: _l("Nyfiken"),
    Level.NOT_NOW: _l("Inte just nu"),
}
HOURS = {
    Hours.ANY: _l("Spelar ingen roll"),
    Hours.FULL: _l("Heltid"),
    Hours.PART: _l("Deltid"),
}
#: Silence is not interest, and neither is an answer from long ago (DESIGN §7.1).
FINDABLE = frozenset({Level.LOOKING, Level.OPEN, Level.CURIOUS})
LASTS = timedelta(days=183)
REMIND_BEFORE = timedelta(days=14)
#: A day to begin lies at most so far ahead.
FURTHEST = timedelta(days=731)
MOST_UNITS = 20


def expires_at(answered_at: datetime) -> datetime:
    """Return when an answer given at a moment no longer counts."""
    return answered_at + LASTS


def is_standing(expires_at: datetime, now: datetime) -> bool:
    """Say whether an answer still counts."""
    return now < expires_at


def is_findable(level: Level, expires_at: datetime, now: datetime) -> bool:
    """Say whether recruiters may find somebody by this answer; the consent is another matter."""
    return level in FINDABLE and is_standing(expires_at, now)


def is_sound_start(from_on: date | None, today: date) -> bool:
    """Say whether somebody may want to begin on a day: from today, at most two years ahead."""
    return from_on is None or today <= from_on <= today + FURTHEST


def months_ahead(today: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    year, month = divmod(today.month - 1 + months, 12)
    first = date(today.year + year, month + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=today.day - 1), after - timedelta(days=1))
