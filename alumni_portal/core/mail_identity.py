"""What the environment says about how mail is signed and where it comes back, checked at start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

#: RFC 8301 3.2: a signer uses 1024 bits at least and should use 2048; above that DNS gets crowded.
KEY_BITS = range(2048, 4097)
#: A token of 52 signs stands after the mailbox; a local part has 64 at most (RFC 5321 4.5.3.1.1).
LONGEST_MAILBOX = 11
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_MAILBOX = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST_MAILBOX - 1}}}")


@dataclass(frozen=True)
class ReturnAddress:
    """Where bounces are to go: a mailbox, whose name a token follows, in a domain."""

    mailbox: str
    domain: str


class BadKey(Exception):
    """A text that is no key to sign mail with; its message says why."""


def return_address(text: str) -> ReturnAddress | None:
    """Return what ALUMNI_MAIL_BOUNCES names, a domain or an address; nothing when it is neither.

    A domain of its own takes every mailbox, of which we use `b`.
    """
    mailbox, _at, domain = text.strip().casefold().rpartition("@")
    mailbox = mailbox if _at else "b"
    if not _MAILBOX.fullmatch(mailbox) or not _DOMAIN.fullmatch(domain):
        return None
    return ReturnAddress(mailbox, domain)


def rsa_key(pem: str) -> RSAPrivateKey:
    """Return the private key of a PEM text. Raises BadKey, which says what is wrong with it."""
    try:
        found = load_pem_private_key(pem.encode(), password=None)
    except TypeError as error:
        raise BadKey("is locked with a password") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadKey("is no private key in PEM form") from error
    if not isinstance(found, RSAPrivateKey):
        raise BadKey("is no RSA key; make one with `openssl genrsa 2048`")
    if found.key_size not in KEY_BITS:
        raise BadKey(f"has {found.key_size} bits; 2048 are right")
    return found


def read(given: Mapping[str, str], mail_from: str, reasons: list[str]) -> dict[str, object]:
    """Return the settings of signing and of returned mail; adds to `reasons` what is wrong."""
    bounces = given.get("MAIL_BOUNCES", "")
    if bounces and return_address(bounces) is None:
        reasons.append(
            "ALUMNI_MAIL_BOUNCES is neither a domain nor an address "
            f"with a mailbox of at most {LONGEST_MAILBOX} signs"
        )
    return {"mail_bounces": bounces, **_signing(given, mail_from, reasons)}


def _signing(given: Mapping[str, str], mail_from: str, reasons: list[str]) -> dict[str, object]:
    path, selector = given.get("DKIM_KEY", ""), given.get("DKIM_SELECTOR", "").casefold()
    if not path and not selector:
        return {}
    if not path or not selector:
        reasons.append("ALUMNI_DKIM_KEY and ALUMNI_DKIM_SELECTOR belong together")
        return {}
    if not re.fullmatch(rf"{_LABEL}(?:\.{_LABEL})*", selector):
        reasons.append("ALUMNI_DKIM_SELECTOR is no name that DNS can hold")
    if not _DOMAIN.fullmatch(parseaddr(mail_from)[1].rpartition("@")[2].casefold()):
        reasons.append("ALUMNI_MAIL_FROM has no domain that ALUMNI_DKIM_KEY could sign for")
    return {"dkim_key": _pem(path, reasons), "dkim_selector": selector}


def _pem(path: str, reasons: list[str]) -> str:
    try:
        pem = Path(path).read_text(encoding="ascii")
        rsa_key(pem)
    except (OSError, UnicodeDecodeError):
        reasons.append(f"ALUMNI_DKIM_KEY names {path}, which cannot be read")
    except BadKey as error:
        reasons.append(f"ALUMNI_DKIM_KEY names {path}, which {error}")
    else:
        return pem
    return ""
