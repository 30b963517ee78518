"""What stands beside a segment of the letters that use it."""

from flask import Flask

from alumni_portal.audiences import services as audiences
from alumni_portal.audiences.models import Wanted
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block
from tests.events.making import event
from tests.newsletters.making import content, letter, reader
from tests.support.browser import Browser
from tests.support.make import Make


def test_letters_that_use_a_segment_are_named_where_it_is_changed(
    app: Flask, browser: Browser, make: Make
) -> None:
    reader(make)
    hr = browser.as_(make.staff(Role.HR))
    with make.work():
        segment = audiences.save_segment(None, name="Alla", goal="", wanted=Wanted(), by=SYSTEM)
    page = hr.get("audiences.edit", public_id=segment.public_id)
    assert "Brev till urvalet" not in page
    made = letter(app)
    with make.work():
        db.session.get_one(Newsletter, made.id).segment_id = segment.id
    page = hr.get("audiences.edit", public_id=segment.public_id)
    assert "Decemberbrevet Utkast" in page
    hr.get("newsletters.plan", public_id=made.public_id).submit("Planera utskicket")
    page = hr.get("audiences.edit", public_id=segment.public_id)
    assert "Decemberbrevet Går" in page
    assert "Ändrar du urvalet ändras vem som får de brev som inte har gått." in page
    page = page.submit("Ja, ta bort urvalet")
    assert page.flashes == ["Urvalet används av ett utskick och kan inte tas bort."]


def test_a_meeting_without_a_place_is_called_by_its_title(
    app: Flask, browser: Browser, make: Make
) -> None:
    meeting = event(make, title="Fråga vd")
    with make.work():
        db.session.merge(meeting).place = ""
    made = letter(app, content(Block(id="traffar", kind=Kind.EVENTS)))
    page = browser.as_(make.staff(Role.HR)).get("newsletters.edit", public_id=made.public_id)
    assert "Fråga vd," not in page
    assert "Fråga vd" in page
