"""Who asks to be erased is gone from the answers and from the figures, at once (A11)."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.cli import group
from alumni_portal.core import clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews import queries
from alumni_portal.exit_interviews.models import Answer, Interview, Reach
from alumni_portal.insights import queries as figures
from alumni_portal.insights import services as insights
from alumni_portal.insights.models import LedgerToken, ReleaseCell
from alumni_portal.insights.rules.population import latest_closed
from alumni_portal.people.models import Person
from tests.exit_interviews.making import Asked, asked
from tests.insights.leavers import row
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    found.save(workload="2", stay_open="Mer tid.")
    return found


def released_with(elin: Asked, others: int) -> str:
    """Publish a quarter in which Elin is one of so many."""
    quarter = latest_closed(clock.today())
    with unit():
        mine = queries.release_tokens(elin.interview().person_id or 0)
        tokens = [*mine, *(f"t{n}" for n in range(others))]
        rows = [row(token, quarter=quarter, scales={"workload": 3}) for token in tokens]
        return insights.release_from(rows, quarter, by=SYSTEM).public_id


def erased(app: Flask, public_id: str) -> str:
    command = ["exit-interviews", "erase", public_id, "--yes"]
    found = app.test_cli_runner().invoke(group, command)
    assert found.exit_code == 0, found.output
    return str(found.stdout)


@covers("S90")
def test_answers_go_and_a_figure_without_enough_others_is_taken_back(
    inside: Flask, elin: Asked
) -> None:
    made = released_with(elin, others=4)
    person_id = elin.interview().person_id
    mine = queries.release_tokens(person_id or 0)
    assert figures.cell(made, "company", {}, "exits").state == "shown"
    assert erased(inside, db.session.get_one(Person, person_id).public_id) == "1 erased\n"
    assert figures.cell(made, "company", {}, "exits") == figures.TOO_FEW
    for table in (Interview, Answer):
        assert not db.session.scalar(select(func.count()).select_from(table))
    left = set(db.session.scalars(select(LedgerToken.token)))
    assert len(left) == 5, "a later audit still counts her as one to be kept hidden"
    assert not left & set(mine)
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"exit_interview.erased", "release.forgotten"} <= actions


def test_a_figure_that_enough_others_stand_behind_stays_as_it_is(
    inside: Flask, elin: Asked
) -> None:
    made = released_with(elin, others=5)
    before = figures.exported(figures.release(made))
    person_id = elin.interview().person_id
    erased(inside, db.session.get_one(Person, person_id).public_id)
    assert figures.exported(figures.release(made)) == before
    assert not db.session.scalars(
        select(ReleaseCell.id).where(ReleaseCell.withdrawn_at.is_not(None))
    ).all()


def test_nobody_is_told_from_somebody_without_answers(inside: Flask, make: Make) -> None:
    runner = inside.test_cli_runner()
    assert runner.invoke(group, ["exit-interviews", "erase", "nobody", "--yes"]).exit_code == 2
    assert erased(inside, make.employee().public_id) == "0 erased\n"
