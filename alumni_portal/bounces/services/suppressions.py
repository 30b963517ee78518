"""Addresses that HR keeps from mailings, or lets in again: by hand or from a file."""

import json
from dataclasses import astuple
from datetime import date, datetime, time

from alumni_portal.bounces import queries
from alumni_portal.bounces.models import SuppressionDraft
from alumni_portal.bounces.rules import address_file
from alumni_portal.bounces.rules.address_file import Accepted, Addresses, Rejected, Wrong
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import NOBODY_READS, SUPPRESSED_FOR, SuppressedBy, Suppression
from alumni_portal.people.queries import BadAddress, canonical_address

_SEAL = "suppression-draft"


def add(address: str, *, reason: str, by: Actor) -> None:
    """Keep mailings from an address. Raises Refusal when it is none, or is kept from them."""
    try:
        canonical = canonical_address(address)
    except BadAddress as error:
        raise Refusal(_l("Det är ingen mejladress."), field="address") from error
    if not mail.suppress(canonical, clean_line(reason), source=SuppressedBy.HAND, by=by.ref):
        raise Refusal(_l("Adressen finns redan på spärrlistan."), field="address")
    audit.record("suppression.added", by=by, source=SuppressedBy.HAND.value)


def lift(suppression: Suppression, *, reason: str, by: Actor) -> None:
    """Let mailings go to an address again. Raises Refusal without a reason.

    What it had gathered is forgotten with it, so that one more bounce does not end it again.
    """
    if not clean_line(reason):
        raise Refusal(_l("Skriv varför adressen ska få utskick igen."), field="reason")
    _lift(suppression)
    audit.record(
        "suppression.lifted", by=by, subject=suppression.public_id, reason=clean_line(reason)[:200]
    )


def lift_own(suppression: Suppression, *, by: Actor) -> None:
    """Let mailings go to somebody's own address again, on their own word.

    Raises Refusal when nobody reads the address: what the person says does not make it work.
    """
    if suppression.source in NOBODY_READS:
        raise Refusal(_l("Mejl till adressen kommer inte fram. Byt adress i stället."))
    _lift(suppression)
    audit.record("suppression.lifted", by=by, subject=suppression.public_id, reason="own")


def _lift(suppression: Suppression) -> None:
    mail.lift(suppression.canonical)
    score = queries.score_of(suppression.canonical)
    if score is not None:
        db.session.delete(score)


def receive(content: bytes, file_name: str, *, by: Actor) -> SuppressionDraft:
    """Keep a file of addresses for HR to look through. Raises Refusal when it holds no rows."""
    try:
        found = address_file.addresses_in(
            content, canonical_address, oldest=(clock.now() - SUPPRESSED_FOR).date()
        )
    except address_file.Unreadable as error:
        raise Refusal(
            _l("Filen går inte att läsa. Spara den som CSV med en adress på varje rad."),
            field="file",
        ) from error
    kept = {
        "accepted": [astuple(one) for one in found.accepted],
        "rejected": [astuple(one) for one in found.rejected],
    }
    draft = SuppressionDraft(
        file_name=clean_line(file_name)[:200],
        sealed=tokens.seal(_SEAL, json.dumps(kept, default=date.isoformat)),
        by=by.ref,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def opened(draft: SuppressionDraft) -> Addresses:
    """Return what stands in a file that waits."""
    kept = json.loads(tokens.unseal(_SEAL, draft.sealed))
    rejected = tuple(Rejected(row, text, Wrong(why)) for row, text, why in kept["rejected"])
    accepted = (
        Accepted(address, source, reason, date.fromisoformat(since) if since else None)
        for address, source, reason, since in kept["accepted"]
    )
    return Addresses(tuple(accepted), rejected)


def store(draft: SuppressionDraft, *, by: Actor) -> int:
    """Suppress the addresses of a file, forget the file, and return how many are new.

    What the file says of them (how, why, since when) is kept; the rest are `FILE`, by its name.
    """
    number = mail.suppress_all(
        (_barred(one, draft.file_name) for one in opened(draft).accepted), by=by.ref
    )
    db.session.delete(draft)
    audit.record("suppression.imported", by=by, number=number)
    return number


def _barred(one: Accepted, file_name: str) -> mail.Barred:
    now = clock.now()
    since = datetime.combine(one.since, time(), now.tzinfo) if one.since else now
    return mail.Barred(
        one.address,
        one.reason or file_name,
        SuppressedBy(one.source) if one.source else SuppressedBy.FILE,
        min(since, now),
    )


def discard(draft: SuppressionDraft) -> None:
    """Forget a file without suppressing anything."""
    db.session.delete(draft)
