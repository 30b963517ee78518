"""Where a mail comes back to: an address that says whose copy of what it was, and that we made it.

`b+<mailing>.<person>.<proof>@bounces.example` for a copy of a mailing, `b+<letter>.<proof>@…` for
a letter. Servers may change the case of it (and do), so all of it is base32 in small letters.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache

from alumni_portal.core import tokens
from alumni_portal.core.installation import settings
from alumni_portal.core.mail_identity import return_address

_PURPOSE = "return-path"
#: 80 bits, which nobody guesses over SMTP; 16 signs of base32.
_PROOF = 10
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


def envelope_sender(mailing_ref: str, person_id: int) -> str:
    """Return the sender of one copy of a mailing; our plain address when bounces go nowhere."""
    return senders()(mailing_ref, person_id)


def letter_return_path(letter_ref: str) -> str:
    """Return the sender of one letter; our plain address when bounces go nowhere."""
    return senders()(letter_ref, None)


def read(local_part: str) -> Returned | None:
    """Return whose copy came back; nothing when the address was not made here (S53)."""
    found = _TOKEN.fullmatch(local_part.casefold())
    if found is None or int(found["person"] or 0) >= _LARGEST:
        return None
    about = found["ref"] if found["person"] is None else f"{found['ref']}.{found['person']}"
    if not hmac.compare_digest(_proof(_key(settings().secret_key), about), found["proof"]):
        return None
    try:
        ref = _from_base32(found["ref"])
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Returned(ref, int(found["person"]) if found["person"] else None)


def senders() -> Callable[[str, int | None], str]:
    """Return what makes many senders, of copies or (without a person) of letters."""
    chosen = settings()
    return _maker(chosen.mail_from, chosen.mail_bounces, chosen.secret_key)


@lru_cache(maxsize=8)
def _maker(mail_from: str, bounces: str, secret: str) -> Callable[[str, int | None], str]:
    """Return what makes the senders of an installation: its key is derived once."""
    plain = parseaddr(mail_from)[1]
    given = return_address(bounces) if bounces else None
    if given is None:
        return lambda _ref, _person_id: plain
    key, start, end = _key(secret), f"{given.mailbox}+", f"@{given.domain}"

    def made(ref: str, person_id: int | None) -> str:
        about = _base32(ref) if person_id is None else f"{_base32(ref)}.{person_id}"
        return f"{start}{about}.{_proof(key, about)}{end}"

    return made


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return tokens.derive(_PURPOSE, secret=secret)


def _proof(key: bytes, about: str) -> str:
    made = hmac.digest(key, about.encode(), "sha256")[:_PROOF]
    return base64.b32encode(made).decode().lower()


@lru_cache(maxsize=64)
def _base32(ref: str) -> str:
    """Return a public id, whose case counts, in signs whose case does not."""
    return base64.b32encode(ref.encode()).decode().rstrip("=").lower()


def _from_base32(text: str) -> str:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8)).decode("ascii")
