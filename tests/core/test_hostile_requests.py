"""What a hostile request costs: no more than an answer in words (S12, S34, S45)."""

from contextlib import suppress
from typing import cast

import pytest
from flask import Flask, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import text
from werkzeug.exceptions import RequestEntityTooLarge

from alumni_portal.core.db import db
from alumni_portal.core.files import Sent
from alumni_portal.core.forms import NO_SUCH_YEAR
from alumni_portal.core.paging import encode
from alumni_portal.core.permissions import Role, public
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days

SECRET = "canary-in-the-path"
MARKS = [[2**63], [1, 2], ["x", "y", "z"], [None], [1.5, "x"], ["x"]]


def crash(token: str) -> str:
    raise LookupError(f"a value of somebody's: {token}")


@covers("S34")
def test_a_crash_tells_the_log_its_place_and_no_values(
    app: Flask, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    app.testing = False
    app.add_url_rule("/crash/<token>", "core.crash", public(crash))
    answer = browser.open(f"/crash/{SECRET}")
    written = capsys.readouterr()
    assert answer.status_code == 500
    assert "test_hostile_requests.py" in written.err
    assert SECRET not in written.err + written.out


@pytest.mark.both_databases
@covers("S34")
def test_a_failed_statement_hides_what_it_was_about(inside: Flask) -> None:
    with pytest.raises(Exception, match="parameters hidden") as caught:
        db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": SECRET})
    assert SECRET not in str(caught.value)


@pytest.mark.both_databases
@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_a_forged_mark_is_the_first_page(
    browser: Browser, make: Make, mark: list[int | str]
) -> None:
    browser.as_(make.staff(Role.HR, name="Maria Stenberg"))
    page = browser.go(f"/people?after={encode(mark)}&before={encode(mark)}")
    assert "Maria Stenberg" in page


@covers("S45")
def test_a_form_without_files_is_half_a_megabyte_at_most(browser: Browser) -> None:
    answer = browser.open("/sign-in", method="POST", data={"email": "x" * 600_000})
    assert answer.status_code == 413


@covers("S45")
def test_a_stranger_may_not_send_what_an_importer_may(app: Flask) -> None:
    files = {"method": "POST", "content_type": "multipart/form-data; boundary=x"}
    with app.test_request_context("/offboarding/imports/new", base_url="http://localhost", **files):
        with pytest.raises(CSRFError):
            app.preprocess_request()
        assert request.max_content_length == 12_000_000


def test_a_day_of_another_age_is_refused_at_its_field(browser: Browser, make: Make) -> None:
    make.employment(make.person("Elin Bergström"))
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("offboarding.choose_leaver").submit("Sök", within="main", q="elin")
    page = page.follow("Välj Elin Bergström").submit(
        "Öppna ärendet", ends_on="9999-12-31", notice_on=days(0).isoformat(), ground="own_request"
    )
    assert str(NO_SUCH_YEAR) in " ".join(page.errors)


@covers("S15")
def test_an_origin_that_hides_itself_is_refused(browser: Browser) -> None:
    token = browser.get("accounts.sign_in").value("csrf_token")
    said = {"csrf_token": token, "email": "amira@post.example"}
    hidden = browser.open("/sign-in", method="POST", data=said, headers={"Origin": "null"})
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert hidden.status_code == 400
    assert browser.open("/sign-in", method="POST", data=said, headers=own).status_code == 303


@pytest.mark.parametrize("path", ["/people", "/admin/users", "/offboarding", "/colleagues"])
def test_a_search_as_long_as_a_book_is_an_ordinary_search(
    browser: Browser, make: Make, path: str
) -> None:
    browser.as_(make.staff(Role.HR))
    assert browser.go(f"{path}?q={'Elin ' * 4_000}").status == 200


FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\n'
FIELD = b'\r\n--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n'
HALF_READ = {"cut off": b"", "a field too large": FIELD + b"y" * 600_000 + b"\r\n--x--\r\n"}


@covers("S45")
@pytest.mark.parametrize("what", HALF_READ)
def test_a_file_of_a_form_that_was_not_read_to_its_end_is_closed(app: Flask, what: str) -> None:
    sent = {"method": "POST", "content_type": "multipart/form-data; boundary=x"}
    body = FILE + b"1;Elin;Ek\r\n" * 60_000 + HALF_READ[what]
    with app.test_request_context(
        "/offboarding/imports/new", base_url="http://localhost", data=body, **sent
    ):
        with suppress(RequestEntityTooLarge):
            assert not request.files
        (kept,) = cast("Sent", request).received
        assert not kept.closed
    assert kept.closed
