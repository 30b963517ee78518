"""How many mails may go now: the buckets of the relay and of domains, shared by all processes.

They are read and written in the transaction that claims a handful, so that two workers together
keep the speed that one would.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.mail.models import RELAY, Pace
from alumni_portal.mail.rules import (
    Answer,
    Bucket,
    Sent,
    domain_of,
    heard,
    is_too_fast,
    without_addresses,
)


class Paces:
    """The buckets as they stand now, held until the transaction ends."""

    def __init__(self) -> None:
        rows = db.session.scalars(select(Pace).order_by(Pace.name).with_for_update())
        self._rows = {one.name: one for one in rows}
        for name in (RELAY, *settings().posting.domain_rates):
            if name not in self._rows and (name != RELAY or self._limit(name) is not None):
                self._rows[name] = self._new(name)

    def _new(self, name: str) -> Pace:
        limit = self._limit(name)
        row = Pace(name=name, per_second=limit, tokens=limit or 0.0, at=clock.now())
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # another worker was told the same a moment ago
            return db.session.get_one(Pace, name, with_for_update=True)
        return row

    def _limit(self, name: str) -> float | None:
        posting = settings().posting
        return posting.rate if name == RELAY else posting.domain_rates.get(name)

    def _bucket(self, name: str) -> Bucket | None:
        row = self._rows.get(name)
        if row is None:
            return None
        limit, speed = self._limit(name), row.per_second
        if limit is not None:
            speed = limit if speed is None else min(speed, limit)
        return Bucket(speed, row.tokens, row.at).filled(clock.now())

    def _keep(self, name: str, bucket: Bucket) -> None:
        row = self._rows[name]
        row.per_second, row.tokens, row.at = bucket.per_second, bucket.tokens, bucket.at

    def allows(self, wanted: int) -> int:
        """Return how many of so many mails the relay may be handed now."""
        bucket = self._bucket(RELAY)
        return bucket.allows(wanted) if bucket else wanted

    def full_domains(self) -> list[str]:
        """Return the domains that get nothing at this moment."""
        found = ((name, self._bucket(name)) for name in self._rows if name != RELAY)
        return [name for name, bucket in found if bucket and not bucket.allows(1)]

    def granted(self, addresses: Iterable[str]) -> list[bool]:
        """Return for each address whether it may be sent to now, and count those that may."""
        if not self._rows:
            return [True for _one in addresses]
        left = {name: bucket.allows(10**9) for name in self._rows if (bucket := self._bucket(name))}
        taken: Counter[str] = Counter()
        found = []
        for address in addresses:
            domain = domain_of(address)
            may = taken[domain] < left.get(domain, 10**9)
            taken[domain] += may
            found.append(may)
        taken[RELAY] = sum(found)
        for name in self._rows:
            if bucket := self._bucket(name):
                self._keep(name, bucket.less(taken[name]))
        return found

    def wait(self) -> timedelta:
        """Return how long until one of those that are full may be sent to again."""
        relay = self._bucket(RELAY)
        if relay and relay.wait():
            return relay.wait()
        domains = [self._bucket(name) for name in self.full_domains()]
        return min((one.wait() for one in domains if one), default=timedelta(0))

    def learn(self, answers: Iterable[tuple[str, Answer]], *, seconds: float) -> None:
        """Slow down who asked for it, of pairs of address and answer, and ease who did not."""
        given = list(answers)
        if not self._rows and all(isinstance(answer, Sent) for _address, answer in given):
            return
        pairs = [(domain_of(address), answer) for address, answer in given]
        told = heard(pairs)
        slow = {RELAY} if told.relay_is_slow else set(told.slow_domains)
        words = {domain: answer.answer for domain, answer in pairs if is_too_fast(answer)}
        counts = Counter(domain for domain, _answer in pairs)
        counts[RELAY] = len(pairs)
        for name in slow:
            if name not in self._rows:
                self._rows[name] = self._new(name)
            bucket = self._bucket(name)
            if bucket:
                self._keep(name, bucket.slowed(counts[name] / max(seconds, 0.1)))
                said = words.get(name) or next(iter(words.values()), "")
                self._rows[name].slowed_at, self._rows[name].said = (
                    clock.now(),
                    without_addresses(said)[:200],
                )
        for name in self._rows.keys() - slow:
            bucket = self._bucket(name)
            if bucket and counts[name]:
                eased = bucket.eased(self._limit(name))
                self._keep(name, eased)
                if eased.per_second == self._limit(name):
                    self._rows[name].slowed_at, self._rows[name].said = None, ""
