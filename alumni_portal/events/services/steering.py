"""Mailings of an event that stand still: let go on, and doubts settled, by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventState
from alumni_portal.events.services import mailings
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing

#: What is still worth reading when there is nothing left to come to.
_WHEN_OVER = frozenset({mailings.THANKS, mailings.CALLED_OFF})


@dataclass(frozen=True)
class UnderWay:
    """A mailing about an event that is not over, how far it is, and whether it may go on."""

    mailing: Mailing
    progress: mail.Progress
    may_go_on: bool


def under_way(about: Sequence[Mailing], dates: Sequence[Event]) -> Sequence[UnderWay]:
    """Return those of the mailings about an event and its series that are not over.

    `dates` are all of the series. Nothing that asks people to come goes on when no date is ahead,
    and nothing that was broken off.
    """
    now = clock.now()
    is_ahead = any(one.state is EventState.OPEN and one.starts_at > now for one in dates)
    return [
        UnderWay(
            one,
            progress,
            one.cancelled_at is None and (is_ahead or one.kind in _WHEN_OVER),
        )
        for one, progress in queries.unfinished(about)
    ]


def resume(event: Event, ref: str, *, believing: bool, by: Actor) -> None:
    """Let a paused mailing of an event go on. Raises NotFound when it is none that may."""
    found = _one(event, ref)
    if not found.may_go_on:
        raise NotFound
    mail.resume(found.mailing, by=by, believing=believing)


def settle(event: Event, ref: str, *, again: bool, by: Actor) -> None:
    """Send copies in doubt once more, or count them as sent. Raises NotFound when none may go."""
    found = _one(event, ref)
    if again and not found.may_go_on:
        raise NotFound
    mail.settle_uncertain(found.mailing, again=again, by=by)


def _one(event: Event, ref: str) -> UnderWay:
    dates = queries.dates_of(event)
    for one in under_way(queries.mailings_about(event, dates), dates):
        if one.mailing.public_id == ref:
            return one
    raise NotFound
