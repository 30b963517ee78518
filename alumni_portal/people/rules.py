"""Pure decisions about people: one form for addresses, what counts as employed, who is a leaver."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email


class AddressKind(StrEnum):
    """Whose an address is."""

    WORK = "work"
    PRIVATE = "private"


class EmploymentKind(StrEnum):
    """Form of employment (LAS 4–6 §§); what an employer's own words are mapped to."""

    PERMANENT = "permanent"
    SAVA = "sava"
    SUBSTITUTE = "substitute"
    SEASONAL = "seasonal"
    PROBATIONARY = "probationary"
    OTHER = "other"


class ExitGround(StrEnum):
    """The legal ground on which an employment ends. Never mixed with what the leaver says."""

    OWN_REQUEST = "own_request"
    REDUNDANCY = "redundancy"
    FIXED_TERM_ENDED = "fixed_term_ended"
    RETIREMENT = "retirement"
    AGREEMENT = "agreement"
    PERSONAL_REASONS = "personal_reasons"
    DEATH = "death"


class BadAddress(ValueError):
    """A text that cannot be an e-mail address."""


def canonical_address(typed: str) -> str:
    """Return the one form in which addresses are compared and kept unique (S54).

    Only ASCII letters are folded: `ı`, `ß` and the Kelvin sign never become another letter.
    Raises BadAddress.
    """
    text = unicodedata.normalize("NFC", typed.strip())
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddress(str(error)) from error
    local = found.local_part
    folded = local.lower() if local.isascii() else local
    return f"{folded}@{found.ascii_domain.lower()}"


def domain_of(canonical: str) -> str:
    """Return the domain of a canonical address."""
    return canonical.rpartition("@")[2]


def is_work_domain(canonical: str, work_domains: Iterable[str]) -> bool:
    """Say whether an address belongs to the employer, subdomains included."""
    domain = domain_of(canonical)
    return any(domain == one or domain.endswith("." + one) for one in work_domains)


def is_employed(begins_on: date, ends_on: date | None, *, on: date) -> bool:
    """Say whether an employment runs on a day; the last day counts."""
    return begins_on <= on and (ends_on is None or on <= ends_on)
