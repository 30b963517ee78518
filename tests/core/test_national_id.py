"""No number that passes the check stands in this file: all are made while it runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.core.national_id import (
    MASK,
    heading_says_so,
    holds_one,
    is_id_column,
    masked,
    may_hold_one,
)


def number(born: date, serial: int = 123, *, sign: str = "-", coordination: bool = False) -> str:
    """Return a valid number; 12 digits when the sign is empty or the century is asked for."""
    day = born.day + 60 * coordination
    nine = f"{born:%y%m}{day:02}{serial:03}"
    total = sum(sum(divmod(int(digit) * (2 - i % 2), 10)) for i, digit in enumerate(nine))
    return f"{nine[:6]}{sign}{nine[6:]}{-total % 10}"


BORN = date(1993, 5, 10)
days = st.dates(date(1930, 1, 1), date(2015, 12, 31))
serials = st.integers(1, 999)


@given(days, serials, st.sampled_from(["-", "+", " ", "", "–", " - "]), st.sampled_from([0, 1]))
def test_every_way_of_writing_a_number_is_masked(
    born: date, serial: int, sign: str, coordination: int
) -> None:
    written = number(born, serial, sign=sign, coordination=bool(coordination))
    for text in (written, f"{born.year // 100}{written}", f"Anna ({written}), chef"):
        assert may_hold_one(text)
        assert masked(text) == text.replace(f"{born.year // 100}{written}", MASK).replace(
            written, MASK
        )


@given(days, serials)
def test_a_number_with_a_wrong_check_digit_is_no_national_id(born: date, serial: int) -> None:
    right = number(born, serial)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert holds_one(right)
    assert not holds_one(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "077-3123476",
        "0773123476",
        "+46701234567",
        "0046 70 123 45 67",
        "2021-07-09",
        "20210709",
        "2021-07-09 2026-02-13",
        "10000",
        "0000123456",
        "9999999999",
        "SE-556677-8899",
        "",
    ],
)
def test_phones_dates_and_employee_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_a_longer_run_of_digits_is_something_else() -> None:
    inside = number(BORN, sign="")
    assert masked(f"7{inside}") == f"7{inside}"
    assert masked(f"{inside}7") == f"{inside}7"


def test_a_mobile_number_that_happens_to_pass_stays_in_a_column_of_phones() -> None:
    phone = number(date(2007, 8, 11), 234, sign="")
    assert phone.startswith("070811")
    assert masked(phone) == MASK
    assert masked(phone, phone=True) == phone
    assert masked(number(BORN), phone=True) == MASK


@given(st.text(alphabet="0123456789-+ abcå–", max_size=40))
def test_the_quick_look_misses_nothing_that_the_close_look_finds(text: str) -> None:
    assert may_hold_one(text) or masked(text) == text


@pytest.mark.parametrize(
    "heading",
    [
        "Personnr", "PERSONNUMMER", "Person-nr", "Pers.nummer", "Samordningsnummer", "SSN",
        "Personnummer (ÅÅMMDD-NNNN)", "National ID", "National Identifier", "Fødselsnummer",
        "fodselsnr", "CPR-nr", "Henkilötunnus", "HETU", "Social Security Number", "Kennitala",
        "Personal identity number", "Identitetsbeteckning", "national_id",
    ],
)  # fmt: skip
def test_a_heading_that_says_so_is_enough(heading: str) -> None:
    assert heading_says_so(heading)
    assert is_id_column(heading, ["whatever", "12345"])


@pytest.mark.parametrize(
    "heading",
    [
        "Anstnr", "Anställningsnummer", "Personalnummer", "Personnel Number", "Pers.no.",
        "Worker ID", "Födelsedatum", "Date of Birth", "Person ID", "Pnr",
        "Personalansvarig", "Telefonnummer",
    ],
)  # fmt: skip
def test_other_headings_do_not_say_so(heading: str) -> None:
    assert not heading_says_so(heading)


def test_a_doubtful_heading_is_settled_by_the_values() -> None:
    ids = [number(BORN + timedelta(days=n), n + 1) for n in range(20)]
    wrong_check = [text[:-1] + str((int(text[-1]) + 1) % 10) for text in ids]
    assert is_id_column("Pers.nr", wrong_check)
    assert not is_id_column("Pers.nr", [str(10000 + n) for n in range(20)])


def test_a_column_of_numbers_is_found_under_any_heading() -> None:
    ids = [number(BORN + timedelta(days=n), n + 1) for n in range(20)]
    assert is_id_column("Kolumn 4", [*ids, "", ""])
    assert is_id_column("Födelsedatum", ids)


def test_ten_digits_of_an_employee_number_are_not_enough() -> None:
    numbers = [str(8001010000 + 7 * n) for n in range(300)]
    assert not is_id_column("Anstnr", numbers)


def test_birth_dates_stay() -> None:
    days = [(BORN + timedelta(days=n)).isoformat() for n in range(50)]
    assert not is_id_column("Födelsedatum", days)
    assert not is_id_column("Född", [day.replace("-", "") for day in days])


def test_a_finnish_column_is_found_by_its_check() -> None:
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    births = [f"0101{year}-{n:03}" for year in (70, 81) for n in (2, 3)]
    ids = [text + signs[int(text.replace("-", "")) % 31] for text in births]
    assert is_id_column("Kolumn 2", ids)
    assert not is_id_column("Tunnus", ["A1", "A2"])


def test_a_norwegian_column_is_found_by_its_checks() -> None:
    def check(digits: list[int], weights: tuple[int, ...]) -> int:
        return -sum(d * w for d, w in zip(digits, weights, strict=True)) % 11

    ids = []
    for serial in range(100, 140):
        nine = [int(digit) for digit in f"010185{serial}"]
        first = check(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2))
        second = check([*nine, first], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        if max(first, second) < 10:
            ids.append("".join(map(str, [*nine, first, second])))
    assert len(ids) > 20
    assert is_id_column("Kolumn 2", ids)
    assert not is_id_column("Kolumn 2", [f"{text[:-1]}{(int(text[-1]) + 1) % 10}" for text in ids])
