"""What somebody inside could work out from pages that look harmless, and cannot (S63, A9)."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts import services as accounts
from alumni_portal.core import clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.exit_interviews import access, jobs, services
from alumni_portal.exit_interviews.models import Interview, Reach, Reader
from alumni_portal.exit_interviews.queries import coding
from alumni_portal.people.models import ExitGround
from tests.exit_interviews.making import Asked, asked
from tests.offboarding.making import Leaver, load, open_for
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
NAMES = ("Elin Berg", "Kim Ask", "Bo Ek", "Li Alm", "Per Ros")
QUARTER_END = date(2027, 3, 31)


def state_of(browser: Browser, leaver: Asked) -> list[str]:
    """Return all that HR's pages say about one leaver, without the name."""
    with leaver.make.work():
        name = leaver.case().person.name
    rows = browser.go("/exit-interviews?show=all").texts("tbody tr")
    panel = browser.go(f"/offboarding/{leaver.who.public_id}").texts(
        "[aria-labelledby=exit-interview]"
    )
    readers = browser.open(
        f"/offboarding/{leaver.who.public_id}/exit-interview/questionnaire/readers"
    )
    told = [one for one in rows if name in one] + panel
    said = [one.replace(name, "X").replace(name.split()[0], "X") for one in told]
    return [*said, str(readers.status_code), str("har redan valt" in readers.text)]


@covers("S63")
@pytest.mark.parametrize("is_closed", [False, True])
def test_who_chose_to_have_no_name_looks_like_who_said_nothing(
    make: Make, outbox: Outbox, browser: Browser, *, is_closed: bool
) -> None:
    unit = make.unit("Lager")
    elin, kim = (asked(make, outbox, name=name, unit=unit) for name in NAMES[:2])
    token = elin.choose(Reach.AGGREGATE)
    browser.go(f"/leaving/answers/{token}").submit("Spara svaren", stay_open="Bättre lön.")
    with travel(clock.now() + timedelta(days=60 if is_closed else 0), tick=True):
        with make.work():
            services.close_due()
        for account in (elin.hr, kim.hr, make.staff(Role.HR_LEAD)):
            here = browser.another().as_(account)
            assert state_of(here, elin) == state_of(here, kim)


def test_other_readers_are_chosen_for_both_in_the_same_words(
    make: Make, outbox: Outbox, browser: Browser
) -> None:
    elin, kim = (asked(make, outbox, name=name) for name in NAMES[:2])
    elin.choose(Reach.AGGREGATE)
    letters = len(outbox.letters())
    lead = make.staff(Role.HR_LEAD)
    make.staff(Role.HR, name="Sven Ny")
    said = []
    for leaver in (elin, kim):
        path = f"/offboarding/{leaver.who.public_id}/exit-interview/questionnaire/readers"
        page = browser.as_(lead).go(path)
        refs = {one.text: str(one["value"]) for one in page.all("#reader_1 option")}
        said.append(page.submit("Spara", reader_1=refs["Sven Ny"]).flashes)
    assert said == [["Läsarna är ändrade."]] * 2
    assert len(outbox.letters()) == letters


def nameless(
    make: Make, outbox: Outbox, browser: Browser, number: int, *, silent: int = 0
) -> Asked:
    """Let so many leave in one quarter, choose to have no name and write a text.

    The first of them, the silent ones, answer with a number.
    """
    coders = [make.staff(Role.HR).person_id for _ in range(2)]
    with make.work():
        services.choose_usual(coders, coders, by=SYSTEM)
    found = []
    for place, name in enumerate(NAMES[:number]):
        leaver = asked(make, outbox, name=name, ends=QUARTER_END - timedelta(days=place))
        token = leaver.choose(Reach.AGGREGATE)
        said: dict[str, Any] = {"workload": "2"} if place < silent else {"stay_open": "Bättre lön."}
        browser.go(f"/leaving/answers/{token}").submit("Spara svaren", **said)
        found.append(leaver)
    return found[0]


def texts(make: Make, who: Asked, day: date) -> int:
    with on_day(day), make.work():
        services.close_due()
        has_no_name = Interview.person_id.is_(None)
        readers = select(Reader.person_id).join(Reader.interview).where(has_no_name).distinct()
        return max(len(coding.texts_for(one)) for one in db.session.scalars(readers).all())


