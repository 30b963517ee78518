"""Copies made a little before their turn, by other threads: signing is arithmetic outside Python.

Without a key there is nothing to gain: all that makes a copy is Python, which runs one at a time.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from alumni_portal.mail.rules import Parcel

#: Copies that are ready or in the making for each thread, so that none waits for its turn.
_READY = 4


class Ahead:
    """Threads that make copies in the order in which they go."""

    def __init__(self) -> None:
        workers = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(workers)
        self._most = workers * _READY

    def of(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Return the same parcels; asking one for its bytes has the ones after it made."""
        begun: list[Future[Sequence[bytes]] | None] = []

        def wire(number: int) -> Sequence[bytes]:
            ahead = parcels[len(begun) : number + self._most]
            begun.extend(self._pool.submit(one.wire) for one in ahead)
            made, begun[number] = begun[number], None  # its bytes go when they are sent
            return made.result() if made else parcels[number].wire()

        return [one._replace(wire=partial(wire, at)) for at, one in enumerate(parcels)]

    def close(self) -> None:
        """Let the threads go; what nobody asked for is not made."""
        self._pool.shutdown(cancel_futures=True)
