"""After six months what was said loses its name, its texts and its readers, and still counts."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Answer, Interview, Reach, Reader, Seat
from tests.exit_interviews.making import Asked, asked
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox, unit=make.unit("Lager"))
    found.choose(Reach.HR_ONLY)
    found.save(workload="2", reasons=["pay"], stay_open="kanariefågel")
    found.say_done()
    return found


def after(elin: Asked, days: int) -> travel:
    last = elin.who.employment.ends_on or date.max
    return on_day(last + timedelta(days=days))


def closed(make: Make) -> list[queries.ReleaseRow]:
    with make.work():
        services.close_due()
    with make.work():
        services.detach_due()
    with make.work():
        return queries.release_rows(until=clock.today())


def test_the_name_goes_and_the_row_counts_as_before(app: Flask, make: Make, elin: Asked) -> None:
    with after(elin, 120):
        before = closed(make)
    with after(elin, 190):
        assert closed(make) == before
        with app.app_context():
            assert db.session.scalars(select(Interview.person_id)).all() == [None]
            assert set(db.session.scalars(select(Answer.question))) == {"reasons", "workload"}
            assert db.session.scalar(select(func.count()).select_from(Reader)) == 0


def test_what_the_coders_agreed_on_outlives_the_texts(make: Make, elin: Asked) -> None:
    with make.work():
        found = elin.interview()
        coders = [one.person_id for one in found.readers if one.seat is Seat.CODER]
        for coder in coders:
            services.code(found.public_id, "stay_open", ["pay"], by=Actor(person_id=coder))
    with after(elin, 120):
        before = closed(make)
    with after(elin, 190):
        assert closed(make) == before
    assert [row.coded for row in before] == [("pay",)]


def test_before_that_nothing_changes(app: Flask, make: Make, elin: Asked) -> None:
    with after(elin, 180):
        closed(make)
        with app.app_context():
            assert db.session.scalars(select(Interview.person_id)).all() != [None]


def test_who_chose_to_be_nameless_is_counted_once(make: Make, elin: Asked) -> None:
    elin.choose(Reach.AGGREGATE)
    with after(elin, 190):
        assert len(closed(make)) == 1
