"""Rows of leavers as tests write them, and what becomes of them."""

from datetime import date

from alumni_portal.offboarding.rules.checking import check
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import Accepted, Checked, Employee, Known, Rejected

TODAY = date(2026, 11, 22)
KEYS = [field.key for field in FIELDS[Kind.LEAVERS] if field.key != "full_name"]
MAPPING = Mapping(
    columns={key: f"({key})" for key in KEYS},
    codes={
        "exit_ground": {"Egen": "own_request", "Brist": "redundancy"},
        "employment_kind": {"Tv": "permanent"},
        "language": {"SE": "sv"},
    },
)
ROW = {
    "employee_number": "10",
    "first_name": "Eva",
    "last_name": "Lind",
    "work_address": "eva.lind@arbete.example",
    "private_address": "eva@hem.example",
    "phone": "070-123 45 67",
    "unit": "Elkraft",
    "begins_on": "2015-01-01",
    "ends_on": "2026-12-31",
    "exit_ground": "Egen",
}


def table(*rows: dict[str, str]) -> Table:
    cells = [[{**ROW, **row}.get(key, "") for key in KEYS] for row in rows]
    return Table(tuple(f"({key})" for key in KEYS), iter(enumerate(cells, 2)))


def judged(*rows: dict[str, str], known: Known | None = None, domains: str = "") -> list[Checked]:
    """Return what becomes of rows; each names only what differs from a good one."""
    found = check(table(*rows), MAPPING, today=TODAY, known=known, work_domains=domains.split())
    return list(found)


def record(row: dict[str, str]) -> Employee:
    (found,) = judged(row)
    assert isinstance(found, Accepted), found
    assert isinstance(found.record, Employee)
    return found.record


def first_problem(row: dict[str, str], domains: str = "") -> tuple[str, str]:
    (found,) = judged(row, domains=domains)
    assert isinstance(found, Rejected), found
    return found.reason.value, found.column
