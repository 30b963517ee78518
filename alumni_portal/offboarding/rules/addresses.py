"""Compare e-mail addresses in one form, quickly for the plain ones that nearly all are."""

import re
from collections.abc import Iterable
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

_PLAIN_LOCAL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*")


def canonical(typed: str) -> str | None:
    """Return the form in which addresses are compared, or None for what is no address.

    Only ASCII letters are folded (source: security.md S54), as wherever addresses are kept.
    """
    local, at, domain = typed.rpartition("@")
    if not at:
        return None
    lowered = local.lower()
    known = canonical_domain(domain) if domain.isascii() else None
    if known and len(local) <= 64 and _PLAIN_LOCAL.fullmatch(lowered):
        return f"{lowered}@{known}"
    return _validated(typed)


@lru_cache(maxsize=4096)
def canonical_domain(domain: str) -> str | None:
    """Return a domain in small letters, or None when mail cannot go there."""
    found = _validated(f"a@{domain}")
    return found and found.partition("@")[2]


def _validated(typed: str) -> str | None:
    try:
        found = validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    local = found.local_part
    return f"{local.lower() if local.isascii() else local}@{found.ascii_domain.lower()}"


class WorkDomains:
    """The employer's own domains, subdomains included."""

    def __init__(self, domains: Iterable[str]) -> None:
        self._domains = tuple(domain.strip().lower() for domain in domains if domain.strip())
        self._answers: dict[str, bool] = {}

    def own(self, address: str) -> bool:
        """Tell whether a canonical address is the employer's."""
        if not self._domains:
            return False
        domain = address.rpartition("@")[2]
        answer = self._answers.get(domain)
        if answer is None:
            answer = any(domain == own or domain.endswith("." + own) for own in self._domains)
            self._answers[domain] = answer
        return answer
