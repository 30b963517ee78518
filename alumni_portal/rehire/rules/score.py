"""Points of a hit: fixed weights set by people, every point told in words. Nothing is learned.

The same functions give the points of the long list and the reasons at one hit, so that the sum of
the reasons is the number in the list. Name, age, sex, origin and photo are no part of it (S22).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from alumni_portal.core.terms import Term, is_inside, terms_of
from alumni_portal.rehire.rules.interest import Level


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The weights of a version. A change is a new version, so that old logs can be read."""

    version: str
    same_role: int
    near_role: int
    skill: int
    skills: int
    unit: int
    place: int
    levels: Mapping[Level, int]
    old_answer: int

    @property
    def most(self) -> int:
        """Return the points that one hit can have at most."""
        return self.same_role + self.skills + self.unit + self.place + max(self.levels.values())


WEIGHTS = Weights(
    version="2026-11",
    same_role=30,
    near_role=20,
    skill=15,
    skills=30,
    unit=15,
    place=10,
    levels={Level.LOOKING: 15, Level.OPEN: 10, Level.CURIOUS: 5},
    old_answer=5,
)
#: An answer older than this says less about today.
FRESH = timedelta(days=90)
#: So many letters at the beginning or the end make two words kin: projektledare, projektchef.
KIN = 6
#: Words that stand in many titles and say nothing about the role.
_EMPTY_WORDS = frozenset({"senior", "junior", "bitradande", "inom", "till", "avdelning"})
_SHORTEST_ROLE_WORD = 3


class Part(StrEnum):
    """What gives points."""

    SAME_ROLE = "same_role"
    NEAR_ROLE = "near_role"
    OTHER_ROLE = "other_role"
    NO_ROLE = "no_role"
    SKILL = "skill"
    NO_SKILL = "no_skill"
    UNIT = "unit"
    NO_UNIT = "no_unit"
    PLACE = "place"
    NO_PLACE = "no_place"
    ANSWER = "answer"
    OLD_ANSWER = "old_answer"


class Reason(NamedTuple):
    """One line of why: what it is about, and its points, which may be none."""

    part: Part
    points: int
    what: str = ""
    #: Years in the role; or whether a skill is new since the last day.
    years: str = ""
    is_new: bool = False


class Role(NamedTuple):
    """A role that somebody had here."""

    title: str
    years: str


class Known(NamedTuple):
    """A skill that somebody shows."""

    skill_id: int
    name: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for, by typed words, chosen filters or an opening."""

    words: tuple[Term, ...] = ()
    #: Points by the row id of a skill.
    skills: Mapping[int, int] = field(default_factory=dict)
    units: frozenset[int] = frozenset()
    cities: frozenset[str] = frozenset()
    weights: Weights = WEIGHTS


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a candidate shows to recruiters, as far as it can give points."""

    roles: Sequence[Role]
    skills: Sequence[Known]
    #: Names of units (with those above them) by row id, the latest first.
    units: Mapping[int, str]
    city: str
    city_key: str
    level: Level
    answer_is_old: bool


@lru_cache(maxsize=65536)
def role_points(title: str, words: tuple[Term, ...], weights: Weights | None = None) -> int:
    """Return the points of a role had here for the words of a role looked for."""
    weights = weights or WEIGHTS
    here, there = _role_words(_terms_of_name(title)), _role_words(words)
    if {one.term for one in here} & {form for one in there for form in (one.term, one.plain)}:
        return weights.same_role
    near = any(_are_kin(one, other) for one in here for other in there)
    return weights.near_role if near else 0


def _role_words(words: Iterable[Term]) -> list[Term]:
    return [
        one
        for one in words
        if one.plain not in _EMPTY_WORDS and len(one.plain) >= _SHORTEST_ROLE_WORD
    ]


def _are_kin(one: Term, other: Term) -> bool:
    if is_inside(one, other.term, other.plain) or is_inside(other, one.term, one.plain):
        return True
    same_begin = one.plain[:KIN] == other.plain[:KIN]
    same_end = one.plain[-KIN:] == other.plain[-KIN:]
    return min(len(one.plain), len(other.plain)) >= KIN and (same_begin or same_end)


def is_named(name: str, words: Iterable[Term]) -> bool:
    """Say whether one of these words names something: elkraft names the unit Elkraft."""
    here = _terms_of_name(name)
    return any(is_inside(word, one.term, one.plain) for word in words for one in here)


@lru_cache(maxsize=65536)
def _terms_of_name(name: str) -> tuple[Term, ...]:
    return tuple(terms_of([name]))


def shares(
    weights_wanted: Sequence[tuple[int, int]], whole: int = WEIGHTS.skills
) -> dict[int, int]:
    """Return the points of each skill that an opening wants, by its weight.

    `weights_wanted` holds (skill id, weight), the weightiest first. The points sum to the whole.
    """
    total = sum(weight for _skill, weight in weights_wanted)
    found = {skill: whole * weight // total for skill, weight in weights_wanted}
    left = whole - sum(found.values()) if found else 0
    for skill in list(found)[:left]:
        found[skill] += 1
    return found


def answer_points(level: Level, *, is_old: bool, weights: Weights = WEIGHTS) -> int:
    """Return the points of the own answer; one from long ago has fewer."""
    points = weights.levels.get(level, 0)
    return max(points - weights.old_answer, 0) if is_old else points


def reasons(shown: Shown, sought: Sought) -> list[Reason]:
    """Return why somebody is a hit, in words and points, what gave none included."""
    return [
        _role(shown, sought),
        *_skills(shown, sought),
        _unit(shown, sought),
        _place(shown, sought),
        _answer(shown, sought.weights),
    ]


def total(given: Iterable[Reason]) -> int:
    """Return the sum of the points."""
    return sum(reason.points for reason in given)


def _role(shown: Shown, sought: Sought) -> Reason:
    if not shown.roles or not sought.words:
        return Reason(Part.NO_ROLE, 0, shown.roles[0].title if shown.roles else "")
    best = max(shown.roles, key=lambda role: role_points(role.title, sought.words))
    points = role_points(best.title, sought.words)
    parts = {sought.weights.same_role: Part.SAME_ROLE, sought.weights.near_role: Part.NEAR_ROLE}
    return Reason(parts.get(points, Part.OTHER_ROLE), points, best.title, best.years)


def _skills(shown: Shown, sought: Sought) -> list[Reason]:
    left, found = sought.weights.skills, []
    for one in shown.skills:
        wanted = sought.skills.get(one.skill_id, 0)
        if wanted:
            points = min(wanted, left)
            left -= points
            found.append(Reason(Part.SKILL, points, one.name, is_new=one.is_new))
    return found or [Reason(Part.NO_SKILL, 0)]


def _unit(shown: Shown, sought: Sought) -> Reason:
    for unit_id, name in shown.units.items():
        if unit_id in sought.units:
            return Reason(Part.UNIT, sought.weights.unit, name)
    return Reason(Part.NO_UNIT, 0)


def _place(shown: Shown, sought: Sought) -> Reason:
    if shown.city_key and shown.city_key in sought.cities:
        return Reason(Part.PLACE, sought.weights.place, shown.city)
    return Reason(Part.NO_PLACE, 0, shown.city)


def _answer(shown: Shown, weights: Weights) -> Reason:
    points = answer_points(shown.level, is_old=shown.answer_is_old, weights=weights)
    part = Part.OLD_ANSWER if shown.answer_is_old else Part.ANSWER
    return Reason(part, points, str(shown.level))
