"""A mail as it travels: headers that hold one line each, bodies of short lines (S31, S32).

The same mail made again is the same bytes: what a retry sends is what was sent before.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache
from typing import Any

from flask_mail import Message

from alumni_portal.core import clock
from alumni_portal.core.installation import settings
from alumni_portal.mail.services.attachments import Attachment
from alumni_portal.people.queries import BadAddress, canonical_address


class _Wire(EmailPolicy):
    """CRLF, short lines; headers that programs read stay as they are, however long."""

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - as the library has it
        """Return a header as text."""
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - as the library has it
        """Return a header as bytes."""
        whole = self._whole(name, value)
        return whole.encode("ascii") if whole else super().fold_binary(name, value)

    def _whole(self, name: str, value: object) -> str:
        # RFC 2369 2: an address in angle brackets, which nobody may encode.
        return f"{name}: {value}\r\n" if name.lower().startswith("list-") else ""


_WIRE = _Wire(linesep="\r\n")
_ENDS = re.compile(r"[\x00-\x20\x7f<>]")


class Mail(Message):
    """Flask-Mail's message, built by `EmailMessage`, which refuses line breaks in headers."""

    files: Sequence[Attachment] = ()
    #: Where it comes back to when it does not arrive.
    return_path: str = ""

    def _message(self) -> EmailMessage:  # type: ignore[override]  # a message all the same
        made = EmailMessage(_WIRE)
        for name, value in self._addressing().items():
            made[name] = value
        made["Date"] = formatdate(self.date)
        made["Message-ID"] = self.msgId
        for name, value in (self.extra_headers or {}).items():
            made[name] = value
        made.set_content(self.body, cte="quoted-printable")
        if self.html:
            made.add_alternative(self.html, subtype="html", cte="quoted-printable")
        for one in self.files:
            _add(made, one)
        _name_parts(made, str(self.msgId))
        return made

    def _addressing(self) -> dict[str, str]:
        return {"Subject": str(self.subject), "From": str(self.sender), "To": _shown(self.to)}

    @property
    def to(self) -> str:
        """Return the one address that the mail goes to."""
        return str(self.recipients[0])


def ascii_address(address: str) -> bytes:
    """Return an address as SMTP knows it; raises UnicodeError when it cannot be written so.

    What would end the command or the address is none (S31), wherever it came from.
    """
    if _ENDS.search(address):
        raise UnicodeError("not an address")
    if address.isascii():
        return address.encode()
    local, _at, domain = address.rpartition("@")
    return b"%b@%b" % (local.encode("ascii"), _ascii_domain(domain))


@lru_cache(maxsize=1_024)
def _ascii_domain(domain: str) -> bytes:
    """Return a domain as DNS knows it, as addresses are compared (RFC 5891).

    Python's own codec is of 2003: it makes `ss` of `ß`, which is somebody else's domain (S54).
    """
    try:
        return canonical_address(f"a@{domain}").rpartition("@")[2].encode("ascii")
    except BadAddress as error:
        raise UnicodeError("not a domain") from error


def _shown(address: str) -> str:
    """Return an address for a header, where no part of it may be encoded as words (RFC 2047 5)."""
    try:
        return ascii_address(address).decode()
    except UnicodeError:
        return address


def _add(made: EmailMessage, one: Attachment) -> None:
    """Attach a file; a calendar's stands as a last reading, too (RFC 6047 2.4)."""
    main, _slash, sub = one.kind.partition("/")
    if one.method:
        made.add_alternative(
            one.content.decode(), subtype=sub, cte="base64", params={"method": one.method}
        )
        main, sub = "application", "ics"
    made.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)


def _name_parts(made: EmailMessage, about: str) -> None:
    """Part the mail by marks that follow from what it is, where the library throws dice.

    No text can hold a mark: quoted-printable writes `=` as `=3D`.
    """
    wholes = [part for part in made.walk() if part.is_multipart()]
    for place, part in enumerate(wholes):
        part.set_boundary(f"=_{place}_{mark(about)}")


def mark(about: str) -> str:
    """Return what parts a mail: it follows from what the mail is."""
    return hashlib.sha256(about.encode()).hexdigest()[:20]


def message(  # noqa: PLR0913 - a mail is its parts
    to: str,
    subject: str,
    text: str,
    html: str,
    *,
    message_id: str,
    headers: dict[str, str] | None = None,
    files: Sequence[Attachment] = (),
    date: datetime | None = None,
    return_path: str = "",
) -> Mail:
    """Return one mail to one address, of now unless it was written at another moment.

    It comes back to `return_path`, or to the sender that everybody sees.
    """
    made = Mail(
        subject=subject,
        recipients=[to],
        body=text,
        html=html,
        sender=formataddr(parseaddr(settings().mail_from)),
        date=(date or clock.now()).timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    made.msgId, made.files = message_id, files
    made.return_path = return_path or parseaddr(settings().mail_from)[1]
    return made


def from_line() -> str:
    """Return the header that says who writes; what looks like a slot in the name is text."""
    sender = formataddr(parseaddr(settings().mail_from)).replace("{{", "{ {")
    made = EmailMessage(_WIRE)
    made["From"] = sender
    return _WIRE.fold("From", made["From"])


def parts_of(files: Sequence[Attachment]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return files as ready parts of a mail: further readings of it, and what goes with it."""
    made = EmailMessage(_WIRE)
    made.set_content("")
    for one in files:
        _add(made, one)
    parts = [part for part in made.walk() if not part.is_multipart()][1:]
    readings = [one for one in parts if one.get_content_disposition() is None]
    attached = [one for one in parts if one.get_content_disposition() is not None]
    return tuple(map(_part, readings)), tuple(map(_part, attached))


def _part(one: Any) -> bytes:  # noqa: ANN401 - as the library has it
    return bytes(one.as_bytes(policy=_WIRE))


def domain() -> str:
    """Return the domain that this installation sends from."""
    return parseaddr(settings().mail_from)[1].rpartition("@")[2]
