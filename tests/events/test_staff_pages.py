"""Pages of those who plan events and stand at the door, and the lists everybody sees."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core import access_log, clock
from alumni_portal.core.permissions import Role
from alumni_portal.events import queries
from alumni_portal.events.models import Event
from tests.events.making import TITLE, event, guest, guests, later, link_of, says, starts
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR, name="Maria Stenberg")


def typed(**more: Any) -> dict[str, Any]:
    day = starts()
    return {
        "title": "Kraft och kaffe",
        "text": "Vi äter **bullar**.",
        "day": f"{day:%Y-%m-%d}",
        "begins": "17:30",
        "until": "19:00",
        "place": "Västerås",
        "capacity": "30",
        **more,
    }


def test_from_an_empty_page_to_an_event_that_members_see(
    browser: Browser, make: Make, hr: Account
) -> None:
    page = browser.as_(hr).get("events.index")
    assert "Inga träffar än" in page
    page = page.follow("Planera en träff").submit("Spara", **typed())
    assert page.heading == "Kraft och kaffe"
    assert "17.30–19.00" in page
    member = browser.another().as_(guest(make))
    assert "Inga träffar är planerade just nu" in member.get("events.index")
    page = page.submit("Öppna för svar")
    assert page.flashes[0].startswith("Träffen är öppen.")
    assert "Kraft och kaffe" in member.get("events.index")
    shown = member.get("events.index").follow("Kraft och kaffe")
    assert [str(tag) for tag in shown.all(".prose strong")] == ["<strong>bullar</strong>"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Fyll i det här fältet."),
        ({"until": "17:00"}, "Slutar den en annan dag? Skriv vilken."),
        ({"online_url": "javascript:alert(1)"}, "Skriv hela adressen, den ska börja med https://"),
        ({"capacity": "0"}, "Skriv ett antal från 1 till 100 000."),
        ({"begins": ""}, "Skriv ett klockslag, till exempel 17.30."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    browser: Browser, hr: Account, wrong: dict[str, str], said: str
) -> None:
    page = browser.as_(hr).get("events.new")
    page = page.submit("Spara", **typed(**wrong))
    assert any(line.endswith(said) for line in page.errors), page.errors
    assert page.value("place") == "Västerås"


def test_the_form_shows_the_time_as_it_was_typed_in_summer_and_in_winter(
    browser: Browser, make: Make, hr: Account
) -> None:
    for begins in (starts(20), starts(200)):
        made = event(make, starts_at=begins)
        page = browser.as_(hr).get("events.edit", public_id=made.public_id)
        assert page.value("begins") == "08:00"
        page = page.submit("Spara", place="Kajen 2")
        assert "08.00–10.00" in page


@pytest.mark.usefixtures("by_day")
def test_calling_off_asks_once_more(browser: Browser, make: Make, hr: Account) -> None:
    made = event(make)
    page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
    page = page.follow("Ställ in träffen").submit("Ja, ställ in", reason="Storm.")
    assert page.flashes == [
        "Träffen är inställd. Alla som är bjudna och inte har tackat nej får ett mejl."
    ]
    assert "Storm." in page


@covers("S17")
def test_the_list_at_the_door_shows_names_and_needs_ticks_and_leaves_a_row(
    app: Flask, browser: Browser, make: Make, hr: Account
) -> None:
    made, (first, second) = event(make, guests_allowed=1), guests(make, 2)
    says(make, made, first, guests=1, needs="Äter inte nötter")
    says(make, made, second)
    page = browser.as_(hr).get("events.attendance", public_id=made.public_id)
    (row, _other) = page.table("De som kommer")
    assert (row["Namn"], row["Tar med"]) == ("Gäst Nummer1", "och 1 till")
    assert row["Mat och tillgänglighet"] == "Äter inte nötter"
    with later(days=20):
        page = browser.another().as_(hr).get("events.attendance", public_id=made.public_id)
        assert "Gäst Nummer1 är här Äter inte nötter Gäst 1 med Gäst Nummer1" in page
        ref = str(page.all("input[name=here]")[0]["value"])
        page = page.submit("Spara avprickningen", here=[ref])
        assert page.flashes == ["1 ändring sparad."]
        assert page.value("was") == ref
    with app.app_context():
        assert access_log.times_seen(first.person_id or 0) > 0


def guests_page(browser: Browser, account: Account, made: Event) -> int:
    reader = browser.another().as_(account)
    return reader.open(f"/events/{made.public_id}/attendance").status_code


@covers("S17", "S18")
def test_who_comes_is_for_the_hosts_only(browser: Browser, make: Make, hr: Account) -> None:
    unit, other = make.unit("Elkraft"), make.unit("Vatten")
    made = event(make, unit_id=unit.id)
    assert guests_page(browser, hr, made) == 200
    assert guests_page(browser, make.manager_of(unit, "Anders Ek"), made) == 200
    assert guests_page(browser, make.manager_of(other, "Bo Ek"), made) == 404
    assert guests_page(browser, make.staff(Role.RECRUITER), made) == 404
    assert guests_page(browser, guest(make), made) == 404


def test_a_draft_is_missing_for_everybody_else(browser: Browser, make: Make) -> None:
    made, amira = event(make, is_open=False), guest(make)
    assert browser.as_(amira).open(f"/events/{made.public_id}").status_code == 404
    assert browser.open(f"/events/{made.public_id}/calendar.ics").status_code == 404


def test_home_shows_the_next_events_with_what_one_answered(browser: Browser, make: Make) -> None:
    made, amira = event(make), guest(make)
    event(make, title="Fråga vd", starts_at=starts(30))
    says(make, made, amira)
    page = browser.as_(amira).get("home.alumnus")
    assert "Nästa träffar" in page
    assert page.texts(".ev .pill") == ["Anmäld"]
    assert page.follow(TITLE).heading == TITLE
    empty = browser.another().as_(make.staff(Role.HR)).get("home.staff")
    assert "Kommande träffar" in empty


def test_a_home_without_events_has_no_empty_box(browser: Browser, make: Make) -> None:
    assert "Nästa träffar" not in browser.as_(guest(make)).get("home.alumnus")


def test_scripts_in_a_text_are_shown_as_text(browser: Browser, make: Make) -> None:
    evil = "<script>alert(1)</script> [klicka](javascript:alert(1)) <img src=x onerror=alert(1)>"
    made, amira = event(make, text=evil, directions=evil, title="<b>Träff</b>"), guest(make)
    page = browser.go(link_of(make, made, amira))
    assert not page.all("main .prose script, main .prose img, main h1 b")
    assert not page.all("a[href^=javascript]")


def test_nobody_who_stayed_away_reads_that_they_were_there(browser: Browser, make: Make) -> None:
    made, (came, stayed) = event(make), guests(make, 2)
    for who in (came, stayed):
        says(make, made, who)
    with later(days=21):
        before = browser.as_(stayed).get("events.index")
        assert "Du var med" in before, "the list was not used: nobody knows better"
        with make.work():
            reply = queries.reply(made.id, came.person_id or 0)
            assert reply is not None
            reply.checked_in_at = clock.now()
        assert "Du var med" not in browser.get("events.index")
        page = browser.another().as_(came).get("events.index")
        assert "Du var med" in page
        assert "1 kom" in page
