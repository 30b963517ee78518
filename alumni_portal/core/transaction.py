"""One transaction per request, committed once, at the edge. Nothing else commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

from alumni_portal.core import audit
from alumni_portal.core.db import db, writing

SAFE = {"GET", "HEAD", "OPTIONS"}
_FAILED = 400


def commit() -> None:
    """Append what is to be audited to the chain and make everything lasting."""
    audit.append_pending()
    db.session.commit()
    for call in db.session.info.pop("after_commit", []):
        call()


def rollback() -> None:
    """Forget everything since the last commit, the pending audit rows with it."""
    audit.forget_pending()
    db.session.info.pop("after_commit", None)
    db.session.rollback()


def after_commit(call: Callable[[], None]) -> None:
    """Call something small once the work under way has become lasting (waking a worker)."""
    calls = db.session.info.setdefault("after_commit", [])
    if call not in calls:
        calls.append(call)


@contextmanager
def unit() -> Iterator[None]:
    """Do a piece of work outside a request, committed as a whole or not at all."""
    rollback()
    before = writing.set(True)
    try:
        yield
        commit()
    except BaseException:
        rollback()
        raise
    finally:
        writing.reset(before)


@contextmanager
def attempt() -> Iterator[None]:
    """Try a service whose refusal the page will show: what it began is undone, no more."""
    mark = audit.mark()
    try:
        with db.session.begin_nested():
            yield
    except BaseException:
        audit.forget_pending(since=mark)
        raise


def afterwards(call: Callable[[], None]) -> None:
    """Write something that belongs to a read (who looked, session touch).

    In a request that changes things it is part of that change. In a GET it waits until the page
    is made and gets a short transaction of its own before the answer leaves.
    """
    if has_request_context() and request.method in SAFE:
        g.setdefault("afterwards", []).append(call)
    else:
        call()


def begin_request() -> None:
    """Say before the first statement whether this request will write."""
    writing.set(request.method not in SAFE)


def close_request(response: Response) -> Response:
    """Commit a change that was answered well, roll back all else, then note who read what."""
    if request.method not in SAFE and response.status_code < _FAILED:
        commit()
        return response
    rollback()
    calls = g.pop("afterwards", [])
    if calls and response.status_code < _FAILED:
        with unit():
            for call in calls:
                call()
    return response


def end_request(_error: BaseException | None = None) -> None:
    """Leave no intention to write behind for what runs next in this thread."""
    writing.set(False)


def guard(app: Flask) -> None:
    """Put the edge around every request of an application."""
    app.before_request(begin_request)
    app.after_request(close_request)
    app.teardown_request(end_request)
