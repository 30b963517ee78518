"""Copies made a little before their turn, by other threads: signing is arithmetic outside Python.

Without a key there is nothing to gain: all that makes a copy is Python, which runs one at a time.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from alumni_portal.mail.rules import Parcel

#: Copies that one thread makes at a time: to hand a task over costs as much as a tenth of one.
_TOGETHER = 4
#: Groups of them that are ready or in the making for each thread, so that none waits for its turn.
_READY = 2
_Wire = Sequence[bytes]


class Ahead:
    """Threads that make copies in the order in which they go."""

    def __init__(self) -> None:
        workers = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(workers)
        self._most = workers * _READY

    def of(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Return the same parcels; asking one for its bytes has the ones after it made."""
        groups = [parcels[at : at + _TOGETHER] for at in range(0, len(parcels), _TOGETHER)]
        begun: list[Future[list[_Wire | Exception | None]]] = []

        def wire(number: int) -> _Wire:
            group, at = divmod(number, _TOGETHER)
            begun.extend(
                self._pool.submit(_each, one) for one in groups[len(begun) : group + self._most]
            )
            made = begun[group].result()
            one, made[at] = made[at], None  # its bytes go when they are sent
            if isinstance(one, Exception):
                raise one
            return parcels[number].wire() if one is None else one

        return [replace(one, wire=partial(wire, at)) for at, one in enumerate(parcels)]

    def close(self) -> None:
        """Let the threads go; what nobody asked for is not made."""
        self._pool.shutdown(cancel_futures=True)


def _each(parcels: Sequence[Parcel]) -> list[_Wire | Exception | None]:
    """Return the bytes of each, or why there are none."""
    return [_made(one) for one in parcels]


def _made(parcel: Parcel) -> _Wire | Exception:
    try:
        return parcel.wire()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one copy is told in its turn
        return error
