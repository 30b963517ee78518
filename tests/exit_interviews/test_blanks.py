"""Who reads the database without the key sees from no row without a name what was answered."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Answer, Interview, Reach
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import interviews as lookups
from tests.exit_interviews.making import Asked, asked
from tests.exit_interviews.test_mixing import after, close
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    return asked(make, outbox)


def shape() -> list[tuple[object, ...]]:
    """Return all that the tables say of the one row without a name, but for what is random."""
    row = db.session.scalars(select(Interview).where(Interview.id < 0)).one()
    clear = (row.state, row.sent_in, row.withdrawn, row.reach, row.version_id, row.language)
    rows = db.session.scalars(select(Answer).where(Answer.interview_id == row.id))
    return [clear, *sorted((one.question, len(one.value), one.circle) for one in rows)]


def sealed() -> set[bytes]:
    return set(db.session.scalars(select(Answer.value).where(Answer.interview_id < 0)))


@pytest.mark.parametrize("do", ["save", "withdraw"])
def test_a_row_looks_the_same_whatever_it_says(
    app: Flask, browser: Browser, elin: Asked, do: str
) -> None:
    """The only row there is: nothing hides whose it is, and nothing tells what it says."""
    token = elin.choose(Reach.AGGREGATE)
    with app.app_context():
        before, bytes_before = shape(), sealed()
    page = browser.go(f"/leaving/answers/{token}").submit(
        "Spara svaren", workload="2", would_return="10", stay_open="Bättre lön." * 80
    )
    if do == "withdraw":
        page.submit("Ta tillbaka alla svar")
    with app.app_context():
        assert shape() == before
        assert not sealed() & bytes_before  # two copies tell not even which question was answered


def test_nothing_sealed_is_no_answer(app: Flask, browser: Browser, elin: Asked) -> None:
    token = elin.choose(Reach.AGGREGATE)
    page = browser.go(f"/leaving/answers/{token}")
    assert "0 av" in page
    assert page.all("input[name=quote][checked]") == []
    with after(elin, 100), app.app_context():
        close()
        (row,) = queries.release_rows(until=clock.today() + timedelta(days=92))
        assert (row.answered, row.scales, row.reasons) == (False, {}, ())


def test_no_length_tells_a_number_or_a_choice(app: Flask) -> None:
    with app.app_context():
        vault = Vault()
        assert len({len(vault.seal(value)) for value in range(11)}) == 1
        assert len({len(vault.seal(value)) for value in ("pay", ["pay"], ["pay", "career"])}) == 1
        assert vault.open(vault.seal("å" * 4000)) == "å" * 4000


def test_who_has_a_copy_from_before_closing_cannot_follow_a_row(app: Flask, elin: Asked) -> None:
    token = elin.choose(Reach.AGGREGATE)
    with app.app_context():
        found = lookups.nameless_by(token or "")
        assert found is not None
        before = {str(found.id), found.public_id, found.mark}
    with after(elin, 29), app.app_context():
        close()
        row = db.session.scalars(select(Interview).where(Interview.id < 0)).one()
        assert not before & {str(row.id), row.public_id, row.mark}
        assert {one.interview_id for one in lookups.answers_of(row.id).values()} == {row.id}
        assert services.opened(row) == {}
