"""The relay is away for an hour, and clocks jump: sign-in letters go first (S74, S75)."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import MailingState
from tests.faults.counting import Count, counted
from tests.faults.test_mailing_killed import begun
from tests.mail.making import again
from tests.mail.smtp.conftest import box, port, settings
from tests.support.covers import covers
from tests.support.letters import run_jobs
from tests.support.relay import Box, server

__all__ = ["box", "port", "settings"]

pytestmark = pytest.mark.both_databases
HOUR = timedelta(hours=1)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> int:
    return 10_000 if request.config.getoption("--faults") == "full" else 60


def sign_in_letter(name: str, *, lasts: timedelta) -> None:
    values = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
    with unit():
        mail.post(
            mail.Draft(
                kind="accounts/sign_in",
                to=f"{name}@post.example",
                values=values,
                urgent=True,
                expires_at=clock.now() + lasts,
            )
        )


def works_until(inside: Flask, start: datetime, minutes: range) -> None:
    for minute in minutes:
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            run_jobs(inside, by_the_clock=False)


@covers("S74")
def test_after_an_hour_without_a_relay_sign_in_letters_go_first_and_late_ones_not_at_all(
    inside: Flask, port: int, people: int
) -> None:
    mailing, start = begun(people, mail.Policy.HOLD), clock.now()
    sign_in_letter("late", lasts=timedelta(minutes=15))
    works_until(inside, start, range(0, 60, 5))
    with time_machine.travel(start + timedelta(minutes=58), tick=False):
        sign_in_letter("soon", lasts=timedelta(hours=6))
    with server(port) as box:
        works_until(inside, start, range(60, 360, 15))
    letters = [one for one in box.receivers if not one.startswith("anna")]
    assert letters == ["soon@post.example"]
    assert box.mails[0]["To"] == "soon@post.example"
    to_members = Counter(one for one in box.receivers if one.startswith("anna"))
    assert counted(mailing, to_members.values()) == Count(people, lost=0, dup=0, uncertain=0)


@pytest.mark.parametrize("jump", [-24, -2, 2, 24])
@covers("S75")
def test_a_clock_that_jumps_doubles_and_forgets_nobody(inside: Flask, box: Box, jump: int) -> None:
    mailing, start = begun(30, mail.Policy.HOLD), clock.now()
    box.says_at_the_end = lambda _to, number: "451 4.3.0 later" if number == 1 else None
    run_jobs(inside, by_the_clock=False)
    for hours in (jump, 0, 1, 26, 49):
        with time_machine.travel(start + hours * HOUR, tick=False):
            run_jobs(inside, by_the_clock=False)
    went = Counter(box.receivers).values()
    assert counted(mailing, went) == Count(30, lost=0, dup=0, uncertain=0)
    assert again(mailing).state is MailingState.FINISHED


@covers("S69")
def test_a_letter_that_comes_while_a_mailing_goes_is_not_kept_waiting(
    inside: Flask, box: Box
) -> None:
    mailing = begun(1_200, mail.Policy.HOLD)
    left = [60]

    def see(_mail: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            with inside.app_context():
                sign_in_letter("bo", lasts=HOUR)

    box.sees = see
    run_jobs(inside, by_the_clock=False)
    place = [str(one["To"]) for one in box.mails].index("bo@post.example")
    assert 60 <= place < 800
    went = Counter(one for one in box.receivers if one.startswith("anna"))
    assert counted(mailing, went.values()) == Count(1_200, lost=0, dup=0, uncertain=0)
