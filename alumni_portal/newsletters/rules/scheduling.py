"""When a planned newsletter may go: by the employer's clock, never at night, never long after."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from alumni_portal.core import clock
from alumni_portal.core.night import is_quiet
from alumni_portal.core.text import lazy as _l

#: A newsletter that should have gone so long ago is asked about, not sent (listmonk #1801).
LATE = timedelta(hours=2)
FURTHEST = timedelta(days=366)
#: A plan must leave time to regret it.
SOONEST = timedelta(minutes=5)


class HeldWhy(StrEnum):
    """Why a planned newsletter did not go by itself."""

    LATE = "late"
    QUIET = "quiet"
    NOT_READY = "not_ready"
    NO_SENDER = "no_sender"
    LINKS = "links"


HELD = {
    HeldWhy.LATE: _l("Tiden hade gått ut när portalen kom åt att skicka."),
    HeldWhy.QUIET: _l("Det hade blivit kväll när portalen kom åt att skicka."),
    HeldWhy.NOT_READY: _l("Något i brevet eller urvalet behöver rättas först."),
    HeldWhy.NO_SENDER: _l("Den som planerade brevet får inte längre skicka."),
    HeldWhy.LINKS: _l("En länk i brevet svarar inte längre."),
}


def moment_of(day: date, at: time) -> datetime | None:
    """Return the moment at which the employer's clock shows this, or nothing when it never does.

    An hour that comes twice in autumn means its first time; one that is left out in spring is
    never. Source: PEP 495.
    """
    shown = datetime.combine(day, at)
    moment = shown.replace(tzinfo=clock.HOME).astimezone(UTC)
    return moment if clock.local(moment).replace(tzinfo=None) == shown else None


def why_not(day: date, at: time, now: datetime) -> object | None:
    """Return why a newsletter cannot be planned for then, or nothing when it can."""
    moment = moment_of(day, at)
    if moment is None:
        return _l("Den tiden finns inte: klockan ställs om till sommartid just då.")
    if moment < now + SOONEST:
        return _l("Välj en tid som inte har varit.")
    if moment > now + FURTHEST:
        return _l("Välj en tid inom ett år.")
    if is_quiet(moment):
        return _l("Mellan 20.00 och 07.00 stör vi ingen. Välj en tid på dagen.")
    return None


def holds_back(planned_at: datetime, now: datetime) -> HeldWhy | None:
    """Return why what was planned must be asked about now, or nothing when it may go."""
    if now - planned_at > LATE:
        return HeldWhy.LATE
    return HeldWhy.QUIET if is_quiet(now) else None
