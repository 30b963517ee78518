"""The two files that show what a correct import makes of a real export."""

import json
import re
from collections.abc import Mapping as Lookup
from datetime import date
from typing import Any

import pytest

from alumni_portal.core.national_id import MASK, holds_one
from alumni_portal.offboarding.rules.checking import check
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.guessing import guess
from alumni_portal.offboarding.rules.mapping_file import from_toml
from alumni_portal.offboarding.rules.profile import Profile
from alumni_portal.offboarding.rules.reading import open_table
from alumni_portal.offboarding.rules.records import Accepted, Employee
from alumni_portal.offboarding.rules.tally import Tally
from tests.support.covers import covers
from tests.support.repository import ROOT

FILES = ROOT / "tests" / "data" / "hris"
TODAY = date(2026, 11, 22)
PAIRS = [
    ("leavers_payroll-sv_11", "leavers-payroll-sv"),
    ("leavers_suite-en_12", "leavers-suite-en"),
]


def expected(name: str) -> dict[str, Any]:
    content = json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))
    del content["note"]
    return sorted_by_row(content)


def sorted_by_row(summary: Lookup[str, Any]) -> dict[str, Any]:
    return {
        key: sorted(value, key=lambda one: one["row"] if isinstance(one, dict) else one)
        if isinstance(value, list)
        else value
        for key, value in summary.items()
    }


def checked(name: str, example: str) -> tuple[Tally, list[Employee]]:
    mapping = from_toml((ROOT / f"docs/examples/{example}.toml").read_text(encoding="utf-8"))
    with open_table(FILES / f"{name}.csv") as table:
        check_of = check(table, mapping, today=TODAY)
        found = [one.record for one in check_of if isinstance(one, Accepted)]
    return check_of.tally, [record for record in found if isinstance(record, Employee)]


@pytest.mark.parametrize(("name", "example"), PAIRS)
def test_a_file_gives_exactly_what_is_expected_of_it(name: str, example: str) -> None:
    tally, _ = checked(name, example)
    assert list(tally.summary()) == list(expected(name))
    assert tally.summary() == expected(name)


@pytest.mark.parametrize(("name", "example"), PAIRS)
def test_the_guess_alone_understands_the_file(name: str, example: str) -> None:
    with open_table(FILES / f"{name}.csv") as table:
        profile = Profile.of(table.headings, table.rows)
    guessed = guess(profile, Kind.LEAVERS, latest=2030)
    with open_table(FILES / f"{name}.csv") as table:
        tally = check(table, guessed.mapping(), today=TODAY).finished()
    assert tally.summary() == expected(name)


@covers("S65")
@pytest.mark.parametrize(("name", "example"), PAIRS)
def test_no_national_id_comes_through(name: str, example: str) -> None:
    content = (FILES / f"{name}.csv").read_bytes()
    ids = set(re.findall(r"\b\d{6}-\d{4}\b", content.decode("latin-1")))
    tally, records = checked(name, example)
    seen = repr((tally, records))
    assert len(ids) == 300
    assert not any(one in seen for one in ids)
    assert not any(
        holds_one(text) for record in records for text in record if isinstance(text, str)
    )
    assert MASK not in seen


@pytest.mark.parametrize(("name", "example"), PAIRS)
def test_formulas_are_text_and_names_are_trimmed(name: str, example: str) -> None:
    _, records = checked(name, example)
    formulas = [record for record in records if record.title.startswith("=HYPERLINK")]
    assert formulas
    assert not [r for r in records if r.first_name != r.first_name.strip()]
    assert {record.first_name for record in records} >= {"Björn", "Zoë", "Dušan"}


@pytest.mark.parametrize(("name", "example"), PAIRS)
def test_who_has_left_already_is_marked(name: str, example: str) -> None:
    tally, records = checked(name, example)
    gone = [record for record in records if record.ends_on and record.ends_on < TODAY]
    assert 0 < tally.already_left == len(gone) < tally.accepted
    assert all(record.already_left for record in gone)
