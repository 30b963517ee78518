"""Stays with the employer, as every career chart takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: A pause this short between two roles is one stretch, not a departure.
SAME_STRETCH = timedelta(days=31)
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Stay:
    """One role held here. `ends` is the last day, or nothing while it goes on."""

    begins: date
    ends: date | None
    title: str = ""


@dataclass(frozen=True)
class Stretch:
    """One time here from first to last day, whatever the roles in it."""

    begins: date
    ends: date
    goes_on: bool
    roles: tuple[Stay, ...]

    @property
    def years(self) -> int:
        """Return the whole years that have passed."""
        return int((self.ends - self.begins).days / DAYS_A_YEAR)


def stretches(stays: Iterable[Stay], today: date) -> list[Stretch]:
    """Return the stretches of a career in order of time; what has not begun is left out."""
    found: list[list[Stay]] = []
    for stay in sorted((s for s in stays if s.begins <= today), key=lambda s: s.begins):
        if found and stay.begins - _last_day(found[-1], today) <= SAME_STRETCH:
            found[-1].append(stay)
        else:
            found.append([stay])
    return [_stretch(roles, today) for roles in found]


def _last_day(roles: Sequence[Stay], today: date) -> date:
    return max(min(role.ends or today, today) for role in roles)


def _stretch(roles: Sequence[Stay], today: date) -> Stretch:
    goes_on = any(role.ends is None or role.ends >= today for role in roles)
    return Stretch(roles[0].begins, _last_day(roles, today), goes_on, tuple(roles))
