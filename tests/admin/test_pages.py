from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from alumni_portal.accounts import queries
from alumni_portal.admin import services
from alumni_portal.core import audit, jobs
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make


@pytest.fixture
def admin(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.ADMIN, name="Ada Min"))


@pytest.fixture
def dpo(browser: Browser, make: Make) -> Browser:
    return browser.another().as_(make.staff(Role.DPO, name="Ulla Dahl"))


def test_the_overview_tells_how_things_go_and_no_secrets(app: Flask, admin: Browser) -> None:
    page = admin.get("admin.overview")
    assert "sqlite" in page
    assert "localhost" in page
    assert app.config["SECRET_KEY"] not in page.html


def test_hr_gives_a_role_to_an_employee(app: Flask, browser: Browser, make: Make) -> None:
    person = make.employee("Åsa Lind")
    page = browser.as_(make.staff(Role.HR)).get("admin.users").follow("Ge någon en roll")
    page = page.submit("Sök", within="main", q="lind").follow("Åsa Lind")
    page = page.submit("Öppna ett konto").submit("Ge rollen Rekryterare")
    assert "Rollen är ändrad" in page.flashes[0]
    with app.app_context():
        assert queries.account_with_roles(person.id)[1] == {Role.RECRUITER}
    page = page.submit("Ta bort Rekryterare")
    with app.app_context():
        assert queries.account_with_roles(person.id)[1] == frozenset()


@covers("S20")
@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.HR, {"Rekryterare", "Chef", "Samtalsledare"}),
        (Role.HR_LEAD, {"Rekryterare", "Chef", "Samtalsledare", "HR", "Dataskyddsombud"}),
        (Role.ADMIN, set()),
    ],
)
def test_only_what_one_may_give_is_offered(
    browser: Browser, make: Make, role: Role, offered: set[str]
) -> None:
    other = make.account(make.employee("Åsa Lind"))
    page = browser.as_(make.staff(role)).get("admin.user_of", public_id=other.person.public_id)
    buttons = {one.removeprefix("Ge rollen ") for one in page.buttons() if "Ge rollen" in one}
    assert buttons == offered


@covers("S20")
def test_a_role_that_is_not_offered_is_refused(browser: Browser, make: Make) -> None:
    other = make.account(make.employee("Åsa Lind"))
    hr = browser.as_(make.staff(Role.HR))
    address = f"/admin/users/{other.person.public_id}"
    token = hr.go(address).value("csrf_token")
    for role in ("admin", "hr", "alumnus"):
        page = hr.go(f"{address}/roles/{role}/grant", method="POST", data={"csrf_token": token})
        assert "kan du inte ge" in page.flashes[0]
    answer = hr.open(f"{address}/roles/king/grant", method="POST", data={"csrf_token": token})
    assert answer.status_code == 404


@covers("S20")
def test_nobody_is_offered_a_change_of_the_own_account(browser: Browser, make: Make) -> None:
    account = make.staff(Role.ADMIN)
    make.staff(Role.ADMIN)
    page = browser.as_(account).get("admin.user_of", public_id=account.person.public_id)
    assert not [one for one in page.buttons() if "roll" in one or "kontot" in one]


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(
    browser: Browser, make: Make
) -> None:
    other = make.staff(Role.RECRUITER, name="Johan Nyström")
    hr = browser.as_(make.staff(Role.HR))
    theirs = browser.another().as_(other)
    page = hr.get("admin.user_of", public_id=other.person.public_id).submit("Stäng kontot")
    assert theirs.open("/account").status_code == 303
    page.submit("Öppna kontot igen")
    assert theirs.open("/account").status_code == 303
    assert theirs.as_(other).open("/account").status_code == 200


def test_a_dead_job_is_shown_and_tried_again(app: Flask, admin: Browser) -> None:
    with app.app_context():
        with unit():
            job = jobs.enqueue("mail.send_letter", {"letter": 0})
            job.state, job.error = jobs.JobState.DEAD, "ConnectionRefusedError"
        public_id = job.public_id
    page = admin.get("admin.job_list")
    assert "ConnectionRefusedError" in page
    page = page.submit("Försök igen mail.send_letter")
    assert "görs om" in page.flashes[0]
    with app.app_context():
        found = jobs.find(public_id)
        assert found is not None
        assert found.state is jobs.JobState.QUEUED


def note(app: Flask) -> None:
    with app.app_context(), unit():
        audit.record("case.opened", by=SYSTEM, subject="c1")
        audit.record("role.granted", by=SYSTEM, subject="a1", role="hr")


def actions(browser: Browser, **values: Any) -> set[str]:
    rows = browser.get("admin.audit", **values).table("Spårlogg")
    return {word.strip(",") for row in rows for word in row["Vad"].split() if "." in word}


def test_an_admin_reads_technical_entries_only(app: Flask, admin: Browser, dpo: Browser) -> None:
    note(app)
    assert "role.granted" in actions(admin)
    assert "case.opened" not in actions(admin)
    assert "case.opened" not in actions(admin, kind="case.")
    assert {"role.granted", "case.opened"} <= actions(dpo)
    assert actions(dpo, kind="case.") == {"case.opened"}


@pytest.mark.both_databases
@covers("S61")
def test_the_dpo_verifies_the_chain(app: Flask, dpo: Browser) -> None:
    note(app)
    page = dpo.get("admin.audit").submit("Kontrollera kedjan")
    assert "Kedjan är hel" in page.flashes[0]
    with app.app_context(), unit():
        db.session.execute(update(AuditEntry).where(AuditEntry.seq == 2).values(actor="nobody"))
    page = page.submit("Kontrollera kedjan")
    assert "bruten vid rad 2" in page.flashes[0]


@covers("S61")
def test_the_chain_is_anchored_once_a_day(
    app: Flask, work: Callable[[], int], dpo: Browser
) -> None:
    note(app)
    work()
    with app.app_context():
        kept = services.anchors()
        seq, mac = max(kept.items())
        assert audit.verify(kept) is None
        entry = db.session.get(AuditEntry, seq)
        assert entry is not None
        assert entry.mac == mac
    assert "access.digest" in actions(dpo)


def test_pages_of_the_machine_room_are_closed_to_others(browser: Browser, make: Make) -> None:
    recruiter = browser.as_(make.staff(Role.RECRUITER))
    for path in ("/admin", "/admin/jobs", "/admin/audit", "/admin/users"):
        assert recruiter.open(path).status_code == 404
