"""The proof of a consent goes 24 months after it ended; what stands keeps its history."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from alumni_portal.consents import queries, services
from alumni_portal.consents.models import Act, How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.models import Person
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
BOTH = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER)


def left(person_id: int) -> set[tuple[Purpose, Act]]:
    db.session.rollback()
    return {(line.purpose, line.act) for line in queries.history(person_id)}


def forget(make: Make, before: datetime) -> int:
    with make.work():
        return services.forget_ended(before)


def test_both_ends_of_an_ended_consent_go_and_nothing_else(inside: Flask, make: Make) -> None:
    her = make.alumnus(agreed_to=BOTH).person_id
    other = make.alumnus("Bo Ek", agreed_to=BOTH).person_id
    with make.work():
        person = db.session.get_one(Person, her)
        services.withdraw(person, Purpose.NEWSLETTER, how=How.CONSENT_CENTRE, by=SYSTEM)
    now = clock.now()
    assert forget(make, now - timedelta(hours=1)) == 0
    assert forget(make, now + timedelta(hours=1)) == 2
    assert left(her) == {(Purpose.MEMBERSHIP, Act.GIVEN)}
    assert left(other) == {(Purpose.MEMBERSHIP, Act.GIVEN), (Purpose.NEWSLETTER, Act.GIVEN)}
    assert forget(make, now + timedelta(hours=1)) == 0
