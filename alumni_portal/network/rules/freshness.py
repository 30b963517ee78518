"""When a profile is asked about again, when it counts as old, when it is forgotten."""

from datetime import datetime, timedelta

#: The yearly letter: does it still hold?
ASK_AFTER = timedelta(days=365)
#: Older ones are marked, and left out of the directory unless asked for.
STALE_AFTER = timedelta(days=730)
#: After leaving the network; until then a change of mind finds the profile as it was.
FORGET_AFTER = timedelta(days=30)


def is_stale(confirmed_at: datetime, now: datetime) -> bool:
    """Say whether a profile has not been confirmed for so long that it may be wrong."""
    return confirmed_at < now - STALE_AFTER
