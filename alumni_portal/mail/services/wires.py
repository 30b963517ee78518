"""A mailing's copies as bytes: each edition compiled once, each copy made when its turn comes."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any, Self

from sqlalchemy import select

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.mail.models import MailingEdition
from alumni_portal.mail.rules import UNSUBSCRIBE, Parcel, Source, Template
from alumni_portal.mail.services import messages, return_paths, signing, unsubscribing
from alumni_portal.mail.services.ahead import Ahead
from alumni_portal.mail.services.attachments import unpacked
from alumni_portal.mail.services.messages import ascii_address
from alumni_portal.mail.services.outcomes import Chunk, Copy

#: Names that only headers ask for.
_TO, _DATE, _ID, _OUT = "mail_to", "mail_date", "mail_id", "mail_out"
#: `json.loads` without its search for blanks: what stands here was written by us.
_read = json.JSONDecoder().raw_decode
_WAY_OUT = f"<{{{{{UNSUBSCRIBE}}}}}>"
#: The second way out, for programs that know no other (RFC 2369 3.2), where somebody takes it in.
_BY_MAIL = f"{_WAY_OUT}, <mailto:{{{{{_OUT}}}}}?subject=unsubscribe>"
_HEADS = (
    ("To", "{{mail_to}}"),
    ("Date", "{{mail_date}}"),
    ("Message-ID", "{{mail_id}}"),
    ("Auto-Submitted", "auto-generated"),
    ("Precedence", "bulk"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
)


class Editions:
    """The editions of one mailing, compiled, and what stands in the gaps of each copy."""

    def __init__(self, chunk: Chunk) -> None:
        rows = db.session.scalars(
            select(MailingEdition).where(MailingEdition.mailing_id == chunk.mailing_id)
        )
        self._chunk = chunk
        self._templates = {one.language: _compiled(_source(chunk, one)) for one in rows}
        self._opened = tokens.unsealer("delivery")
        self._message_id = message_ids(chunk.ref)
        self._way_out = unsubscribing.ways_out(chunk.purpose, chunk.ref)
        self._ways = return_paths.ways()
        self._sign = signing.signer()
        self._ahead = Ahead() if self._sign else None

    def __enter__(self) -> Self:
        """Make copies from here on."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of those who make copies ahead."""
        if self._ahead:
            self._ahead.close()

    def parcels(self, copies: Collection[Copy]) -> list[Parcel]:
        """Return these copies, each to be made when it is handed over."""
        date = _date(clock.now())
        parcels = [self._parcel(one, date) for one in copies]
        return self._ahead.of(parcels) if self._ahead else parcels

    def _parcel(self, one: Copy, date: str) -> Parcel:
        to, (back, out) = _way_to(one.address), self._ways(self._chunk.ref, one.person_id)
        wire = partial(self._wire, one, to or b"", date, out)
        return Parcel(one.person_id, back.encode(), to, wire)

    def _wire(self, one: Copy, to: bytes, date: str, out: str) -> Sequence[bytes]:
        values: dict[str, Any] = _read(self._opened(one.sealed))[0] if one.sealed else {}
        if one.public_id is None:
            msg = "nobody's way out: such a mail must not leave"
            raise LookupError(msg)
        values[UNSUBSCRIBE] = self._way_out(one.public_id)
        values[_TO], values[_DATE], values[_OUT] = to.decode(), date, out
        values[_ID] = self._message_id(one.person_id)
        made = self._templates[one.language].made(values)
        if self._sign is None:
            return made.whole
        return self._sign(made.heads, made.body), *made.whole


def _way_to(address: str) -> bytes | None:
    try:
        return ascii_address(address)
    except UnicodeError:
        return None


def _source(chunk: Chunk, edition: MailingEdition) -> Source:
    listed = chunk.purpose.replace("_", "-")
    heads = (
        *_HEADS,
        *([("Reply-To", edition.reply_to)] if edition.reply_to else []),
        ("List-Unsubscribe", _BY_MAIL if settings().mail_bounces else _WAY_OUT),
        ("List-ID", f"<{listed}.{messages.domain()}>"),
        ("Feedback-ID", f"{chunk.ref}:{chunk.purpose}:alumni-portal"),
    )
    readings, files = messages.parts_of([unpacked(one) for one in edition.files])
    return Source(
        heads=messages.from_line() + "".join(f"{name}: {value}\r\n" for name, value in heads),
        subject=edition.subject,
        text=edition.text,
        html=edition.html,
        mark=f"=_0_{messages.mark(chunk.ref)}",
        readings=readings,
        files=files,
    )


@lru_cache(maxsize=16)
def _compiled(source: Source) -> Template:
    return Template(source)


@lru_cache(maxsize=4)
def _date(now: datetime) -> str:
    return format_datetime(now.replace(microsecond=0))


def message_ids(ref: str) -> Callable[[int], str]:
    """Return what makes a copy's Message-ID: the same however often it is tried."""
    begun = blake2b(f"{ref}:".encode(), digest_size=10, key=tokens.derive("message-id"))
    start, end = f"<{ref}.", f"@{messages.domain()}>"

    def made(person_id: int) -> str:
        name = begun.copy()
        name.update(b"%d" % person_id)
        return f"{start}{name.hexdigest()}{end}"

    return made


def message_id(ref: str, person_id: int) -> str:
    """Return the Message-ID of one copy of a mailing (its public id)."""
    return message_ids(ref)(person_id)
