"""The recruiter's search is alive in the demo."""

from collections.abc import Callable

from alumni_portal.accounts.models import Account
from tests.support.browser import Browser

Find = Callable[[str], Account]


def test_the_recruiter_finds_amira_and_every_filter_counts(browser: Browser, account: Find) -> None:
    page = browser.as_(account("rekryterare")).get("rehire.candidates", q="projektledare elkraft")
    assert "Amira Haddad" in page.texts(".hit h3")
    assert len(page.all("fieldset.facet")) == 5
    assert sum(int(number) for number in page.texts(".check .n")) > 10
