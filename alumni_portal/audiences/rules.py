"""What a segment may ask for, and why somebody does not get what is sent to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.text import lazy as _l

#: Who got a mailing within this time can be spared another.
RECENTLY = timedelta(days=7)
#: A newsletter comes once a month at most: one in a month, and so long after the one before.
APART = timedelta(days=28)


def month_of(moment: datetime) -> datetime:
    """Return since when nobody may have got a newsletter who gets one at a moment.

    Source: the wording of the consent, "at most once a month". It holds both for the month of the
    calendar and from one letter to the next, by days of the employer's.
    """
    day = clock.local(moment).date()
    since = min(day.replace(day=1), day - APART + timedelta(days=1))
    return datetime.combine(since, time.min, tzinfo=clock.HOME).astimezone(UTC)


def month_over(last: date) -> date:
    """Return the first day on which somebody may get a newsletter who got one on a day."""
    next_month = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
    return max(next_month, last + APART)


@dataclass(frozen=True)
class Sparing:
    """Who is left out because of what they got before."""

    #: A mailing of any kind in the last seven days.
    recent: bool = False
    #: A newsletter in the last month.
    second: bool = False
    #: When the mailing goes; nothing: now.
    at: datetime | None = None


SPARING_NOBODY = Sparing()


class Reason(StrEnum):
    """Why somebody who worked here is left out; the first that holds counts."""

    DECEASED = "deceased"
    EMPLOYED = "employed"
    OUTSIDE = "outside"
    NOT_AGREED = "not_agreed"
    PAUSED = "paused"
    OTHER_TOPIC = "other_topic"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"
    SECOND = "second"
    RECENT = "recent"


REASONS = {
    Reason.OUTSIDE: _l("Hör inte till urvalet"),
    Reason.NOT_AGREED: _l("Har inte sagt ja till det här"),
    Reason.PAUSED: _l("Har tagit en paus"),
    Reason.OTHER_TOPIC: _l("Vill inte läsa om det här ämnet"),
    Reason.NO_ADDRESS: _l("Adressen är inte bekräftad"),
    Reason.SUPPRESSED: _l("Vi skickar inte till adressen"),
    Reason.SECOND: _l("Fick ett nyhetsbrev den senaste månaden"),
    Reason.RECENT: _l("Fick ett utskick för mindre än sju dagar sedan"),
    Reason.EMPLOYED: _l("Är anställd igen"),
    Reason.DECEASED: _l("Har avlidit"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom a segment holds: what they did here and what they told about themselves.

    Nothing about how or why somebody left, and nothing about applications (DESIGN §7.2).
    """

    #: Public ids of units; those below them count too.
    units: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    #: As they are compared.
    places: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str = ""

    @property
    def is_everybody(self) -> bool:
        """Say whether nothing is asked for."""
        return self == Wanted()

    def stored(self) -> dict[str, Any]:
        """Return this as plain data."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


def wanted_of(stored: Mapping[str, Any]) -> Wanted:
    """Return what was stored; what is unknown is left out."""
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in Wanted.__dataclass_fields__
    }
    return Wanted(**known)
