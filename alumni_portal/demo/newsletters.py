"""Newsletters over the years with their deliveries, one draft that is not ready, and segments."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import update

from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences import services as segments
from alumni_portal.audiences.models import Wanted
from alumni_portal.audiences.queries import Member
from alumni_portal.consents.models import (
    Departure,
    DepartureReason,
    LetterTopic,
    Purpose,
)
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.issues import ISSUES, Issue
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.events.queries import coming
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingEdition,
    MailingState,
    Why,
)
from alumni_portal.newsletters.models import (
    LinkCheck,
    Newsletter,
    NewsletterState,
    Tester,
)
from alumni_portal.newsletters.queries import Kind, possible_testers
from alumni_portal.newsletters.rules import LinkState
from alumni_portal.newsletters.services import ISSUE, Block, Content, Head, Only, Said
from alumni_portal.openings.queries import open_openings

_MINUTE = timedelta(minutes=1)
#: So many days after somebody left only the number is known.
_FORGOTTEN = 91
_STORY = "https://www.sundmark.example/berattelser/lulea"
_WHY = {
    DepartureReason.TOO_OFTEN: 7,
    DepartureReason.NOT_RELEVANT: 5,
    DepartureReason.OTHER: 2,
}
_NO = "550 5.1.1 mailbox unknown"


def seed(found: Sundmark, chance: Random) -> None:
    """Write what was sent and what is being written."""
    by = found.actor("maria", Role.HR)
    members = audiences.resolve(Wanted(), Purpose.NEWSLETTER).recipients
    now = clock.now()
    issues = [(one, public_id(chance), public_id(chance)) for one in reversed(ISSUES)]
    mailings = write(Mailing, [_mailing(one, ref, own, now, by.ref) for one, ref, own in issues])
    for (one, _ref, _own), mailing_id in zip(issues, mailings, strict=True):
        add(MailingEdition, [_edition(mailing_id, one)])
        rows = deliveries(mailing_id, one, members, now, chance)
        add(Delivery, rows)
        total = update(Mailing).where(Mailing.id == mailing_id).values(total=len(rows))
        db.session.execute(total)
    add(
        Newsletter,
        [
            letter(one, ref, mailing_id, now, by.ref)
            for (one, ref, _own), mailing_id in zip(issues, mailings, strict=True)
        ],
    )
    add(Newsletter, [_draft(public_id(chance), now, by.ref)])
    _around([ref for one, ref, _own in issues if one.days > _FORGOTTEN][-1], now)
    _segments(found)


def _around(old: str, now: datetime) -> None:
    """Write what stands around letters: a link looked at, who tries them, why some left."""
    db.session.add(LinkCheck(url=_STORY, state=LinkState.ANSWERS, answer="200", checked_at=now))
    add(Tester, [{"person_id": one.id, "added_at": now} for one in possible_testers()[:3]])
    at = now - timedelta(days=_FORGOTTEN)
    left = [reason for reason, number in _WHY.items() for _each in range(number)]
    row = {"person_id": None, "purpose": Purpose.NEWSLETTER, "mailing": old, "at": at}
    add(Departure, [{**row, "reason": reason} for reason in left])


def sent_at(one: Issue, now: datetime) -> datetime:
    """Return when an issue was sent: in the morning, and not just now."""
    at = (now - timedelta(days=one.days)).replace(hour=7, minute=30, second=0, microsecond=0)
    return min(at, now - 20 * _MINUTE)


def _mailing(one: Issue, ref: str, own: str, now: datetime, by: str) -> dict[str, Any]:
    """Return the row of an issue that was sent."""
    at = sent_at(one, now)
    return {
        "public_id": own,
        "kind": ISSUE,
        "ref": ref,
        "purpose": Purpose.NEWSLETTER.value,
        "state": MailingState.FINISHED,
        "total": 0,
        "rounds": 1,
        "trouble": "",
        "begun_by": by,
        "created_at": at,
        "finished_at": at + 9 * _MINUTE,
    }


def _edition(mailing_id: int, one: Issue) -> dict[str, Any]:
    return {
        "mailing_id": mailing_id,
        "language": "sv",
        "subject": one.subject,
        "html": "",
        "text": one.text,
    }


def deliveries(
    mailing_id: int, one: Issue, members: list[Member], now: datetime, chance: Random
) -> list[dict[str, Any]]:
    """Return a row for each who had agreed by then: fewer the longer ago."""
    at = sent_at(one, now)
    share = max(0.15, 1 - one.days / 900)
    chosen = [member for member in members if chance.random() < share]
    lost = set(chance.sample(range(len(chosen)), min(len(chosen), 6 if one.days < 30 else 1)))
    return [
        _delivery(mailing_id, member, number, at, lost=number in lost)
        for number, member in enumerate(chosen)
    ]


def _delivery(
    mailing_id: int, member: Member, number: int, at: datetime, *, lost: bool
) -> dict[str, Any]:
    withdrew = lost and number % 3 == 0
    state = DeliveryState.FAILED if lost else DeliveryState.SENT
    return {
        "mailing_id": mailing_id,
        "person_id": member.person_id,
        "chunk": number // 100,
        "to_address": member.address,
        "language": member.language,
        "sealed": None,
        "state": DeliveryState.SKIPPED if withdrew else state,
        "why": Why.NOT_AGREED if withdrew else None,
        "attempts": 0 if withdrew else 1,
        "first_try_at": None if withdrew else at,
        "next_try_at": at,
        "owner": "",
        "ended_at": at + _MINUTE * (1 + number // 200),
        "outcome": "" if withdrew else _NO if lost else "250 2.0.0 Ok: queued",
    }


def letter(one: Issue, ref: str, mailing_id: int | None, now: datetime, by: str) -> dict[str, Any]:
    """Return the row of an issue that was sent."""
    at = sent_at(one, now)
    return {
        "public_id": ref,
        "title": one.title,
        "stored": _content(one).stored(),
        "state": NewsletterState.SENT,
        "segment_id": None,
        "spares_second": False,
        "topic": LetterTopic.NEWS,
        "mailing_id": mailing_id,
        "changed_by": by,
        "created_at": at - timedelta(days=4),
        "updated_at": at,
        "sent_at": at,
    }


def _content(one: Issue) -> Content:
    subject, lead, text = one.english
    said = {
        "sv": Said(heading=one.subject, text=one.lead),
        "en": Said(heading=subject, text=lead),
    }
    return Content(
        heads={
            "sv": Head(subject=one.subject, preheader=one.lead),
            "en": Head(subject=subject, preheader=lead),
        },
        blocks=(
            Block(id="rubrik", kind=Kind.HEADING, said=said),
            Block(
                id="text", kind=Kind.TEXT, said={"sv": Said(text=one.text), "en": Said(text=text)}
            ),
            *(_lists() if one is ISSUES[0] else ()),
        ),
    )


def _lists() -> tuple[Block, ...]:
    """Return what the latest letter asks its readers to look at: jobs and events."""
    later = clock.now() + timedelta(days=12)
    meetings = tuple(one.public_id for one in coming() if one.starts_at > later)[:3]
    return (
        Block(id="jobb", kind=Kind.OPENINGS, refs=tuple(o.public_id for o in open_openings(3))),
        Block(id="traffar", kind=Kind.EVENTS, refs=meetings),
    )


def _blocks() -> tuple[Block, ...]:
    heading = {
        "sv": Said(
            heading="Stationen i Luleå är klar",
            text="Åtta månader före plan, och med tre av våra tidigare kollegor tillbaka i laget.",
        ),
        "en": Said(
            heading="The Luleå substation is done",
            text="Eight months early, with three of our former colleagues back on the team.",
        ),
    }
    text = "Hej {{first_name}}! Tre jobb är öppna just nu. Du kan söka på tre minuter, utan cv."
    jobs = tuple(one.public_id for one in open_openings(3))
    return (
        Block(id="rubrik", kind=Kind.HEADING, said=heading),
        Block(id="text", kind=Kind.TEXT, said={"sv": Said(text=text)}),
        Block(id="jobb", kind=Kind.OPENINGS, refs=jobs),
        Block(
            id="knapp",
            kind=Kind.BUTTON,
            url=_STORY,
            said={
                "sv": Said(label="Läs hela berättelsen"),
                "en": Said(label="The whole story"),
            },
        ),
        Block(
            id="halsning",
            kind=Kind.TEXT,
            only=Only.UNIT,
            said={
                "sv": Said(text="Dina gamla kollegor på {{unit}} hälsar."),
                "en": Said(text="Your old colleagues at {{unit}} say hello."),
            },
        ),
    )


def _draft(ref: str, now: datetime, by: str) -> dict[str, Any]:
    content = Content(
        heads={
            "sv": Head(subject="Luleå är klart, och tre jobb du kanske vill se"),
            "en": Head(subject="Luleå is done, and three roles for you"),
        },
        blocks=_blocks(),
    )
    return {
        "public_id": ref,
        "title": "Decemberbrevet",
        "stored": content.stored(),
        "state": NewsletterState.DRAFT,
        "segment_id": None,
        "spares_second": False,
        "topic": LetterTopic.NEWS,
        "mailing_id": None,
        "changed_by": by,
        "created_at": now - timedelta(days=3),
        "updated_at": now - timedelta(hours=1),
        "sent_at": None,
    }


def _segments(found: Sundmark) -> None:
    by = found.actor("maria", Role.HR)
    saved = (
        ("Engelskspråkiga", "Brev som bara finns på engelska", Wanted(language="en")),
        ("Intresserade av elnät", "Studiebesök på stationer", Wanted(topics=("grid", "power"))),
        ("I Malmö och Lund", "Frukostar i Malmö", Wanted(places=("malmo", "lund"))),
        (
            "Här under de senaste tio åren",
            "Återkomstbrevet i vår",
            Wanted(from_year=clock.today().year - 10),
        ),
    )
    for name, goal, wanted in saved:
        segments.save_segment(None, name=name, goal=goal, wanted=wanted, by=by)
