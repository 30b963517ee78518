"""The second pulse: only to those who said yes, once, at the private address (§1, §2)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach
from tests.exit_interviews.making import HERE, Asked, asked
from tests.support.browser import Browser
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make

PRIVATE = "elin@post.example"
SUBJECT = "Fyra frågor, så här i efterhand"


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox, private=PRIVATE)
    found.choose(Reach.HR_ONLY)
    return found


def after(elin: Asked, days: int) -> travel:
    last = elin.who.employment.ends_on or date.max
    return on_day(last + timedelta(days=days))


def send(make: Make) -> int:
    with make.work():
        return services.send_pulses()


def test_who_said_yes_is_asked_once_and_answers(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, elin: Asked
) -> None:
    page = browser.go(elin.path).submit("Ja, fråga mig")
    assert "Nej, fråga inte igen" in page.buttons()
    with after(elin, 92):
        assert (send(make), send(make)) == (1, 0)
        path = outbox.last(PRIVATE).link.removeprefix(HERE)
        page = browser.go(path).submit("Lämna in svaren", would_return="8")
        assert page.flashes == ["Tack! Svaren är inlämnade."]
        browser.go(path[:-1], status=404)


def test_who_did_not_say_yes_is_left_alone(make: Make, outbox: Outbox, elin: Asked) -> None:
    with after(elin, 92):
        assert send(make) == 0
    assert SUBJECT not in outbox.subjects()


def test_it_is_not_too_early_and_not_too_late(make: Make, elin: Asked) -> None:
    elin.do(lambda one: services.say_about_pulse(one, wants=True))
    with after(elin, 60):
        assert send(make) == 0
    with after(elin, 200):
        assert send(make) == 0
