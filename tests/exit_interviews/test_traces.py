"""Logs, outbox, jobs and chains say neither what somebody answered nor that they did (S63, A12)."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core.db import Base, db
from alumni_portal.core.jobs import Job
from alumni_portal.core.permissions import Actor
from alumni_portal.exit_interviews import access
from alumni_portal.exit_interviews.models import Reach
from alumni_portal.mail.models import Letter
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
SAID = "kanariefågel i gruvan"
#: What answering may write: the answers, and how often somebody's network asked for a page.
OWN = {"exit_answer", "exit_interview", "exit_reader", "limit_hit"}


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox)


def cells() -> Iterator[str]:
    """Yield all that stands in the database, as somebody without keys reads it."""
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            yield from (f"{table.name}: {cell!r}" for cell in row if cell is not None)


def counts() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in OWN
    }


def answer_all(browser: Browser, elin: Asked) -> str:
    """Answer with a name and without, and let a coder read what bore the name."""
    elin.choose(Reach.HR_ONLY)
    browser.go(elin.path).submit("Spara och fortsätt senare", workload="2", stay_open=SAID)
    elin.say_done()
    with elin.make.work():
        access.open_texts(Actor(person_id=elin.hr.person_id, ref=elin.hr.public_id))
    token = elin.choose(Reach.AGGREGATE) or ""
    browser.go(f"/leaving/answers/{token}").submit("Spara svaren", change_open=SAID)
    return token


@covers("S34")
def test_no_table_and_no_line_of_the_log_holds_an_answer_or_the_link(
    app: Flask, browser: Browser, elin: Asked, capfd: pytest.CaptureFixture[str]
) -> None:
    token = answer_all(browser, elin)
    with app.app_context():
        found = [cell for cell in cells() if "kanarie" in cell or token in cell]
    assert found == []
    logged = "".join(capfd.readouterr())
    assert "exit_interviews.answer_nameless" in logged
    assert "kanarie" not in logged
    assert token not in logged


@covers("S63")
@pytest.mark.parametrize("reach", [Reach.HR_ONLY, Reach.AGGREGATE])
def test_answering_and_taking_back_leave_no_trace_beside_the_answers(
    app: Flask, browser: Browser, elin: Asked, reach: Reach
) -> None:
    token = elin.choose(reach)
    path = f"/leaving/answers/{token}" if token else elin.path
    with app.app_context():
        before = counts()
    save = "Spara svaren" if token else "Spara och fortsätt senare"
    page = browser.go(path).submit(save, workload="2", stay_open=SAID)
    page.submit("Ta tillbaka alla svar")
    with app.app_context():
        assert counts() == before


@covers("S63")
def test_the_outbox_does_not_say_who_chose_to_have_no_name(app: Flask, elin: Asked) -> None:
    """The letter with the link lies there like the one that asks, and like a reminder."""
    elin.choose(Reach.AGGREGATE)
    with app.app_context():
        kinds = select(Letter.kind).where(Letter.kind.like("exit_interviews/%"))
        assert list(db.session.scalars(kinds)) == ["exit_interviews/questionnaire"] * 2
        jobs = select(Job.priority).where(Job.name == "mail.send_letter").distinct()
        assert len(list(db.session.scalars(jobs))) == 1
