"""Planning on both databases: opening, changing, calling off; who is told, what is forgotten."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.events import queries, services
from alumni_portal.events.models import Event, EventInvitation, EventKind, EventState, Reply
from alumni_portal.schedule import REGISTRY
from tests.events.making import TITLE, address, event, guests, later, plan, says, starts
from tests.events.test_replies import withdraw
from tests.support.covers import covers
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda: {"ends_at": starts() - timedelta(hours=1)}, "until"),
        (lambda: {"reply_by": starts(21).date()}, "reply_by"),
        (lambda: {"capacity": 0}, "capacity"),
        (lambda: {"reply_by_time": time(12)}, "reply_by"),
        (lambda: {"reply_by": starts().date(), "reply_by_time": time(8, 1)}, "reply_by"),
        (lambda: {"reply_from_time": time(12)}, "reply_from"),
        (lambda: {"reply_from": starts().date(), "reply_from_time": time(8)}, "reply_from"),
    ],
    ids=["until", "reply_by", "capacity", "no day", "after start", "no first day", "never"],
)
def test_what_cannot_be_is_refused_at_its_field(
    inside: Flask, make: Make, wrong: Callable[[], dict[str, Any]], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        event(make, **wrong())
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        (lambda: {"text": ""}, "text"),
        (lambda: {"place": ""}, "place"),
        (lambda: {"starts_at": starts(-1)}, "day"),
    ],
    ids=["text", "place", "day"],
)
def test_an_event_that_lacks_something_stays_a_draft(
    inside: Flask, make: Make, missing: Callable[[], dict[str, Any]], field: str
) -> None:
    made = event(make, is_open=False, **missing())
    with pytest.raises(Refusal) as refused, make.work():
        services.open_for_replies(made.id, by=SYSTEM)
    assert refused.value.field == field
    assert queries.coming() == []


def test_another_place_is_told_once_to_those_who_come_or_wait(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third) = event(make, capacity=1), guests(make, 3)
    for who in (first, second):
        says(make, made, who)
    says(make, made, third, comes=False)
    outbox.clear()
    with make.work():
        services.change(made.id, plan(capacity=1, place="Kajen 2, Malmö"), by=SYSTEM)
    assert outbox.subjects() == [f"Ändrad träff: {TITLE}"] * 2
    assert "Kajen 2, Malmö" in outbox.last(address(1)).text
    assert reload(made).sequence == 1
    with make.work():
        services.change(made.id, plan(capacity=1, place="Kajen 2, Malmö", text="Kom!"), by=SYSTEM)
    assert len(outbox) == 2, "a comma in the text is nobody's calendar"


def test_a_hybrid_event_keeps_its_kind_while_somebody_comes_from_elsewhere(
    inside: Flask, make: Make
) -> None:
    hybrid: dict[str, Any] = {"kind": EventKind.HYBRID, "online_url": "https://moten.example/1"}
    made, (amira,) = event(make, **hybrid), guests(make, 1)
    with make.work():
        date = services.add_date(made.id, starts(27), starts(27, 9), capacity=None, by=SYSTEM)
    says(make, date, amira, remotely=True)
    with pytest.raises(Refusal) as refused, make.work():
        services.change(made.id, plan(), for_all=True, by=SYSTEM)
    assert refused.value.field == "kind"
    assert reload(made).kind is EventKind.HYBRID
    says(make, date, amira)
    with make.work():
        services.change(made.id, plan(), for_all=True, by=SYSTEM)
    assert reload(date).kind is EventKind.MEETING


def reload(made: Event) -> Event:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Event, made.id)


@covers("S24")
def test_calling_off_tells_those_who_may_be_written_to_and_forgets_what_they_need(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    made, (first, second, third) = event(make), guests(make, 3)
    for who in (first, second):
        says(make, made, who, needs="Äter inte nötter")
    says(make, made, third, comes=False)
    withdraw(make, second.person_id)
    outbox.clear()
    with make.work():
        services.cancel(made.id, reason="Lokalen är översvämmad.", by=SYSTEM)
    assert [(one.to, one.subject) for one in outbox.letters()] == [
        (address(1), f"Inställd träff: {TITLE}")
    ]
    assert "Lokalen är översvämmad." in outbox.last().text
    assert set(db.session.scalars(select(Reply.needs))) == {None}
    with pytest.raises(Refusal), make.work():
        services.cancel(made.id, reason="", by=SYSTEM)
    with pytest.raises(Refusal):
        says(make, made, third)


def test_food_and_access_are_forgotten_after_fourteen_days_and_replies_after_two_years(
    inside: Flask, make: Make
) -> None:
    assert "events.forget" in REGISTRY.periodic
    made, (first,) = event(make, guests_allowed=1), guests(make, 1)
    reply = says(make, made, first, needs="Äter inte nötter", guests=1, guest_names="Bo")
    assert "nötter".encode() not in (reply.needs or b""), "it is stored encrypted"
    for days, kept, rows in ((33, True, 1), (35, False, 1), (20 + 731, False, 0)):
        with later(days=days):
            with make.work():
                services.forget_needs()
                services.forget_replies()
            db.session.expire_all()
            found = list(db.session.scalars(select(Reply)))
            assert len(found) == rows
            assert any(one.needs for one in found) is kept
            assert any(one.guest_names for one in found) is kept
    assert db.session.scalar(select(func.count()).select_from(EventInvitation)) == 0


def test_what_was_is_past_and_takes_no_answer(inside: Flask, make: Make) -> None:
    made, (first,) = event(make), guests(make, 1)
    with later(days=21):
        run_jobs(inside)
        assert reload(made).state is EventState.PAST
        assert [one.id for one in queries.past().rows] == [made.id]
        with pytest.raises(Refusal):
            says(make, made, first)
        with pytest.raises(Refusal), make.work():
            services.change(made.id, plan(), by=SYSTEM)


def test_past_events_come_a_page_at_a_time_latest_first(inside: Flask, make: Make) -> None:
    days = [starts(-day) for day in (40, 10, 30, 30, 20)]
    for begins in days:
        event(make, starts_at=begins, is_open=False)
    with make.work():
        for one in db.session.scalars(select(Event)):
            one.state = EventState.PAST
    first = queries.past(size=3)
    second = queries.past(older_than=first.next, size=3)
    found = [one.starts_at for one in (*first.rows, *second.rows)]
    assert found == sorted(days, reverse=True)
    assert second.next is None
    assert queries.past(older_than="nonsense", size=9).rows[0].starts_at == max(days)


def test_the_next_events_are_those_that_others_may_show(inside: Flask, make: Make) -> None:
    later_one = event(make, starts_at=starts(30))
    sooner = event(make, starts_at=starts(3))
    event(make, is_open=False)
    off = event(make, starts_at=starts(2))
    with make.work():
        services.cancel(off.id, reason="", by=SYSTEM)
    assert [one.id for one in queries.coming()] == [sooner.id, later_one.id]
    assert [one.id for one in queries.coming(1)] == [sooner.id]
    assert clock.now() < sooner.starts_at
