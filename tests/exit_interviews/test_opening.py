"""When a leaver is asked, reminded and left alone (§2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.offboarding import services as offboarding
from alumni_portal.people.models import ExitGround
from tests.exit_interviews.making import asked
from tests.offboarding.making import change, leaver, load
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days

SUBJECT = "Berätta hur det har varit"
REMINDER = "Du hinner fortfarande berätta hur det har varit"


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("own_request", -14),
        ("retirement", -14),
        ("agreement", 3),
        ("redundancy", 3),
        ("fixed_term_ended", 3),
    ],
)
def test_each_kind_of_exit_has_its_day(kind: str, after: int) -> None:
    assert timing.ask_on(kind, days(0)) == days(after)


@pytest.mark.parametrize("kind", ["death", "personal_reasons", "other"])
def test_some_are_never_asked_by_themselves(kind: str) -> None:
    assert timing.ask_on(kind, days(0)) is None


def test_the_clock_asks_two_weeks_before_and_only_once(
    make: Make, outbox: Outbox, work: Callable[[], int]
) -> None:
    make.staff(Role.HR)
    who = leaver(make, outbox, ends=days(14))
    for _again in range(2):
        with make.work():
            services.open_due()
    assert outbox.subjects(who.address).count(SUBJECT) == 1


@pytest.mark.parametrize("ground", [ExitGround.PERSONAL_REASONS, None], ids=str)
def test_hr_says_whether_somebody_is_asked(
    make: Make, outbox: Outbox, browser: Browser, ground: ExitGround | None
) -> None:
    hr = make.staff(Role.HR)
    who = leaver(make, outbox, ends=days(5), ground=ground)
    with make.work():
        assert services.open_due() == 0
    page = browser.as_(hr).go(f"/offboarding/{who.public_id}")
    assert "aldrig av sig själv" in page
    page.submit("Skicka enkäten nu")
    assert SUBJECT in outbox.subjects(who.address)


def test_reminders_come_after_three_and_ten_days_to_the_leaver_alone(
    make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    sent = []
    for day in range(1, 15):
        with travel(clock.now() + timedelta(days=day), tick=True), make.work():
            sent.append(services.remind_due())
    assert [day for day, many in enumerate(sent, 1) if many] == [3, 10]
    assert outbox.subjects().count(REMINDER) == outbox.subjects(elin.who.address).count(REMINDER)


@pytest.mark.parametrize("reach", [Reach.HR_ONLY, Reach.AGGREGATE])
def test_who_has_sent_in_or_is_nameless_is_not_reminded(
    make: Make, outbox: Outbox, reach: Reach
) -> None:
    elin = asked(make, outbox)
    elin.choose(reach)
    if reach is Reach.HR_ONLY:
        elin.save(workload="3")
        elin.do(services.send_in)
    with travel(clock.now() + timedelta(days=4), tick=True), make.work():
        assert services.remind_due() == 0


def test_nobody_is_asked_after_a_death(app: Flask, make: Make, outbox: Outbox) -> None:
    elin = asked(make, outbox)
    change(make, elin.who.public_id, offboarding.note_death, on=clock.today())
    with app.app_context():
        assert queries.of_case(elin.case().id) == []
    with travel(clock.now() + timedelta(days=4), tick=True), make.work():
        assert (services.open_due(), services.remind_due()) == (0, 0)


def test_a_notice_taken_back_takes_the_answers_with_it(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="3")
    with app.app_context():
        interview_id = elin.interview().id
    change(make, elin.who.public_id, offboarding.withdraw_notice)
    with app.app_context():
        assert queries.answers_of(interview_id) == {}
        assert queries.of_case(load(elin.who.public_id).id) == []
