"""Answers without a name: only the leaver's link leads to them, and after closing nothing does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Answer, Interview, InterviewState, Reach
from tests.exit_interviews.making import HERE, Asked, asked
from tests.support.browser import Browser
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox)


def loose() -> Interview:
    return db.session.scalars(select(Interview).where(Interview.person_id.is_(None))).one()


def test_answers_move_behind_a_link_of_their_own(
    app: Flask, browser: Browser, outbox: Outbox, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.choose(Reach.AGGREGATE)
    path = outbox.last(elin.who.address).link.removeprefix(HERE)
    page = browser.go(path).submit("Spara svaren", balance="5")
    assert page.flashes == ["Sparat."]
    with app.app_context():
        assert services.opened(loose()) == {"workload": 2, "balance": 5}
        assert services.opened(elin.interview()) == {}
    assert "Härifrån går de inte att hitta" in browser.go(elin.path)


def test_nothing_in_the_row_says_whose_it_is_or_when(app: Flask, elin: Asked) -> None:
    token = elin.choose(Reach.AGGREGATE)
    with app.app_context():
        row, named = loose(), elin.interview()
        assert row.id < 0
        assert row.exit_day is None
        assert (row.case_id, row.employment_id, row.created_on, row.closes_on) == (None,) * 4
        assert row.exit_month in {1, 4, 7, 10}
        assert str(token) not in str(row.__dict__)
        assert named.token_hash is None


def test_after_closing_nobody_finds_them(app: Flask, browser: Browser, elin: Asked) -> None:
    token = elin.choose(Reach.AGGREGATE)
    last = elin.who.employment.ends_on
    assert last is not None
    with on_day(last + timedelta(days=29)):
        with elin.make.work():
            assert services.close_due() == 2
        browser.go(f"/leaving/answers/{token}", status=404)
        with app.app_context():
            row = loose()
            assert row.state is InterviewState.CLOSED
            assert (row.token_hash, row.closing) == (None, None)
            with pytest.raises(Conflict):
                services.withdraw(row)


def test_taking_back_works_through_the_link(app: Flask, browser: Browser, elin: Asked) -> None:
    token = elin.choose(Reach.AGGREGATE)
    page = browser.go(f"/leaving/answers/{token}").submit("Spara svaren", workload="1")
    page.submit("Ta tillbaka alla svar")
    with app.app_context():
        assert services.opened(loose()) == {}


def test_there_is_no_way_back_to_a_name(elin: Asked) -> None:
    elin.choose(Reach.AGGREGATE)
    with pytest.raises(Refusal, match="utan namn"):
        elin.choose(Reach.OPEN, agreed=True)


def test_a_wider_choice_needs_consent_and_never_reaches_back(app: Flask, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    with pytest.raises(Refusal, match="Kryssa i"):
        elin.choose(Reach.OPEN)
    elin.choose(Reach.OPEN, agreed=True)
    elin.save(workload="2", balance="3")
    with app.app_context():
        rows = db.session.execute(select(Answer.question, Answer.reach)).all()
    assert {row.question: row.reach for row in rows} == {
        "workload": Reach.HR_ONLY,
        "balance": Reach.OPEN,
    }


def test_a_narrower_choice_holds_for_what_was_said(app: Flask, elin: Asked) -> None:
    elin.choose(Reach.OPEN)
    elin.save(workload="2")
    elin.choose(Reach.HR_ONLY)
    with app.app_context():
        assert db.session.scalars(select(Answer.reach)).all() == [Reach.HR_ONLY]
