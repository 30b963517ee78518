"""What HR finds of letters in the demo: one that goes, one that stands still, some to remind."""

from collections.abc import Callable

from alumni_portal.accounts.models import Account
from tests.support.browser import Browser


def test_letters_are_on_their_way_and_somebody_can_be_reminded(
    browser: Browser, account: Callable[[str], Account]
) -> None:
    hr = browser.as_(account("hr"))
    going = hr.get("newsletters.manage").follow("Fråga nätchefen om 2027")
    assert "Pausa" in going
    assert "Fortsätt skicka" in hr.get("newsletters.manage").follow("Enkät om träffarna")
    page = hr.get("newsletters.manage").follow("Novemberbrevet")
    page = page.follow("Påminn dem som inte har svarat")
    assert page.heading == "Påminn dem som inte har svarat?"
    assert "Det finns ingen att påminna." not in page
