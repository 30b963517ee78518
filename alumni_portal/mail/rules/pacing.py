"""How fast mails may go: a bucket for the relay and one for each domain that asked for patience.

A bucket fills with so many mails a second and holds at most a second's worth. Who is told to slow
down (421, or 4.7.x of RFC 3463 3.8) goes on at half the speed; each handful that goes well then
allows one mail a second more, up to what was set (additive increase, multiplicative decrease).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from alumni_portal.mail.rules.answers import Answer, NotSent, Sent, Unknown
from alumni_portal.mail.rules.retries import nobody_is_there

#: Faster than this is as good as unlimited, where no limit was set.
_FREE = 1_000.0
_SLOWEST = 0.1
_TOO_FAST = re.compile(r"421\b|4\d\d 4\.7\.\d")
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
#: So many in a row that were refused because of us, not of an address, or lost after they were
#: handed over: the relay takes nothing, or nobody learns what it took.
BREAKS_AT = 20
#: So many in a row that were refused for whatever reason, but that nobody is there: a relay finds
#: words of its own for what is wrong with us.
BREAKS_AT_LEAST = 100
_ABOUT_US = re.compile(
    r"(?!5\d\d 5\.6\.7\b)(?:53\d|554|50[0-4](?! 5\.1\.)|5\d\d 5\.(?:[3567]\.|1\.[78]\b))"
)


@dataclass(frozen=True)
class Bucket:
    """How many mails may go now, and how many a second; None is unlimited."""

    per_second: float | None
    tokens: float
    at: datetime

    def filled(self, now: datetime) -> "Bucket":
        """Return the bucket as it stands at a moment; a clock that went back fills nothing."""
        if self.per_second is None:
            return replace(self, at=now)
        passed = max(0.0, (now - self.at).total_seconds())
        most = max(1.0, self.per_second)
        return replace(self, tokens=min(most, self.tokens + passed * self.per_second), at=now)

    def allows(self, wanted: int) -> int:
        """Return how many of so many mails may go now."""
        return wanted if self.per_second is None else min(wanted, int(self.tokens))

    def less(self, taken: int) -> "Bucket":
        """Return the bucket after so many mails."""
        return self if self.per_second is None else replace(self, tokens=self.tokens - taken)

    def wait(self) -> timedelta:
        """Return how long until a mail may go."""
        if self.per_second is None or self.tokens >= 1:
            return timedelta(0)
        return timedelta(milliseconds=ceil(1000 * (1 - self.tokens) / self.per_second))

    def slowed(self, speed: float) -> "Bucket":
        """Return the bucket at half the speed it had, or at half of so many mails a second."""
        before = speed if self.per_second is None else min(self.per_second, max(speed, _SLOWEST))
        return replace(self, per_second=max(_SLOWEST, before / 2), tokens=0.0)

    def eased(self, limit: float | None) -> "Bucket":
        """Return the bucket a little faster, up to a limit."""
        if self.per_second is None:
            return self
        faster = self.per_second + 1
        if limit is None:
            return replace(self, per_second=None if faster >= _FREE else faster)
        return replace(self, per_second=min(limit, faster))


def is_too_fast(answer: Answer) -> bool:
    """Say whether an answer asks to slow down (RFC 5321 3.8, RFC 3463 3.8)."""
    return (
        isinstance(answer, NotSent)
        and not answer.final
        and _TOO_FAST.match(answer.answer) is not None
    )


@dataclass(frozen=True)
class Heard:
    """What a handful's answers say about speed."""

    relay_is_slow: bool
    slow_domains: frozenset[str]


def heard(answers: Iterable[tuple[str, Answer]]) -> Heard:
    """Return who asked to slow down, of pairs of domain and answer.

    Where mails to other domains went through meanwhile it is the domain; else it is the relay.
    """
    slow: Counter[str] = Counter()
    went: set[str] = set()
    for domain, answer in answers:
        if is_too_fast(answer):
            slow[domain] += 1
        elif isinstance(answer, Sent):
            went.add(domain)
    domains = frozenset(slow)
    is_relay = bool(domains) and not went - domains
    return Heard(is_relay, frozenset() if is_relay else domains)


def without_addresses(said: str) -> str:
    """Return a server's words as somebody may read them who must not know to whom mail goes."""
    return _ADDRESS.sub("…", said)


def domain_of(address: str) -> str:
    """Return the domain of an address, in small letters."""
    return address.rpartition("@")[2].lower()


@dataclass(frozen=True)
class Breaker:
    """Counts refusals that are about us, and losses, in a row; open, nothing more leaves."""

    in_a_row: int = 0
    #: Refusals of every kind.
    refused: int = 0

    @property
    def is_open(self) -> bool:
        """Say whether a person must look before more is sent."""
        return self.in_a_row >= BREAKS_AT or self.refused >= BREAKS_AT_LEAST

    def after(self, answer: Answer) -> "Breaker":
        """Return the breaker after one more answer."""
        if isinstance(answer, Sent):
            return Breaker()
        is_no = isinstance(answer, NotSent) and answer.final and not nobody_is_there(answer.answer)
        is_ours = is_about_us(answer) or isinstance(answer, Unknown)
        return Breaker(self.in_a_row + is_ours, self.refused + is_no)


def is_about_us(answer: Answer) -> bool:
    """Say whether a final refusal is about the sender or the relay (RFC 3463 3.2, 3.4, 3.6 to 3.8).

    Of what is said of addresses, 5.1.7 and 5.1.8 are about the sender's. That an address cannot be
    written without SMTPUTF8 (5.6.7) is about the address.
    """
    is_no = isinstance(answer, NotSent) and answer.final
    return is_no and _ABOUT_US.match(answer.answer) is not None
