from collections.abc import Sequence

import pytest

from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.guessing import Because, Guess, completed, guess
from alumni_portal.offboarding.rules.heading_words import likeness
from alumni_portal.offboarding.rules.lexicon import PRIVATE_MAIL
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.names import NameOrder
from alumni_portal.offboarding.rules.profile import Profile

LATEST = 2036


def guessed(headings: Sequence[str], *rows: Sequence[str], kind: Kind = Kind.LEAVERS) -> Guess:
    return guess(profile(headings, *rows), kind, latest=LATEST)


def profile(headings: Sequence[str], *rows: Sequence[str]) -> Profile:
    return Profile.of(headings, ((n, list(cells)) for n, cells in enumerate(rows, 2)))


def columns(found: Guess) -> dict[str, str]:
    return {key: one.heading for key, one in found.columns.items()}


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("employee_number", "ANSTNR"),
        ("employee_number", "Personnel No."),
        ("first_name", "Etunimi"),
        ("last_name", "Etternavn"),
        ("begins_on", "Hire_Date"),
        ("ends_on", "Sluttdato"),
        ("exit_ground", "Avgångs-orsak"),
        ("birth_date", "Fødselsdato"),
        ("unit", "Osasto"),
    ],
)
def test_headings_in_many_languages_are_known(key: str, heading: str) -> None:
    assert likeness(key, heading) == 1


def test_a_heading_much_like_a_known_one_is_trusted_less() -> None:
    assert 0.4 < likeness("exit_ground", "Avgångsorsaken") < 1
    assert 0.4 < likeness("private_address", "Din privata e-post (hem)") < 1
    assert likeness("unit", "Skostorlek") < 0.3
    assert likeness("unit", "***") == 0


def test_an_empty_table_is_guessed_by_its_headings() -> None:
    assert columns(guessed(["Anstnr", "Förnamn", "Slutdatum"])) == {
        "employee_number": "Anstnr",
        "first_name": "Förnamn",
        "ends_on": "Slutdatum",
    }


def test_cells_speak_when_headings_do_not() -> None:
    rows = [
        (f"10{n}", "Eva", "Lind", f"1980-01-{n}", f"2010-01-{n}", f"2020-01-{n}", "Arbetsbrist")
        for n in range(10, 29)
    ]
    found = guessed(["K1", "K2", "K3", "K4", "K5", "K6", "K7"], *rows)
    assert columns(found) == {
        "employee_number": "K1",
        "first_name": "K2",
        "last_name": "K3",
        "begins_on": "K5",
        "birth_date": "K4",
        "ends_on": "K6",
        "exit_ground": "K7",
    }
    assert {one.because for one in found.columns.values()} == {Because.CELLS}
    assert found.codes["exit_ground"] == {"Arbetsbrist": "redundancy"}


def test_mail_addresses_tell_first_names_from_last_names() -> None:
    rows = [("Xerxes", "Yrlov", "yrlov.xerxes@arbete.example") for _ in range(5)]
    found = columns(guessed(["A", "B", "C"], *rows))
    assert (found["first_name"], found["last_name"]) == ("B", "A")


def test_addresses_at_common_hosts_are_private() -> None:
    rows = [(f"a@{host}", "a@firma.example") for host in sorted(PRIVATE_MAIL)[:3]]
    found = columns(guessed(["Adress 1", "Adress 2"], *rows))
    assert found == {"private_address": "Adress 1", "work_address": "Adress 2"}


def test_employee_numbers_of_five_digits_are_no_days() -> None:
    rows = [(f"2{n}07", f"2020-01-{n}") for n in range(10, 29)]
    found = guessed(["Löpnr hos oss", "Slutdatum"], *rows)
    assert set(found.styles) == {"Slutdatum"}


def test_days_as_numbers_are_days_under_a_heading_that_says_so() -> None:
    rows = [(str(41000 + 97 * n), str(44000 + 89 * n)) for n in range(30)]
    found = guessed(["Anställd från", "Lämnade oss"], *rows)
    assert {style.style for style in found.styles.values()} == {DateStyle.EXCEL_SERIAL}
    assert columns(found) == {"begins_on": "Anställd från", "ends_on": "Lämnade oss"}


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Lind, Eva", NameOrder.LAST_FIRST),
        ("Eva Lind", NameOrder.FIRST_LAST),
        ("Lind Eva", NameOrder.LAST_FIRST),
    ],
)
def test_the_order_of_full_names_is_seen(name: str, order: NameOrder) -> None:
    assert guessed(["Namn"], [name], [name]).name_order is order


def test_units_and_staff_are_guessed_too() -> None:
    units = guessed(
        ["Kod", "Enhet", "Överordnad", "Chef"],
        ["E1", "Elkraft", "D1", "10001"],
        ["E2", "Nät", "E1", "10002"],
        kind=Kind.UNITS,
    )
    assert columns(units) == {
        "unit_code": "Kod",
        "name": "Enhet",
        "parent": "Överordnad",
        "lead_number": "Chef",
    }
    staff = guessed(["Anstnr", "Namn", "Chef för"], ["1", "Eva Lind", "HR"], kind=Kind.STAFF)
    assert columns(staff)["leads_unit"] == "Chef för"


def test_columns_that_are_nothing_stay_unused() -> None:
    found = guessed(["Anstnr", "Företagsbil"], *[(str(n), "Ja") for n in range(9)])
    assert found.unused == ("Företagsbil",)


def test_a_mapping_with_other_columns_is_completed() -> None:
    rows = [("Arbetsbrist", "31.12.2020", "x"), ("77", "1.2.2021", "x")]
    done = completed(
        Mapping(columns={"exit_ground": "A", "ends_on": "B", "notice_on": "C"}),
        profile(["A", "B", "C"], *rows),
        latest=LATEST,
    )
    assert done.dates == {"ends_on": DateStyle.DAY_FIRST}
    assert done.codes == {"exit_ground": {"Arbetsbrist": "redundancy"}}
