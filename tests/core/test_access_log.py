import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.access_log import Access, Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.core.transaction import unit
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

HR = Actor(account_id=1, ref="hr1", person_id=999, roles=frozenset({Role.HR}))


@covers("S17")
def test_who_opened_a_record_is_told_to_the_person(inside: Flask) -> None:
    with unit():
        access_log.opened(HR, 5, Look.PERSON)
        access_log.listed(HR, [5, 6, 5], Look.PERSON_LIST)
    assert [(one.actor, one.look) for one in access_log.seen(5)] == [
        ("hr1", Look.PERSON_LIST),
        ("hr1", Look.PERSON),
    ]
    assert access_log.times_seen(6) == 1
    assert access_log.seen(5)[0].roles == ("hr",)


def test_looking_at_oneself_leaves_no_trace(inside: Flask) -> None:
    with unit():
        access_log.opened(HR, 999, Look.PERSON)
        access_log.listed(HR, [], Look.PERSON_LIST)
    assert access_log.times_seen(999) == 0


@pytest.mark.both_databases
def test_a_page_that_is_read_notes_it_and_a_refused_one_does_not(
    app: Flask, browser: Browser, make: Make
) -> None:
    person = make.former("Åke Ångström")
    browser.as_(make.staff(Role.HR)).get("people.person", public_id=person.public_id)
    browser.another().as_(make.staff(Role.RECRUITER)).open(f"/people/{person.public_id}")
    with app.app_context():
        assert access_log.times_seen(person.id) == 1


@covers("S61")
def test_each_look_is_tied_to_the_chain_once(inside: Flask) -> None:
    with unit():
        access_log.opened(HR, 5, Look.PERSON)
    with unit():
        assert access_log.anchor(clock.now()) == 1
    with unit():
        access_log.opened(HR, 6, Look.PERSON)
        access_log.opened(HR, 7, Look.PERSON)
    with unit():
        assert access_log.anchor(clock.now()) == 2
    details = db.session.scalars(select(audit.AuditEntry.detail)).all()
    assert len(details) == 2
    assert "hr1" not in "".join(details)


@pytest.mark.both_databases
def test_old_looks_are_forgotten_with_whom_they_were_at(inside: Flask) -> None:
    for person_id in (5, 6):
        with unit():
            access_log.opened(HR, person_id, Look.PERSON)
    first = db.session.scalars(select(Access.at).order_by(Access.id)).all()[1]
    with unit():
        assert access_log.forget_before(first) == 1
    assert [access_log.times_seen(one) for one in (5, 6)] == [0, 1]
    with unit():
        assert access_log.forget_before(first) == 0
