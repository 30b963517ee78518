from datetime import date

import pytest

from alumni_portal.offboarding.rules.checking import Check, check
from alumni_portal.offboarding.rules.records import (
    Accepted,
    Effect,
    Known,
    KnownPerson,
    MatchProposal,
    Note,
    Reason,
    Rejected,
    Repeated,
)
from tests.offboarding.rules.rows import (
    MAPPING,
    TODAY,
    judged,
    table,
)


def test_a_repeated_row_names_the_row_it_repeats() -> None:
    again = {"first_name": "EVA"}
    assert judged({}, again)[1] == Repeated(3, 2)
    known = Known(
        people={"10": KnownPerson("p1", "Eva", "Lind")},
        employments={("10", date(2015, 1, 1)): date(2026, 12, 31)},
    )
    assert judged({}, known=known) == [Repeated(2, None)]


def test_a_rejected_row_is_not_what_a_later_one_repeats() -> None:
    rejected, accepted = judged({"exit_ground": "77"}, {})
    assert isinstance(rejected, Rejected)
    assert isinstance(accepted, Accepted)


def test_a_second_employment_under_the_same_number_is_a_return() -> None:
    later = {"begins_on": "2027-02-01", "ends_on": "2027-03-01"}
    effects = [one.effect for one in judged({}, later) if isinstance(one, Accepted)]
    assert effects == [Effect.NEW_PERSON, Effect.NEW_EMPLOYMENT]
    assert judged({}, later, later)[2] == Repeated(4, 3)


def test_the_same_employment_cannot_end_twice() -> None:
    found = judged({}, {"ends_on": "2026-11-30"})[1]
    assert isinstance(found, Rejected)
    assert (found.reason, found.column) == (Reason.OTHER_LAST_DAY, "(ends_on)")


def test_a_stored_employment_gets_its_last_day() -> None:
    known = Known(
        people={"10": KnownPerson("p1", "Eva", "Lind")},
        employments={("10", date(2015, 1, 1)): None},
    )
    (found,) = judged({}, known=known)
    assert isinstance(found, Accepted)
    assert (found.effect, found.match) == (Effect.CHANGE, None)


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"last_name": "Ek"}, Note.NAME_DIFFERS),
        ({"first_name": "Evelina"}, Note.NAME_DIFFERS),
        ({"first_name": "Bo", "last_name": "Ek"}, Note.NAME_DIFFERS),
        (
            {"first_name": "Bo", "last_name": "Ek", "private_address": "b@x.example"},
            Reason.SOMEBODY_ELSES_NUMBER,
        ),
    ],
)
def test_one_number_is_one_person(row: dict[str, str], outcome: object) -> None:
    found = judged({}, {"begins_on": "2026-12-31", **row})[1]
    assert not isinstance(found, Repeated)
    assert (found.reason if isinstance(found, Rejected) else found.notes[-1]) is outcome


def test_equal_address_and_name_under_another_number_is_proposed_never_merged() -> None:
    found = judged({}, {"employee_number": "77", "private_address": "EVA@hem.example"})[1]
    assert isinstance(found, Accepted)
    assert found.match == MatchProposal(3, 2, None)
    assert found.effect is Effect.NEW_PERSON


def test_somebody_stored_is_proposed_too() -> None:
    known = Known(addresses={"eva@hem.example": [KnownPerson("p7", "Éva", "LIND")]})
    (found,) = judged({}, known=known)
    assert isinstance(found, Accepted)
    assert found.match == MatchProposal(2, None, "p7")


def test_an_address_that_two_people_share_is_noted() -> None:
    found = judged({}, {"employee_number": "77", "first_name": "Bo"})[1]
    assert isinstance(found, Accepted)
    assert (found.match, found.notes) == (None, (Note.ADDRESS_OF_SOMEBODY_ELSE,))
    known = Known(addresses={"eva@hem.example": [KnownPerson("p7", "Bo", "Ek")]})
    (other,) = judged({}, known=known)
    assert isinstance(other, Accepted)
    assert other.notes == (Note.ADDRESS_OF_SOMEBODY_ELSE,)


def tally_of(*rows: dict[str, str], known: Known | None = None) -> Check:
    done = check(table(*rows), MAPPING, today=TODAY, known=known)
    done.finished()
    return done


def test_persons_are_counted_as_if_every_proposal_were_confirmed() -> None:
    known = Known(
        people={"5": KnownPerson("p5", "Eva", "Lind")},
        addresses={"eva@hem.example": [KnownPerson("p5", "Eva", "Lind")]},
    )
    rows: list[dict[str, str]] = [
        {},
        {"employee_number": "11"},
        {"employee_number": "5"},
        {"employee_number": "12", "private_address": "o@x.example"},
        {"employee_number": "12", "private_address": "o@x.example", "begins_on": "2020-01-01"},
    ]
    tally = tally_of(*rows, known=known).tally
    assert (tally.accepted, tally.persons, len(tally.matches)) == (5, 2, 3)


def test_new_units_and_unknown_managers_are_told_once_the_file_is_read() -> None:
    known = Known(units={"elkraft"})
    tally = tally_of(
        {"manager_number": "11"},
        {"employee_number": "11", "unit": "HR", "manager_number": "12", "private_address": ""},
        known=known,
    ).tally
    assert dict(tally.new_units) == {"HR": 1}
    assert dict(tally.managers_not_found) == {"12": 1}
