"""Files that come with applications: kept apart, given back as downloads, never lost or left."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from alumni_portal.applications import services
from alumni_portal.applications.models import Attachment
from alumni_portal.core.db import db
from tests.applications.making import WHY, Scene, scene, sent_by
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.page import Page

SEND = "Skicka ansökan"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


def send(page: Page, **changes: Any) -> Page:
    given = {"can_begin": "three_months", "hours": "full", "why": WHY, **changes}
    return page.submit(SEND, **given)


def file(name: str, data: bytes) -> FileStorage:
    return FileStorage(BytesIO(data), name)


@covers("S35")
def test_a_file_of_the_wrong_kind_is_refused_at_its_field_and_nothing_is_lost(
    app: Flask, browser: Browser, here: Scene
) -> None:
    page = browser.as_(here.amira).go(here.apply)
    page = send(page, attachment=file("cv.pdf", b"<script>alert(1)</script>"))
    assert "Den filen kan vi inte ta emot." in page.errors[0]
    assert (page.value("why"), page.value("hours")) == (WHY, "full")
    with app.app_context():
        assert db.session.scalars(select(Attachment)).all() == []
        assert sent_by(here.amira) == []
        assert list(services.path_of(Attachment(stored_as="x")).parent.iterdir()) == []


@covers("S35")
def test_a_file_is_only_ever_a_download_of_ours(app: Flask, browser: Browser, here: Scene) -> None:
    name = "../../C:\\fil\u202efdp.pdf"
    page = send(browser.as_(here.amira).go(here.apply), attachment=file(name, PDF))
    answer = browser.open(page.address + "/attachment")
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    with app.app_context():
        stored = db.session.scalars(select(Attachment)).one()
        assert services.path_of(stored).parent.name == "attachments"
        assert stored.name.endswith("fil fdp.pdf")
        assert not set("/\\\u202e") & set(stored.name)
        assert len(stored.stored_as) == 64
    stranger = browser.another()
    assert stranger.open(page.address + "/attachment").status_code == 303


def test_a_good_file_stays_when_something_else_is_wrong(
    app: Flask, browser: Browser, here: Scene
) -> None:
    page = browser.as_(here.amira).go(here.apply)
    page = page.submit(SEND, why=WHY, attachment=file("cv.pdf", PDF))
    assert "Bifogat: cv.pdf" in page
    page = send(page)
    assert "cv.pdf" in page.text
    page = page.submit("Ta tillbaka ansökan")
    with app.app_context():
        assert db.session.scalars(select(Attachment)).all() == []
        assert list(services.path_of(Attachment(stored_as="x")).parent.iterdir()) == []
