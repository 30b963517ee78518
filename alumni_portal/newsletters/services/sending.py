"""Sending: looked over, tried on oneself, then one mailing, once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from alumni_portal.accounts.queries import holders_of
from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences.models import Reason, Sparing, Wanted
from alumni_portal.audiences.queries import Audience, Member
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.formats import date_long
from alumni_portal.core.night import NIGHT, Quiet, is_quiet
from alumni_portal.core.permissions import Actor, Permission, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.newsletters import emails, queries
from alumni_portal.newsletters.models import Newsletter, NewsletterState
from alumni_portal.newsletters.rules import (
    MANY,
    Check,
    LeftOut,
    Pick,
    checked,
    conditions_checked,
    may_be_planned,
    may_be_sent,
    nobody_checked,
    picks_checked,
    promise_checked,
    ways_out_checked,
)
from alumni_portal.newsletters.services.from_letters import (
    counted_readers,
    reader_stamper,
    web_linker,
)
from alumni_portal.newsletters.services.links import known_links, links_of
from alumni_portal.newsletters.services.rendering import (
    SLOTS,
    edition,
    mark_of,
    plain_text,
    values_of,
)

ISSUE = "newsletters/issue"
_SPARED = (Reason.SECOND, Reason.RECENT)
_NOT_INSIDE = (Reason.OUTSIDE, Reason.EMPLOYED, Reason.DECEASED)
#: Slots that stand inside a tag: the values are addresses that we made.
LINKS = {"web_version", "consents", "preferences", "unsubscribe"}


@dataclass(frozen=True)
class Ready:
    """A newsletter looked over: who would get it, and what is right and wrong."""

    audience: Audience
    checks: list[Check]
    has_links: bool = False
    #: How openings and events stand that were chosen for it, by public id.
    picks: dict[str, Pick] = field(default_factory=dict)
    #: The first day on which nobody is spared, of a newsletter that nobody gets for that.
    free_from: date | None = None

    @property
    def may_be_sent(self) -> bool:
        """Say whether nothing keeps it from being sent."""
        return may_be_sent(self.checks)

    @property
    def may_be_planned(self) -> bool:
        """Say whether nothing keeps it from being sent on a later day."""
        return may_be_planned(self.checks)


def wanted_by(newsletter: Newsletter) -> Wanted:
    """Return whom a newsletter is for: its segment's people, or everybody who agreed."""
    segment = audiences.segment_by_id(newsletter.segment_id)
    return segment.wanted if segment else Wanted()


def sparing_of(newsletter: Newsletter, at: datetime | None = None) -> Sparing:
    """Return whom a newsletter spares that goes at a moment, or now."""
    return Sparing(newsletter.spares_recent, newsletter.spares_second, at)


def audience_of(newsletter: Newsletter) -> Audience:
    """Return everybody who would get a newsletter now, and why the others would not."""
    return audiences.resolve(
        wanted_by(newsletter),
        Purpose.NEWSLETTER,
        newsletter.topic,
        sparing=sparing_of(newsletter),
    )


def make_ready(newsletter: Newsletter, at: datetime | None = None) -> Ready:
    """Return who would get a newsletter at a moment, or now, and how its checks come out."""
    asked = (wanted_by(newsletter), Purpose.NEWSLETTER, newsletter.topic)
    sparing = sparing_of(newsletter, at)
    audience = audiences.count(*asked, sparing=sparing)
    is_spared = not audience.number and bool(set(_SPARED) & set(audience.left_out))
    free_from = audiences.spared_until(*asked, sparing=sparing) if is_spared else None
    made, listed = _made(newsletter)
    return Ready(
        audience,
        _checks(newsletter, made, audience, listed, free_from),
        bool(links_of(newsletter.content)),
        listed.picks,
        free_from,
    )


def _made(newsletter: Newsletter) -> tuple[list[mail.Edition], queries.Listed]:
    """Return every edition of a newsletter, with what its lists show."""
    listed = queries.listed(newsletter.content.chosen)
    spoken = newsletter.content.languages
    return [edition(newsletter, one, listed=listed) for one in spoken], listed


def _checks(
    newsletter: Newsletter,
    made: list[mail.Edition],
    audience: Audience,
    listed: queries.Listed,
    free_from: date | None = None,
) -> list[Check]:
    content = newsletter.content
    texts = {one: mark_of(plain_text(content, one, listed)) for one in content.texts}
    rest = checked(
        content,
        sizes={one.language: len(one.html.encode()) for one in made},
        unknown={one.language: (one.slots - set(SLOTS)) | (one.link_slots - LINKS) for one in made},
        by_language=audience.by_language,
        links=known_links(content),
        made_from=texts,
    )
    ways = ways_out_checked({one.language: (one.html, one.text) for one in made})
    promise = promise_checked(audience.second)
    nobody = [] if audience.number else [nobody_checked(_left_out(audience, free_from))]
    loose = conditions_checked(mark for one in made for mark in one.loose_marks)
    return [*nobody, *loose, *picks_checked(content, listed.picks), *promise, *ways, *rest]


