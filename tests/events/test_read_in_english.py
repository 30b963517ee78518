"""Pages about events in English: the event's own English texts, and words that are true."""

import pytest

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.events import services
from alumni_portal.people.models import Person
from tests.events.making import event, guest, later, says
from tests.support.browser import Browser
from tests.support.make import Make

TITLE, PLACE = "Breakfast in Malmö", "The crane house"


@pytest.fixture
def hr(make: Make, browser: Browser) -> Browser:
    return browser.as_(english(make, make.staff(Role.HR)))


def english(make: Make, who: Account) -> Account:
    """Let somebody read English."""
    with make.work():
        db.session.get_one(Person, who.person_id).language = "en"
    return who


def test_hr_reads_title_and_place_in_one_language(hr: Browser, make: Make) -> None:
    made = event(make, title_en=TITLE, place_en=PLACE)
    assert hr.get("events.attendance", public_id=made.public_id).heading == TITLE
    assert hr.get("events.invite", public_id=made.public_id).heading == f"Invite to {TITLE}"
    assert TITLE in hr.get("events.manage")


def test_an_event_ends_and_nobody_leaves(hr: Browser) -> None:
    page = hr.get("events.new")
    for words in ("Ends", "In person", "Title"):
        assert words in page.texts("label")
    assert "Leaving" not in page


def test_to_keep_an_event_is_not_called_to_cancel(hr: Browser, make: Make) -> None:
    made = event(make)
    page = hr.get("events.cancel", public_id=made.public_id)
    assert "Yes, cancel it" in page.buttons()
    assert page.follow("No, keep the event").heading == made.title


def test_what_is_online_says_so_in_the_list(make: Make, browser: Browser) -> None:
    event(make, kind="digital", place="", online_url="https://moten.example/vd")
    page = browser.as_(english(make, guest(make))).get("events.index")
    assert "10:00, online, room for everybody" in page


def test_what_is_over_is_not_to_be_put_in_a_calendar(make: Make, browser: Browser) -> None:
    made, amira = event(make), english(make, guest(make))
    says(make, made, amira)
    assert "Download .ics" in browser.as_(amira).get("events.event", public_id=made.public_id)
    with later(days=21):
        with make.work():
            services.end_past()
        shown = browser.another().as_(amira)
        assert "Download .ics" not in shown.get("events.event", public_id=made.public_id)


def test_what_was_deleted_is_not_said_to_be_deleted_later(make: Make, browser: Browser) -> None:
    made, amira = event(make), guest(make)
    says(make, made, amira)
    words = "It is deleted on"
    with later(days=22):
        hr = browser.as_(english(make, make.staff(Role.HR)))
        assert words in hr.get("events.attendance", public_id=made.public_id)
    with later(days=40):
        hr = browser.another().as_(english(make, make.staff(Role.HR)))
        page = hr.get("events.attendance", public_id=made.public_id)
        assert words not in page
        assert "can see that you have looked" in page
