"""Profile and directory on every screen: nothing for axe to find, nothing spills over."""

from datetime import date

import pytest

from alumni_portal.consents.models import Purpose
from alumni_portal.core.permissions import Role
from alumni_portal.network.models import Topic
from tests.network.making import profile
from tests.support.chromium import Live
from tests.support.make import Make

PAGES = (
    "/profile",
    "/profile/edit",
    "/profile/visibility",
    "/profile/preview?as=same-unit",
    "/colleagues",
    "/colleagues?q=finnsinte",
    "/consents",
    "/consents/looks",
)


@pytest.mark.chromium
def test_a_member_gets_around(live: Live, make: Make) -> None:
    unit = make.unit("Elkraft")
    begins = date(2011, 3, 1)
    me = make.alumnus("Amira Haddad", unit=unit, begins=begins, agreed_to=tuple(Purpose))
    other = make.alumnus("Johan Bergqvist", unit=unit, begins=begins)
    address = profile(
        make,
        other,
        headline="Håller elnätet uppe",
        now_title="Driftchef",
        now_employer="Nordlys Energi",
        city="Malmö",
        about="En rad.\nEn till.",
        links="https://om.mig.example/sida",
        then=("Relä och skydd",),
        since=("Ledarskap",),
        topics=(Topic.GRID,),
    )
    live.sign_in(me)
    for path in (*PAGES, address):
        tab = live.open(path)
        for fold in tab.locator("details.fold > summary").all():
            fold.click()
        live.check(tab)
        tab.close()


@pytest.mark.chromium
def test_staff_get_around(live: Live, make: Make) -> None:
    member = make.alumnus("Amira Haddad")
    live.sign_in(make.staff(Role.HR))
    for path in ("/colleagues", profile(make, member), "/consents", "/profile"):
        live.look(path)


@pytest.mark.chromium
def test_pages_without_a_menu(live: Live) -> None:
    for path in ("/consents/left", "/consents/joined", "/consents/renewals/x"):
        tab = live.open(path)
        live.complaints = [one for one in live.complaints if "410" not in one]
        live.check(tab)
        tab.close()
