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
    #: Seconds that a relay may take for an answer before the connection counts as lost.
    patience: float = 120.0


def posting(given: Mapping[str, str], reasons: list[str]) -> Posting:
    """Return what the environment says about posting; what is wrong is added to `reasons`."""
    connections = given.get("MAIL_CONNECTIONS", "4")
    if not connections.isdigit() or not 1 <= int(connections) <= _MOST_CONNECTIONS:
        reasons.append(f"ALUMNI_MAIL_CONNECTIONS is {connections!r}; it is a number 1–64")
        connections = "4"
    return Posting(
        connections=int(connections),
        rate=_number(given.get("MAIL_RATE", ""), "MAIL_RATE", reasons),
        domain_rates=_domain_rates(given.get("MAIL_DOMAIN_RATES", ""), reasons),
        patience=_number(given.get("MAIL_PATIENCE", ""), "MAIL_PATIENCE", reasons) or 120.0,
    )


def _number(text: str, name: str, reasons: list[str]) -> float | None:
    """Return a number of mails a second, or of seconds; nothing when none was given."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if 0.01 <= number <= 100_000:
        return number
    reasons.append(f"ALUMNI_{name} is {text!r}; it is a number, 0.01 or more")
    return None


def _domain_rates(text: str, reasons: list[str]) -> dict[str, float]:
    found = {}
    for one in filter(None, (word.strip() for word in text.split(","))):
        domain, _equals, rate = one.partition("=")
        known = _number(rate or "?", "MAIL_DOMAIN_RATES", reasons)
        if known is not None:
            found[domain.strip().lower()] = known
    return found
