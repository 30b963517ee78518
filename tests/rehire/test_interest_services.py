"""Answers in the database: who is found, and what ends with what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from alumni_portal.rehire import queries, rules, services
from alumni_portal.rehire.models import Interest, InterestUnit, Level
from tests.rehire.making import FOR_JOBS, answer, candidate
from tests.support.covers import covers
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases


def is_found(account: Account) -> bool:
    return account.person_id in queries.findable([account.person_id])


def person_of(account: Account) -> Person:
    return db.session.get_one(Person, account.person_id)


@pytest.mark.parametrize("level", list(Level))
def test_who_answered_and_agreed_is_found(inside: Flask, make: Make, level: Level) -> None:
    assert is_found(candidate(make, level=level)) is (level is not Level.NOT_NOW)


def test_silence_is_not_interest(inside: Flask, make: Make) -> None:
    assert not is_found(make.alumnus(agreed_to=FOR_JOBS))


def test_an_answer_without_leave_for_recruiters_is_kept_and_not_found(
    inside: Flask, make: Make
) -> None:
    account = candidate(make, level=Level.LOOKING, agreed_to=(Purpose.MEMBERSHIP,))
    assert not is_found(account)
    with make.work():
        consents.give(
            person_of(account),
            Purpose.RECRUITER_CONTACT,
            language="sv",
            how=How.CONSENT_CENTRE,
            by=SYSTEM,
        )
    assert is_found(account)


@covers("S24")
def test_an_answer_is_found_until_its_six_months_are_over(inside: Flask, make: Make) -> None:
    account = candidate(make)
    with time_machine.travel(clock.now() + timedelta(days=90)), make.work():
        consents.give(  # recruiters' leave is younger than the answer
            person_of(account),
            Purpose.RECRUITER_CONTACT,
            language="sv",
            how=How.CONSENT_CENTRE,
            by=SYSTEM,
        )
    with time_machine.travel(clock.now() + rules.LASTS - timedelta(minutes=1), tick=False):
        assert is_found(account)
    with time_machine.travel(clock.now() + rules.LASTS + timedelta(minutes=1), tick=False):
        assert not is_found(account)
        assert queries.answered()[Level.OPEN] == 0
    assert queries.interest_of(account.person_id) is not None


def leaves(make: Make, account: Account) -> None:
    consents.withdraw(person_of(account), Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)


def dies(make: Make, account: Account) -> None:
    people.note_death(person_of(account), on=clock.today(), by=SYSTEM)


def is_hired(make: Make, account: Account) -> None:
    people.begin_employment(
        person_of(account),
        people.NewEmployment(number="T99999", begins_on=clock.today(), title="Projektledare"),
        by=SYSTEM,
    )


@covers("S24")
@pytest.mark.parametrize("ends", [leaves, dies, is_hired])
def test_an_answer_ends_with_the_membership(
    inside: Flask, make: Make, ends: Callable[[Make, Account], None]
) -> None:
    account = candidate(make)
    answer(make, account, unit_ids=[make.unit().id])
    with make.work():
        ends(make, account)
    assert not is_found(account)
    assert db.session.scalar(select(func.count()).select_from(Interest)) == 0
    assert db.session.scalar(select(func.count()).select_from(InterestUnit)) == 0


def test_an_answer_is_kept_until_the_first_day_of_the_new_employment(
    inside: Flask, make: Make
) -> None:
    account = candidate(make)
    make.employment(person_of(account), begins=days(30))
    assert is_found(account)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert not is_found(account)


def test_who_is_no_member_cannot_answer(inside: Flask, make: Make) -> None:
    stranger = make.former()
    with pytest.raises(Refusal, match="inte medlem"), make.work():
        services.answer_interest(
            db.session.get_one(Person, stranger.id),
            services.Answer(level=Level.OPEN),
            by=SYSTEM,
        )


def test_a_new_answer_replaces_the_old_one_with_its_units(inside: Flask, make: Make) -> None:
    account = candidate(make, level=Level.LOOKING)
    first, second = make.unit("Elkraft"), make.unit("Automation")
    answer(make, account, unit_ids=[first.id, second.id], places="Malmö")
    answer(make, account, Level.CURIOUS, unit_ids=[second.id])
    found = queries.interest_of(account.person_id)
    assert found is not None
    assert (found.level, found.places) == (Level.CURIOUS, "")
    assert [one.name for one in queries.units_wanted(account.person_id)] == ["Automation"]


def test_the_audit_tells_that_somebody_answered_and_not_what(inside: Flask, make: Make) -> None:
    account = candidate(make, level=Level.LOOKING)
    entry = db.session.scalars(
        select(audit.AuditEntry).where(audit.AuditEntry.action == "interest.answered")
    ).one()
    assert entry.subject == person_of(account).public_id
    assert entry.detail == "{}"


def test_figures_count_only_those_who_may_be_found(inside: Flask, make: Make) -> None:
    for number, level in enumerate([Level.OPEN, Level.OPEN, Level.LOOKING, Level.NOT_NOW]):
        candidate(make, f"Anna Test{number}", level=level)
    candidate(make, "Bo Berg", level=Level.OPEN, agreed_to=(Purpose.MEMBERSHIP,))
    assert queries.answered() == {Level.LOOKING: 1, Level.OPEN: 2, Level.CURIOUS: 0}
