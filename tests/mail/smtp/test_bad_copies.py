"""A copy that cannot be made or written, and a relay that takes nothing: nobody else is hurt."""

import pytest
from flask import Flask
from sqlalchemy import update

from alumni_portal.core.db import db
from alumni_portal.core.transaction import unit
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, DeliveryState, MailingState
from alumni_portal.mail.services import chunks, outcomes, wires
from alumni_portal.mail.services.messages import ascii_address
from tests.mail.making import NEWS, again, begun, copy_of, readers, recipients, works
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.relay import Box
from tests.support.rough_relay import rough_relay

pytestmark = pytest.mark.both_databases


@covers("S73")
def test_an_address_that_the_relay_has_no_letters_for_stops_nobody(
    inside: Flask, make: Make, box: Box
) -> None:
    names = ["åsa@post.example", "bo@räksmörgås.example", "cy@post.example"]
    people = [make.alumnus(one, private=one, agreed_to=NEWS) for one in names]
    to = [
        mail.Recipient(
            person_id=one.person_id, address=name, language="sv", values={"first_name": "X"}
        )
        for one, name in zip(people, names, strict=True)
    ]
    mailing = begun(make, to)
    works(inside, 0)
    assert queries.progress(mailing.id) == mail.Progress(0, 2, 1, 0, 0, 3)
    assert copy_of(mailing, people[0]).outcome == "553 5.6.7 needs SMTPUTF8"
    assert box.receivers == ["bo@xn--rksmrgs-5wao1o.example", "cy@post.example"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\0", " ", ">", "<"])
@covers("S31")
def test_an_address_that_holds_a_command_is_none(end: str) -> None:
    with pytest.raises(UnicodeError):
        ascii_address(f"x@post.example{end}RCPT TO:<y@post.example")


def test_a_copy_of_somebody_who_is_gone_has_no_way_out_and_is_not_made(
    inside: Flask, make: Make
) -> None:
    del inside
    mailing = begun(make, recipients(readers(make, 1)))
    with unit():
        chunk = chunks.open_chunk(mailing.id, 0, owner="x")
    assert chunk is not None
    one = outcomes.Copy(1, "bo@post.example", "sv", None, 0, None)
    with pytest.raises(LookupError, match="way out"):
        wires.Editions(chunk).parcels([one])[0].wire()


@covers("S73")
def test_a_copy_that_cannot_be_opened_stops_nobody(inside: Flask, make: Make, box: Box) -> None:
    people = readers(make, 3)
    mailing = begun(make, recipients(people))
    with make.work():
        db.session.execute(
            update(Delivery)
            .where(Delivery.person_id == people[0].person_id)
            .values(sealed=b"sealed by somebody else")
        )
    works(inside, 0)
    assert queries.progress(mailing.id) == mail.Progress(0, 2, 1, 0, 0, 3)
    assert copy_of(mailing, people[0]).outcome.startswith("554 5.6.0 it cannot be made")
    assert len(box.raw) == 2, "not even an empty mail"


@covers("S69")
def test_when_no_copy_can_be_made_a_person_looks(inside: Flask, make: Make, box: Box) -> None:
    mailing = begun(make, recipients(readers(make, 25)))
    with make.work():
        db.session.execute(update(Delivery).values(sealed=b"the key is another one by now"))
    works(inside, 0)
    assert queries.progress(mailing.id).waiting == 25
    assert again(mailing).state is MailingState.PAUSED
    assert again(mailing).trouble.startswith("554 5.6.0")


@covers("S73")
def test_a_relay_that_takes_no_mail_back_leaves_twenty_in_doubt_and_not_everybody(
    inside: Flask, make: Make, port: int
) -> None:
    mailing = begun(make, recipients(readers(make, 40)))
    with rough_relay(port, "dot", "drop", times=10_000):
        works(inside, 0, 2)
    found = queries.progress(mailing.id)
    assert 20 <= found.uncertain <= 20 + 3
    assert found.waiting == 40 - found.uncertain
    assert again(mailing).state is MailingState.PAUSED


@covers("S73")
def test_with_an_open_breaker_nothing_more_is_asked(inside: Flask, make: Make, box: Box) -> None:
    mailing = begun(make, recipients(readers(make, 45)))
    box.says_to = lambda _address, _number: "554 5.7.1 not from you"
    works(inside, 0)
    assert again(mailing).state is MailingState.PAUSED
    assert sum(box.tries.values()) <= 20 + 4
    assert queries.progress(mailing.id).waiting == 45


@covers("S73")
def test_one_refusal_about_us_with_nothing_after_it_is_asked_again_before_it_is_believed(
    inside: Flask, make: Make, box: Box
) -> None:
    (anna,) = readers(make, 1)
    mailing = begun(make, recipients([anna]))
    box.says_to = lambda _address, _number: "554 5.7.1 not from you"
    works(inside, 0, 2)
    assert copy_of(mailing, anna).state is DeliveryState.QUEUED
    works(inside, 8)
    assert copy_of(mailing, anna).state is DeliveryState.FAILED
    assert box.tries == {"anna0@post.example": 3}
