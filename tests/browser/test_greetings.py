"""Greetings in Chromium: HR's pages and the one behind a letter's link, usable and silent."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from tests.newsletters.making import NEWS
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make, days


def noon(ago: int) -> time_machine.travel:
    """Travel to noon so many days ago."""
    day = clock.today() - timedelta(days=ago)
    return time_machine.travel(datetime.combine(day, time(12), clock.HOME))


@pytest.mark.chromium
def test_hr_sets_greetings_up(live: Live, app: Flask, make: Make) -> None:
    make.alumnus(agreed_to=NEWS, left=days(-10))
    with app.app_context(), unit():
        services.set_up_greetings(is_on=True, reply_to="", by=SYSTEM)
    live.sign_in(make.staff(Role.HR))
    for path in ("", "/30", "/wrote-back"):
        live.look(f"/newsletters/greetings{path}")
    tab = live.open("/newsletters/greetings")
    for summary in tab.locator("main summary").all():
        summary.click()
    live.check(tab)


@pytest.mark.chromium
def test_the_reader_of_a_greeting_answers_it(
    live: Live, app: Flask, make: Make, outbox: Outbox
) -> None:
    with noon(40), app.app_context(), unit():
        services.set_up_greetings(is_on=True, reply_to="", by=SYSTEM)
    with noon(39):
        make.alumnus(agreed_to=NEWS, left=days(0), private="anna@post.example")
    with noon(9):
        with app.app_context(), unit():
            assert services.greet() == {30: 1}
        links = outbox.last("anna@post.example").links
    ways = {one.partition("?answer=")[2]: one for one in links}
    for answer in ("curious", "stop"):
        live.look("/newsletters" + ways[answer].partition("/newsletters")[2])
    tab = live.open("/newsletters" + ways["curious"].partition("/newsletters")[2])
    tab.get_by_role("button", name="Svara").click()
    assert tab.get_by_text("Du har svarat ”Nyfiken”").is_visible()
    live.check(tab)
