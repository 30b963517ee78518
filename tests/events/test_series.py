"""A series: several dates on one page, each with its own seats, answers and list at the door."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import vobject  # type: ignore[import-untyped]  # a reader that shares nothing with our writer
from flask import Flask

from alumni_portal.core import language
from alumni_portal.core.errors import Refusal
from alumni_portal.core.formats import date_long
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.events import queries, services
from alumni_portal.events.models import Answer, Event, EventKind, EventState
from alumni_portal.events.queries.replies import GUESTS
from alumni_portal.events.services import Full, Wanted
from tests.events.making import (
    address,
    event,
    guest,
    guests,
    later,
    link_of,
    noon,
    plan,
    says,
    starts,
)
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

YES = Wanted(comes=True)


def series(make: Make, *days: int, **more: Any) -> list[Event]:
    """Make an event with a further date on each of these days."""
    first = event(make, **more)
    with make.work():
        return [first, *(_added(first, day) for day in days)]


def _added(first: Event, day: int) -> Event:
    begins, room = starts(day), first.capacity
    until = begins + timedelta(hours=2)
    return services.add_date(first.id, begins, until, capacity=room, by=SYSTEM)


@pytest.mark.both_databases
def test_each_date_has_seats_of_its_own_and_all_share_the_text(inside: Flask, make: Make) -> None:
    dates, (amira, johan) = series(make, 27, 34, capacity=1), guests(make, 2)
    assert [one.starts_at for one in queries.dates_of(dates[1])] == [
        starts(20),
        starts(27),
        starts(34),
    ]
    says(make, dates[0], amira)
    assert says(make, dates[0], johan).answer is Answer.WAITING
    assert says(make, dates[1], johan).answer is Answer.YES
    with make.work():
        services.change(dates[0].id, plan(title="Ny rubrik", capacity=1), by=SYSTEM)
    assert {one.title for one in queries.dates_of(dates[0])} == {"Ny rubrik"}


@pytest.mark.both_databases
def test_an_answer_to_many_dates_is_all_or_nothing(inside: Flask, make: Make) -> None:
    dates, (amira, johan) = series(make, 27, capacity=1), guests(make, 2)
    says(make, dates[1], johan)
    with pytest.raises(Full) as refused, make.work():
        services.answer_dates(amira.person_id or 0, {one.id: YES for one in dates}, by=SYSTEM)
    assert refused.value.field == "dates"
    assert queries.replies_of(amira.person_id or 0, [one.id for one in dates]) == {}


@pytest.mark.parametrize(
    ("day", "hours", "field"), [(-1, 2, "day"), (20, 2, "day"), (27, -1, "until")]
)
def test_which_dates_cannot_be_added(
    inside: Flask, make: Make, day: int, hours: int, field: str
) -> None:
    first, begins = event(make), starts(day)
    with pytest.raises(Refusal) as refused:
        services.add_date(
            first.id, begins, begins + timedelta(hours=hours), capacity=None, by=SYSTEM
        )
    assert refused.value.field == field


def test_dates_of_a_draft_open_with_it_and_a_series_is_called_off_as_one(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, amira = series(make, 27, is_open=False), guest(make)
    assert {one.state for one in dates} == {EventState.DRAFT}
    with make.work():
        services.open_for_replies(dates[0].id, by=SYSTEM)
    says(make, dates[1], amira)
    with make.work():
        assert services.cancel_series(dates[0].id, reason="Storm", by=SYSTEM) == 2
    assert outbox.last().subject.startswith("Inställd träff")
    assert {one.state for one in queries.dates_of(dates[0])} == {EventState.CANCELLED}


def test_one_page_answers_all_dates_from_the_mail(app: Flask, browser: Browser, make: Make) -> None:
    dates, (amira, johan) = series(make, 27, 34, capacity=1), guests(make, 2)
    says(make, dates[1], johan)
    page = browser.go(link_of(make, dates[0], amira))
    ids = [one.public_id for one in dates]
    assert [str(one["value"]) for one in page.all("input[name=dates]")] == [
        ids[0],
        f"{ids[1]}-wait",
        ids[2],
    ]
    page = page.submit("Spara mitt svar", dates=[ids[0], f"{ids[1]}-wait"])
    assert "Du är nummer 1 på väntelistan" in page
    with app.app_context():
        found = queries.replies_of(amira.person_id or 0, [one.id for one in dates])
        assert {key: one.answer for key, one in found.items()} == {
            dates[0].id: Answer.YES,
            dates[1].id: Answer.WAITING,
        }
    page = page.submit("Spara mitt svar", dates=[ids[2]])
    assert page.flashes == ["Du är anmäld till 1 datum. Vi har mejlat en bekräftelse."]
    with app.app_context():
        found = queries.replies_of(amira.person_id or 0, [one.id for one in dates])
        assert [found[one.id].answer for one in dates] == [Answer.NO, Answer.NO, Answer.YES]


def test_a_date_that_filled_up_meanwhile_is_said_and_what_was_typed_is_kept(
    browser: Browser, make: Make
) -> None:
    dates, (amira, johan) = series(make, 27, capacity=1), guests(make, 2)
    page = browser.go(link_of(make, dates[0], amira))
    says(make, dates[1], johan)
    page = page.submit(
        "Spara mitt svar", dates=[one.public_id for one in dates], needs="Äter inte nötter"
    )
    assert "Träffen blev full innan ditt svar kom fram" in page.errors[0]
    assert page.value("needs") == "Äter inte nötter"
    assert len(page.all("input[name=dates][checked]")) == 2


@pytest.mark.both_databases
def test_a_series_has_one_invitation_from_whichever_date_it_is_sent(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, _people = series(make, 27, 34), guests(make, 2)
    with make.work():
        services.cancel(dates[0].id, reason="", by=SYSTEM)
    with make.work():
        assert services.invite(dates[2].id, by=SYSTEM)[1] == 2
    with pytest.raises(Refusal), make.work():
        services.invite(dates[0].id, by=SYSTEM)
    assert len(outbox) == 2
    text = outbox.last().text
    assert f"{starts(20):%H.%M}" in text
    with language.spoken("sv"):
        assert date_long(dates[1].starts_at) in text
        assert date_long(dates[0].starts_at) not in text, "that date is called off"


def test_a_series_whose_first_date_is_off_is_reminded_of_before_the_next(
    app: Flask, make: Make, outbox: Outbox
) -> None:
    with app.app_context():
        dates, (amira, _johan) = series(make, 27, 34), guests(make, 2)
        with make.work():
            services.cancel(dates[0].id, reason="", by=SYSTEM)
        with make.work():
            services.invite(dates[0].id, by=SYSTEM)
        says(make, dates[2], amira)
    for day, number in ((14, 0), (22, 1), (30, 1)):
        with noon(day):
            run_jobs(app)
            told = [one for one in outbox.letters() if one.subject.startswith("Påminnelse")]
            assert [one.to for one in told] == [address(2)] * number


def test_ones_own_calendar_holds_each_date_that_one_comes_to(
    app: Flask, browser: Browser, make: Make
) -> None:
    dates, amira = series(make, 27, 34), guest(make)
    for one in (dates[0], dates[2]):
        says(make, one, amira)
    page = browser.as_(amira).get("events.own_calendar").submit("Slå på kalendern")
    feed = browser.another().open(urlsplit(str(page.all("#feed")[0]["value"])).path)
    found = vobject.readOne(feed.get_data(as_text=True)).vevent_list
    assert [one.dtstart.value for one in found] == [starts(20), starts(34)]
    assert len({one.uid.value for one in found}) == 2


def test_hr_adds_a_date_and_the_link_lives_until_the_last_one(browser: Browser, make: Make) -> None:
    first, amira = event(make), guest(make)
    path = link_of(make, first, amira)
    page = browser.as_(make.staff(Role.HR)).get("events.add_date", public_id=first.public_id)
    page = page.submit("Lägg till", day="")
    assert page.errors
    page = page.submit("Lägg till", day=f"{starts(27):%Y-%m-%d}", begins="08:00", until="10:00")
    assert page.flashes == ["Datumet är tillagt. Rubrik, text och program är desamma."]
    reader = browser.another()
    with later(days=22):
        assert reader.open(path).status_code == 200
    with later(days=28):
        assert reader.open(path).status_code == 410


@pytest.mark.both_databases
def test_guests_and_the_way_to_take_part_may_differ_from_date_to_date(
    app: Flask, browser: Browser, make: Make
) -> None:
    hybrid: dict[str, Any] = {"kind": EventKind.HYBRID, "online_url": "https://moten.example/1"}
    dates, amira = series(make, 27, 34, guests_allowed=2, **hybrid), guest(make)
    ids = [one.public_id for one in dates]
    page = browser.go(link_of(make, dates[0], amira))
    own: dict[str, Any] = {
        f"way_{ids[1]}": "remote",
        f"guests_{ids[2]}": "2",
        f"names_{ids[2]}": "Bo och Siv",
    }
    page = page.submit("Spara mitt svar", dates=ids, guests="1", guest_names="Bo", **own)
    assert page.flashes == ["Du är anmäld till 3 datum. Vi har mejlat en bekräftelse."]
    with app.app_context():
        found = queries.replies_of(amira.person_id or 0, [one.id for one in dates])
        said = [(found[one.id].guests, found[one.id].remotely) for one in dates]
        names = [queries.told(GUESTS, found[one.id].guest_names) for one in dates]
    assert said == [(1, False), (0, True), (2, False)]
    assert names == ["Bo", "", "Bo och Siv"]
    page.submit("Spara mitt svar")
    with app.app_context():
        again = queries.replies_of(amira.person_id or 0, [one.id for one in dates])
        assert [(again[one.id].guests, again[one.id].remotely) for one in dates] == said


def test_what_is_told_to_the_hosts_of_a_series_goes_after_its_last_date(
    app: Flask, browser: Browser, make: Make
) -> None:
    dates, amira = series(make, 27, 34), guest(make)
    with app.app_context(), language.spoken("sv"):
        day = date_long(dates[2].starts_at + timedelta(days=14))
    assert f"det raderas {day}" in browser.go(link_of(make, dates[0], amira))
