"""Leavers who asked to be told: one letter, then nothing is left; and nothing leads to answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, inspect, select

from alumni_portal.core import clock
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Job, JobState
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.exit_interviews.models import Reach
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import FollowUp
from tests.exit_interviews.making import HERE, asked
from tests.insights.making_actions import DONE, action, closed
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.repository import PACKAGE

ELIN = "elin@hemma.example"


def asks(make: Make, address: str = ELIN, theme: str = "leadership", language: str = "sv") -> str:
    with make.work():
        return services.ask(theme, address, language=language)


def waiting(make: Make) -> int:
    with make.work():
        return db.session.scalar(select(func.count()).select_from(FollowUp)) or 0


def link(app: Flask) -> str:
    with app.app_context():
        return f"/what-changed/tell-me/{queries.ask_token()}"


@pytest.mark.both_databases
def test_a_leaver_asks_and_is_told_once_when_the_action_closes(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    page = browser.go(link(app)).submit("Berätta för mig", theme="leadership", address=ELIN)
    assert page.heading == "Tack, du får veta"
    assert len(outbox) == 0
    made = closed(make)
    assert outbox.subjects(ELIN) == ["Nu har vi gjort något åt det du berättade"]
    assert DONE["done_sv"] in outbox.last(ELIN).text
    assert waiting(make) == 0
    with make.work():
        found = queries.action(made.public_id)
        assert found is not None
        assert services.tell_some(found) == 0
    closed(make)
    assert len(outbox) == 1


def test_that_somebody_asked_shows_nowhere_but_in_the_letter(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    """One wish about a theme would say what the last leaver thinks: no audit row, no number."""
    asks(make)
    closed(make)
    assert len(outbox) == 1
    with app.app_context():
        told = select(AuditEntry.action).where(AuditEntry.action.like("follow_ups.%"))
        assert db.session.scalars(told).all() == []
        job = db.session.scalars(select(Job).where(Job.name == "insights.tell")).one()
        assert (job.state, job.result or {}, job.done, job.total) == (JobState.DONE, {}, 0, 0)


def test_a_leaver_is_asked_at_the_end_of_the_questionnaire(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    question = "Vill du veta om något ändras?"
    page = browser.go(elin.path).submit("Börja svara", reach="hr_only")
    assert question not in page
    page = page.submit("Lämna in svaren", workload="2")
    assert question in page
    phone = browser.another()
    page = phone.go(page.links()["Ja, berätta för mig"])
    page.submit("Berätta för mig", theme="workload", address=ELIN)
    outbox.clear()
    closed(make, theme="workload")
    assert [letter.to for letter in outbox.letters()] == [ELIN]
    assert waiting(make) == 0


def test_who_answers_without_a_name_is_asked_too(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.AGGREGATE)
    path = outbox.last(elin.who.address).link.removeprefix(HERE)
    assert "Vill du veta om något ändras?" in browser.go(path)


def test_only_the_theme_asked_for_is_told_of_in_the_language_of_asking(
    make: Make, outbox: Outbox
) -> None:
    asks(make, theme="pay")
    asks(make, "kim@home.example", language="en")
    closed(make)
    assert [letter.to for letter in outbox.letters()] == ["kim@home.example"]
    assert DONE["done_en"] in outbox.last().text
    assert waiting(make) == 1


def test_a_dropped_action_tells_nobody(make: Make, outbox: Outbox) -> None:
    asks(make)
    made = action(make)
    with make.work():
        services.drop(made.id, by=SYSTEM)
    assert len(outbox) == 0
    assert waiting(make) == 1


@pytest.mark.both_databases
def test_asking_twice_is_asking_once(make: Make, outbox: Outbox) -> None:
    asks(make)
    asks(make, "Elin@Hemma.example ")
    assert waiting(make) == 1
    closed(make)
    assert len(outbox) == 1


def test_a_wish_can_be_taken_back(app: Flask, browser: Browser, make: Make, outbox: Outbox) -> None:
    page = browser.go(link(app)).submit("Berätta för mig", theme="pay", address=ELIN)
    page = page.submit("Ångra och radera")
    assert page.flashes == ["Adressen är raderad. Du får inget mejl."]
    assert waiting(make) == 0


@pytest.mark.parametrize(
    ("theme", "address", "said"),
    [
        ("pay", "elin", "Det där ser inte ut som en e-postadress."),
        ("", ELIN, "Välj ett tema ur listan."),
        ("nonsense", ELIN, "Välj ett tema ur listan."),
        ("pay", "elin@sundmark.example", "Skriv din privata adress. Den du har på jobbet stängs."),
    ],
)
def test_bad_input_is_said_at_its_field(
    inside: Flask, make: Make, theme: str, address: str, said: str
) -> None:
    with pytest.raises(Refusal) as refused:
        services.ask(theme, address, language="sv")
    assert str(refused.value.message) == said


def test_a_link_that_is_old_or_not_ours_asks_for_nothing(app: Flask, browser: Browser) -> None:
    for path in ("/what-changed/tell-me/n0such", "/what-changed/asked/n0such"):
        assert browser.go(path, status=410).heading == "Länken har gått ut"
    old = link(app)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        browser.go(old, status=410)


def test_a_wish_says_nothing_of_who_answered_what_or_when(make: Make) -> None:
    """No key to anything, no moment, no readable address, no order, no trace in the chain."""
    before = entries(make)
    asks(make)
    columns = inspect(FollowUp).columns
    assert {one.key for one in columns} == {
        "id", "theme", "address", "mark", "language", "asked_in",
    }  # fmt: skip
    assert not any(one.foreign_keys for one in columns)
    with make.work():
        row = db.session.scalars(select(FollowUp)).one()
        assert ELIN.encode() not in row.address
        assert row.asked_in == f"{days(0).year}Q{(days(0).month + 2) // 3}"
    assert entries(make) == before


def entries(make: Make) -> int:
    with make.work():
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_wishes_are_read_by_the_job_that_writes_and_by_nobody_else() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "FollowUp" in path.read_text(encoding="utf-8").replace("FollowUpForm", "")
    }
    assert readers == {
        "insights/models/__init__.py",
        "insights/models/actions.py",
        "insights/services/follow_ups.py",
    }


@pytest.mark.both_databases
def test_after_three_years_a_wish_is_forgotten(
    make: Make, work: Callable[[], int], outbox: Outbox
) -> None:
    with time_machine.travel(clock.now() - timedelta(days=4 * 365)):
        asks(make)
    asks(make, "ny@hemma.example")
    work()
    assert waiting(make) == 1
    assert len(outbox) == 0


@pytest.mark.both_databases
def test_owners_are_reminded_by_the_clock_and_never_twice_a_day(
    make: Make, work: Callable[[], int], outbox: Outbox
) -> None:
    action(make, due_on=days(5))
    action(make, due_on=days(40))
    work()
    assert [letter.subject for letter in outbox.letters()] == [
        "Snart ska åtgärden vara klar: Högst 15 medarbetare per chef"
    ]
    with time_machine.travel(clock.now() + timedelta(days=1)):
        work()
    assert len(outbox) == 1
    with time_machine.travel(clock.now() + timedelta(days=6)):
        work()
    assert outbox.subjects()[-1].startswith("Försenad åtgärd")
