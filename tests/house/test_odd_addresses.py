"""Whatever stands in an address, the answer is never an error of the server (S12)."""

from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug.routing import Rule

from alumni_portal.core.permissions import Role
from tests.support.browser import Browser
from tests.support.make import Make

STAFF = (Role.HR, Role.HR_LEAD, Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.DPO)
#: Signs that no database, key, number or day is made of; `%ED%A0%80` is half a sign.
ODD = [
    *(quote(one, safe="") for one in ("a\0b", "é", "QUFB.é", "😀" * 300, "9" * 40, "'; --", "..")),
    *("%ED%A0%80", "%FF%FE", "%E2%80%AE", "%"),
]
#: What addresses of ours hold behind their question mark.
ASKED = [
    *("action", "actor", "after", "answer", "as", "asks", "at", "batch", "before"),
    *("by", "cases", "dates", "day", "event", "failures", "file", "filters", "kind"),
    *("language", "languages", "leaver", "letter", "links", "look", "mailing", "next"),
    *("newsletter", "of", "older", "opening", "person", "place", "q", "quarter"),
    *("reminder", "roles", "show", "source", "start", "state", "theme", "unit"),
]
ODD_ANSWERS = ["a\0b", "é\ud800", "9" * 40, "-1", "2026-02-30", "9999-12-31", "0001-01-01"]


def read(app: Flask, *, with_parts: bool) -> list[Rule]:
    """Return the addresses that are read, with parts that differ or without."""
    every = (one for one in app.url_map.iter_rules() if "GET" in (one.methods or ()))
    return [one for one in every if bool(one.arguments) is with_parts]


def failures(browser: Browser, addresses: list[str]) -> list[str]:
    browser.app.config["PROPAGATE_EXCEPTIONS"] = False
    ask = browser.client.get
    return [one for one in addresses if ask(one, base_url=browser.base_url).status_code >= 500]


@pytest.mark.both_databases
@pytest.mark.parametrize("part", ODD)
def test_an_odd_part_of_an_address_is_not_found(
    app: Flask, browser: Browser, make: Make, part: str
) -> None:
    addresses = []
    for rule in read(app, with_parts=True):
        address = rule.rule.replace("path:", "")
        for name in rule.arguments:
            address = address.replace(f"<{name}>", part)
        addresses.append(address)
    assert len(addresses) > 100
    staff = browser.another().as_(make.staff(*STAFF))
    assert not failures(browser, addresses) + failures(staff, addresses)


@pytest.mark.both_databases
@pytest.mark.parametrize("answer", ODD_ANSWERS)
def test_an_odd_question_is_answered(app: Flask, browser: Browser, make: Make, answer: str) -> None:
    asked = urlencode(dict.fromkeys(ASKED, answer), errors="surrogatepass")
    addresses = [f"{one.rule}?{asked}" for one in read(app, with_parts=False)]
    assert len(addresses) > 50
    administrator = browser.another().as_(make.staff(Role.ADMIN))
    staff = browser.another().as_(make.staff(*STAFF))
    assert not failures(administrator, addresses) + failures(staff, addresses)
