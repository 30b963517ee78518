"""Invent the people of Sundmark: who worked where and when. Plain values, seeded chance."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from alumni_portal.demo import characters, names
from alumni_portal.demo.organisation import UNITS, PlannedUnit, ago
from alumni_portal.demo.stays import InventedStay
from alumni_portal.people.rules import EmploymentKind, ExitGround

SEED = 20_260
PEOPLE = 2_000
YEARS = 15
#: How many leave within the coming weeks and months, besides the named ones.
LEAVING_SOON = 27
_GROUNDS = {
    ExitGround.OWN_REQUEST: 62,
    ExitGround.RETIREMENT: 12,
    ExitGround.FIXED_TERM_ENDED: 11,
    ExitGround.REDUNDANCY: 8,
    ExitGround.AGREEMENT: 5,
    ExitGround.PERSONAL_REASONS: 2,
}
_AGREEMENTS = ("Tjänstemannaavtalet", "Teknikavtalet", "Installationsavtalet")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Invented:
    """One invented person. `key` names those whose story the demo tells."""

    first: str
    last: str
    stays: tuple[InventedStay, ...]
    key: str = ""
    language: str = "sv"
    work_address: str = ""
    phone: str = ""

    @property
    def last_day(self) -> date | None:
        """Return the last day of the latest employment, or nothing while it has no end."""
        return self.stays[-1].ends_on

    def is_here(self, today: date) -> bool:
        """Say whether the person is employed on a day."""
        return any(
            s.begins_on <= today and (not s.ends_on or s.ends_on >= today) for s in self.stays
        )


@dataclass(frozen=True)
class Company:
    """Everybody who works or worked at Sundmark, in the order in which they are written down."""

    today: date
    people: tuple[Invented, ...]
    by_key: dict[str, int] = field(default_factory=dict)

    def index(self, key: str) -> int:
        """Return the place of a named person."""
        return self.by_key[key]


def company(today: date, *, people: int = PEOPLE, seed: int = SEED) -> Company:
    """Return Sundmark as it is on a day; the same seed and day always give the same people."""
    chance = Random(seed)
    told = [_from(one) for one in characters.everybody(today)]
    crowd = list(_crowd(chance, today, people - len(told)))
    addressed = tuple(_with_addresses([*told, *_leaving_soon(chance, today, crowd)]))
    return Company(today, addressed, {one.key: n for n, one in enumerate(addressed) if one.key})


def _from(told: characters.Character) -> Invented:
    return Invented(told.first, told.last, told.stays, told.key, told.language)


def _with_addresses(people: list[Invented]) -> Iterator[Invented]:
    taken: dict[str, int] = {}
    for one in people:
        box = names.mailbox(one.first, one.last)
        taken[box] = taken.get(box, 0) + 1
        number = taken[box] if taken[box] > 1 else 0
        yield replace(one, work_address=f"{box}{number or ''}@sundmark.example")


def _crowd(chance: Random, today: date, many: int) -> Iterator[Invented]:
    for number in range(many):
        first, last = names.full_name(chance)
        language = "en" if chance.random() < 0.08 else "sv"
        stays = tuple(_career(chance, today, number=str(20_000 + number)))
        yield Invented(first, last, stays, language=language, phone=names.phone(chance))


def _career(chance: Random, today: date, *, number: str) -> Iterator[InventedStay]:
    begins, ends = _span(chance, today)
    unit = _unit(chance, today, begins, ends)
    yield from _roles(chance, today, InventedStay(number, "", unit.code, "", begins, ends))
    if ends and ends < today - 900 * _DAY and chance.random() < 0.07:
        back = ends + chance.randrange(300, 800) * _DAY
        again = _unit(chance, today, back, None)
        yield from _roles(chance, today, InventedStay(number, "", again.code, "", back, None))


def _span(chance: Random, today: date) -> tuple[date, date | None]:
    """Return first and last day of a stay that touched the last fifteen years."""
    window = ago(today, YEARS)
    while True:
        begins = today - chance.randrange(20, round(365.25 * (YEARS + 9))) * _DAY
        ends = begins + round(90 + chance.expovariate(1 / (365.25 * 7.5))) * _DAY
        if ends >= today:
            return begins, None
        if ends >= window:
            return begins, ends


def _unit(chance: Random, today: date, begins: date, ends: date | None) -> PlannedUnit:
    last = ends or today
    fits = [
        unit
        for unit in UNITS
        if ago(today, unit.opened) <= begins
        and (unit.closed is None or last <= ago(today, unit.closed))
    ]
    return chance.choices(fits, [unit.share for unit in fits])[0]


def _roles(chance: Random, today: date, whole: InventedStay) -> Iterator[InventedStay]:
    """Yield a stay as one role, or as two when it was long enough to be promoted."""
    unit = next(unit for unit in UNITS if unit.code == whole.unit)
    last = whole.ends_on or today
    level = min(chance.choices((0, 1, 2), (6, 4, 1))[0], len(unit.titles) - 2)
    whole = replace(
        whole,
        place=chance.choice(unit.places),
        title=unit.titles[level],
        agreement=chance.choice(_AGREEMENTS),
    )
    if (last - whole.begins_on).days > 1500 and chance.random() < 0.34:
        turn = whole.begins_on + (last - whole.begins_on) * chance.uniform(0.35, 0.7)
        yield replace(whole, ends_on=turn - _DAY)
        whole = replace(whole, begins_on=turn, title=unit.titles[level + 1])
    yield _ended(chance, whole) if whole.ends_on else whole


def _ended(chance: Random, stay: InventedStay) -> InventedStay:
    """Give a stay that ends its notice and its ground."""
    if stay.ends_on is None:
        return stay
    ground = chance.choices(list(_GROUNDS), list(_GROUNDS.values()))[0]
    kind = EmploymentKind.PERMANENT
    if ground is ExitGround.FIXED_TERM_ENDED:
        kind = chance.choice((EmploymentKind.SAVA, EmploymentKind.SUBSTITUTE))
    notice = stay.ends_on - chance.choice((30, 61, 92)) * _DAY
    return replace(stay, ground=ground, kind=kind, notice_on=max(notice, stay.begins_on))


def _leaving_soon(chance: Random, today: date, crowd: list[Invented]) -> list[Invented]:
    """Give some of those who work here a last day around today: the cases that HR has open."""
    here = [n for n, one in enumerate(crowd) if one.last_day is None]
    for place, number in enumerate(chance.sample(here, LEAVING_SOON)):
        days = -21 + place * 5 + chance.randrange(4)
        last = today + days * _DAY
        stay = crowd[number].stays[-1]
        if stay.begins_on + 120 * _DAY < last:
            ended = _ended(chance, replace(stay, ends_on=last))
            known = today - chance.randrange(3, 30) * _DAY
            ended = replace(ended, notice_on=min(ended.notice_on or known, known))
            crowd[number] = replace(crowd[number], stays=(*crowd[number].stays[:-1], ended))
    return crowd
