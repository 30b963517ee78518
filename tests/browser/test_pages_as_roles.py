"""Every page that a role reaches from its start page, in Chromium: usable, fitting, silent."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from alumni_portal.accounts.models import Account
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.permissions import MATRIX, Role
from tests.network.making import profile
from tests.offboarding.making import leaver
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make

#: HR sees nothing that an HR lead does not see, so the HR lead walks for both.
WALKERS = [role for role in Role if role is not Role.HR]
HREFS = "links => links.map(link => link.getAttribute('href'))"


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


def walk(live: Live, start: str) -> Iterator[Page]:
    """Open one page of every kind that can be reached by links."""
    queue, seen = [start], {endpoint(live.app, start)}
    while queue:
        tab = live.open(queue.pop(0))
        yield tab
        for href in tab.locator("a[href^='/']").evaluate_all(HREFS):
            kind = endpoint(live.app, href)
            assert kind, f"{tab.url} has a link to nowhere: {href}"
            if kind not in seen and not is_file(href):
                seen.add(kind)
                queue.append(href)
        tab.close()


@pytest.mark.chromium
@pytest.mark.slow
@pytest.mark.parametrize("role", WALKERS)
def test_every_page_a_role_can_reach_is_usable(
    live: Live, world: dict[Role, Account], role: Role
) -> None:
    live.sign_in(world[role])
    pages = 0
    for tab in walk(live, "/home" if role is Role.ALUMNUS else "/start"):
        assert tab.locator("h1").inner_text() not in {"", "Något gick fel hos oss"}
        live.check(tab)
        pages += 1
    assert pages > 3


def test_an_hr_lead_walks_for_hr_too() -> None:
    assert MATRIX[Role.HR] <= MATRIX[Role.HR_LEAD]