def _left_out(audience: Audience, free_from: date | None) -> LeftOut:
    return LeftOut(
        inside=sum(n for reason, n in audience.left_out.items() if reason not in _NOT_INSIDE),
        second=audience.left_out.get(Reason.SECOND, 0),
        recent=audience.left_out.get(Reason.RECENT, 0),
        free_from=date_long(free_from) if free_from else "",
    )


def send(newsletter: Newsletter, *, expected: int | None, by: Actor) -> Newsletter:
    """Send a newsletter and return it; sent already, nothing more happens.

    `expected` is the number that was said yes to. Raises Conflict when it is another number by
    now, and Refusal when a check keeps it back.
    """
    db.session.execute(
        select(Newsletter.id).where(Newsletter.id == newsletter.id).with_for_update()
    )
    db.session.refresh(newsletter)
    if newsletter.state is NewsletterState.SENT:
        return newsletter
    audience = audience_of(newsletter)
    made, listed = _made(newsletter)
    if not may_be_sent(_checks(newsletter, made, audience, listed)):
        raise Refusal(_l("Något måste rättas först. Se kontrollerna."))
    if expected is not None and expected != audience.number:
        raise Conflict(
            _l("Antalet har ändrats: nu får %(n)s brevet. Läs igen och skicka.", n=audience.number)
        )
    mailing = mail.begin(
        kind=ISSUE,
        ref=newsletter.public_id,
        purpose=Purpose.NEWSLETTER,
        editions=made,
        recipients=recipients_of(newsletter, audience.recipients),
        by=by,
        about=newsletter.topic,
        quiet=quiet_hours(),
    )
    newsletter.mailing_id, newsletter.state = mailing.id, NewsletterState.SENT
    newsletter.sent_at, newsletter.changed_by = clock.now(), by.ref
    newsletter.held_why = None
    audit.record("newsletter.sent", by=by, subject=newsletter.public_id, number=audience.number)
    tell_if_many(newsletter, audience.number, by=by)
    db.session.flush()
    return newsletter


def quiet_hours() -> Quiet | None:
    """Return when a mailing that begins now rests; one that is sent at night goes at any hour."""
    return None if is_quiet(clock.now()) else NIGHT


def tell_if_many(newsletter: Newsletter, number: int, *, by: Actor) -> None:
    """Tell the HR lead of a newsletter that goes to more than a certain number."""
    if number > MANY:
        emails.tell_of_many(holders_of(Role.HR_LEAD), newsletter.title, number, by=by)


def recipients_of(newsletter: Newsletter, members: list[Member]) -> Iterator[mail.Recipient]:
    """Yield these people as receivers of a newsletter, with what stands in their slots."""
    shared, ref = values_of("", "", newsletter), newsletter.public_id
    stamp, counted, on_the_web = reader_stamper(), counted_readers(), web_linker()
    units = queries.last_units() if _tells_units(newsletter) else {}
    for one in members:
        reader = stamp(one.public_id, ref)
        own = {
            "first_name": one.first_name,
            "last_name": one.last_name,
            "name": f"{one.first_name} {one.last_name}".strip(),
            "web_version": on_the_web(one.public_id, ref),
            "preferences": consents.preferences_link(one.public_id, ref),
            "unit": units.get(one.person_id, ""),
            "reader": reader,
            "visit": reader if one.person_id in counted else "",
        }
        yield mail.Recipient(
            person_id=one.person_id,
            address=one.address,
            language=one.language,
            values={**shared, **own},
        )


def _tells_units(newsletter: Newsletter) -> bool:
    return any("unit" in one.slots for one in _made(newsletter)[0])


def receiver(newsletter: Newsletter, name: str, *, by: Actor) -> Member | None:
    """Return a receiver of this name to show a newsletter as; the look leaves a row (S17)."""
    one = example(newsletter, name) if by.may(Permission.NEWSLETTERS_SEND) else None
    if one is not None:
        access_log.opened(by, one.person_id, Look.DELIVERIES)
    return one


def example(newsletter: Newsletter, name: str = "") -> Member | None:
    """Return one who would get it and has this in the name: with their values it is tried."""
    return audiences.first_of(
        wanted_by(newsletter),
        Purpose.NEWSLETTER,
        newsletter.topic,
        name=name,
        sparing=sparing_of(newsletter),
    )
