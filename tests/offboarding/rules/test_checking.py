from datetime import date

import pytest

from alumni_portal.core.national_id import MASK
from alumni_portal.offboarding.rules.checking import check
from alumni_portal.offboarding.rules.codes import EmploymentKind, ExitGround, Language
from alumni_portal.offboarding.rules.columns import FIELDS, Kind, Shape
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.mapping import BadMapping, Mapping
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import (
    Accepted,
    Attention,
    Employee,
    Note,
    Reason,
    Rejected,
)
from tests.offboarding.rules.rows import (
    KEYS,
    MAPPING,
    ROW,
    TODAY,
    first_problem,
    judged,
    record,
    table,
)


def test_a_good_row_becomes_a_record() -> None:
    found = record({"employment_kind": "tv", "language": "se", "birth_date": "1980-02-03"})
    assert found.employee_number == "10"
    assert (found.begins_on, found.ends_on) == (date(2015, 1, 1), date(2026, 12, 31))
    assert found.exit_ground is ExitGround.OWN_REQUEST
    assert found.employment_kind is EmploymentKind.PERMANENT
    assert (found.language, found.birth_date) == (Language.SWEDISH, date(1980, 2, 3))
    assert not found.already_left


@pytest.mark.parametrize(
    ("row", "reason", "key"),
    [
        ({"employee_number": ""}, "no_employee_number", "employee_number"),
        ({"employee_number": MASK}, "national_id_as_employee_number", "employee_number"),
        ({"first_name": ""}, "no_name", "first_name"),
        ({"last_name": ""}, "no_name", "last_name"),
        ({"unit": ""}, "no_unit", "unit"),
        ({"begins_on": ""}, "no_date", "begins_on"),
        ({"begins_on": "2015-02-30"}, "bad_date", "begins_on"),
        ({"ends_on": ""}, "no_date", "ends_on"),
        ({"ends_on": "2025-13-45"}, "bad_date", "ends_on"),
        ({"ends_on": MASK}, "bad_date", "ends_on"),
        ({"notice_on": "snart"}, "bad_date", "notice_on"),
        ({"ends_on": "2001-05-05"}, "ends_before_it_begins", "ends_on"),
        ({"exit_ground": "77"}, "unknown_exit_ground", "exit_ground"),
        ({"exit_ground": ""}, "unknown_exit_ground", "exit_ground"),
        ({"employment_kind": "9"}, "unknown_employment_kind", "employment_kind"),
        ({"private_address": "inte en adress"}, "bad_address", "private_address"),
        ({"private_address": "a@b"}, "bad_address", "private_address"),
        ({"private_address": "a..b@hem.example"}, "bad_address", "private_address"),
        (
            {"private_address": " EVA.Lind@arbete.example".strip()},
            "private_address_is_the_work_address",
            "private_address",
        ),
        ({"title": "x" * 201}, "too_long", "title"),
        ({"employee_number": "1" * 61}, "too_long", "employee_number"),
    ],
)
def test_a_bad_row_is_rejected_with_its_column_and_reason(
    row: dict[str, str], reason: str, key: str
) -> None:
    assert first_problem(row) == (reason, f"({key})")


def test_the_first_problem_wins_and_all_are_told() -> None:
    (found,) = judged({"employee_number": "", "ends_on": "x", "exit_ground": "77", "unit": ""})
    assert isinstance(found, Rejected)
    assert [problem.reason for problem in found.problems] == [
        Reason.NO_EMPLOYEE_NUMBER,
        Reason.NO_UNIT,
        Reason.BAD_DATE,
        Reason.UNKNOWN_EXIT_GROUND,
    ]


@pytest.mark.parametrize("address", ["eva@firma.example", "eva@mail.FIRMA.example"])
def test_an_address_at_the_employer_is_not_private(address: str) -> None:
    problem = first_problem({"private_address": address}, domains="firma.example")
    assert problem[0] == "private_address_is_the_work_address"
    assert record({"private_address": address}).private_address == address.lower()


