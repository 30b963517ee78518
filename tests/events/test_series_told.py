"""A series that changes: a new date is told of, dates that are off come in one letter."""

import pytest
import vobject  # type: ignore[import-untyped]  # a reader that shares nothing with our writer
from flask import Flask
from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event
from alumni_portal.mail.models import Delivery, DeliveryState, MailingState
from alumni_portal.mail.queries import mailing_of, progress
from alumni_portal.mail.services import chunks, deliveries
from tests.events.making import TITLE, address, event, guests, later, noon, says, starts
from tests.events.test_asked import entry_in
from tests.events.test_invitations import invite
from tests.events.test_series import series
from tests.support.browser import Browser
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make


@pytest.mark.both_databases
def test_a_date_added_later_is_told_of_once_with_an_entry_of_its_own(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    first, (_silent, no, knows) = event(make), guests(make, 3)
    invite(make, first)
    says(make, first, no, comes=False)
    with noon(1):
        outbox.clear()
        page = browser.as_(make.staff(Role.HR)).get("events.add_date", public_id=first.public_id)
        page = page.submit("Lägg till", day=f"{starts(20):%Y-%m-%d}")
        assert page.heading == "Berätta om det nya datumet?"
        with app.app_context():
            added = queries.dates_of(db.session.get_one(Event, first.id))[-1]
        says(make, added, knows)
        outbox.clear()
        page.submit("Skicka 3 mejl")
        assert sorted(one.to for one in outbox.letters()) == [address(1), address(2)]
        assert outbox.last().subject == f"Nytt datum: {TITLE}"
        method, entry = entry_in(outbox.last(address(2)))
        assert (method, entry.sequence.value) == ("REQUEST", "0")
        assert entry.uid.value == f"{added.public_id}@localhost"
        browser.get("events.announce", public_id=added.public_id, status=404)


@pytest.mark.both_databases
def test_dates_that_are_off_come_in_one_letter_with_an_entry_each(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    dates, (all_of_them, one_of_them) = series(make, 27, 34), guests(make, 2)
    for date in dates:
        says(make, date, all_of_them)
    says(make, dates[1], one_of_them)
    outbox.clear()
    with make.work():
        services.cancel_series(dates[0].id, reason="Storm.", by=SYSTEM)
    told = sorted((one.to, one.subject) for one in outbox.letters())
    assert told == [
        (address(1), f"Inställda datum: {TITLE}"),
        (address(2), f"Inställd träff: {TITLE}"),
    ]
    letter = outbox.last(address(1))
    assert letter.text.count("Storm.") == 1
    files = [
        vobject.readOne(one.get_content().decode()) for one in letter.message.iter_attachments()
    ]
    assert {one.method.value for one in files} == {"CANCEL"}
    assert [one.vevent.uid.value for one in files] == [
        f"{one.public_id}@localhost" for one in dates
    ]


@pytest.mark.parametrize("arrives", [True, False])
def test_an_invitation_in_hand_when_all_is_off_ends_with_exact_counts(
    app: Flask, make: Make, outbox: Outbox, *, arrives: bool
) -> None:
    made, _people = event(make), guests(make, 2)
    with make.work():
        mailing = services.invite(made.id, by=SYSTEM)[0]
    with app.app_context(), unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner="lost")
        assert chunk
        deliveries.take(chunk, 1)
    with make.work():
        services.cancel(made.id, reason="", by=SYSTEM)
        services.tell_asked(made.id, [made.id], changed_at=clock.now())
    assert standing(app, made)[0] is MailingState.PAUSED
    if arrives:
        with app.app_context(), unit():
            in_hand = Delivery.state == DeliveryState.SENDING
            copy = db.session.scalars(select(Delivery).where(in_hand)).one()
            copy.state, copy.ended_at = DeliveryState.SENT, clock.now()
    for hours in (0.1, 1, 4, 30):
        with later(hours=hours):
            run_jobs(app, by_the_clock=False)
    assert standing(app, made) == (MailingState.FINISHED, 1, 1, 0)


def standing(app: Flask, made: Event) -> tuple[MailingState, int, int, int]:
    """Return how the invitation stands, and how many copies went, did not go and wait."""
    with app.app_context():
        found = mailing_of("events/invitation", f"{made.public_id}:1")
        assert found is not None
        counted = progress(found.id)
        return found.state, counted.sent, counted.skipped, counted.waiting
