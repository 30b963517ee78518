"""A newsletter that nobody would get says why, and what to do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.audiences.models import month_of, month_over
from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from alumni_portal.newsletters.models import NewsletterState
from alumni_portal.newsletters.rules import LeftOut, Verdict, may_be_planned, nobody_checked
from tests.newsletters.making import letter, now, reader
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


#: Who is left out → what is said, and whether a later day helps.
CASES = [
    (LeftOut(inside=0), "Urvalet är tomt. Välj ett annat eller ändra det.", False),
    (LeftOut(inside=4), "Alla i urvalet (4) faller bort. Under Mottagare står varför.", False),
    (LeftOut(inside=3, second=2), "ett nyhetsbrev den senaste månaden: 2. Planera brevet", True),
    (LeftOut(inside=1, recent=1), "ett utskick de senaste sju dagarna: 1. Planera brevet", True),
    (LeftOut(inside=5, second=2, recent=3), "hoppar över 2 som fick ett nyhetsbrev", True),
    (
        LeftOut(inside=5, second=2, recent=3, free_from="1 maj 2026"),
        "3 som fick ett utskick de senaste sju dagarna. Planera brevet till 1 maj 2026 eller",
        True,
    ),
]


@pytest.mark.parametrize(("left_out", "said", "later_helps"), CASES)
def test_why_nobody_and_the_way_on(left_out: LeftOut, said: str, *, later_helps: bool) -> None:
    check = nobody_checked(left_out)
    assert check.verdict is Verdict.NO
    assert said in str(check.small)
    assert may_be_planned([check]) is later_helps


def test_the_month_is_over_on_the_first_day_that_does() -> None:
    for n in range(800):
        last = date(2023, 12, 30) + timedelta(days=n)
        free = datetime.combine(month_over(last), datetime.min.time(), tzinfo=clock.HOME)
        assert clock.local(month_of(free)).date() > last
        assert clock.local(month_of(free - timedelta(hours=12))).date() <= last


@pytest.mark.both_databases
def test_a_duplicate_says_who_is_spared_and_is_planned_for_the_day_that_does(
    app: Flask, hr: Browser, make: Make, outbox: Outbox
) -> None:
    reader(make)
    made = letter(app)
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    run_jobs(app)
    page = hr.get("newsletters.progress", public_id=made.public_id).submit("Använd som mall")
    assert "Du hoppar över dem som fick ett nyhetsbrev den senaste månaden: 1." in page
    assert "Planera brevet till 15 april 2026 eller senare" in page
    page = page.submit("Välj en senare dag")
    assert page.value("day") == "2026-04-15"
    assert page.submit("Planera utskicket", day="2026-04-14").errors
    page = page.submit("Planera utskicket")
    assert "Går 15 april" in page
    with time_machine.travel(MORNING + timedelta(days=28)):
        assert len(outbox.letters("anna@post.example")) == 2


@pytest.mark.both_databases
def test_who_had_another_mailing_is_free_a_week_later(app: Flask, hr: Browser, make: Make) -> None:
    reader(make)
    made, other = letter(app), letter(app, title="Ett till")
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    run_jobs(app)
    page = hr.get("newsletters.edit", public_id=other.public_id)
    page = page.submit("Spara", spares_second=False, spares_recent=True)
    assert "Du hoppar över dem som fick ett utskick de senaste sju dagarna: 1." in page
    assert "till 26 mars 2026 eller senare" in page
    page = page.submit("Välj en senare dag").submit("Planera utskicket")
    assert now(app, other).state is NewsletterState.PLANNED


def test_the_page_before_sending_says_it_too(app: Flask, hr: Browser, make: Make) -> None:
    reader(make)
    made, other = letter(app), letter(app, title="Ett till")
    hr.get("newsletters.send", public_id=made.public_id).submit("Skicka till 1 person")
    page = hr.get("newsletters.send", public_id=other.public_id)
    assert "Du hoppar över dem som fick ett nyhetsbrev den senaste månaden: 1." in page
    assert page.follow("Välj en tid i stället").value("day") == "2026-04-15"
