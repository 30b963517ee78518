"""A date that was added to a series after the invitation: told to those who were asked."""

from collections.abc import Sequence

from alumni_portal.core import audit, clock
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventState
from alumni_portal.events.services import mailings, seats
from alumni_portal.mail import queries as mail_queries
from alumni_portal.mail.models import Mailing


def may_be_announced(event: Event, about: Sequence[Mailing] | None = None) -> bool:
    """Say whether a date is a later one of a series, open, ahead, and was not told of yet.

    `about` are all mailings about it, where they are known.
    """
    is_later_one = event.head_id is not None and event.state is EventState.OPEN
    return is_later_one and event.starts_at > clock.now() and not _is_announced(event, about)


def _is_announced(event: Event, about: Sequence[Mailing] | None) -> bool:
    if about is None:
        return mail_queries.mailing_of(mailings.NEW_DATE, event.public_id) is not None
    return (mailings.NEW_DATE, event.public_id) in {(one.kind, one.ref) for one in about}


def announce(event_id: int, *, by: Actor) -> tuple[Mailing, int]:
    """Tell everybody who was asked to a series of a new date, once; return mailing and number.

    The mail brings the date's own entry to the calendar. Raises Refusal when it was told of, is
    called off or over, or when there is nobody to tell.
    """
    event = seats.lock(event_id)
    if not may_be_announced(event):
        raise Refusal(_l("De som är bjudna har redan fått veta, eller så går det inte att komma."))
    people = queries.to_announce(event)
    if not people:
        raise Refusal(_l("Det finns ingen att berätta för."))
    ref = event.public_id
    mailing = mailings.send(event, mailings.NEW_DATE, ref, people, by=by, dates=[event])
    audit.record("event.date_announced", by=by, subject=ref, number=len(people))
    return mailing, len(people)
