"""Answering and writing on a phone: nothing for axe to find, nothing spills over."""

from typing import Any

import pytest

from alumni_portal.core.permissions import Role
from alumni_portal.rehire.emails import token_of
from tests.openings.making import opening
from tests.rehire.making import WHY, candidate, contact_address, write
from tests.support.chromium import Live
from tests.support.make import Make


def look(live: Live, path: str) -> Any:
    tab = live.open(path)
    for fold in tab.locator("details.fold > summary").all():
        fold.click()
    live.check(tab)
    return tab


@pytest.mark.chromium
def test_a_member_answers_and_is_written_to(live: Live, make: Make) -> None:
    make.unit("Elkraft")
    me, recruiter = make.alumnus(), make.staff(Role.RECRUITER)
    live.sign_in(me)
    tab = look(live, "/interest")
    tab.get_by_label("Öppen för rätt roll").check()
    tab.locator("input[name=agree]").check()
    tab.get_by_role("button", name="Spara mitt svar").click()
    tab.get_by_text("Ditt svar är sparat.").wait_for()
    live.check(tab)
    sent = write(make, recruiter, me, about=opening(make))
    look(live, "/home")
    with live.app.app_context():
        address = f"/contact/{token_of(sent)}"
    tab = look(live, address)
    tab.get_by_role("button", name="Ja, jag är intresserad").click()
    tab.get_by_text("Ditt svar: Ja, jag är intresserad").wait_for()
    live.check(tab)


@pytest.mark.chromium
def test_a_recruiter_writes_and_sees_the_answer(live: Live, make: Make) -> None:
    recruiter, her = make.staff(Role.RECRUITER), candidate(make)
    live.sign_in(recruiter)
    look(live, "/contacts")
    tab = look(live, contact_address(make, her))
    tab.get_by_label("Varför skriver du till just den här personen?").fill(WHY)
    tab.get_by_role("button", name="Förhandsgranska").click()
    tab.get_by_role("heading", name="Så här ser brevet ut").wait_for()
    live.check(tab)
    tab.get_by_role("button", name="Skicka brevet").click()
    tab.get_by_text("är på väg").wait_for()
    live.check(tab)
    tab.get_by_role("link", name="Amira Haddad").click()
    tab.get_by_role("heading", name="Det du skrev").wait_for()
    live.check(tab)
