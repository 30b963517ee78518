"""The first page of every role in Chromium, with Sundmark's people: usable, within its screen."""

from collections.abc import Callable

import pytest

from alumni_portal.accounts.models import Account
from tests.support.chromium import PHONE_WITHOUT_SCRIPTS, Live, Screen

Find = Callable[[str], Account]
NARROW = [("alumn", "/home"), ("hr", "/start"), ("alumn", "/privacy")]
STAFF = ["rekryterare", "hr", "hrchef", "chef", "dso", "admin"]


@pytest.mark.parametrize("name", STAFF)
def test_a_start_page_is_usable(live: Live, account: Find, name: str) -> None:
    live.sign_in(account(name))
    live.look("/start")


@pytest.mark.parametrize("path", ["/home", "/dev/mail"])
def test_an_alumnus_page_is_usable(live: Live, account: Find, path: str) -> None:
    live.sign_in(account("alumn"))
    live.look(path)


@pytest.mark.parametrize("screen", [Screen(320), Screen(320, "dark")], ids=str)
@pytest.mark.parametrize(
    ("name", "path"), [("alumn", "/home"), ("hr", "/start"), ("alumn", "/privacy")]
)
def test_the_narrowest_screen_holds_it(live: Live, account: Find, name: str, path: str) -> None:
    live.sign_in(account(name))
    live.look(path)


@pytest.mark.parametrize("screen", [PHONE_WITHOUT_SCRIPTS], ids=str)
def test_home_needs_no_scripts(live: Live, account: Find) -> None:
    live.sign_in(account("alumn"))
    tab = live.open("/home")
    tab.locator("section[aria-labelledby=agreed]").get_by_role("link").first.click()
    assert tab.get_by_role("heading", level=1).count() == 1
    assert tab.url.endswith("/consents")
