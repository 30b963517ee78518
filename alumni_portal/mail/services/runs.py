"""One run of a chunk: claim a handful, hand it over, note what came of it, and so on.

Each handful is two transactions' worth of state and one journal: claimed and committed before the
first byte leaves, noted together with the claim of the next. It is sized to last half a second, so
a pause, a withdrawn consent or a letter that somebody waits for is heeded within that time.
"""

import gc
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any, Protocol

from alumni_portal.core import jobs
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.mail.rules import Breaker, Doubt, Parcel, Sent, Unreached, without_addresses
from alumni_portal.mail.services import chunks, deliveries, lines, mailings, outcomes
from alumni_portal.mail.services.journal import Journal, NotWritten
from alumni_portal.mail.services.load import Watch
from alumni_portal.mail.services.outcomes import Chunk, Copy
from alumni_portal.mail.services.watching import Watched
from alumni_portal.mail.services.wires import Editions

_FEWEST, _FIRST, _LARGEST = 5, 50, 4_000
_LASTS = 0.5
#: Letters go first; where nobody can take them, a run does not ask again at once.
_A_MOMENT = timedelta(seconds=1)
#: Longer than this a run does not wait for its turn: its job comes back.
_LONGEST_WAIT = timedelta(seconds=2)


class Line(Protocol):
    """Where handfuls are handed over."""

    def hand_over(self, parcels: list[Parcel], watch: Watch) -> Unreached | None:
        """Hand these over and return why the rest could not be tried."""


class Sending:
    """One run, from its first handful to its last."""

    def __init__(self, chunk: Chunk, editions: Editions, run: JobRun, journal: Journal) -> None:
        self._chunk, self._editions, self._run, self._journal = chunk, editions, run, journal
        self._watched = Watched(
            journal,
            breaker=Breaker(run.args.get("in_a_row", 0), run.args.get("refused", 0)),
            doubt=Doubt(tuple(run.args.get("doubt", ()))),
            believes=chunk.believes,
        )
        self._copies: list[Copy] = []
        self._parcels: list[Parcel] = []
        self._size, self._seconds, self._number = _FIRST, 0.0, 0
        self._trouble: Unreached | None = None

    def go(self, line: Line) -> dict[str, Any]:
        """Send what is due of the chunk, plan the rest, and return what a person reads of it."""
        may_wait = True
        while True:
            wait = self._turn(may_wait=may_wait)
            if self._copies:
                self._hand_over(line)
            elif wait is None:
                break
            else:
                Event().wait(wait.total_seconds())
            may_wait = bool(self._copies)
        told = without_addresses(self._trouble.answer) if self._trouble else ""
        return {"sent": self._watched.sent, "of": self._number, "trouble": told}

    def _turn(self, *, may_wait: bool) -> timedelta | None:
        """Note the last handful and claim the next, in one transaction.

        Returns how long to wait for the next; nothing when there are copies or this was the end.
        """
        with unit():
            self._run.keep()
            self._note()
            if self._watched.is_enough:
                is_doubted = self._watched.doubt.is_open
                chunks.break_off(self._chunk, self._watched.last_trouble, is_doubted=is_doubted)
                return None
            is_urgent = jobs.has_due(above=mailings.AFTER_LETTERS)
            wait = _A_MOMENT if is_urgent and not self._number else None
            if self._trouble is None and not is_urgent:
                self._copies, wait = deliveries.take(self._chunk, self._size)
                self._parcels = self._editions.parcels(self._copies)
                if self._copies or (may_wait and wait is not None and wait <= _LONGEST_WAIT):
                    return wait
            counted = {
                **asdict(self._watched.breaker),
                "doubt": list(self._watched.doubt.last),
            }
            failures = self._run.args.get("failures", 0)
            chunks.close_chunk(
                self._chunk, self._trouble, failures=failures, after=wait, counted=counted
            )
        return None

    def _note(self) -> None:
        answers = self._watched.taken()
        if self._copies:
            outcomes.note(self._chunk, self._copies, answers, seconds=self._seconds)
        if any(isinstance(one, Sent) for one in answers.values()):
            chunks.note_that_it_goes(self._chunk)
        self._copies = self._watched.copies = []

    def _hand_over(self, line: Line) -> None:
        self._journal.claim([one.person_id for one in self._copies])
        self._watched.copies = self._copies
        started = monotonic()
        self._trouble = line.hand_over(self._parcels, self._watched)
        self._seconds = max(monotonic() - started, 0.001)
        self._number += len(self._copies)
        speed = len(self._copies) / self._seconds
        self._size = max(_FEWEST, min(_LARGEST, int(speed * _LASTS)))


@contextmanager
def _what_stays_left_alone() -> Iterator[None]:
    """Keep the search for garbage off all that is there already: it took a third of a run's time.

    A run makes many small things at once, which has Python look through its whole memory for
    cycles again and again. What the run makes is looked through as ever.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def send_chunk(run: JobRun) -> dict[str, Any]:
    """Send what is due of one chunk of a mailing.

    A run that was lost leaves as many copies of which nobody knows as it had connections (S67).
    """
    owner = secrets.token_hex(8)
    with unit():
        chunk = chunks.open_chunk(run.args["mailing"], run.args["chunk"], owner=owner)
        editions = Editions(chunk) if chunk else None
    if chunk is None or editions is None:
        return {"state": "nothing to send"}
    try:
        with (
            _what_stays_left_alone(),
            editions,
            Journal(chunk.ref, chunk.number, owner) as journal,
            lines.line() as line,
        ):
            return Sending(chunk, editions, run, journal).go(line)
    except NotWritten as error:
        trouble, failures = type(error).__name__, run.args.get("failures", 0)
        with unit():
            run.keep()
            chunks.leave_open(chunk, trouble, failures=failures)
        return {"trouble": trouble}
