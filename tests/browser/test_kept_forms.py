"""Forms that outlived their session, in a real browser: typed, lost, signed in again, sent."""

import pytest

from alumni_portal.accounts.models import Account
from alumni_portal.accounts.queries import ways_in
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from tests.accounts.making import code_to
from tests.accounts.test_kept_forms import BACK, PATH, SAID, end_sessions
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Petra Öhrn")


def write(live: Live) -> None:
    """Fill in a form on a page of its own."""
    live.looking = tab = live.open(PATH)
    for name, words in (("name", "Kaffet"), ("name_en", "Coffee"), ("definition_en", "Coffee.")):
        tab.locator(f"[name={name}]").fill(words)
    tab.locator("[name=definition]").fill(SAID)


def press(live: Live, button: str) -> None:
    assert live.looking
    live.looking.get_by_role("button", name=button).click()
    live.looking.wait_for_load_state()


def test_what_was_typed_waits_behind_the_door(
    live: Live, make: Make, outbox: Outbox, hr: Account
) -> None:
    live.sign_in(hr)
    write(live)
    end_sessions(make)
    press(live, "Spara")
    assert live.looking
    with make.work():
        address = ways_in(db.session.merge(hr))[0].address
    live.looking.locator("[name=email]").fill(address)
    press(live, "Skicka inloggningslänk")
    live.looking.locator("[name=code]").fill(code_to(outbox, address))
    press(live, "Logga in")
    assert live.looking.locator("h1").inner_text() == BACK
    live.check(live.looking)


def test_a_page_that_outlived_its_cookie_can_be_sent_again(live: Live, hr: Account) -> None:
    live.sign_in(hr)
    write(live)
    live.context.clear_cookies()
    press(live, "Spara")
    assert live.looking
    assert SAID.splitlines()[0] in live.looking.locator("main").inner_text()
    live.check(live.looking)
