"""A mailing goes once more to those whose copies bounced, at the address that is theirs by then."""

import pytest
from flask import Flask

from alumni_portal.bounces import queries, services
from alumni_portal.bounces.models import Outcome
from alumni_portal.bounces.queries import Counts
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Delivery, DeliveryState
from alumni_portal.mail.queries import is_suppressed, states_of
from tests.bounces.making import Sent, sent, take, with_bounces
from tests.bounces.samples import ARF
from tests.mail.making import works
from tests.support.covers import covers
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
OLD, NEW = "anna0@post.example", "anna.ny@post.example"
VALUES = {"first_name": "Anna"}


@pytest.fixture
def news(inside: Flask, make: Make, outbox: Outbox) -> Sent:
    """Return a mailing that was handed over and whose first copy bounced."""
    with_bounces(inside)
    news = sent(make)
    works(inside, 0)
    outbox.clear()
    take(news.local())
    return news


def again(make: Make, news: Sent, address: str = NEW) -> int:
    """Send it again to Anna at an address and to the others where they were."""
    addresses = (address, "anna1@post.example", "anna2@post.example")
    to = [
        mail.Recipient(person_id=ref, address=there, language="sv", values=VALUES)
        for ref, there in zip(news.people, addresses, strict=True)
    ]
    with make.work():
        return services.send_again(news.mailing, to, by=SYSTEM)


@covers("S67")
def test_a_copy_that_bounced_goes_to_the_new_address_once(
    inside: Flask, make: Make, news: Sent, outbox: Outbox
) -> None:
    assert queries.counts_of(news.mailing.id) == Counts(bounced=1)
    make.moved_to(NEW, news.people[0])
    assert [again(make, news), again(make, news)] == [1, 0]
    works(inside, 0)
    assert again(make, news) == 0
    assert [one.to for one in outbox.letters("@post.example")] == [NEW]
    assert queries.counts_of(news.mailing.id) == Counts(), "it has got it now"


def test_a_late_report_about_the_old_address_leaves_the_new_one_alone(
    inside: Flask, make: Make, news: Sent
) -> None:
    make.moved_to(NEW, news.people[0])
    again(make, news)
    works(inside, 0)
    take(news.local(), address=OLD, message_id="<late@elsewhere.example>")
    assert is_suppressed(OLD)
    assert not is_suppressed(NEW)
    assert queries.counts_of(news.mailing.id) == Counts()
    take(news.local(), address=NEW, message_id="<new@elsewhere.example>")
    assert is_suppressed(NEW)
    assert queries.counts_of(news.mailing.id) == Counts(bounced=1)


def test_a_copy_of_which_nobody_knew_that_bounced_goes_again(make: Make, news: Sent) -> None:
    with make.work():
        copy = db.session.get_one(Delivery, (news.mailing.id, news.people[0]))
        copy.state = DeliveryState.UNCERTAIN
    make.moved_to(NEW, news.people[0])
    assert again(make, news) == 1


def test_who_complained_gets_it_no_more(inside: Flask, make: Make, news: Sent) -> None:
    take(news.local(1), ARF)
    before = states_of(news.mailing.id)
    assert again(make, news) == 1, "only whose copy bounced"
    assert states_of(news.mailing.id) == before | {news.people[0]: DeliveryState.QUEUED}
    asked = queries.who_came_back(news.mailing.id, Outcome.COMPLAINED)
    assert list(db.session.scalars(asked)) == [news.people[1]]
    del inside
