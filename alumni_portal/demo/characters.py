"""The people whose story the demo tells: the accounts, Amira's way out, Elin's last weeks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alumni_portal.accounts.services.demo import DEMO_PASSWORD
from alumni_portal.core.permissions import Role
from alumni_portal.demo.stays import InventedStay
from alumni_portal.people.rules import ExitGround

PASSWORD = DEMO_PASSWORD
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Character:
    """One told person."""

    key: str
    first: str
    last: str
    stays: tuple[InventedStay, ...]
    language: str = "sv"


@dataclass(frozen=True)
class DemoAccount:
    """An account that anybody may try."""

    address: str
    key: str
    role: Role
    #: What one sees with it, for the README and the terminal.
    shows: str


ACCOUNTS = (
    DemoAccount("alumn@sundmark.example", "amira", Role.ALUMNUS, "Amira Haddad, alumn sedan 2022"),
    DemoAccount("rekryterare@sundmark.example", "sofia", Role.RECRUITER, "Sofia Lindqvist"),
    DemoAccount("hr@sundmark.example", "maria", Role.HR, "Maria Stenberg, HR-partner"),
    DemoAccount("hrchef@sundmark.example", "petra", Role.HR_LEAD, "Petra Öhrn, HR-chef"),
    DemoAccount("chef@sundmark.example", "anders", Role.MANAGER, "Anders Ekdahl, Konstruktion"),
    DemoAccount("dso@sundmark.example", "gunilla", Role.DPO, "Gunilla af Klint, dataskydd"),
    DemoAccount("admin@sundmark.example", "jonas", Role.ADMIN, "Jonas Wikander, systemförvaltare"),
)

#: key, first, last, number, title, unit, place, years here so far.
_COLLEAGUES = (
    ("sofia", "Sofia", "Lindqvist", "11001", "Rekryterare", "7200", "Malmö", 4),
    ("maria", "Maria", "Stenberg", "11002", "HR-partner", "7200", "Göteborg", 6),
    ("petra", "Petra", "Öhrn", "11003", "HR-chef", "7200", "Göteborg", 9),
    ("anders", "Anders", "Ekdahl", "11004", "Sektionschef", "2200", "Göteborg", 12),
    ("lotta", "Lotta", "Sandberg", "11005", "Projektledare", "2200", "Göteborg", 8),
    ("gunilla", "Gunilla", "af Klint", "11006", "Dataskyddsombud", "1000", "Göteborg", 7),
    ("jonas", "Jonas", "Wikander", "11007", "Systemförvaltare", "6300", "Göteborg", 10),
    ("karin", "Karin", "Öhman", "11008", "Projektchef", "2100", "Malmö", 14),
    ("perake", "Per-Åke", "Nilsson", "11009", "Driftingenjör", "2400", "Västerås", 21),
)


def everybody(today: date) -> Iterator[Character]:
    """Yield the told people as they are on a day."""
    yield _amira(today)
    yield _elin(today)
    for key, first, last, number, title, unit, place, years in _COLLEAGUES:
        begins = _years_before(today, years) - 40 * _DAY
        yield Character(key, first, last, (InventedStay(number, title, unit, place, begins),))
    yield from _alumni(today)
    yield from _leaving(today)


def _years_before(today: date, years: int) -> date:
    return date(today.year - years, today.month, min(today.day, 28))


def _first_of(today: date, years: int, month: int) -> date:
    return date(today.year - years, month, 1)


def _amira(today: date) -> Character:
    first = InventedStay(
        "10001", "Elkraftsingenjör", "2100", "Malmö",
        date(today.year - 11, 3, 16), _first_of(today, 7, 2) - _DAY,
    )  # fmt: skip
    then = InventedStay(
        "10001", "Projektledare, stationer", "2100", "Malmö", _first_of(today, 7, 2),
        date(today.year - 4, 3, 31), date(today.year - 5, 12, 28), ExitGround.OWN_REQUEST,
    )  # fmt: skip
    return Character("amira", "Amira", "Haddad", (first, then))


def _elin(today: date) -> Character:
    stay = InventedStay(
        "10002", "Elkonstruktör", "2200", "Göteborg", _years_before(today, 6) - 80 * _DAY,
        today + 25 * _DAY, today - 66 * _DAY, ExitGround.OWN_REQUEST,
    )  # fmt: skip
    return Character("elin", "Elin", "Bergström", (stay,))


#: key, first, last, number, title, unit, place, first year and month, last year and month (ago).
_FORMER = (
    ("johan", "Johan", "Bergqvist", "12001", "Projektledare", "2100", "Malmö", 9, 1, 5, 6),
    ("linnea", "Linnéa", "Åkerström", "12002", "Elkraftsingenjör", "2100", "Malmö", 11, 3, 3, 9),
    ("daniel", "Daniel", "Kovačević", "12003", "Elkonstruktör", "2200", "Malmö", 8, 8, 5, 5),
    ("farah", "Farah", "Mohammadi", "12004", "Delprojektledare", "2100", "Malmö", 13, 2, 7, 10),
    ("siobhan", "Siobhán", "O'Leary", "12005", "Projektör", "3200", "Malmö", 7, 4, 2, 8),
    ("bjorn", "Björn", "Þórsson", "12006", "Dammtekniker", "5100", "Luleå", 10, 6, 1, 12),
    ("erik", "Erik", "Sandell", "12007", "Elkonstruktör", "2200", "Malmö", 6, 9, 1, 3),
    ("hakan", "Håkan", "Ångström", "12008", "Projektchef", "2100", "Malmö", 14, 1, 4, 1),
)


def _alumni(today: date) -> Iterator[Character]:
    for key, first, last, number, title, unit, place, *times in _FORMER:
        begins, ends = _first_of(today, times[0], times[1]), _first_of(today, times[2], times[3])
        notice = ends - 90 * _DAY
        stay = InventedStay(
            number, title, unit, place, begins, ends, notice, ExitGround.OWN_REQUEST
        )  # fmt: skip
        yield Character(key, first, last, (stay,), "en" if key == "siobhan" else "sv")
    yield _oskar(today)
    yield _mehmet(today)
    yield _ingrid(today)


def _oskar(today: date) -> Character:
    first = InventedStay(
        "12010", "Projektledare", "2100", "Malmö", _first_of(today, 17, 2),
        _first_of(today, 12, 5), _first_of(today, 12, 2), ExitGround.OWN_REQUEST,
    )  # fmt: skip
    then = replace(
        first, title="Projektchef", begins_on=_first_of(today, 9, 9),
        ends_on=_first_of(today, 6, 6), notice_on=_first_of(today, 6, 3),
    )  # fmt: skip
    return Character("oskar", "Oskar", "Lindmark", (first, then))


def _mehmet(today: date) -> Character:
    """Return somebody who came back in May."""
    first = InventedStay(
        "12011", "Elkonstruktör", "2200", "Göteborg", _first_of(today, 10, 1),
        _first_of(today, 4, 2), _first_of(today, 5, 11), ExitGround.OWN_REQUEST,
    )  # fmt: skip
    back = InventedStay("12011", "Projektledare", "2200", "Göteborg", today - 190 * _DAY)
    return Character("mehmet", "Mehmet", "Yılmaz", (first, back))


def _ingrid(today: date) -> Character:
    ends = today - 140 * _DAY
    stay = InventedStay(
        "12012", "Delprojektledare", "2100", "Malmö", _years_before(today, 5), ends,
        ends - 92 * _DAY, ExitGround.REDUNDANCY,
    )  # fmt: skip
    return Character("ingrid", "Ingrid", "Sjöö", (stay,))


#: key, first, last, number, title, unit, days to the last day, days since notice, ground.
_LEAVING = (
    ("samir", "Samir", "Ahmadi", "13001", "Elkraftsingenjör", "2200", 46, 9, "own_request"),
    ("birgitta", "Birgitta", "Ängqvist", "13002", "Elkonstruktör", "2200", 9, 80, "retirement"),
    ("olle", "Olle", "Wallin", "13003", "Montör", "2300", 3, 60, "fixed_term_ended"),
    ("ebba", "Ebba", "von Rosen", "13004", "Kundrådgivare", "6400", -4, 64, "own_request"),
    ("tomas", "Tomas", "Håkansson", "13005", "Inköpare", "7400", 31, 31, "redundancy"),
)


def _leaving(today: date) -> Iterator[Character]:
    for key, first, last, number, title, unit, left, since, ground in _LEAVING:
        stay = InventedStay(
            number, title, unit, "Göteborg", _years_before(today, 4), today + left * _DAY,
            today - since * _DAY, ExitGround(ground),
        )  # fmt: skip
        yield Character(key, first, last, (stay,))
