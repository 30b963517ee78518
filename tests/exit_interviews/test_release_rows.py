"""What a release may count: once each, after closing, by the unit that was left (A1, I7)."""

from datetime import date

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Reach
from tests.exit_interviews.making import Asked, asked
from tests.support.letters import Outbox
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox, unit=make.unit("Lager", parent=make.unit("Bolaget")))


def after_closing(elin: Asked) -> travel:
    """Travel past the closing day, to the next quarter."""
    last = elin.who.employment.ends_on
    assert last is not None
    return travel(clock.now() + (last - clock.today()) + (days(120) - days(0)), tick=True)


def rows(elin: Asked) -> list[queries.ReleaseRow]:
    with elin.make.work():
        services.close_due()
    with elin.make.work():
        return queries.release_rows(until=clock.today())


def test_a_closed_questionnaire_is_one_row_without_text(app: Flask, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2", would_return="9", reasons=["career", "pay"], stay_open="Mer tid.")
    with after_closing(elin):
        found = rows(elin)
    assert len(found) == 1
    row = found[0]
    assert dict(row.scales) == {"workload": 2, "would_return": 9}
    assert row.reasons == ("career", "pay")
    assert (row.answered, row.exit_type) == (True, "own")
    assert len(row.unit_path) == 2


def test_who_did_not_answer_is_a_row_too(elin: Asked) -> None:
    with after_closing(elin):
        found = rows(elin)
    assert [row.answered for row in found] == [False]


def test_nothing_counts_before_closing(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    with elin.make.work():
        assert queries.release_rows(until=date(2100, 1, 1)) == []


def test_the_nameless_count_once_and_alone(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.choose(Reach.AGGREGATE)
    with after_closing(elin):
        found, again = rows(elin), rows(elin)
    assert [dict(row.scales) for row in found] == [{"workload": 2}]
    assert [row.token for row in found] == [row.token for row in again]


def test_what_was_taken_back_does_not_count(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.do(services.withdraw)
    with after_closing(elin):
        found = rows(elin)
    assert [row.answered for row in found] == [False]
