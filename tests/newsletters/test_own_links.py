"""Links to the portal itself: its own map says whether a member finds anything there."""

import pytest
from flask import Flask

from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import services as event_services
from alumni_portal.newsletters import services
from alumni_portal.newsletters.rules import LinkState
from tests.events.making import event
from tests.newsletters.making import content, letter, now, text_block
from tests.openings.making import opening
from tests.support.browser import Browser
from tests.support.make import Make

#: Address below the portal → what a member finds there.
PAGES = [
    ("", LinkState.ANSWERS),
    ("/events", LinkState.ANSWERS),
    ("/events?from=letter#top", LinkState.ANSWERS),
    ("/colleagues", LinkState.ANSWERS),
    ("/evnets", LinkState.MISSING),
    ("/events/nothing", LinkState.MISSING),
    ("/openings/nothing", LinkState.MISSING),
    ("/newsletters/nothing", LinkState.MISSING),
    ("/newsletters/manage", LinkState.MISSING),  # HR's
    ("/sign-out", LinkState.MISSING),  # only a button does that
    ("/colleagues/somebody", LinkState.NOT_ASKED),
]


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR))


def state_of(app: Flask, url: str) -> LinkState | None:
    made = letter(app, content(text_block(f"Se [här]({url}).")))
    with app.app_context():
        (one,) = services.known_links(now(app, made).content)
        return one.state


@pytest.mark.parametrize(("path", "state"), PAGES)
def test_the_map_of_the_portal_knows(
    app: Flask, browser: Browser, path: str, state: LinkState
) -> None:
    assert state_of(app, browser.base_url + path) is state


def test_a_name_that_only_begins_like_ours_is_not_ours(app: Flask, browser: Browser) -> None:
    assert state_of(app, f"{browser.base_url}.evil.example/events") is None


@pytest.mark.both_databases
def test_what_is_on_offer_answers_and_what_is_off_is_told_in_the_composer(
    app: Flask, hr: Browser, make: Make
) -> None:
    job, meeting = opening(make), event(make)
    urls = [f"{hr.base_url}/openings/{job.public_id}", f"{hr.base_url}/events/{meeting.public_id}"]
    made = letter(app, content(text_block(" ".join(f"[här]({url})" for url in urls))))
    assert "2 av 2 länkar svarar" in hr.get("newsletters.edit", public_id=made.public_id)
    with make.work():
        event_services.cancel(meeting.id, reason="Sjukdom", by=SYSTEM)
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert f"Länken svarar inte: {urls[1]}" in page
    assert "är stängd eller är inget som medlemmar får se" in page
    assert "Kontrollera länkarna igen" not in page  # nothing to ask outside
