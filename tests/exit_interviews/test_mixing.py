"""Where rows without a name lie, and what wrote them, tells nobody's turn (§2)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews import jobs, queries, services
from alumni_portal.exit_interviews.models import Answer, Coding, Interview, Reach, Reader, Seat
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.exit_interviews.services.detaching import without_a_name
from alumni_portal.offboarding import services as offboarding
from tests.exit_interviews.making import Asked, asked
from tests.offboarding.making import change
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases

ROWS = 12


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    return found


def close() -> None:
    """Let the job that closes and forgets run now."""
    jobs.close(None)  # type: ignore[arg-type]  # it asks its run for nothing


def nameless(elin: Asked, number: int) -> None:
    """Write rows without a name one after the other, each in a transaction of its own."""
    for _each in range(number):
        with elin.make.work():
            made = without_a_name(elin.interview(), elin.case().employment)
            made.token_hash = made.public_id
            db.session.add(made)
            db.session.flush()
            sealed = Vault().seal(2)
            db.session.add(Answer(interview_id=made.id, question="workload", value=sealed))


def order(table: str, key: str) -> list[int]:
    """Return each key of rows without a name, in the order in which they lie in the database."""
    place = "ctid" if db.engine.dialect.name == "postgresql" else "rowid"
    found = db.session.scalars(text(f"SELECT {key} FROM {table} WHERE {key} < 0 ORDER BY {place}"))
    return list(dict.fromkeys(found))


def marks() -> dict[int, str]:
    query = select(Interview.id, Interview.mark).where(Interview.id < 0)
    return {one.id: one.mark for one in db.session.execute(query)}


def test_rows_lie_in_the_order_of_their_random_marks(app: Flask, elin: Asked) -> None:
    nameless(elin, ROWS)
    with elin.make.work():
        assert services.mix() == ROWS
    with app.app_context():
        sorted_by_mark = sorted(marks(), key=marks().__getitem__)
        assert order("exit_answer", "interview_id") == sorted_by_mark
        if db.engine.dialect.name == "postgresql":
            assert order("exit_interview", "id") == sorted_by_mark


def test_before_that_they_lie_as_they_were_written(app: Flask, elin: Asked) -> None:
    """What the job is for: without it, the order of answers is the order of leavers."""
    nameless(elin, ROWS)
    with app.app_context():
        found = order("exit_answer", "interview_id")
        assert found != sorted(found, key=marks().__getitem__)


def test_one_transaction_wrote_them_all(app: Flask, elin: Asked) -> None:
    nameless(elin, 3)
    with elin.make.work():
        services.mix()
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            query = text("SELECT DISTINCT xmin::text FROM exit_answer WHERE interview_id < 0")
            assert len(list(db.session.scalars(query))) == 1


def test_nothing_is_lost_and_the_link_still_opens(app: Flask, elin: Asked) -> None:
    elin.save(workload="2", stay_open="kanariefågel")
    token = elin.choose(Reach.AGGREGATE)
    with app.app_context():
        close()
        found = lookups.nameless_by(token or "")
        assert found is not None
        assert services.opened(found) == {"workload": 2, "stay_open": "kanariefågel"}
        assert {one.seat for one in found.readers} == {Seat.CODER}


def after(elin: Asked, days: int) -> travel:
    last = elin.who.employment.ends_on or date.max
    return on_day(last + timedelta(days=days))


def test_texts_without_a_name_are_gone_six_months_after_closing_and_still_count(
    app: Flask, elin: Asked
) -> None:
    elin.save(workload="2", stay_open="kanariefågel")
    elin.choose(Reach.AGGREGATE)
    with app.app_context():
        loose = db.session.scalars(select(Interview).where(Interview.person_id.is_(None))).one()
        coders = select(Reader.person_id).where(Reader.interview_id == loose.id)
        found = [
            Coding(interview_id=loose.id, question="stay_open", coder_id=one, codes=["pay"])
            for one in db.session.scalars(coders)
        ]
        with elin.make.work():
            db.session.add_all(found)
    with after(elin, 100), app.app_context():
        close()
        assert "stay_open" in set(db.session.scalars(select(Answer.question)))
        before = queries.release_rows(until=clock.today() + timedelta(days=92))
    with after(elin, 28 + 183), app.app_context():
        close()
        assert "stay_open" not in set(db.session.scalars(select(Answer.question)))
        assert db.session.scalars(select(Coding)).all() == []
        assert queries.release_rows(until=clock.today()) == before
    assert [(row.coded, dict(row.scales)) for row in before] == [(("pay",), {"workload": 2})]


def test_who_stays_is_asked_to_take_back_what_nobody_else_finds(
    make: Make, outbox: Outbox, elin: Asked
) -> None:
    elin.choose(Reach.AGGREGATE)
    change(make, elin.who.public_id, offboarding.withdraw_notice)
    letter = outbox.last(elin.who.address)
    assert letter.subject == "Du stannar: ta tillbaka dina svar utan namn"


def test_who_stays_and_answered_by_name_is_not_asked(
    make: Make, outbox: Outbox, elin: Asked
) -> None:
    change(make, elin.who.public_id, offboarding.withdraw_notice)
    assert "Du stannar: ta tillbaka dina svar utan namn" not in outbox.subjects()
