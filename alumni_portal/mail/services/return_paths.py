"""Where a mail comes back to: an address that says whose copy of what it was, and that we made it.

`b+<mailing>.<person>.<proof>@bounces.example` for a copy of a mailing, `b+<letter>.<proof>@…` for
a letter. Servers may change the case of it (and do), so all of it is base32 in small letters.

Each copy has a second address of the same form, with a proof of its own: what is sent there asks
to be let out of that mailing's purpose (RFC 2369 3.2). Both proofs are parts of one HMAC: who
knows one of them knows nothing of the other, and a mailing works out one for each copy, not two.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from typing import NamedTuple

from alumni_portal.core import tokens
from alumni_portal.core.installation import settings
from alumni_portal.core.mail_identity import return_address

_PURPOSE = "return-path"
#: 80 bits, which nobody guesses over SMTP: 16 signs of base32; bounces have the first, the way out
#: the second.
_PROOF, _SIGNS = 10, 16
_TOKEN = re.compile(
    r"[a-z0-9_-]+\+(?P<ref>[a-z2-7]{2,32})(?:\.(?P<person>[0-9]{1,19}))?\.(?P<proof>[a-z2-7]{16})"
)
_LARGEST = 2**63


@dataclass(frozen=True)
class Returned:
    """What came back: one person's copy of a mailing, or a letter (which has no person here)."""

    #: Public id of the mailing or the letter.
    ref: str
    person_id: int | None = None
    #: It was sent to the address that lets somebody out.
    asks_out: bool = False


def envelope_sender(mailing_ref: str, person_id: int) -> str:
    """Return the sender of one copy of a mailing; our plain address when bounces go nowhere."""
    return ways()(mailing_ref, person_id).back


def way_out(mailing_ref: str, person_id: int) -> str:
    """Return where a mail ends this mailing's purpose for one person; empty when nobody listens."""
    return ways()(mailing_ref, person_id).out


def letter_return_path(letter_ref: str) -> str:
    """Return the sender of one letter; our plain address when bounces go nowhere."""
    return ways()(letter_ref, None).back


def read(local_part: str) -> Returned | None:
    """Return whose copy came back; nothing when the address was not made here (S53)."""
    found = _TOKEN.fullmatch(local_part.casefold())
    if found is None or int(found["person"] or 0) >= _LARGEST:
        return None
    about = found["ref"] if found["person"] is None else f"{found['ref']}.{found['person']}"
    back, out = _proofs(_key(settings().secret_key), about)
    asks_out = hmac.compare_digest(out, found["proof"]) and found["person"] is not None
    if not asks_out and not hmac.compare_digest(back, found["proof"]):
        return None
    try:
        ref = _from_base32(found["ref"])
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Returned(ref, int(found["person"]) if found["person"] else None, asks_out)


class Ways(NamedTuple):
    """Where one copy comes back to, and where a mail lets its reader out; nowhere is empty."""

    back: str
    out: str


def ways() -> Callable[[str, int | None], Ways]:
    """Return what makes many of them, of copies or (without a person) of letters."""
    chosen = settings()
    return _maker(chosen.mail_from, chosen.mail_bounces, chosen.secret_key)


@lru_cache(maxsize=8)
def _maker(mail_from: str, bounces: str, secret: str) -> Callable[[str, int | None], Ways]:
    """Return what makes the addresses of an installation: its key is derived once."""
    plain = Ways(parseaddr(mail_from)[1], "")
    given = return_address(bounces) if bounces else None
    if given is None:
        return lambda _ref, _person_id: plain
    key, start, end = _key(secret), f"{given.mailbox}+", f"@{given.domain}"

    def made(ref: str, person_id: int | None) -> Ways:
        about = _base32(ref) if person_id is None else f"{_base32(ref)}.{person_id}"
        back, out = _proofs(key, about)
        return Ways(f"{start}{about}.{back}{end}", f"{start}{about}.{out}{end}")

    return made


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return tokens.derive(_PURPOSE, secret=secret)


def _proofs(key: bytes, about: str) -> tuple[str, str]:
    made = hmac.digest(key, about.encode(), "sha256")[: 2 * _PROOF]
    signs = base64.b32encode(made).decode().lower()
    return signs[:_SIGNS], signs[_SIGNS:]


@lru_cache(maxsize=64)
def _base32(ref: str) -> str:
    """Return a public id, whose case counts, in signs whose case does not."""
    return base64.b32encode(ref.encode()).decode().rstrip("=").lower()


def _from_base32(text: str) -> str:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8)).decode("ascii")
