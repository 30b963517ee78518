"""How mail leaves an installation: what an operator decides beyond the relay and the sender."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_MOST_CONNECTIONS = 64


@dataclass(frozen=True, kw_only=True)
class Posting:
    """How many connections, and how fast."""

    #: Connections to the relay that a mailing uses at once.
    connections: int = 4
    #: Mails a second at most; none: as fast as the relay takes them.
    rate: float | None = None
    #: The same for single domains of receivers.
    domain_rates: Mapping[str, float] = field(default_factory=dict)


def posting(given: Mapping[str, str], reasons: list[str]) -> Posting:
    """Return what the environment says about posting; what is wrong is added to `reasons`."""
    connections = given.get("MAIL_CONNECTIONS", "4")
    if not connections.isdigit() or not 1 <= int(connections) <= _MOST_CONNECTIONS:
        reasons.append(f"ALUMNI_MAIL_CONNECTIONS is {connections!r}; it is a number 1–64")
        connections = "4"
    return Posting(
        connections=int(connections),
        rate=_rate(given.get("MAIL_RATE", ""), "ALUMNI_MAIL_RATE", reasons),
        domain_rates=_domain_rates(given.get("MAIL_DOMAIN_RATES", ""), reasons),
    )


def _rate(text: str, name: str, reasons: list[str]) -> float | None:
    if not text:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if 0.01 <= rate <= 100_000:
        return rate
    reasons.append(f"{name} is {text!r}; it is mails a second, 0.01 or more")
    return None


def _domain_rates(text: str, reasons: list[str]) -> dict[str, float]:
    found = {}
    for one in filter(None, (word.strip() for word in text.split(","))):
        domain, _equals, rate = one.partition("=")
        known = _rate(rate or "?", "ALUMNI_MAIL_DOMAIN_RATES", reasons)
        if known is not None:
            found[domain.strip().lower()] = known
    return found
