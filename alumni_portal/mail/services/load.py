"""What one handful still has to go: in its order, a few of them made before they are asked for."""

from collections import deque
from collections.abc import Iterable
from typing import Protocol

from alumni_portal.mail.rules import Answer, Parcel

#: Mails that are kept made; each is some fifteen kilobytes.
_MADE = 32


class Watch(Protocol):
    """Who is told what happens to each mail, as it happens."""

    def intend(self, key: int) -> None:
        """Learn that a mail is about to leave."""

    def tell(self, key: int, answer: Answer) -> None:
        """Learn what became of a mail."""

    @property
    def is_enough(self) -> bool:
        """Say whether nothing more may leave."""


class Unwatched:
    """Nobody watches: nothing is under way."""

    def intend(self, key: int) -> None:
        """Nothing leaves without a load."""

    def tell(self, key: int, answer: Answer) -> None:
        """Nothing was handed over."""

    @property
    def is_enough(self) -> bool:
        """Nothing leaves anyway."""
        return True


class Load:
    """The mails of one handful that wait for a connection, and who watches."""

    def __init__(self, parcels: Iterable[Parcel], watch: Watch) -> None:
        self.watch = watch
        self._made: deque[Parcel] = deque()
        self._unmade = deque(parcels)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._made) + len(self._unmade)

    def take(self) -> Parcel | None:
        """Return the next one; nothing when none is left."""
        if self._made:
            return self._made.popleft()
        return self._unmade.popleft() if self._unmade else None

    def give_back(self, parcel: Parcel) -> None:
        """Let a mail go next that was taken and could not go."""
        self._made.appendleft(parcel)

    def make_one(self) -> bool:
        """Make one mail more, for a moment in which nothing else is to be done.

        False when there is nothing to make, or enough is made.
        """
        if not self._unmade or len(self._made) >= _MADE:
            return False
        parcel = self._unmade.popleft()
        parcel.make()
        self._made.append(parcel)
        return True
