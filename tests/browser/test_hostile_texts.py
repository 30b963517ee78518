"""Texts that would like to be scripts, in every field that others read: nothing runs (S29)."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from playwright.sync_api import Dialog
from sqlalchemy import update

from alumni_portal.accounts.models import Account
from alumni_portal.consents.models import Purpose
from alumni_portal.core.db import Base, db
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from alumni_portal.events.models import Event
from alumni_portal.network.models import Profile
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.referrals.models import Referral
from alumni_portal.rehire.models import Contact
from tests.events import making as events
from tests.network.making import profile
from tests.newsletters.making import content, letter, text_block
from tests.openings.making import opening
from tests.referrals.making import confirmed
from tests.rehire.making import candidate, write
from tests.support.chromium import DESK, Live
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = [pytest.mark.chromium, pytest.mark.parametrize("screen", [DESK], ids=str)]
AGREED = (
    Purpose.MEMBERSHIP,
    Purpose.RECRUITER_CONTACT,
    Purpose.EVENTS,
    Purpose.NEWSLETTER,
)
PAYLOADS = (
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg/onload=hit()>",
    '"><script>hit()</script>',
    "'><img src=x onerror=hit()>",
    "</title><script>hit()</script>",
    "</textarea><script>hit()</script>",
    "</script><script>hit()</script>",
    "--><script>hit()</script>",
    "]]><script>hit()</script>",
    "<details open ontoggle=hit()>",
    "<input autofocus onfocus=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<a href='javascript:hit()'>x</a>",
    "[x](javascript:hit())",
    "[x](data:text/html,<script>hit()</script>)",
    "![x](x' onerror='hit())",
    "<javascript:hit()>",
    "<math><mtext><img src=x onerror=hit()>",
    "<object data='javascript:hit()'>",
    "<style>@import 'javascript:hit()'</style>",
    "<base href='//x.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "{{7*7}}{% raw %}${hit()}#{hit()}",
    "\u003cimg src=x onerror=hit()\u003e",
)
LONG = "\n\n".join(PAYLOADS)
SHORT = "\"><img src=x onerror=hit()></script><svg/onload=hit()>'-hit()-' javascript:hit()"
#: Which columns hold what people write, and others read.
WRITTEN: Mapping[type[Base], tuple[str, ...]] = {
    Person: ("first_name", "last_name", "phone"),
    Profile: ("headline", "now_title", "now_employer", "city", "about"),
    Event: ("title", "title_en", "text", "text_en", "place", "directions"),
    Opening: ("title", "place", "text", "agreement"),
    Contact: ("reason",),
    Referral: ("name", "why"),
}


def spoil() -> None:
    """Put hostile texts where forms would have refused or cleaned some of them."""
    with unit():
        for model, names in WRITTEN.items():
            known = model.__table__.columns
            values = {
                name: SHORT if getattr(known[name].type, "length", None) else LONG for name in names
            }
            db.session.execute(update(model).values(**values))


def pages(app: Flask, make: Make) -> Iterator[tuple[Account, list[str]]]:
    """Yield who looks, and at which pages, after the texts of all of them were spoiled."""
    her = candidate(make, agreed_to=AGREED)
    shown = profile(make, her, headline="x", about="x", then=("Python",))
    me = make.staff(Role.RECRUITER)
    vacant, meeting = opening(make), events.event(make)
    sent = write(make, me, her)
    confirmed(make, her, vacant)
    draft = letter(app, content(text_block(LONG), subject=SHORT), title=SHORT)
    events.says(make, meeting, her)
    hr = make.staff(Role.HR)
    with app.app_context():
        spoil()
        ref = db.session.get_one(Person, her.person_id).public_id
    assert shown
    meet, post = f"/events/{meeting.public_id}", f"/openings/{vacant.public_id}"
    own = ["/", "/profile", "/profile/edit", f"/colleagues/{ref}", post, meet, "/referrals/mine"]
    found = ["/candidates", f"/candidates/{ref}/contact", f"/contacts/{sent.public_id}"]
    planned = [f"{meet}/invitation", f"/newsletters/{draft.public_id}/edit", f"/people/{ref}"]
    yield her, own
    yield me, [*found, "/referrals", f"{post}/edit"]
    yield hr, [*planned, f"{meet}/edit"]


@covers("S29")
def test_no_text_runs_wherever_it_is_shown(live: Live, make: Make, app: Flask) -> None:
    ran: list[str] = []
    live.context.expose_function("hit", lambda: ran.append("ran"))

    def note_dialog(dialog: Dialog) -> None:
        ran.append("dialog")
        dialog.dismiss()

    for who, paths in pages(app, make):
        live.sign_in(who)
        for path in paths:
            tab = live.open(path)
            tab.on("dialog", note_dialog)
            assert "hit()" in tab.content(), f"{path} shows none of it"
            tab.wait_for_load_state("load")
            assert not ran, path
            assert not live.complaints, f"{path}: {live.complaints}"
            tab.close()
    tab = live.open("/")
    tab.evaluate("hit()")
    assert ran == ["ran"]  # the trap works