def test_a_row_that_does_not_fit_the_headings_is_rejected() -> None:
    cells = [{**ROW}.get(key, "") for key in KEYS]
    long = Table(tuple(f"({key})" for key in KEYS), iter([(2, [*cells, "extra"])]))
    (found,) = check(long, MAPPING, today=TODAY)
    assert isinstance(found, Rejected)
    assert found.reason is Reason.DOES_NOT_FIT


def test_no_private_address_is_a_warning() -> None:
    (found,) = judged({"private_address": ""})
    assert isinstance(found, Accepted)
    assert found.warnings == (Attention.NO_PRIVATE_ADDRESS,)


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"phone": "ring växeln"}, Note.BAD_PHONE),
        ({"work_address": "saknas"}, Note.BAD_WORK_ADDRESS),
        ({"birth_date": "1980"}, Note.BAD_BIRTH_DATE),
        ({"language": "fi"}, Note.UNKNOWN_LANGUAGE),
        ({"notice_on": "2027-01-01"}, Note.NOTICE_AFTER_LAST_DAY),
        ({"begins_on": "2026-12-01"}, Note.BEGINS_LATER),
        ({"ends_on": "2031-12-01"}, Note.ENDS_FAR_AHEAD),
    ],
)
def test_what_is_odd_is_noted_and_the_row_accepted(row: dict[str, str], note: Note) -> None:
    (found,) = judged(row)
    assert isinstance(found, Accepted)
    assert found.notes == (note,)


@pytest.mark.parametrize(("ends_on", "gone"), [("2026-11-21", True), ("2026-11-22", False)])
def test_the_last_day_itself_has_not_passed(ends_on: str, gone: object) -> None:
    assert record({"ends_on": ends_on}).already_left is gone


def test_defaults_fill_empty_cells_and_unknown_codes() -> None:
    mapping = Mapping(
        columns=MAPPING.columns,
        codes=MAPPING.codes,
        defaults={"unit": "Okänd", "exit_ground": "agreement", "title": "Medarbetare"},
    )
    row = {"unit": "", "exit_ground": "77"}
    (found,) = check(table(row), mapping, today=TODAY)
    assert isinstance(found, Accepted)
    assert isinstance(found.record, Employee)
    assert (found.record.unit, found.record.title) == ("Okänd", "Medarbetare")
    assert found.record.exit_ground is ExitGround.AGREEMENT


def test_a_mapping_that_does_not_fit_the_file_is_refused() -> None:
    with pytest.raises(BadMapping) as caught:
        check(Table(("Annat",), iter([])), MAPPING, today=TODAY)
    assert len(caught.value.flaws) == len(KEYS)


def test_staff_need_no_end_and_may_lead_units() -> None:
    mapping = Mapping(
        kind=Kind.STAFF,
        columns={
            "employee_number": "Nr", "full_name": "Namn", "unit": "Enhet",
            "begins_on": "Från", "leads_unit": "Chef för",
        },
        dates={"begins_on": DateStyle.DAY_FIRST},
    )  # fmt: skip
    rows = [(2, ["1", "von Essen, Åsa", "HR", "1.2.2020", "HR"])]
    staff = Table(("Nr", "Namn", "Enhet", "Från", "Chef för"), iter(rows))
    (found,) = check(staff, mapping, today=TODAY)
    assert isinstance(found, Accepted)
    assert isinstance(found.record, Employee)
    assert (found.record.first_name, found.record.last_name) == ("Åsa", "von Essen")
    assert (found.record.leads_unit, found.record.ends_on, found.warnings) == ("HR", None, ())


def test_fields_with_codes_are_all_covered_here() -> None:
    assert set(MAPPING.codes) == {f.key for f in FIELDS[Kind.LEAVERS] if f.shape is Shape.CODE}