def test_texts_without_a_name_come_to_coders_a_whole_quarter_at_a_time(
    make: Make, outbox: Outbox, browser: Browser
) -> None:
    """One by one, who leaves when would say whose they are."""
    with on_day(date(2027, 2, 20)):
        elin = nameless(make, outbox, browser, 5)
    assert texts(make, elin, QUARTER_END + timedelta(days=27)) == 0
    assert texts(make, elin, QUARTER_END + timedelta(days=28)) == 0
    assert texts(make, elin, QUARTER_END + timedelta(days=29)) == 5


def test_fewer_than_five_of_a_quarter_are_never_read(
    make: Make, outbox: Outbox, browser: Browser
) -> None:
    with on_day(date(2027, 2, 20)):
        elin = nameless(make, outbox, browser, 4)
    assert texts(make, elin, QUARTER_END + timedelta(days=29)) == 0


def test_rows_that_say_nothing_do_not_stand_beside_a_text(
    make: Make, outbox: Outbox, browser: Browser
) -> None:
    """Five rows of which one holds a text are one text alone."""
    with on_day(date(2027, 2, 20)):
        elin = nameless(make, outbox, browser, 5, silent=1)
    assert texts(make, elin, QUARTER_END + timedelta(days=29)) == 0


def test_one_person_is_not_two_of_five(make: Make, outbox: Outbox, browser: Browser) -> None:
    """Who leaves twice in a quarter stands there twice: the second time nobody reads the texts."""
    with on_day(date(2027, 2, 20)):
        elin = nameless(make, outbox, browser, 4)
        again = leaves_again(elin, outbox)
        token = again.choose(Reach.AGGREGATE)
        page = browser.go(f"/leaving/answers/{token}")
        assert "läser ingen de här texterna" in page
        page.submit("Spara svaren", stay_open="Bättre chef.")
    assert texts(make, elin, QUARTER_END + timedelta(days=29)) == 0


def leaves_again(elin: Asked, outbox: Outbox) -> Asked:
    """Let somebody who leaves have a second employment that ends in the same quarter."""
    make = elin.make
    with make.work():
        person = elin.case().person
    ends = QUARTER_END - timedelta(days=35)
    notice, ground = ends - timedelta(days=30), ExitGround.OWN_REQUEST
    job = make.employment(person, ends=ends, notice=notice, ground=ground)
    public_id = open_for(make, job)
    with make.work():
        services.open_questionnaire(load(public_id), by=SYSTEM)
    return Asked(Leaver(make, outbox, public_id, elin.who.address, job), make, elin.hr, "")


def test_no_coder_looks_over_the_shoulder_of_who_is_writing(make: Make, outbox: Outbox) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="Bättre lön.")
    with make.work():
        assert coding.texts_for(elin.hr.person_id) == []
    elin.do(services.send_in)
    with make.work():
        assert len(coding.texts_for(elin.hr.person_id)) == 1


def test_who_works_at_hr_no_longer_reads_no_longer(
    app: Flask, make: Make, outbox: Outbox, browser: Browser
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.do(services.send_in)
    with app.app_context():
        path = f"/exit-interviews/{elin.interview().public_id}"
    browser.as_(elin.hr).go(path)
    with make.work():
        account = db.session.merge(elin.hr)
        accounts.grant(account, Role.MANAGER, by=SYSTEM)
        accounts.revoke(account, Role.HR, by=SYSTEM)
    browser.another().as_(elin.hr).go(path, status=404)


def test_a_manager_with_rights_at_hr_does_not_see_who_of_their_own_has_answered(
    make: Make, outbox: Outbox, browser: Browser
) -> None:
    unit = make.unit("Lager")
    boss = make.manager_of(unit)
    with make.work():
        accounts.grant(db.session.merge(boss), Role.HR_LEAD, by=SYSTEM)
    elin, kim = (asked(make, outbox, name=name, unit=unit) for name in NAMES[:2])
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.do(services.send_in)
    here = browser.as_(boss)
    assert state_of(here, elin) == state_of(here, kim)
    assert "Inlämnat" not in here.go("/exit-interviews?show=all")
    here.go(f"/offboarding/{elin.who.public_id}")


@covers("S63")
def test_neither_jobs_nor_the_log_count_who_has_answered(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="Bättre lön.")
    with travel(clock.now() + timedelta(days=4), tick=True), app.app_context():
        assert jobs.ask(None) == {"opened": 0}  # type: ignore[arg-type]  # it asks nothing of it
    elin.do(services.send_in)
    with app.app_context():
        access.open_texts(Actor(person_id=elin.hr.person_id, ref=elin.hr.public_id))
        query = select(AuditEntry.detail).where(AuditEntry.action == "exit_answers.coded")
        assert list(db.session.scalars(query)) == ["{}"]
