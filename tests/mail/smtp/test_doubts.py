"""What nobody knows goes again once; a relay that knows nobody is not believed (S73)."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Letter,
    LetterState,
    MailingState,
    SuppressedBy,
    Suppression,
    Why,
)
from alumni_portal.mail.rules import Policy
from tests.mail.making import NEWS, again, begun, copy_of, readers, recipients, works
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.relay import Box
from tests.support.rough_relay import rough_relay

VALUES = {"first_name": "Anna"}
NOBODY = "550 5.1.1 no such user"


def suppressed() -> int:
    return db.session.scalar(select(func.count()).select_from(Suppression)) or 0


def post_sign_in_link() -> None:
    values = {"url": "https://alumni.example/x", "code": "ABCD2345", "name": "Bo"}
    mail.post(mail.Draft(kind="accounts/sign_in", to="bo@post.example", values=values))


@covers("S73")
def test_a_copy_of_which_nobody_knows_goes_again_once(inside: Flask, make: Make, port: int) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    with make.work():
        again(mailing).policy = Policy.RESEND
    with rough_relay(port, "dot", "drop", times=10_000) as relay:
        works(inside, 0, 2, 10, 30, 90, 400, 1_440)
    assert sum(relay.taken.values()) == 2
    assert len(relay.taken) == 1, "the same Message-ID"
    assert copy_of(mailing, anna).state is DeliveryState.UNCERTAIN
    assert again(mailing).state is MailingState.SENDING, "a person decides"


@covers("S73")
def test_a_letter_of_which_nobody_knows_goes_again_once(
    inside: Flask, make: Make, port: int
) -> None:
    with make.work():
        post_sign_in_link()
    with rough_relay(port, "dot", "drop", times=10_000) as relay:
        works(inside, 0, 2, 10, 30, 90, 400)
    assert list(relay.taken.values()) == [2]
    assert db.session.scalars(select(Letter.state)).one() is LetterState.FAILED


def scattered(make: Make, number: int) -> list[mail.Recipient]:
    """Return receivers at four domains, one after the other."""
    found = []
    for place in range(number):
        address = f"anna{place}@post{place % 4}.example"
        person = make.alumnus(f"Anna{place} Ek", private=address, agreed_to=NEWS)
        found.append(
            mail.Recipient(
                person_id=person.person_id, address=address, language="sv", values=VALUES
            )
        )
    return found


@covers("S73")
def test_a_relay_that_knows_nobody_writes_nobody_off_until_a_person_says_so(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, scattered(make, 14))
    box.says_to = lambda _to, _number: NOBODY
    works(inside, 0)
    assert again(mailing).state is MailingState.PAUSED
    assert again(mailing).is_in_doubt
    assert queries.progress(mailing.id).waiting == 14
    assert suppressed() == 0
    with make.work():
        mail.resume(again(mailing), by=SYSTEM)
    works(inside, 0)
    assert again(mailing).is_in_doubt, "asked again, it says the same"
    with make.work():
        mail.resume(again(mailing), by=SYSTEM, believing=True)
    works(inside, 0)
    assert again(mailing).state is MailingState.FINISHED
    assert suppressed() == queries.progress(mailing.id).failed == 14


def place_of(address: str) -> int:
    return int(address.partition("@")[0].removeprefix("anna"))


@covers("S73")
@pytest.mark.both_databases
def test_whom_it_did_not_know_a_handful_ago_waits_again_with_the_others(
    inside: Flask, make: Make, box: Box
) -> None:
    """The first handful is of fifty: that nobody knows its last ones is noted before the doubt."""
    mailing = begun(make, scattered(make, 60))
    box.says_to = lambda to, _number: NOBODY if place_of(to) > 45 else None
    works(inside, 0)
    assert again(mailing).is_in_doubt
    assert (queries.progress(mailing.id).waiting, suppressed()) == (14, 0)
    box.says_to = lambda to, _number: NOBODY if place_of(to) == 59 else None
    with make.work():
        mail.resume(again(mailing), by=SYSTEM)
    works(inside, 0)
    assert (queries.progress(mailing.id).failed, suppressed()) == (1, 1)
    assert again(mailing).state is MailingState.FINISHED
    assert not db.session.scalars(select(Delivery).where(Delivery.sealed.is_not(None))).all()


@pytest.mark.both_databases
def test_whom_an_earlier_run_did_not_know_waits_again_unless_somebody_wants_no_mail(
    inside: Flask, make: Make, box: Box
) -> None:
    """A run ends when a letter is due: the doubt opens in the next one."""
    people = scattered(make, 60)
    mailing = begun(make, people)

    def meanwhile(_mail: bytes) -> None:
        box.sees = lambda _mail: None
        with inside.app_context(), unit():
            post_sign_in_link()
            mail.suppress(people[45].address, "asked for it", source=SuppressedBy.HAND)

    box.sees = meanwhile
    box.says_to = lambda to, _number: (
        NOBODY if to != "bo@post.example" and place_of(to) > 43 else None
    )
    works(inside, 0)
    assert again(mailing).is_in_doubt
    assert (queries.progress(mailing.id).waiting, suppressed()) == (16, 1)
    assert queries.is_suppressed(people[45].address), "of another cause"


@covers("S69")
def test_what_the_breaker_has_counted_goes_on_from_one_run_to_the_next(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 12)))
    box.says_to = lambda _address, _number: "554 5.7.1 not from you"
    works(inside, 0)
    assert again(mailing).state is MailingState.SENDING
    works(inside, 2)
    assert again(mailing).state is MailingState.PAUSED
    assert 20 <= sum(box.tries.values()) <= 23


def test_trouble_is_forgotten_as_soon_as_something_went(
    inside: Flask, make: Make, box: Box
) -> None:
    mailing = begun(make, recipients(readers(make, 60)))
    with make.work():
        again(mailing).trouble = "ConnectionRefusedError"
    seen = []

    def see(_mail: bytes) -> None:
        if len(box.raw) == 55:  # the second handful
            with inside.app_context():
                seen.append(again(mailing).trouble)

    box.sees = see
    works(inside, 0)
    assert seen == [""]


def test_what_is_broken_off_with_copies_in_hand_ends_by_itself(
    inside: Flask, make: Make, box: Box
) -> None:
    anna, bo = readers(make, 2)
    mailing = begun(make, recipients([anna, bo]))

    def see(_mail: bytes) -> None:
        with inside.app_context(), make.work():
            mail.cancel(again(mailing), by=SYSTEM)

    box.sees = see
    box.says_at_the_end = lambda to, _n: "450 4.2.0 busy" if to[4] == "1" else None
    works(inside, 0)
    assert again(mailing).state is MailingState.FINISHED
    assert copy_of(mailing, anna).state is DeliveryState.SENT
    assert copy_of(mailing, bo).why is Why.CANCELLED
    with make.work():
        mail.resume(again(mailing), by=SYSTEM)
    assert again(mailing).state is MailingState.FINISHED
    with make.work(), pytest.raises(Refusal, match="avbrutet"):
        mail.send_more(again(mailing), recipients([bo]), by=SYSTEM)


@pytest.mark.both_databases
def test_a_mailing_goes_to_more_people_than_a_query_has_places_for(
    inside: Flask, make: Make
) -> None:
    del inside
    mailing = begun(make, recipients(readers(make, 1)))
    with make.work():
        many = [
            mail.Recipient(person_id=number, address="x@post.example", language="sv", values=VALUES)
            for number in range(1, 70_001)
        ]
        assert mail.send_more(again(mailing), many, by=SYSTEM) > 69_990


def test_who_got_it_is_forgotten_so_it_goes_to_nobody_more(inside: Flask, make: Make) -> None:
    people = readers(make, 2)
    mailing = begun(make, recipients(people))
    with make.work():
        mail.forget_deliveries(clock.now() + timedelta(days=1))
    with make.work(), pytest.raises(Refusal, match="glömt"):
        mail.send_more(again(mailing), recipients(people), by=SYSTEM)
