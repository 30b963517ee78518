"""Links of a letter: looked at in the background, never from inside, and only ever a warning."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
import time_machine
from flask import Flask
from markupsafe import escape

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.text import lazy
from alumni_portal.core.transaction import unit
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind, link_checks
from alumni_portal.newsletters.rules import LinkState, has_died, is_public, may_be_asked, state_of
from alumni_portal.newsletters.services import Block, Said
from alumni_portal.newsletters.services.links import known_links
from alumni_portal.newsletters.services.reaching import Reached, reach
from tests.newsletters.making import content, letter, reader, text_block
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make


class Site(BaseHTTPRequestHandler):
    """A small site: /there, /only-get, /gone, /on (leads on), /inside, /round."""

    asked: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/only-get" else 200)

    def do_GET(self) -> None:
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.asked.append(f"{self.command} {self.path}")
        leads = {"/on": "/there", "/inside": "https://127.0.0.1/", "/round": "/round"}
        self.send_response(404 if self.path == "/gone" else 302 if self.path in leads else status)
        if self.path in leads:
            self.send_header("Location", leads[self.path])
        self.end_headers()

    def log_message(self, *words: object) -> None:
        del words


@contextmanager
def site() -> Iterator[int]:
    Site.asked = []
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@covers("S40")
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::a00:1", "2001:0::1", "ff02::1", "name",
    ],
)  # fmt: skip
def test_no_address_inside_is_public_in_any_disguise(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_the_open_internet_are_public() -> None:
    assert is_public("193.0.6.139")
    assert is_public("2001:67c:2e8:22::c100:68b")


@covers("S40")
@pytest.mark.parametrize(
    "url",
    [
        "http://www.iis.se/", "https://localhost/", "https://intranet/", "https://x.example/",
        "https://www.iis.se:8443/", "https://me:x@iis.example/", "https://db.internal/",
        "ftp://www.iis.se/", "https://www.iis.se:99999/", "https://", "https://printer.local./",
    ],
)  # fmt: skip
def test_what_is_not_https_to_a_public_name_is_not_asked(url: str) -> None:
    assert not may_be_asked(url)
    assert reach(url) == Reached(LinkState.NOT_ASKED, "")


@covers("S40")
def test_a_public_looking_link_to_a_number_inside_is_not_asked() -> None:
    assert may_be_asked("https://127.0.0.1/")  # the name may be asked, the address it has may not
    assert reach("https://127.0.0.1/").state is LinkState.NOT_ASKED
    assert reach("https://[::1]/").state is LinkState.NOT_ASKED


def test_an_answer_is_told_from_a_missing_page_and_from_silence() -> None:
    with site() as port:
        ask, base = partial(reach, also={("127.0.0.1", port)}), f"http://127.0.0.1:{port}"
        assert ask(base + "/there") == Reached(LinkState.ANSWERS, "200")
        assert ask(base + "/only-get") == Reached(LinkState.ANSWERS, "405")
        assert ask(base + "/gone") == Reached(LinkState.MISSING, "404")
        assert Site.asked[-2:] == ["HEAD /gone", "GET /gone"]
        assert ask(base + "/on").state is LinkState.ANSWERS
        assert ask(base + "/round") == Reached(LinkState.MISSING, "redirects")
        assert reach(base + "/there").state is LinkState.NOT_ASKED
    assert ask(base + "/there").state is LinkState.SILENT


@covers("S40")
def test_nobody_leads_us_inside() -> None:
    with site() as port:
        ask = partial(reach, also={("127.0.0.1", port)})
        assert ask(f"http://127.0.0.1:{port}/inside").state is LinkState.NOT_ASKED


def test_a_door_that_is_closed_to_machines_answers() -> None:
    assert {state_of(one) for one in (200, 204, 401, 403, 429)} == {LinkState.ANSWERS}
    assert {state_of(one) for one in (404, 410, 500, 503)} == {LinkState.MISSING}


MORNING = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
LINK = "https://berattelser.sundmark.example/lulea"


@pytest.mark.both_databases
def test_the_checks_say_what_is_known_and_never_keep_a_letter_back(
    app: Flask, browser: Browser, make: Make
) -> None:
    reader(make)
    button = Block(id="knapp", kind=Kind.BUTTON, url=LINK, said={"sv": Said(label="Läs")})
    made = letter(app, content(text_block("Se [här](https://annat.example/?a=1&b=2)."), button))
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "2 länkar är inte kontrollerade än" in page
    page = page.submit("Spara")
    run_jobs(app)
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "inte kontrollerade än" not in page
    assert f"Länken svarar inte: {LINK}" in page
    assert "Gå vidare och skicka" in page
    with app.app_context(), unit():
        services.note_links({LINK: Reached(LinkState.ANSWERS, "200")})
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "1 av 2 länkar svarar" in page
    assert "Länken svarar inte: https://annat.example/?a=1&b=2" in page
    page.submit("Kontrollera länkarna igen")
    run_jobs(app)
    with app.app_context():
        assert link_checks([LINK])[LINK].state is LinkState.NOT_ASKED


@covers("S29")
def test_what_somebody_wrote_in_a_text_of_ours_is_text(inside: Flask) -> None:
    said = lazy("Länken svarar inte: %(url)s", url="https://x/?<script>&")
    assert escape(said) == "Länken svarar inte: https://x/?&lt;script&gt;&amp;"


def test_no_more_than_thirty_and_none_of_our_own_are_looked_at(inside: Flask) -> None:
    own = inside.extensions["alumni_portal.settings"].base_url
    many = " ".join(f"[x](https://nr{number}.example/)" for number in range(40))
    links = known_links(content(text_block(f"[vi]({own}/openings) {many}")))
    links = [one for one in links if not one.is_own]
    assert len(links) == 30
    assert not [one for one in links if one.url.startswith(own)]


@pytest.mark.parametrize(
    ("now", "then", "died"),
    [
        (LinkState.MISSING, LinkState.ANSWERS, True),
        (LinkState.SILENT, None, True),
        (LinkState.MISSING, LinkState.SILENT, False),
        (LinkState.NOT_ASKED, LinkState.ANSWERS, False),
        (None, LinkState.ANSWERS, False),
    ],
)
def test_a_link_that_was_dead_when_the_letter_was_planned_is_a_choice(
    now: LinkState | None, then: LinkState | None, *, died: bool
) -> None:
    assert has_died(now, then) is died


@pytest.mark.both_databases
def test_a_link_that_dies_before_a_planned_letter_goes_holds_it_and_asks(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    with time_machine.travel(MORNING):
        reader(make)
        made = letter(app, content(text_block(f"Se [här]({LINK})."), text_block()))
        note(app, LinkState.ANSWERS)
        hr = browser.as_(make.staff(Role.HR))
        page = hr.get("newsletters.plan", public_id=made.public_id)
        page.submit("Planera utskicket", day="2026-03-19", at="08:30")
    with time_machine.travel(MORNING + timedelta(hours=23, minutes=5)):
        note(app, LinkState.MISSING)
        run_jobs(app, by_the_clock=False)
        assert "Ett planerat brev väntar på dig" in outbox.subjects("@sundmark.example")
        assert "En länk i brevet svarar inte längre." in outbox.last("@sundmark.example").text
        hr = browser.another().as_(make.staff(Role.HR))
        page = hr.get("newsletters.plan", public_id=made.public_id)
        assert LINK in page
        page.submit("Byt tid", day="2026-03-19", at="14:00")
    with time_machine.travel(MORNING + timedelta(hours=29, minutes=5)):
        assert len(outbox.letters("anna@post.example")) == 1, "planned again it goes"


def test_a_link_is_looked_at_again_before_a_planned_letter_goes(app: Flask, make: Make) -> None:
    with time_machine.travel(MORNING):
        reader(make)
        made = letter(app, content(text_block(f"Se [här]({LINK}).")))
        note(app, LinkState.ANSWERS)
        with app.app_context(), unit():
            day, at = (MORNING + timedelta(days=1)).date(), time(8, 30)
            services.plan(
                db.session.get_one(Newsletter, made.id), day, at, expected=None, by=SYSTEM
            )
    with time_machine.travel(MORNING + timedelta(hours=23, minutes=5)):
        run_jobs(app, by_the_clock=False)
        with app.app_context():
            assert link_checks([LINK])[LINK].state is LinkState.NOT_ASKED


def note(app: Flask, state: LinkState) -> None:
    with app.app_context(), unit():
        services.note_links({LINK: Reached(state, "404")})
