"""Pure decisions about being found and asked back."""

from alumni_portal.rehire.rules.interest import (
    FINDABLE,
    HOURS,
    LASTS,
    LEVELS,
    MOST_UNITS,
    REMIND_BEFORE,
    Hours,
    Level,
    expires_at,
    is_findable,
    is_sound_start,
    is_standing,
    months_ahead,
)

__all__ = [
    "FINDABLE",
    "HOURS",
    "LASTS",
    "LEVELS",
    "MOST_UNITS",
    "REMIND_BEFORE",
    "Hours",
    "Level",
    "expires_at",
    "is_findable",
    "is_sound_start",
    "is_standing",
    "months_ahead",
]
