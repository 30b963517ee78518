"""The door to other members' cards: who may look, how often, and what is noted of it."""

from datetime import timedelta

from werkzeug.exceptions import TooManyRequests

from alumni_portal.core import access_log, audit, limits
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.transaction import unit
from alumni_portal.network import queries
from alumni_portal.network.queries import Card, Found, Viewer, Wanted

#: Who reads what is meant for recruiters; a manager or an administrator does not.
RECRUITING = {Role.RECRUITER, Role.HR, Role.HR_LEAD}
#: One person reading; a script is stopped before it has copied the directory (S23).
SEARCHES = ("directory-search", 100, timedelta(hours=1))
CARDS = ("directory-card", 300, timedelta(days=1))


def viewer(actor: Actor) -> Viewer:
    """Return how an actor looks at members."""
    return Viewer(
        actor.person_id or 0,
        is_alumnus=Role.ALUMNUS in actor.roles,
        recruits=bool(actor.roles & RECRUITING),
    )


def directory(
    actor: Actor, wanted: Wanted, *, after: str | None = None, before: str | None = None
) -> tuple[Found, list[Card]]:
    """Return one page of the directory with its cards, and note who was shown.

    Raises TooManyRequests after a hundred searches in an hour.
    """
    _count(actor, *SEARCHES)
    found = queries.find(viewer(actor), wanted, after=after, before=before)
    cards = queries.cards(found.page.rows)
    access_log.listed(actor, [one.person_id for one in cards], Look.DIRECTORY)
    return found, cards


def card(actor: Actor, public_id: str) -> Card:
    """Return the card of a member, and note that it was opened.

    Raises NotFound for who is no member now, or never was: both look the same. Raises
    TooManyRequests after three hundred cards in a day.
    """
    _count(actor, *CARDS)
    member = queries.member(viewer(actor), public_id)
    if member is None:
        raise NotFound
    access_log.opened(actor, member.person.id, Look.CARD)
    return queries.cards([member], whole=True)[0]


def _count(actor: Actor, name: str, most: int, per: timedelta) -> None:
    if limits.hit(name, actor.ref, most=most, per=per):
        return
    if limits.hit(f"{name}-alert", actor.ref, most=1, per=per):
        with unit():
            audit.record("directory.limit_reached", by=actor, limit=name, most=most)
    raise TooManyRequests(retry_after=int(per.total_seconds()))
