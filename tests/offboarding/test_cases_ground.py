"""The exit ground is for HR to know: nothing else tells it to a manager (I7, S18)."""

import re

import pytest

from alumni_portal.offboarding import services
from alumni_portal.people.models import ExitGround, Unit
from tests.offboarding.making import Leaver, change, leaver
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days

LIVING = [ground for ground in ExitGround if ground is not ExitGround.DEATH]
#: What differs between any two pages: ids, the drawing of a face made from them, secrets, times.
MASKED = (
    (r"DTSTAMP:.*", "DTSTAMP"),
    (r"\b\d\d[:.]\d\d\b", "TIME"),
)


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("Konstruktion")


@pytest.fixture
def boss(browser: Browser, make: Make, unit: Unit) -> Browser:
    return browser.as_(make.manager_of(unit))


def seen(boss: Browser, who: Leaver, leaf: str = "") -> str:
    text = alike(boss.open(f"/offboarding/{who.public_id}{leaf}").get_data(as_text=True))
    assert who.public_id in text
    for pattern, stands in MASKED:
        text = re.sub(pattern, stands, text)
    ids = re.compile(r"(?<=[\"/:=@-])[0-9A-Za-z]{14}(?=[\"/@?]|\b)")
    order: dict[str, str] = {}
    return ids.sub(lambda found: order.setdefault(found[0], f"id{len(order)}"), text)


def test_a_manager_sees_the_same_page_and_dates_whatever_the_ground_is(
    boss: Browser, make: Make, outbox: Outbox, unit: Unit
) -> None:
    pages, calendars = set(), set()
    for ground in LIVING:
        who = leaver(make, outbox, unit=unit, ground=ground)
        pages.add(boss.get("offboarding.case", public_id=who.public_id).text)
        calendars.add(seen(boss, who, "/dates.ics"))
    assert len(pages) == len(calendars) == 1


def test_a_manager_does_not_see_that_the_ground_was_changed(
    boss: Browser, make: Make, outbox: Outbox, unit: Unit
) -> None:
    who = leaver(make, outbox, unit=unit)
    notice = who.employment.notice_on
    before = seen(boss, who)
    for ground in LIVING:
        change(
            make,
            who.public_id,
            services.move_last_day,
            ends_on=days(24),
            notice_on=notice,
            ground=ground,
        )
        assert seen(boss, who) == before
