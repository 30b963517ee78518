"""The invented people: the same for the same seed, fictional throughout, and plausible."""

import csv
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from click.testing import CliRunner

from alumni_portal.cli.population import population
from alumni_portal.core.national_id import holds_one
from alumni_portal.demo.inventing import company
from alumni_portal.demo.organisation import UNITS
from alumni_portal.demo.population import HEADINGS, leavers

TODAY = date(2026, 11, 22)


def test_the_same_seed_gives_the_same_people() -> None:
    assert company(TODAY, people=300) == company(TODAY, people=300)


def test_another_seed_gives_other_people() -> None:
    one, other = company(TODAY, people=300), company(TODAY, people=300, seed=1)
    assert [p.last for p in one.people] != [p.last for p in other.people]
    assert one.people[one.index("amira")].stays == other.people[other.index("amira")].stays


def test_sundmark_has_two_thousand_people_over_fifteen_years() -> None:
    sundmark = company(TODAY)
    here = sum(one.is_here(TODAY) for one in sundmark.people)
    assert len(sundmark.people) == 2000
    assert 600 < here < 1400
    assert min(one.stays[0].begins_on for one in sundmark.people).year <= TODAY.year - 15


def test_names_come_from_many_places() -> None:
    names = {f"{one.first} {one.last}" for one in company(TODAY).people}
    assert {"Siobhán O'Leary", "Björn Þórsson", "Mehmet Yılmaz", "Gunilla af Klint"} <= names
    assert any(one.first == "Per-Åke" for one in company(TODAY).people)


def test_every_address_is_fictional_and_nobodys_twice() -> None:
    addresses = [one.work_address for one in company(TODAY).people]
    assert all(address.endswith("@sundmark.example") for address in addresses)
    assert len(set(addresses)) == len(addresses)
    assert all(address.isascii() for address in addresses)


def test_nobody_works_in_a_unit_that_is_not_open() -> None:
    shut = {unit.code for unit in UNITS if unit.closed}
    here = [one for one in company(TODAY).people if one.is_here(TODAY)]
    assert not [one for one in here if one.stays[-1].unit in shut]


def test_stays_follow_one_another() -> None:
    for one in company(TODAY).people:
        for earlier, later in zip(one.stays, one.stays[1:], strict=False):
            assert earlier.ends_on is not None
            assert earlier.begins_on <= earlier.ends_on < later.begins_on


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 31)])
def test_the_story_holds_on_any_day(today: date) -> None:
    sundmark = company(today, people=300)
    elin = sundmark.people[sundmark.index("elin")]
    assert elin.last_day == today + timedelta(days=25)
    assert not sundmark.people[sundmark.index("amira")].is_here(today)
    assert sundmark.people[sundmark.index("mehmet")].is_here(today)


def test_a_population_is_a_file_of_leavers_without_national_ids() -> None:
    made = CliRunner().invoke(population, ["make", "40", "--seed", "7"])
    again = CliRunner().invoke(population, ["make", "40", "--seed", "7"])
    rows = list(csv.DictReader(StringIO(made.output), delimiter=";"))
    assert made.output == again.output
    assert len(rows) == 40
    assert tuple(rows[0]) == HEADINGS
    assert not [row for row in rows if any(map(holds_one, row.values()))]


def test_private_addresses_of_a_population_are_nobodys_twice() -> None:
    found = [row[4] for row in leavers(3000, seed=1, today=TODAY) if row[4]]
    assert len(set(found)) == len(found) > 2000
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z]+\.example", address) for address in found)
