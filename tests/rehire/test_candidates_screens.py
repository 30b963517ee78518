"""The recruiter's search on every screen: nothing for axe to find, works without a script."""

from urllib.parse import quote

import pytest

from alumni_portal.consents.models import Purpose
from alumni_portal.core.permissions import Role
from alumni_portal.rehire.models import Level
from tests.network.making import profile
from tests.openings.making import opening
from tests.rehire.finding import answer, candidate
from tests.support.chromium import Live
from tests.support.make import Make


def people(make: Make) -> str:
    """Make candidates of every kind; return the address of the search for an opening."""
    unit = make.unit("Elkraft")
    candidate(
        make,
        "Amira Haddad",
        unit=unit,
        title="Projektledare, stationer",
        city="Malmö",
        now_title="Sektionschef",
        now_employer="Nordlys Energi",
        then=("Projektledning", "Stationsbyggnad", "Relä och skydd", "A", "B", "C", "D"),
    )
    candidate(make, "Þórdís Jónsdóttir-Llewellyn av Östergötland", level=Level.CURIOUS, unit=unit)
    made = opening(make, unit=unit)
    return f"/candidates?opening={made.public_id}&city=malmo"


@pytest.mark.chromium
def test_a_recruiter_gets_around(live: Live, make: Make) -> None:
    for_opening = people(make)
    live.sign_in(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))
    asked = quote("projketledare elkraft")
    for path in (
        f"/candidates?q={asked}&answer=open&city=malmo&left_from=2018",
        "/candidates?q=finnsintealls",
        "/candidates?q=amira&answer=curious",
        "/candidates/weights",
        for_opening,
    ):
        tab = live.open(path)
        for fold in tab.locator("details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        live.check(tab)
        tab.close()


@pytest.mark.chromium
def test_an_alumnus_sees_how_they_are_found(live: Live, make: Make) -> None:
    me = make.alumnus("Amira Haddad", agreed_to=tuple(Purpose))
    profile(make, me, then=("AutoCAD",))
    assert me.person_id is not None
    answer(make, me.person_id, Level.LOOKING)
    opening(make)
    live.sign_in(me)
    for path in ("/how-found", "/candidates/weights"):
        live.look(path)


@pytest.mark.chromium
def test_words_come_while_typing(live: Live, make: Make) -> None:
    people(make)
    live.sign_in(make.staff(Role.RECRUITER, name="Sofia Lindqvist"))
    tab = live.open("/candidates")
    if not live.screen.scripts:
        return
    tab.locator("#q").press_sequentially("station")
    option = tab.locator("#suggestions option").first
    option.wait_for(state="attached")
    assert option.get_attribute("value") in {"Projektledare, stationer", "Stationsbyggnad"}
    tab.locator("#sort").select_option("name")
    tab.wait_for_url("**sort=name**")
    live.check(tab)
