"""Links in a letter that stand for its reader: to an opening, to an answer.

One short stamp says who reads which newsletter; what it leads to stands beside it in the address.
Looking changes nothing: programs that look for harm follow every link of a mail (S4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from alumni_portal.consents.queries import is_member, letting_visits_count
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.rendering import link
from alumni_portal.events import queries as events
from alumni_portal.events import services as event_services
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Delivery, DeliveryState
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.models import Newsletter, OpeningVisit
from alumni_portal.newsletters.rules import may_be_a_reader
from alumni_portal.people.models import Person

_STAMPED = "newsletter-reader"
#: Opens nothing but the letter: who is given its address cannot answer for its reader.
_ON_THE_WEB = "newsletter-web"
_PLACE = "-reader-"


@dataclass(frozen=True)
class Reader:
    """Who follows a link of which newsletter."""

    person: Person
    newsletter: Newsletter


def reader_stamper() -> Callable[[str, str], str]:
    """Return what makes the stamp of a person who reads a newsletter (public ids)."""
    stamp = tokens.stamper(_STAMPED)
    return lambda person, newsletter: stamp(f"{person} {newsletter}")


def web_linker() -> Callable[[str, str], str]:
    """Return what makes the address of a newsletter on the web for a person (public ids)."""
    stamp, page = tokens.stamper(_ON_THE_WEB), link("newsletters.web_version", token=_PLACE)
    return lambda person, newsletter: page.replace(_PLACE, stamp(f"{person} {newsletter}"))


def web_reader(token: str) -> Reader | None:
    """Return who reads which newsletter on the web: nothing once they are no member any more."""
    reader = _read(_ON_THE_WEB, token)
    return (
        reader if reader and reader.newsletter.mailing_id and is_member(reader.person.id) else None
    )


def opening_link(opening: str) -> str:
    """Return an opening's address in a letter: counted for those who let us, else the plain one."""
    counted = link("newsletters.to_opening", token=_PLACE, opening=opening)
    return _either("visit", counted, link("openings.opening", public_id=opening))


def event_link(event: str) -> str:
    """Return an event's address in a letter: there its reader answers without signing in."""
    own = link("newsletters.to_event", token=_PLACE, event=event)
    return _either("reader", own, link("events.event", public_id=event))


def _either(slot: str, own: str, plain: str) -> str:
    filled = own.replace(_PLACE, "{{" + slot + "}}")
    return (
        "{{#"
        + slot
        + "}}"
        + filled
        + "{{/"
        + slot
        + "}}{{^"
        + slot
        + "}}"
        + plain
        + ("{{/" + slot + "}}")
    )


def counted_readers() -> frozenset[int]:
    """Return the ids of everybody whose visits may be counted now."""
    return frozenset(db.session.scalars(letting_visits_count()))


def reader_of(token: str) -> Reader | None:
    """Return who reads what by a stamp; nothing when it is not ours or its reader has died."""
    return _read(_STAMPED, token)


def _read(purpose: str, token: str) -> Reader | None:
    person_ref, _space, ref = (tokens.unstamp(purpose, token) or "").partition(" ")
    person = db.session.scalar(
        select(Person).where(Person.public_id == person_ref, Person.died_on.is_(None))
    )
    newsletter = queries.newsletter(ref)
    return Reader(person, newsletter) if person and newsletter else None


def may_be_counted(reader: Reader) -> bool:
    """Say whether a reader lets us count visits now."""
    allowed = letting_visits_count().subquery()
    query = select(allowed.c.person_id).where(allowed.c.person_id == reader.person.id)
    return db.session.scalar(query) is not None


def count_visit(reader: Reader, opening: str) -> bool:
    """Count that a reader went on to an opening (public id), once; say whether it counted.

    Only for those who let us, never in the first minutes, and only from a copy that was sent.
    """
    copy = db.session.get(Delivery, (reader.newsletter.mailing_id or 0, reader.person.id))
    went = copy.ended_at if copy and copy.state is DeliveryState.SENT else None
    if not may_be_a_reader(went, clock.now()) or not may_be_counted(reader):
        return False
    known = select(OpeningVisit.id).where(
        OpeningVisit.newsletter_id == reader.newsletter.id,
        OpeningVisit.opening == opening,
        OpeningVisit.person_id == reader.person.id,
    )
    if db.session.scalar(known) is not None:
        return False
    db.session.add(
        OpeningVisit(
            newsletter_id=reader.newsletter.id, opening=opening, person_id=reader.person.id
        )
    )
    db.session.flush()
    return True


def forget_visitors(before: datetime) -> int:
    """Forget whose visits were counted: the old ones, and of those who no longer let us."""
    gone = db.session.execute(
        update(OpeningVisit)
        .where(
            OpeningVisit.person_id.is_not(None),
            or_(
                OpeningVisit.at < before,
                OpeningVisit.person_id.not_in(letting_visits_count()),
            ),
        )
        .values(person_id=None)
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # an update has a row count


def way_to_reply(reader: Reader, event: Event) -> str | None:
    """Return the key by which a reader answers to an event without signing in.

    Nothing for somebody who does not agree to invitations: the event's own page tells what to do.
    """
    if not events.is_invited(reader.person.id):
        return None
    return events.key_of(event_services.let_answer(event, reader.person.id))
