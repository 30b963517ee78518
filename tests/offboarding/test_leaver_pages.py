"""The leaver's page: what it shows, takes and refuses, without an account."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from time_machine import travel

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import standing, wishes
from alumni_portal.core import tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import Job
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import AddressProof, CaseEvent, LeaverLink
from alumni_portal.people.models import EmailAddress
from tests.offboarding.making import PRIVATE, Leaver, change, leaver, load, task
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days


@pytest.fixture
def who(make: Make, outbox: Outbox) -> Leaver:
    return leaver(make, outbox)


def later(number: int) -> travel:
    """Return the middle of the day so many days from now."""
    return on_day(days(number))


def proved(app: Flask) -> list[str]:
    with app.app_context():
        rows = select(EmailAddress.address).where(
            EmailAddress.verified_at.is_not(None), EmailAddress.kind == "private"
        )
        return list(db.session.scalars(rows))


def test_a_leaver_sees_their_own_tasks_and_nobody_elses(browser: Browser, who: Leaver) -> None:
    page = browser.go(who.link())
    assert page.heading == "Hej Elin"
    assert "Lämna dator, telefon och passerkort" in page
    assert "Påminn om sekretess" not in page
    assert "Egen uppsägning" not in page


def test_a_leaver_ticks_their_own_tasks_and_takes_a_tick_back(
    browser: Browser, who: Leaver
) -> None:
    page = browser.go(who.link())
    box = page.all("input[name=done]")[0]["value"]
    page = page.submit("Spara", done=[str(box)])
    assert page.flashes == ["Sparat."]
    assert page.all("input[name=done]")[0].has_attr("checked")
    page = page.submit("Spara", done=None)
    assert not page.all("input[name=done]")[0].has_attr("checked")


def test_a_leaver_cannot_tick_what_is_not_theirs(app: Flask, browser: Browser, who: Leaver) -> None:
    page = browser.go(who.link())
    with app.app_context():
        foreign = task(load(who.public_id), "nda").public_id
    token = page.value("csrf_token")
    browser.open(
        page.address + "/tasks", method="POST", data={"done": foreign, "csrf_token": token}
    )
    with app.app_context():
        assert task(load(who.public_id), "nda").done_at is None


@covers("S4")
def test_looking_at_mailed_links_changes_nothing(app: Flask, browser: Browser, who: Leaver) -> None:
    link, proof = who.link(), who.proof()
    for path in (link, link + "/network", link + "/private-address", proof):
        for method in ("HEAD", "GET", "GET", "GET"):
            answer = browser.open(path, method=method)
            assert answer.status_code == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert proved(app) == []
    with app.app_context():
        assert db.session.scalars(select(AddressProof.used_at)).all() == [None]


@covers("S5")
def test_the_database_holds_no_link_that_opens(app: Flask, browser: Browser, who: Leaver) -> None:
    link, proof = who.link(), who.proof()
    plain = [link.rpartition("/")[2], proof.rpartition("/")[2]]
    with app.app_context():
        stored = str(db.session.scalars(select(LeaverLink.token_hash)).all())
        stored += str(db.session.scalars(select(AddressProof.token_hash)).all())
        stored += str(db.session.scalars(select(CaseEvent.detail)).all())
        assert not [one for one in plain if one in stored]
        assert tokens.digest(plain[0]) in stored
    changed = link[:-1] + ("0" if link[-1] != "0" else "1")
    assert browser.go(changed, status=410).heading == "Länken går inte att läsa"


def test_a_link_is_open_until_four_weeks_after_the_last_day(browser: Browser, who: Leaver) -> None:
    link = who.link()
    with later(24 + 28):
        assert browser.go(link).heading == "Hej Elin"
    with later(24 + 29):
        page = browser.go(link, status=410)
    assert page.heading == "Länken har gått ut"
    assert "Be om en ny länk" in page.links()


def test_a_revoked_link_says_so_and_the_next_one_opens(
    browser: Browser, make: Make, who: Leaver
) -> None:
    link = who.link()
    change(make, who.public_id, services.revoke_all)
    assert browser.go(link, status=410).heading == "Länken är återkallad"
    assert browser.go(who.link()).heading == "Hej Elin"


def test_the_address_is_proved_by_a_button_behind_a_mailed_link(
    app: Flask, browser: Browser, outbox: Outbox, who: Leaver
) -> None:
    page = browser.go(who.link()).submit("Mejla en länk dit", address=PRIVATE)
    assert "e•••••@post.example" in page.flashes[0]
    assert proved(app) == []
    letter = outbox.last(PRIVATE)
    page = browser.another().go(letter.link.removeprefix("http://localhost"))
    page = page.submit("Ja, bekräfta adressen")
    assert "bekräftad" in page.flashes[0]
    assert proved(app) == [PRIVATE]
    with app.app_context():
        assert task(load(who.public_id), "private_address").done_at is not None


@covers("S5")
def test_a_proof_is_used_once_lives_a_week_and_newer_kills_older(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    first, second = who.proof(), who.proof("annan@post.example")
    assert browser.go(first, status=410).heading == "Länken är återkallad"
    with later(8):
        assert browser.go(second, status=410).heading == "Länken har gått ut"
    page = browser.go(second)
    page.submit("Ja, bekräfta adressen")
    again = page.submit("Ja, bekräfta adressen", expects=410)
    assert again.heading == "Länken är redan använd"
    assert proved(app) == ["annan@post.example"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("elin@sundmark.example", "jobbadress"),
        ("elin@post.sundmark.example", "jobbadress"),
        ("inte en adress", "ser inte ut som"),
        ("", "Skriv en e-postadress."),
    ],
)
def test_a_wrong_address_is_explained_and_what_was_typed_is_kept(
    browser: Browser, who: Leaver, typed: str, said: str
) -> None:
    page = browser.go(who.link()).submit("Mejla en länk dit", address=typed)
    assert said in page.errors[0]
    assert page.value("address") == typed


@covers("S6")
def test_somebody_elses_address_gets_the_same_answer_and_hr_sees_it(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, who: Leaver
) -> None:
    make.person("Ada Ek", private="ada@post.example")
    link = who.link()
    free = browser.go(link).submit("Mejla en länk dit", address="ledig@post.example")
    taken = browser.go(link).follow("Skriv en annan")
    taken = taken.submit("Mejla en länk dit", address="ada@post.example")
    assert free.flashes[0].replace("l•", "a•") == taken.flashes[0]
    assert outbox.letters("ada@post.example") == []
    with app.app_context():
        assert load(who.public_id).has_address_conflict
    assert proved(app) == ["ada@post.example"]


def test_an_address_that_became_somebody_elses_is_not_taken_over(
    app: Flask, browser: Browser, make: Make, who: Leaver
) -> None:
    page = browser.go(who.proof())
    make.person("Ada Ek", private=PRIVATE)
    page = page.submit("Ja, bekräfta adressen")
    assert "används redan av någon annan" in page.flashes[0]
    with app.app_context():
        assert load(who.public_id).has_address_conflict


def test_letters_go_to_work_until_the_private_address_is_proved_and_never_there_afterwards(
    app: Flask, browser: Browser, make: Make, outbox: Outbox, who: Leaver
) -> None:
    who.link()
    assert outbox.letters(who.address)
    browser.go(who.proof()).submit("Ja, bekräfta adressen")
    outbox.clear()
    who.link()
    assert outbox.letters(who.address) == []
    assert outbox.last(PRIVATE).subject == "Din sida inför sista dagen"
    other = leaver(make, outbox, name="Bo Al")
    with later(25), pytest.raises(Refusal):
        other.link()


def test_the_five_purposes_are_asked_one_by_one_unticked_with_their_exact_wording(
    browser: Browser, who: Leaver
) -> None:
    page = browser.go(who.link() + "/network")
    boxes = page.all("input[name=purpose]")
    assert [box["value"] for box in boxes] == [one.value for one in Purpose]
    assert not [box for box in boxes if box.has_attr("checked")]
    assert "Jag vill vara med i Sundmark Alumni." in page.texts("blockquote")[0]
    assert "Vad händer om du säger nej? Ingenting." in page


def test_a_tick_before_the_last_day_is_kept_as_a_wish_and_can_be_taken_back(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    page = browser.go(who.link()).follow("Läs mer och svara")
    page = page.submit("Spara mitt svar", purpose=["membership", "events"])
    with app.app_context():
        person_id = load(who.public_id).person_id
        assert set(wishes(person_id)) == {Purpose.MEMBERSHIP, Purpose.EVENTS}
        assert standing(person_id) == {}
    page.follow("Ändra svaret").submit("Nej tack")
    with app.app_context():
        assert wishes(person_id) == {}
        assert task(load(who.public_id), "network_answer").done_at is not None


def test_the_rest_without_membership_is_refused_and_the_ticks_are_kept(
    browser: Browser, who: Leaver
) -> None:
    page = browser.go(who.link() + "/network")
    page = page.submit("Spara mitt svar", purpose=["newsletter"])
    assert page.errors
    ticked = [box["value"] for box in page.all("input[name=purpose][checked]")]
    assert ticked == ["newsletter"]


def test_the_page_speaks_english_to_whoever_chooses_it(browser: Browser, who: Leaver) -> None:
    page = browser.go(who.link()).submit("English")
    assert page.language == "en"
    assert "Return computer, phone and access card" in page


@covers("S6")
def test_a_new_link_is_asked_for_with_the_same_answer_and_goes_to_the_known_mailbox(
    browser: Browser, outbox: Outbox, who: Leaver
) -> None:
    answers = []
    for typed in (who.address, "okand@post.example"):
        page = browser.get("offboarding.new_leaver_link").submit("Mejla mig", address=typed)
        answers.append((page.flashes, page.html.count("<")))
    assert answers[0] == answers[1]
    assert [one.to for one in outbox.letters()] == [who.address]


@covers("S6")
def test_asking_for_a_new_link_looks_nothing_up_before_the_answer(
    app: Flask, browser: Browser, work: Callable[[], int], who: Leaver
) -> None:
    work()
    left = []
    for typed in (who.address, "okand@post.example"):
        browser.get("offboarding.new_leaver_link").submit("Mejla mig", address=typed)
        with app.app_context():
            links = db.session.scalar(select(func.count()).select_from(LeaverLink))
            waiting = db.session.scalars(select(Job).where(Job.state == "queued")).all()
        left.append((links, [(job.name, sorted(job.args)) for job in waiting][-1]))
        assert who.address not in str([job.args for job in waiting])
    assert left[0] == left[1] == (0, ("offboarding.send_new_link", ["sealed"]))


def test_after_the_last_day_the_mailbox_at_work_no_longer_moves_a_proved_address(
    app: Flask, browser: Browser, who: Leaver
) -> None:
    link = who.link()
    browser.go(who.proof()).submit("Ja, bekräfta adressen")
    with later(25):
        page = browser.go(link).follow("Byt adress")
        page = page.submit("Mejla en länk dit", address="tjuv@post.example")
    assert "din privata e-post" in page.errors[0]
    assert proved(app) == [PRIVATE]


def test_a_page_of_a_cancelled_case_is_closed_even_in_an_open_window(
    browser: Browser, make: Make, who: Leaver
) -> None:
    page = browser.go(who.link())
    change(make, who.public_id, services.withdraw_notice)
    page = page.submit("Mejla en länk dit", address=PRIVATE, expects=410)
    assert page.heading == "Länken är återkallad"
