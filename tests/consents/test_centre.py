"""The consent centre: every purpose on its own, out in one click, with a receipt."""

import pytest

from alumni_portal.consents.models import Purpose
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make


def purposes_on(browser: Browser) -> set[str]:
    page = browser.get("consents.centre")
    return {str(tag["value"]) for tag in page.all("input[role=switch][checked]")}


def test_a_member_switches_on_the_newsletter_and_gets_a_receipt_with_the_exact_text(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    browser.as_(make.alumnus(private="amira@post.example"))
    page = browser.get("consents.centre")
    wording = "högst en gång i månaden"
    assert wording in page
    page = page.submit("Spara ändringar", purposes=["membership", "newsletter"])
    assert "1 samtycke är påslaget. Du får ett kvitto i mejlen." in page.flashes
    letter = outbox.last("amira@post.example")
    assert wording in letter.text
    assert "version 1" in letter.text
    assert purposes_on(browser) == {"membership", "newsletter"}
