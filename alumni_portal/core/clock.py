"""The only clock: everything that asks what time it is asks here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """Return this moment, aware and in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date of the working day in the employer's time zone."""
    return now().astimezone(HOME).date()


def local(moment: datetime) -> datetime:
    """Return a stored moment as a reader in the employer's time zone sees it."""
    return moment.astimezone(HOME)
