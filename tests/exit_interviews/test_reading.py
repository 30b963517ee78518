"""Who reads: only those whom the leaver was told of, and never before it is on record (I1–I7)."""

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.accounts.models import Account, Recusal
from alumni_portal.core import access_log, audit
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach, Reader, Seat
from alumni_portal.people.models import Unit
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("Lager")


@pytest.fixture
def boss(make: Make, unit: Unit) -> Account:
    return make.manager_of(unit)


@pytest.fixture
def elin(make: Make, outbox: Outbox, unit: Unit, boss: Account) -> Asked:
    found = asked(make, outbox, unit=unit)
    found.choose(Reach.HR_ONLY)
    found.save(workload="2", stay_open="kanariefågel")
    found.do(services.send_in)
    return found


def path(app: Flask, elin: Asked) -> str:
    with app.app_context():
        return f"/exit-interviews/{elin.interview().public_id}"


def reads(app: Flask) -> list[str]:
    with app.app_context():
        query = select(audit.AuditEntry.actor).where(audit.AuditEntry.action == "exit_answers.read")
        return list(db.session.scalars(query))


def test_a_named_reader_reads_and_it_is_on_record(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    page = browser.as_(elin.hr).go(path(app, elin))
    assert "kanariefågel" in page
    assert reads(app) == [elin.hr.public_id]
    with app.app_context():
        person_id = elin.interview().person_id
        assert person_id is not None
        assert Look.EXIT_ANSWERS in {one.look for one in access_log.seen(person_id)}


@pytest.mark.parametrize(
    "roles",
    [
        {Role.HR},
        {Role.HR_LEAD},
        {Role.INTERVIEWER},
        {Role.RECRUITER, Role.MANAGER, Role.ADMIN},
        {Role.DPO},
    ],
    ids=lambda roles: "-".join(sorted(roles)),
)
def test_no_role_opens_an_answer(
    app: Flask, browser: Browser, make: Make, elin: Asked, roles: set[Role]
) -> None:
    browser.as_(make.staff(*roles)).go(path(app, elin), status=404)
    assert reads(app) == []


def test_a_manager_reads_only_what_was_opened_to_them(
    app: Flask, browser: Browser, elin: Asked, boss: Account
) -> None:
    browser.as_(boss).go(path(app, elin), status=404)
    elin.choose(Reach.OPEN, agreed=True)
    elin.save(workload="2", stay_open="kanariefågel", change_open="Nya datorer.")
    page = browser.as_(boss).go(path(app, elin))
    assert "Nya datorer." in page
    assert "kanariefågel" not in page


def test_hr_who_is_not_named_sees_how_far_it_is_but_no_way_in(
    browser: Browser, make: Make, elin: Asked
) -> None:
    page = browser.as_(make.staff(Role.HR)).go("/exit-interviews")
    assert "Elin Bergström" in page
    assert "Läses av andra" in page
    assert "Läs svaren" not in page.links()


def test_at_most_two_readers_and_two_coders_are_named(app: Flask, elin: Asked) -> None:
    with app.app_context():
        seats = list(db.session.scalars(select(Reader.seat)))
    assert seats.count(Seat.READER) <= 2
    assert seats.count(Seat.CODER) <= 2


def test_readers_are_not_of_the_leavers_own_team(make: Make, outbox: Outbox) -> None:
    unit = make.unit("HR")
    near = make.staff(Role.HR, name="Nära Kollega", unit=unit)
    elin = asked(make, outbox, unit=unit)
    with make.work():
        assert near.person_id not in {one.person_id for one in elin.interview().readers}


def test_named_readers_are_kept_out_of_decisions(app: Flask, elin: Asked, boss: Account) -> None:
    def recused() -> set[int]:
        with app.app_context():
            return set(db.session.scalars(select(Recusal.person_id)))

    assert elin.hr.person_id in recused()
    assert boss.person_id not in recused()
    elin.choose(Reach.OPEN, agreed=True)
    assert boss.person_id in recused()


@covers("S63")
def test_nobody_but_hr_sees_whether_somebody_has_answered(
    browser: Browser, make: Make, outbox: Outbox, unit: Unit, boss: Account
) -> None:
    silent = asked(make, outbox, unit=unit)
    silent.choose(Reach.HR_ONLY)
    his = browser.as_(boss)

    def seen() -> list[str]:
        places = (f"/offboarding/{silent.who.public_id}", "/offboarding", "/start")
        return [his.go(place).text for place in (*places, "/exit-interviews")]

    before = seen()
    silent.save(workload="5", balance="1", stay_open="Mer.")
    silent.do(services.send_in)
    assert seen() == before
    assert "Inlämnat" in browser.another().as_(silent.hr).go("/exit-interviews")


def test_nobody_reads_while_the_leaver_is_still_writing(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    writing = asked(make, outbox)
    writing.choose(Reach.HR_ONLY)
    writing.save(workload="2")
    browser.as_(writing.hr).go(path(app, writing), status=404)
