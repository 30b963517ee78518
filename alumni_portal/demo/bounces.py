"""What came back of Sundmark's newsletters: bounces, complaints, answers, and what nobody reads."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from random import Random
from typing import Any

from sqlalchemy import select

from alumni_portal.bounces.models import (
    BounceScore,
    Kind,
    Outcome,
    ReturnedCopy,
    ReturnedMail,
    Severity,
    Way,
)
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo.rows import add, public_id
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    Pace,
    SuppressedBy,
    Suppression,
)
from alumni_portal.mail.queries import canonical

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
#: Kind, severity, status, the server's words, how the address is suppressed.
_CAME: tuple[tuple[Kind, Severity, str, str, SuppressedBy | None], ...] = (
    (Kind.BOUNCE, Severity.NOBODY, "5.1.1", "550 5.1.1 User unknown", SuppressedBy.BOUNCE),
    (Kind.BOUNCE, Severity.SOFT, "5.2.2", "552 5.2.2 Mailbox full", None),
    (Kind.AUTO_REPLY, Severity.NONE, "", "", None),
    (Kind.BOUNCE, Severity.NOBODY, "5.1.2", "550 5.1.2 No such domain", SuppressedBy.BOUNCE),
    (Kind.COMPLAINT, Severity.NONE, "", "abuse", SuppressedBy.COMPLAINT),
    (Kind.BOUNCE, Severity.HARD, "5.0.0", "554 5.0.0 Delivery failed", None),
    (Kind.DELAY, Severity.NONE, "4.4.1", "421 4.4.1 Connection timed out", None),
    (Kind.BOUNCE, Severity.NOBODY, "5.1.1", "550 5.1.1 No mailbox here", SuppressedBy.BOUNCE),
    (Kind.AUTO_REPLY, Severity.NONE, "", "", None),
    (Kind.BOUNCE, Severity.HARD, "5.2.1", "550 5.2.1 Account disabled", SuppressedBy.BOUNCE),
)
_OUTCOMES = {Kind.BOUNCE: Outcome.BOUNCED, Kind.COMPLAINT: Outcome.COMPLAINED}
#: What a person must read, and how many hours ago it came.
_UNREAD = (
    (5, "Subject: Re: Nytt om Luleå\n\nHej! Jag läser inte den här adressen längre. /Bosse\n"),
    (29, "Subject: Leveransmeddelande\n\nIhr Brief konnte nicht zugestellt werden.\n"),
)
#: Who asked for patience, in which words, and how many a second go there now.
_SLOW = ("mejl.example", "421 4.7.0 Too many messages, slow down", 4.0)
#: What HR has written down or read in.
_BY_HAND = (
    ("gamla.lotta@post.example", "Bad om det i telefon", SuppressedBy.HAND, 21),
    ("info@forening.example", "sparrlista-2024.csv", SuppressedBy.FILE, 240),
    ("per.ek@brev.example", "sparrlista-2024.csv", SuppressedBy.FILE, 240),
)


def seed(found: Sundmark, chance: Random) -> None:
    """Write what came back of the two newest issues, and who may be written to no more."""
    by, now, seal = found.actor("maria", Role.HR), clock.now(), tokens.sealer("returned-mail")
    name, said, speed = _SLOW
    slowed = {"name": name, "said": said, "per_second": speed, "tokens": 0.0, "at": now}
    add(Pace, [{**slowed, "slowed_at": now - 5 * _MINUTE}])
    copies = _copies(found, len(_CAME))
    came = [
        _returned(chance, delivery, at, row, seal(_text(row[0], row[3])))
        for (delivery, at), row in zip(copies, _CAME, strict=False)
    ]
    all_of_it = [*came, *_unread(chance, now, seal)]
    add(ReturnedMail, sorted(all_of_it, key=itemgetter("received_at")))
    add(
        ReturnedCopy,
        [
            {
                "mailing_id": one["mailing_id"],
                "person_id": one["person_id"],
                "outcome": _OUTCOMES[one["kind"]],
                "answer": one["answer"],
                "at": one["received_at"],
            }
            for one in came
            if one["kind"] in _OUTCOMES
        ],
    )
    add(BounceScore, list(_scores(came)))
    kept_out = [*_suppressed(chance, came), *_by_hand(chance, now, by.ref)]
    add(Suppression, sorted(kept_out, key=itemgetter("at")))


def _copies(found: Sundmark, number: int) -> list[tuple[Delivery, datetime]]:
    """Return copies that were sent lately, of people whom nobody signs in as."""
    known = {found.person_id(name) for name in found.accounts}
    newest = select(Mailing.id).order_by(Mailing.created_at.desc()).limit(3)
    rows = db.session.execute(
        select(Delivery, Mailing.created_at)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Delivery.mailing_id.in_(newest),
            Delivery.state == DeliveryState.SENT,
            Delivery.person_id.not_in(known),
        )
        .order_by(Delivery.mailing_id.desc(), Delivery.person_id)
        .limit(number * 7)
    ).all()
    seen: dict[int, tuple[Delivery, datetime]] = {}
    for row in rows[::5]:
        seen.setdefault(row.Delivery.person_id, (row.Delivery, row.created_at))
    return list(seen.values())[:number]


def _text(kind: Kind, answer: str) -> str:
    if kind is Kind.AUTO_REPLY:
        return "Subject: Automatiskt svar: Nytt\r\n\r\nJag är ledig och läser mejlen på måndag.\r\n"
    if kind is Kind.COMPLAINT:
        return f"Subject: Complaint\r\n\r\nFeedback-Type: {answer}\r\nVersion: 1\r\n"
    return f"Subject: Undelivered Mail\r\n\r\nThe mail system could not deliver it: {answer}\r\n"


def _returned(
    chance: Random,
    delivery: Delivery,
    sent_at: datetime,
    row: tuple[Kind, Severity, str, str, SuppressedBy | None],
    sealed: bytes,
) -> dict[str, Any]:
    kind, severity, status, answer, _source = row
    return {
        "public_id": public_id(chance),
        "key": public_id(chance),
        "way": Way.LISTENER,
        "kind": kind,
        "severity": severity,
        "mailing_id": delivery.mailing_id,
        "letter_id": None,
        "person_id": delivery.person_id,
        "canonical": canonical(delivery.to_address),
        "status": status,
        "answer": answer,
        "sealed": sealed,
        "size": 3_000 + chance.randrange(2_000),
        "waits": False,
        "received_at": _soon_after(sent_at, chance),
        "settled_by": "",
    }


def _soon_after(sent_at: datetime, chance: Random) -> datetime:
    at = sent_at + chance.randrange(3, 300) * _MINUTE
    return min(at, clock.now() - chance.randrange(5, 50) * _MINUTE)


def _unread(chance: Random, now: datetime, seal: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - what seals
    for hours, text in _UNREAD:
        yield {
            "public_id": public_id(chance),
            "key": public_id(chance),
            "way": Way.LISTENER,
            "kind": Kind.UNREADABLE,
            "severity": Severity.NONE,
            "mailing_id": None,
            "letter_id": None,
            "person_id": None,
            "canonical": "",
            "status": "",
            "answer": "",
            "sealed": seal(text.encode().decode("latin-1")),
            "size": len(text),
            "waits": True,
            "received_at": now - hours * _HOUR,
            "settled_by": "",
        }


def _scores(came: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in came:
        if one["severity"] is Severity.SOFT:
            yield {"canonical": one["canonical"], "points": 1.5, "last_on": clock.today()}


def _suppressed(chance: Random, came: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one, row in zip(came, _CAME, strict=False):
        if row[4] is not None:
            yield {
                "public_id": public_id(chance),
                "canonical": one["canonical"],
                "reason": row[3],
                "source": row[4],
                "by": "",
                "at": one["received_at"],
            }


def _by_hand(chance: Random, now: datetime, by: str) -> Iterator[dict[str, Any]]:
    for address, reason, source, days in _BY_HAND:
        yield {
            "public_id": public_id(chance),
            "canonical": address,
            "reason": reason,
            "source": source,
            "by": by,
            "at": now - timedelta(days=days),
        }
