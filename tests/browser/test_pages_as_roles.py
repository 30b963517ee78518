"""Every page that a role reaches from its start page, in Chromium: usable, fitting, silent."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from alumni_portal.accounts.models import Account
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.permissions import MATRIX, Role
from tests.network.making import profile
from tests.offboarding.making import leaver
from tests.support.browser import Browser
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page_checks import attribute

#: Who walk one after the other: a page that they share is looked at once. HR sees nothing that an
#: HR lead does not see, so the HR lead walks for both.
STAFF = [Role.HR_LEAD, Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.DPO, Role.ADMIN]
#: The long walk is shared by this many.
PARTS = 2


@pytest.fixture
def world(make: Make, outbox: Outbox) -> dict[Role, Account]:
    """Return somebody in each role, in a portal where something has happened."""
    unit = make.unit("Konstruktion")
    leaver(make, outbox, unit=unit, private="elin@hemma.example").link()
    member = make.alumnus("Linnéa Åkerström", agreed_to=list(Purpose), unit=unit)
    profile(make, member, then=("Elnät",), now_title="Teknikchef", city="Lund")
    people: dict[Role, Account] = {role: make.staff(role) for role in Role}
    people[Role.ALUMNUS] = make.alumnus(agreed_to=list(Purpose), unit=unit)
    people[Role.MANAGER] = make.manager_of(unit)
    return people


def endpoint(app: Flask, path: str) -> str | None:
    """Return which page a link leads to, whatever it is about; nothing for other places."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(path).path)[0])
    except HTTPException:
        return None


def is_file(href: str) -> bool:
    return "." in urlsplit(href).path.rsplit("/", 1)[-1]


def walk(reader: Browser, start: str) -> Iterator[tuple[str, str]]:
    """Read one page of every kind that can be reached by links; give its kind and its address."""
    app, queue = reader.app, [start]
    seen = {endpoint(app, start)}
    while queue:
        path = queue.pop(0)
        page = reader.go(path)
        yield str(endpoint(app, path)), path
        for href in (attribute(link, "href") for link in page.all("a[href^='/']")):
            kind = endpoint(app, href)
            assert kind, f"{path} has a link to nowhere: {href}"
            if kind not in seen and not is_file(href):
                seen.add(kind)
                queue.append(href)


@pytest.mark.chromium
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_that_staff_can_reach_is_usable(
    live: Live, browser: Browser, world: dict[Role, Account], part: int
) -> None:
    looks: dict[tuple[Role, str], str] = {}
    for role in STAFF:
        known = {kind for _who, kind in looks} - {"home.staff"}
        found = walk(browser.another().as_(world[role]), "/start")
        looks |= {(role, kind): path for kind, path in found if kind not in known}
    assert len(looks) > 3 * len(STAFF)
    for (role, _kind), path in sorted(looks.items())[part::PARTS]:
        live.sign_in(world[role])
        live.look(path)


@pytest.mark.chromium
def test_every_page_that_an_alumnus_can_reach_is_usable(
    live: Live, browser: Browser, world: dict[Role, Account]
) -> None:
    me = world[Role.ALUMNUS]
    live.sign_in(me)
    for _kind, path in walk(browser.as_(me), "/home"):
        live.look(path)


def test_somebody_walks_for_every_role() -> None:
    assert set(Role) - set(STAFF) == {Role.HR, Role.ALUMNUS}


def test_an_hr_lead_walks_for_hr_too() -> None:
    assert MATRIX[Role.HR] <= MATRIX[Role.HR_LEAD]
