from datetime import date

import pytest

from alumni_portal.offboarding.rules.checking import check
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import (
    Accepted,
    Checked,
    Effect,
    Known,
    KnownPerson,
    Rejected,
    Repeated,
    UnitRecord,
)
from alumni_portal.offboarding.rules.tally import Tally

TODAY = date(2026, 11, 22)
KEYS = [field.key for field in FIELDS[Kind.UNITS]]
MAPPING = Mapping(kind=Kind.UNITS, columns={key: f"({key})" for key in KEYS})
ROW = {"unit_code": "E1", "name": "Elkraft"}


def judged(*rows: dict[str, str], known: Known | None = None) -> tuple[list[Checked], Tally]:
    cells = [[{**ROW, **row}.get(key, "") for key in KEYS] for row in rows]
    table = Table(tuple(f"({key})" for key in KEYS), iter(enumerate(cells, 2)))
    found = check(table, MAPPING, today=TODAY, known=known)
    return list(found), found.tally


def test_a_unit_is_read() -> None:
    (found,), _ = judged({"parent": "D1", "lead_number": "7", "valid_from": "2020-01-01"})
    record = UnitRecord("E1", "Elkraft", "D1", "7", "", date(2020, 1, 1), None)
    assert found == Accepted(2, record, Effect.NEW_UNIT)


@pytest.mark.parametrize(
    ("row", "reason", "key"),
    [
        ({"name": ""}, "no_name", "name"),
        ({"parent": "elkraft"}, "unit_is_its_own_parent", "parent"),
        ({"parent": "e1"}, "unit_is_its_own_parent", "parent"),
        ({"valid_from": "igår"}, "bad_date", "valid_from"),
        ({"closes_on": "2026-13-01"}, "bad_date", "closes_on"),
        (
            {"valid_from": "2026-01-02", "closes_on": "2026-01-01"},
            "ends_before_it_begins",
            "closes_on",
        ),
        ({"unit_code": "1" * 61}, "too_long", "unit_code"),
    ],
)
def test_a_bad_unit_is_rejected(row: dict[str, str], reason: str, key: str) -> None:
    (found,), _ = judged(row)
    assert isinstance(found, Rejected)
    assert (found.reason.value, found.column) == (reason, f"({key})")


def test_a_unit_is_known_by_its_code_or_else_by_its_name() -> None:
    rows: list[dict[str, str]] = [{}, {"name": "Kraft"}, {"unit_code": ""}, {"unit_code": ""}]
    found, _ = judged(*rows, known=Known(units={"elkraft"}))
    assert found[1] == Repeated(3, 2)
    assert found[3] == Repeated(5, 4)
    assert [one.effect for one in found if isinstance(one, Accepted)] == [
        Effect.NEW_UNIT,
        Effect.CHANGE,
    ]


def test_parents_and_leads_that_nobody_knows_are_told() -> None:
    known = Known(people={"7": KnownPerson("p7", "Eva", "Lind")}, units={"stab"})
    _, tally = judged(
        {"parent": "Stab", "lead_number": "7"},
        {"unit_code": "E2", "name": "Nät", "parent": "E1", "deputy_number": "8"},
        {"unit_code": "E3", "name": "Okänd", "parent": "Z9"},
        known=known,
    )
    assert dict(tally.new_units) == {"Z9": 1}
    assert dict(tally.managers_not_found) == {"8": 1}
