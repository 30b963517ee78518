"""What a mail service tells counts when it proves itself, and counts once."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.bounces import queries
from alumni_portal.bounces.models import Kind, ReturnedMail, Severity
from alumni_portal.bounces.queries import Counts
from alumni_portal.bounces.rules import hooks
from alumni_portal.consents import queries as consents
from alumni_portal.consents.rules import Purpose
from alumni_portal.core.db import db
from alumni_portal.mail.queries import is_suppressed
from alumni_portal.mail.services import wires
from tests.bounces.making import Sent, sent, with_bounces
from tests.support.make import Make

SECRET = "a-shared-secret-of-some-length"
ANNA = "anna0@post.example"


@pytest.fixture
def news(app: Flask, make: Make) -> Sent:
    with_bounces(app, mail_hook_secret=SECRET)
    with app.app_context():
        return sent(make)


def event(kind: str = "bounced", **more: Any) -> dict[str, Any]:
    return {"event_type": kind, "event_id": f"e-{kind}", "recipient": ANNA, **more}


def tell(app: Flask, *events: Any, secret: str = SECRET, **more: Any) -> tuple[int, Any]:
    answer = app.test_client().post(
        f"/hooks/mail/{secret}" if secret else "/hooks/mail",
        data=more.pop("body", json.dumps(events)),
        base_url="http://localhost",
        **more,
    )
    return answer.status_code, answer.get_json(silent=True)


def found(app: Flask) -> list[ReturnedMail]:
    with app.app_context():
        return list(db.session.scalars(select(ReturnedMail).order_by(ReturnedMail.id)))


def suppressed(app: Flask) -> bool:
    with app.app_context():
        return is_suppressed(ANNA)


def test_a_bounce_is_told_once(app: Flask, news: Sent) -> None:
    with app.app_context():
        ref = wires.message_id(news.mailing.public_id, news.people[0])
    told = event(reject_reason="invalid", message_id=ref)
    for _ in range(2):
        assert tell(app, told) == (200, {"taken": 1, "unreadable": 0})
    assert [(one.kind, one.canonical) for one in found(app)] == [(Kind.BOUNCE, ANNA)]
    assert suppressed(app)
    with app.app_context():
        assert queries.counts_of(news.mailing.id) == Counts(bounced=1)


@pytest.mark.parametrize(
    ("told", "severity"),
    [
        ({"reject_reason": "invalid"}, Severity.NOBODY),
        ({"reject_reason": "bounced"}, Severity.HARD),
        ({"reject_reason": "bounced", "mta_response": "550 5.1.1 nobody"}, Severity.NOBODY),
        ({"reject_reason": "bounced", "mta_response": "452 4.2.2 full"}, Severity.SOFT),
        ({"reject_reason": "timed_out"}, Severity.SOFT),
        ({"reject_reason": "unsubscribed"}, Severity.NONE),
        ({"mta_response": "550 no"}, Severity.HARD),
        ({"reject_reason": None, "mta_response": 5}, Severity.SOFT),
        ({}, Severity.SOFT),
    ],
)
def test_how_bad_it_is(told: dict[str, Any], severity: Severity) -> None:
    for kind in ("bounced", "rejected", "failed"):
        (made,) = hooks.events(json.dumps([event(kind, **told)]).encode())
        assert (made.kind, made.severity) == (Kind.BOUNCE, severity)


def test_complaints_and_goodbyes(app: Flask, news: Sent) -> None:
    with app.app_context():
        ref = wires.message_id(news.mailing.public_id, news.people[0])
    tell(app, event("unsubscribed", message_id=ref))
    assert not suppressed(app)
    with app.app_context():
        assert Purpose.NEWSLETTER not in consents.standing(news.people[0])
    tell(app, event("complained"), event("deferred"))
    assert suppressed(app)


def test_nobody_is_watched(app: Flask, news: Sent) -> None:
    kinds = ("queued", "sent", "delivered", "opened", "clicked")
    assert tell(app, *map(event, kinds)) == (200, {"taken": 0, "unreadable": 0})
    assert found(app) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[1]", b"null", b"\xff", b"[" * 100_000, json.dumps([{}] * 1_001).encode()],
    ids=["empty", "cut", "number", "null", "bytes", "deep", "many"],
)
def test_what_is_no_event_is_kept(app: Flask, news: Sent, body: bytes) -> None:
    for _ in range(2):
        assert tell(app, body=body) == (200, {"taken": 0, "unreadable": 1})
    assert [(one.kind, one.waits) for one in found(app)] == [(Kind.UNREADABLE, True)]


def test_an_event_nobody_knows_waits(app: Flask, news: Sent) -> None:
    tell(app, event("teleported"), event("bounced", recipient="", event_id="x\ud800\0"))
    assert [one.waits for one in found(app)] == [True, True]


def test_who_does_not_know_the_secret_finds_nothing(app: Flask, news: Sent) -> None:
    body = json.dumps([event("complained")])
    signature = "sha256=" + hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    header = "X-Alumni-Signature"
    for secret, signed in (("", ""), ("wrong", ""), ("", signature[:-1]), ("", "sha256=å")):
        assert tell(app, secret=secret, body=body, headers={header: signed})[0] == 404
    assert tell(app, secret="", body=body + " ", headers={header: signature})[0] == 404
    assert found(app) == []
    assert tell(app, secret="", body=body, headers={header: signature})[0] == 200
    with_bounces(app, mail_hook_secret="")
    assert tell(app, secret="", body=body, headers={header: signature})[0] == 404


def test_too_much_is_refused(app: Flask, news: Sent) -> None:
    assert tell(app, body=b"x" * 1_000_001)[0] == 413
