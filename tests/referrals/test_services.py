"""Tips made, answered and forgotten, on both databases."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.applications.facts import ApplicationHired
from alumni_portal.applications.models import Applicant, Application, Hours, Start
from alumni_portal.core import clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.mail.models import Letter, LetterState
from alumni_portal.openings import services as openings
from alumni_portal.openings.models import OpeningState
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.referrals import queries, services
from alumni_portal.referrals.models import Referral, ReferralState
from tests.openings.making import opening
from tests.referrals.making import ERIK, confirmed, now, tip
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def test_a_yes_is_seen_on_the_opening_and_the_outsider_is_no_person(
    inside: Flask, make: Make
) -> None:
    account, made = make.alumnus(), opening(make)
    people = db.session.scalar(select(func.count()).select_from(Person))
    told = tip(make, account, made)
    assert queries.confirmed_for(made.id) == []
    with make.work():
        assert services.confirm(told)
    found = queries.confirmed_for(made.id)
    assert [(one.name, one.address, one.referrer.name) for one in found] == [
        ("Erik Sandell", ERIK, "Amira Haddad")
    ]
    assert db.session.scalar(select(func.count()).select_from(Person)) == people
    written = select(func.count()).where(EmailAddress.canonical == ERIK)
    assert db.session.scalar(written) == 0


@covers("S57")
def test_unanswered_for_thirty_days_nothing_but_the_count_stays(inside: Flask, make: Make) -> None:
    told = tip(make, make.alumnus())
    with time_machine.travel(clock.now() + timedelta(days=29, hours=23), tick=False):
        run_jobs(inside)
        assert now(told).name == "Erik Sandell"
    with time_machine.travel(clock.now() + timedelta(days=30, hours=25), tick=False):
        run_jobs(inside)
        row = now(told)
        assert (row.state, row.name, row.address, row.why) == (ReferralState.EXPIRED, "", "", "")
        letters = db.session.scalars(select(Letter.to_address).where(Letter.id == row.letter_id))
        assert letters.one() == ""
        assert queries.counts() == {ReferralState.EXPIRED: 1}
        assert not holds(ERIK)


def holds(text: str) -> list[str]:
    """Return the tables in which a text still stands somewhere."""
    found = []
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(select(table)).all()
        if any(text in str(value) for row in rows for value in row):
            found.append(table.name)
    return found


def test_delete_me_now_deletes_at_once_before_and_after_a_yes(inside: Flask, make: Make) -> None:
    account = make.alumnus()
    for address, agrees in (("a@hemma.example", False), ("b@hemma.example", True)):
        told = tip(make, account, address=address)
        with make.work():
            if agrees:
                assert services.confirm(told)
            assert services.decline(told)
        assert now(told).state is ReferralState.DECLINED
        assert not holds(address)
        with make.work():
            assert not services.confirm(told), "a no cannot be turned by an old link"
            assert not services.decline(told)


def test_a_letter_that_waits_is_not_sent_after_delete_me_now(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    told = tip(make, make.alumnus())
    with make.work():
        services.decline(told)
    assert outbox.letters() == []
    assert db.session.get_one(Letter, now(told).letter_id).state is LetterState.DROPPED


@covers("S57")
def test_nobody_is_written_to_twice_about_the_same_opening(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    first, second, made = make.alumnus("Amira Haddad"), make.alumnus("Bo Ek"), opening(make)
    told = tip(make, first, made)
    tip(make, second, made, address=f" {ERIK.upper()} ".replace("ERIK", "erik"))
    with make.work():
        services.decline(told)
    again = tip(make, second, made)
    assert (again.name, again.address, again.was_written_to) == ("", "", False)
    assert len(outbox.letters(ERIK)) == 0, "declined before the letter went"
    other = tip(make, second, opening(make))
    assert other.was_written_to, "another opening is another question"


@covers("S57")
def test_an_address_gets_three_letters_in_thirty_days_whoever_tips(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus()
    for _ in range(4):
        tip(make, account, opening(make))
    assert len(outbox.letters(ERIK)) == 3


@covers("S57")
def test_ten_tips_a_day_and_no_more(inside: Flask, make: Make) -> None:
    account, other = make.alumnus("Amira Haddad"), make.alumnus("Bo Ek")
    for number in range(10):
        tip(make, account, address=f"nr{number}@hemma.example")
    with pytest.raises(Refusal):
        tip(make, account, address="nr11@hemma.example")
    tip(make, other, address="nr11@hemma.example")
    with time_machine.travel(clock.now() + timedelta(hours=24, minutes=1), tick=False):
        tip(make, account, address="nr12@hemma.example")


def test_who_works_here_and_who_has_died_get_no_letter_and_no_row_of_theirs(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    account = make.alumnus()
    make.employment(make.person("Per Nu", work="per@sundmark.example", private="per@hemma.example"))
    gone = make.former(private="borta@hemma.example")
    with make.work():
        db.session.get_one(Person, gone.id).died_on = clock.today()
    for address in ("per@sundmark.example", "per@hemma.example", "borta@hemma.example"):
        made = tip(make, account, address=address)
        assert (made.name, made.address, made.why) == ("", "", "")
    assert outbox.letters() == []


def test_a_yes_that_led_nowhere_is_forgotten_after_half_a_year(inside: Flask, make: Make) -> None:
    made = confirmed(make, make.alumnus())
    with time_machine.travel(clock.now() + timedelta(days=180, hours=25), tick=False):
        run_jobs(inside)
        assert now(made).state is ReferralState.EXPIRED
        assert not holds(ERIK)


def test_two_weeks_after_the_job_is_filled_the_rest_are_forgotten(
    inside: Flask, make: Make
) -> None:
    filled = opening(make)
    made = confirmed(make, make.alumnus(), filled)
    with make.work():
        openings.note_filled(filled, by=SYSTEM)
    with time_machine.travel(clock.now() + timedelta(days=13), tick=False):
        run_jobs(inside)
        assert now(made).state is ReferralState.CONFIRMED
    with time_machine.travel(clock.now() + timedelta(days=15, hours=2), tick=False):
        run_jobs(inside)
        assert now(made).state is ReferralState.EXPIRED


def test_who_is_hired_by_the_pipeline_is_known_to_have_come_by_the_tip(
    inside: Flask, make: Make
) -> None:
    account, made = make.alumnus(), opening(make)
    tipped, other = confirmed(make, account, made), confirmed(make, account, opening(make))
    with make.work():
        applicant = Applicant(name="Erik Sandell", address=f" {ERIK} ".strip())
        db.session.add(applicant)
        db.session.flush()
        application = Application(
            opening_id=made.id,
            applicant_id=applicant.id,
            can_begin=next(iter(Start)),
            hours=Hours.FULL,
        )
        db.session.add(application)
        db.session.flush()
        facts.state(ApplicationHired((application.id,), ()))
    assert now(tipped).state is ReferralState.HIRED
    assert now(other).state is ReferralState.CONFIRMED, "another opening is another story"


def test_marks_are_forgotten_after_two_years(inside: Flask, make: Make) -> None:
    made = tip(make, make.alumnus())
    with make.work():
        services.decline(made)
    with time_machine.travel(clock.now() + timedelta(days=731), tick=False):
        run_jobs(inside)
        assert (now(made).mark, now(made).written_once) == ("", None)


def test_only_who_said_yes_can_be_contacted_or_hired(inside: Flask, make: Make) -> None:
    account = make.alumnus()
    told = tip(make, account, address="a@hemma.example")
    for early in (services.note_hired, services.note_contacted):
        with pytest.raises(Conflict), make.work():
            early(now(told), by=SYSTEM)
    made = confirmed(make, account, opening(make))
    assert queries.count_to_contact() == 1
    with make.work():
        services.note_contacted(now(made), by=SYSTEM)
    assert queries.count_to_contact() == 0
    for _ in range(2):
        with make.work():
            services.note_hired(now(made), by=SYSTEM)
    assert now(made).state is ReferralState.HIRED


def test_an_opening_that_closed_meanwhile_is_refused_at_its_field(
    inside: Flask, make: Make
) -> None:
    with pytest.raises(Refusal) as refused:
        tip(make, make.alumnus(), opening(make, state=OpeningState.CLOSED))
    assert refused.value.field == "opening"
    assert db.session.scalar(select(func.count()).select_from(Referral)) == 0


def test_the_own_address_is_refused_however_it_is_written(inside: Flask, make: Make) -> None:
    account = make.alumnus(private="amira@post.example")
    for typed in ("amira@post.example", " Amira@POST.example "):
        with pytest.raises(Refusal) as refused:
            tip(make, account, address=typed)
        assert refused.value.field == "address"
