"""Why an opening may interest somebody: what it shares with their own years and skills, in words.

Nobody is given a number by this; it says what the two have in common, and puts openings in order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from alumni_portal.core.text import words


@dataclass(frozen=True)
class Past:
    """One time that somebody worked here."""

    title: str
    unit_id: int | None
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Wanted:
    """What an opening is about, as far as it is compared."""

    title: str
    unit_id: int | None
    #: How many skills it wants, and how many of them somebody has told of.
    skills: int = 0
    own_skills: int = 0


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What somebody and an opening have in common."""

    #: The time here with the same role, the latest if there were several.
    role: Past | None = None
    in_own_unit: bool = False
    skills: int = 0
    of_skills: int = 0

    @property
    def is_any(self) -> bool:
        """Say whether there is anything in common."""
        return bool(self.role or self.in_own_unit or self.skills)

    @property
    def order(self) -> tuple[bool, bool, float]:
        """Return the key that puts openings with less in common after those with more."""
        share = self.skills / self.of_skills if self.of_skills else 0.0
        return (self.role is None, not self.in_own_unit, -share)


def _role(title: str) -> tuple[str, ...]:
    """Return the role of a title: what stands before the first comma, as it is compared."""
    return tuple(words(title.partition(",")[0]))


def fit(times: Collection[Past], wanted: Wanted) -> Fit:
    """Return what somebody and an opening have in common."""
    role = _role(wanted.title)
    same = [one for one in times if role and _role(one.title) == role]
    units = {one.unit_id for one in times if one.unit_id is not None}
    return Fit(
        role=max(same, key=lambda one: one.begins_on, default=None),
        in_own_unit=wanted.unit_id in units,
        skills=wanted.own_skills,
        of_skills=wanted.skills,
    )
