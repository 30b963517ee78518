"""One run of a chunk: claim a handful, hand it over, note what came of it, and so on.

Each handful is two transactions' worth of state and one journal: claimed and committed before the
first byte leaves, noted together with the claim of the next. It is sized to last half a second, so
a pause, a withdrawn consent or a letter that somebody waits for is heeded within that time.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any, Protocol

from alumni_portal.core import jobs
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.mail.rules import Answer, Breaker, Parcel, Sent, Unreached, is_about_us
from alumni_portal.mail.services import deliveries, mailings, transport
from alumni_portal.mail.services.deliveries import Chunk, Copy
from alumni_portal.mail.services.journal import Journal
from alumni_portal.mail.services.pipeline import Watch
from alumni_portal.mail.services.wires import Editions

_FIRST, _LARGEST = 50, 500
_LASTS = 0.5
#: Longer than this a run does not wait for its turn: its job comes back.
_LONGEST_WAIT = timedelta(seconds=2)


class Line(Protocol):
    """Where handfuls are handed over."""

    def hand_over(self, parcels: list[Parcel], watch: Watch) -> Unreached | None:
        """Hand these over and return why the rest could not be tried."""


@dataclass
class Watched:
    """What happens to one run's copies: written to its journal and kept until noted."""

    journal: Journal
    answers: dict[int, Answer] = field(default_factory=dict)
    breaker: Breaker = field(default_factory=Breaker)
    sent: int = 0
    #: Refused in the row of refusals that may open the breaker.
    refused: dict[int, Answer] = field(default_factory=dict)

    def intend(self, key: int) -> None:
        """Write that a copy is about to leave."""
        self.journal.intend(key)

    def tell(self, key: int, answer: Answer) -> None:
        """Write and keep what became of a copy."""
        self.journal.tell(key, answer)
        self.answers[key] = answer
        self.sent += isinstance(answer, Sent)
        self.breaker = self.breaker.after(answer)
        if is_about_us(answer):
            self.refused[key] = answer
        elif not self.breaker.in_a_row:
            self.refused.clear()


class Sending:
    """One run, from its first handful to its last."""

    def __init__(self, chunk: Chunk, run: JobRun, line: Line, journal: Journal) -> None:
        self._chunk, self._run, self._line = chunk, run, line
        self._watched = Watched(journal)
        self._journal = journal
        self._copies: list[Copy] = []
        self._parcels: list[Parcel] = []
        self._size, self._seconds, self._number = _FIRST, 0.0, 0
        self._trouble: Unreached | None = None

    def go(self) -> dict[str, Any]:
        """Send what is due of the chunk, plan the rest, and return what a person reads of it."""
        waited = False
        while True:
            wait = self._turn()
            self._journal.settle()
            if self._copies:
                waited = False
                self._hand_over()
            elif wait is not None and wait <= _LONGEST_WAIT and not waited:
                waited = True
                Event().wait(wait.total_seconds())
            else:
                break
        told = self._trouble.answer if self._trouble else ""
        return {"sent": self._watched.sent, "of": self._number, "trouble": told}

    def _turn(self) -> timedelta | None:
        """Note the last handful and claim the next, in one transaction."""
        with unit():
            self._run.keep()
            self._note()
            if self._watched.breaker.is_open:
                deliveries.break_off(self._chunk, next(reversed(self._watched.refused.values())).answer)
                return None
            is_urgent = jobs.has_due(above=mailings.AFTER_LETTERS)
            if self._trouble is None and not is_urgent:
                self._copies, wait = deliveries.take(self._chunk, self._size)
                if self._copies:
                    self._parcels = self._editions.parcels(self._copies)
                    return None
                if wait is not None and wait <= _LONGEST_WAIT:
                    return wait
            failures = self._run.args.get("failures", 0)
            deliveries.close_chunk(self._chunk, self._trouble, failures=failures, after=wait)
        return None
