"""The pages of offboarding in Chromium: axe, no spill, no complaint."""

import pytest

from alumni_portal.consents.models import Purpose
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding import services
from alumni_portal.people.models import ExitGround
from tests.offboarding.making import PRIVATE, change, leaver
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.chromium


def test_hr_gets_around(live: Live, make: Make, outbox: Outbox) -> None:
    who = leaver(make, outbox, ground=ExitGround.REDUNDANCY, unit=make.unit("Konstruktion"))
    who.link()
    who.proof()
    live.sign_in(make.staff(Role.HR, name="Maria Stenberg"))
    case = f"/offboarding/{who.public_id}"
    more = ("", "/last-day", "/withdrawal", "/death", "/people", "/tasks/new", "/private-address")
    places = ["/offboarding", "/offboarding?show=done", *(case + one for one in more)]
    places += ["/offboarding/new?q=elin", "/offboarding/new-person", "/offboarding/join-requests"]
    for path in places:
        live.look(path)


def test_a_leaver_gets_around(live: Live, make: Make, outbox: Outbox) -> None:
    who = leaver(make, outbox)
    link = who.link()
    live.look(link)
    live.look(link + "/network")
    live.look(link + "/private-address")
    live.look(who.proof())
    change(make, who.public_id, services.answer, {Purpose.MEMBERSHIP}, language="sv")
    live.look(link)
    live.look("/leaving/new-link")


def test_a_leaver_answers_with_a_thumb(live: Live, make: Make, outbox: Outbox) -> None:
    tab = live.open(leaver(make, outbox).link())
    tab.get_by_label("Privat e-postadress").fill(PRIVATE)
    tab.get_by_role("button", name="Mejla en länk dit").click()
    tab.get_by_text("Vi har mejlat en länk").wait_for()
    tab.get_by_role("link", name="Läs mer och svara").click()
    tab.get_by_label("Medlem i nätverket").check()
    tab.get_by_role("button", name="Spara mitt svar").click()
    tab.get_by_text("Efter sista dagen mejlar vi").first.wait_for()
    live.check(tab)


def test_somebody_who_left_earlier_gets_around(live: Live, outbox: Outbox) -> None:
    tab = live.open("/join")
    live.check(tab)
    tab.get_by_label("Ditt namn").fill("Amira Haddad")
    tab.get_by_label("Din privata e-postadress").fill("amira@post.example")
    tab.get_by_role("button", name="Skicka").click()
    tab.get_by_role("heading", name="Kolla mejlen").wait_for()
    live.check(tab)
    link = outbox.last("amira@post.example").link
    tab = live.open(link.removeprefix("http://localhost"))
    live.check(tab)
    tab.get_by_role("button", name="Ja, bekräfta adressen").click()
    tab.get_by_role("heading", name="Tack, adressen är bekräftad").wait_for()
    live.check(tab)
