"""Taking in what comes back: kept first, whatever it is, then acted upon once."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from alumni_portal.bounces import queries
from alumni_portal.bounces.facts import UnsubscribedElsewhere
from alumni_portal.bounces.models import ReturnedMail, Way
from alumni_portal.bounces.queries import Whose
from alumni_portal.bounces.rules import Kind, Read, Severity, read
from alumni_portal.bounces.rules.hooks import Event
from alumni_portal.bounces.services import judging
from alumni_portal.core import facts, tokens
from alumni_portal.core.db import db
from alumni_portal.mail.queries import canonical
from alumni_portal.mail.services import return_paths, wires
from alumni_portal.mail.services.return_paths import Returned

#: No report is longer; of what is, the beginning is kept.
MOST_KEPT = 1_000_000
_SEAL = "returned-mail"
#: What changes something and so needs proof of whose copy it is about.
_ACTS = frozenset({Kind.BOUNCE, Kind.COMPLAINT})
#: What servers say of our mail, not its readers.
_REPORTS = frozenset({Kind.BOUNCE, Kind.DELAY, Kind.COMPLAINT, Kind.RECEIPT})


def take(raw: bytes, *, way: Way, recipient: str = "") -> ReturnedMail:
    """Keep one mail that came back, act on what it says, and return its row.

    `recipient` is the local part that the envelope names. The same mail again changes nothing.
    What bears no mark of ours, or says nothing clear, waits for a person.
    """
    kept = raw[:MOST_KEPT]
    said = read(kept)  # before anything is asked of the database: nobody waits meanwhile
    key = hashlib.sha256(recipient.casefold().encode() + b"\0" + kept).hexdigest()
    before = queries.by_key(key)
    if before is not None:
        return before
    if _asks_out(said, recipient):
        said = replace(said, kind=Kind.UNSUBSCRIBE, severity=Severity.NONE)
    whose = _whose(said, recipient)
    return _stored(
        key, way, said, whose, sealed=tokens.seal(_SEAL, kept.decode("latin-1")), size=len(raw)
    )


def take_event(event: Event) -> ReturnedMail:
    """Keep one event that a mail service told, act on it, and return its row.

    The service has proved itself, so its word on the address is enough.
    """
    before = queries.by_key(event.key)
    if before is not None:
        return before
    said = Read(
        kind=event.kind,
        severity=event.severity,
        status=event.status,
        answer=event.answer,
        address=event.recipient,
    )
    return _stored(
        event.key,
        Way.HOOK,
        said,
        _whose_event(event),
        sealed=tokens.seal(_SEAL, event.told),
        size=len(event.told),
    )


def take_garbled(body: bytes) -> ReturnedMail:
    """Keep what a mail service told when nobody's machine understands it."""
    kept = body[:MOST_KEPT]
    key = hashlib.sha256(b"hook\0" + kept).hexdigest()
    sealed = tokens.seal(_SEAL, kept.decode("latin-1"))
    unread = Read(kind=Kind.UNREADABLE)
    return queries.by_key(key) or _stored(
        key, Way.HOOK, unread, None, sealed=sealed, size=len(body)
    )


def _stored(
    key: str, way: Way, said: Read, whose: Whose | None, *, sealed: bytes, size: int
) -> ReturnedMail:
    known = whose or Whose("")
    row = ReturnedMail(
        key=key,
        way=way,
        kind=said.kind,
        severity=said.severity,
        mailing_id=known.mailing.id if known.mailing else None,
        letter_id=known.letter_id,
        person_id=known.person_id,
        canonical=(known.canonical or canonical(said.address))[:320],
        status=said.status[:12],
        answer=said.answer[:200],
        sealed=sealed,
        size=size,
        waits=_is_unclear(said.kind, known),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # the same thing came in twice at once
        return queries.by_key(key) or row
    if not row.waits:
        _act(row, said.kind, known)
    return row


def _asks_out(said: Read, recipient: str) -> bool:
    """Say whether a mail went to an address that lets somebody out.

    A file of mails knows no envelope: there the mail's own head says where it went. What servers
    say about a mail that did not arrive is never a wish of its reader.
    """
    places = (recipient,) if recipient else said.sent_to
    marks = (return_paths.read(one) for one in places)
    return said.kind not in _REPORTS and any(one.asks_out for one in marks if one)


def _is_unclear(kind: Kind, whose: Whose) -> bool:
    """Say whether a person must read what came: what it says, or whom it is about, is unclear."""
    if kind is Kind.UNSUBSCRIBE:
        return whose.mailing is None or whose.person_id is None
    return kind is Kind.UNREADABLE or (kind in _ACTS and not whose.canonical)


def _act(row: ReturnedMail, kind: Kind, whose: Whose) -> None:
    if kind is Kind.BOUNCE and row.severity is not Severity.NONE:
        judging.bounced(whose, row.severity, row.answer or row.status)
    elif kind is Kind.COMPLAINT:
        judging.complained(whose, row.answer)
    elif whose.mailing and whose.person_id is not None and kind is Kind.UNSUBSCRIBE:
        facts.state(
            UnsubscribedElsewhere(whose.person_id, whose.mailing.purpose, whose.mailing.public_id)
        )


def _whose(said: Read, recipient: str) -> Whose | None:
    """Return what a mail is about: by a mark that only we can make, or by our own message id."""
    marks = (return_paths.read(one) for one in (recipient, *said.marks))
    found = [_marked(one, said.address) for one in marks if one is not None]
    found += [one for ref in said.message_ids for one in _by_message_id(ref, said.address)]
    return next((one for one in found if one is not None), None)


def _marked(mark: Returned, named: str) -> Whose | None:
    if mark.person_id is None:
        return queries.whose_letter(mark.ref)
    return queries.whose_copy(mark.ref, mark.person_id, named)


def _by_message_id(message_id: str, address: str) -> Iterator[Whose | None]:
    """Yield what a message id of ours stands for; a mailing's holds a proof, too."""
    ref, _dot, proof = message_id.partition("@")[0].partition(".")
    if not proof:
        yield queries.whose_letter(ref)
        return
    whose = queries.whose_address(ref, address) if address else None
    if whose is not None and whose.person_id is not None:
        made = wires.message_id(ref, whose.person_id).strip("<>")
        if hmac.compare_digest(made.encode(), message_id.encode()):
            yield whose


def _whose_event(event: Event) -> Whose | None:
    if not event.recipient:
        return None
    ref = event.message_id.partition("@")[0].partition(".")[0]
    found = queries.whose_address(ref, event.recipient) if ref else None
    return found or Whose(canonical(event.recipient))
