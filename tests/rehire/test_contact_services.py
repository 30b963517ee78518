"""Letters to candidates in the database: one at a time, however many press at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Letter as Mail
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.rehire import queries, services
from alumni_portal.rehire.models import Contact, ContactState
from alumni_portal.rehire.services import Letter
from tests.rehire.making import WHY, candidate, write
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


def actor(account: Account) -> Actor:
    return Actor(account_id=account.id, ref=account.public_id, person_id=account.person_id)


def at_once(app: Flask, work: Callable[[int], None], number: int) -> list[str]:
    """Do something many times at once; return the names of what was refused."""

    def one(turn: int) -> str:
        with app.app_context():
            try:
                with unit():
                    work(turn)
            except (Refusal, NotFound) as refusal:
                return type(refusal).__name__
            return ""

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Contact)) or 0
        mails = db.session.scalar(select(func.count()).where(Mail.kind == "rehire/contact")) or 0
        return rows, mails


@covers("S56")
def test_the_same_form_twenty_times_is_one_row_and_one_letter(app: Flask, make: Make) -> None:
    me, her = make.staff(Role.RECRUITER), candidate(make)

    def press(_turn: int) -> None:
        person = db.session.get_one(Person, her.person_id)
        services.contact(person, Letter(reason=WHY), nonce="samma", by=actor(me))

    assert at_once(app, press, 20) == [""] * 20
    assert counts(app) == (1, 1)


@covers("S24")
def test_many_recruiters_at_once_are_one_letter(app: Flask, make: Make) -> None:
    recruiters = [make.staff(Role.RECRUITER) for _ in range(5)]
    her = candidate(make)

    def press(turn: int) -> None:
        person = db.session.get_one(Person, her.person_id)
        by = actor(recruiters[turn])
        services.contact(person, Letter(reason=WHY), nonce=f"n{turn}", by=by)

    assert sorted(at_once(app, press, 5)) == ["", *["Refusal"] * 4]
    assert counts(app) == (1, 1)


def test_a_form_is_for_one_person(inside: Flask, make: Make) -> None:
    me, first, second = make.staff(Role.RECRUITER), candidate(make), candidate(make, "Bo Berg")
    for account in (first, second):
        person = db.session.get_one(Person, account.person_id)
        if account is first:
            with make.work():
                services.contact(person, Letter(reason=WHY), nonce="samma", by=actor(me))
        else:
            with pytest.raises(Conflict), make.work():
                services.contact(person, Letter(reason=WHY), nonce="samma", by=actor(me))


def test_a_search_tells_who_wrote_last(inside: Flask, make: Make) -> None:
    me, other = make.staff(Role.RECRUITER), make.staff(Role.HR)
    first, second, third = (candidate(make, name) for name in ("Bo Ek", "Cia Falk", "Eva Gran"))
    write(make, me, first)
    write(make, other, second)
    ids = [one.person_id for one in (first, second, third)]
    found = queries.contact_state_for(ids, me.person_id)
    assert {one: (found[one].is_mine, found[one].state) for one in found} == {
        first.person_id: (True, ContactState.SENT),
        second.person_id: (False, ContactState.SENT),
    }


def test_letters_are_forgotten_after_two_years(inside: Flask, make: Make) -> None:
    me, her = make.staff(Role.RECRUITER), candidate(make)
    write(make, me, her)
    with make.work():
        assert services.forget_contacts() == 0
    with time_machine.travel(clock.now() + timedelta(days=731)), make.work():
        assert services.forget_contacts() == 1
    assert counts(inside)[0] == 0


def test_who_has_no_private_address_is_not_written_to(inside: Flask, make: Make) -> None:
    me, her = make.staff(Role.RECRUITER), candidate(make)
    with make.work():
        for address in db.session.scalars(
            select(EmailAddress).where(EmailAddress.person_id == her.person_id)
        ):
            address.retired_at = clock.now()
    with pytest.raises(Refusal, match="ingen bekräftad privat adress"):
        write(make, me, her)
    assert counts(inside) == (0, 0)
