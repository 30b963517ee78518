"""Letters about events. Each goes only to somebody who agrees to invitations at that moment.

Who comes, or no longer comes, gets the calendar file with the letter: the same entry each time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from alumni_portal.core import clock, codes
from alumni_portal.core.formats import date_long, date_time, occasion
from alumni_portal.core.language import spoken
from alumni_portal.core.rendering import Link, link
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.emails.calendar import Holder, attached
from alumni_portal.events.models import (
    Answer,
    Event,
    EventInvitation,
    EventKind,
    EventState,
    Reply,
)
from alumni_portal.events.queries import Reachable
from alumni_portal.mail import services as mail

_ELSEWHERE = _l("på distans")
_NEW = {"title": _l("rubriken"), "agenda": _l("programmet"), "directions": _l("hur man hittar dit")}


def when_in(event: Event, language: str) -> str:
    """Return day and time of an event, in a language: `Torsdag 3 december 2026, 07.30–09.00`."""
    with spoken(language):
        return occasion(event.starts_at, event.ends_at)


def where_in(event: Event, language: str) -> str:
    """Return where to go, in a language: place and address, or that it is from elsewhere."""
    with spoken(language):
        return str(_ELSEWHERE) if event.kind is EventKind.DIGITAL else event.where(language)


def new_in(dates: Sequence[Event], language: str) -> list[str]:
    """Return which texts of these dates the latest change made new to readers of a language."""
    new = {name for one in dates for name in one.news.get(language, ())}
    with spoken(language):
        return [str(words) for name, words in _NEW.items() if name in new]


def opens_in(event: Event, language: str) -> str:
    """Return from when one can answer, in a language: a day, and the hour when one is said."""
    return _edge(event.reply_from, event.reply_from_time, event.window.opens, language)


def closes_in(event: Event, language: str) -> str:
    """Return until when one can answer, in a language; nothing when until the start."""
    return _edge(event.reply_by, event.reply_by_time, event.window.closes, language)


def _edge(day: date | None, at: time | None, moment: datetime | None, language: str) -> str:
    if day is None:
        return ""
    with spoken(language):
        return date_time(moment) if at else date_long(day)


def reply_link(invitation: EventInvitation) -> Link:
    """Return the address under which somebody answers without signing in."""
    return link("events.reply_by_link", token=queries.key_of(invitation))


def calendar_link(invitation: EventInvitation) -> Link:
    """Return the address of the calendar file of somebody's invitation."""
    return link("events.ics_by_link", token=queries.key_of(invitation))


def pass_link(invitation: EventInvitation) -> Link:
    """Return the address that the code at the door leads a host to."""
    return link("events.at_the_door", token=queries.pass_of(invitation))


def has_pass(event: Event, reply: Reply) -> bool:
    """Say whether somebody has a code to show at a door: comes, and there is a door."""
    goes_there = event.kind is not EventKind.DIGITAL and not reply.remotely
    return reply.answer is Answer.YES and goes_there


def coming(event: Event, reply: Reply) -> None:
    """Confirm a seat, with the code to show at the door."""
    to = queries.reachable([reply.person_id]).get(reply.person_id)
    if to is None:
        return
    online = bool(event.online_url) and (reply.remotely or event.kind is not EventKind.HYBRID)
    shows = has_pass(event, reply)
    said: dict[str, Any] = {"online": online, "shows_code": shows, "guests": reply.guests}
    where = event.where(to.language) if shows else ""
    _post(event, reply, "coming", to=to, where=where, **said)


def waiting(event: Event, reply: Reply) -> None:
    """Confirm a place on the waiting list."""
    rank, hours = queries.rank(reply) or 1, event.offer_hours
    _post(event, reply, "waiting", rank=rank, hours=hours)


def offered(event: Event, reply: Reply) -> None:
    """Offer a seat that came free, until a moment."""
    to = queries.reachable([reply.person_id]).get(reply.person_id)
    if to is None or reply.offered_until is None:
        return
    with spoken(to.language):
        until = date_time(reply.offered_until)
    where = event.where(to.language)
    _post(event, reply, "offered", to=to, until=until, guests=reply.guests, where=where)


def lapsed(event: Event, reply: Reply) -> None:
    """Say that an offered seat went on to the next."""
    _post(event, reply, "lapsed")


def declined(event: Event, reply: Reply) -> None:
    """Confirm that somebody who was coming does not."""
    _post(event, reply, "declined")


def changed(event: Event, reply: Reply, to: Reachable) -> str:
    """Tell somebody who comes or waits of a change; return the letter's public id."""
    place, new = where_in(event, to.language), new_in([event], to.language)
    return _post(event, reply, "changed", to=to, place=place, new=new)


def changed_dates(said: Sequence[tuple[Event, Reply]], to: Reachable) -> str:
    """Tell somebody of all dates of theirs that changed; return the letter's public id."""
    event, reply = said[0]
    dates = [f"{when_in(one, to.language)}, {where_in(one, to.language)}" for one, _reply in said]
    entries = tuple(_entry(*one, to) for one in said if one[1].answer is Answer.YES)
    new = new_in([one for one, _reply in said], to.language)
    return _post(event, reply, "changed_dates", to=to, dates=dates, new=new, entries=entries)


def cancelled(event: Event, reply: Reply, to: Reachable) -> str:
    """Tell somebody who was coming that the event is off; return the letter's public id."""
    return _post(event, reply, "cancelled", to=to, reason=event.words("cancel_reason", to.language))


def cancelled_dates(said: Sequence[tuple[Event, Reply]], to: Reachable) -> str:
    """Tell somebody of all dates of theirs that are off; return the letter's public id."""
    event, reply = said[0]
    reasons = dict.fromkeys(one.words("cancel_reason", to.language) for one, _reply in said)
    return _post(
        event,
        reply,
        "cancelled_dates",
        to=to,
        reasons=[one for one in reasons if one],
        dates=[when_in(one, to.language) for one, _reply in said],
        entries=tuple(_entry(one, given, to) for one, given in said),
    )


def _entry(event: Event, reply: Reply, to: Reachable) -> mail.Attachment:
    """Return one date of several for a calendar: a file of its own, as RFC 5546 3.2.5 has it."""
    invitation = queries.invitation(event.id, reply.person_id)
    url = reply_link(invitation) if invitation else link("events.index")
    holder = Holder(answer=reply.answer, address=to.address, name=to.first_name)
    made = attached(event, url=url, language=to.language, holder=holder)
    return replace(made, kind="application/ics", method="")


def _post(
    event: Event,
    reply: Reply,
    kind: str,
    *,
    to: Reachable | None = None,
    entries: tuple[mail.Attachment, ...] = (),
    **values: Any,  # noqa: ANN401 - values of a text
) -> str:
    """Write one letter and return its public id.

    None, and nothing returned, to somebody who has withdrawn, works here again or has died.
    """
    to = to or queries.reachable([reply.person_id]).get(reply.person_id)
    invitation = queries.invitation(event.id, reply.person_id)
    if to is None or invitation is None:
        return ""
    posted = mail.post(
        mail.Draft(
            kind=f"events/{kind}",
            to=to.address,
            language=to.language,
            person_id=reply.person_id,
            expires_at=event.ends_at if event.ends_at > clock.now() else None,
            values={
                "name": to.first_name,
                "title": event.title_in(to.language),
                "when": when_in(event, to.language),
                "url": reply_link(invitation),
                "calendar": calendar_link(invitation),
                **values,
            },
            attachments=(
                *(entries or _calendar(event, reply, to, reply_link(invitation))),
                *_code(event, reply, invitation, kind),
            ),
        )
    )
    return posted.public_id


def _calendar(event: Event, reply: Reply, to: Reachable, url: str) -> tuple[mail.Attachment, ...]:
    """Return what the calendar is to know: nothing about a seat that nobody has yet."""
    is_off = event.state is EventState.CANCELLED or reply.answer is Answer.NO
    if not is_off and reply.answer is not Answer.YES:
        return ()
    holder = Holder(answer=reply.answer, address=to.address, name=to.first_name)
    return (attached(event, url=url, language=to.language, holder=holder),)


def _code(
    event: Event, reply: Reply, invitation: EventInvitation, kind: str
) -> tuple[mail.Attachment, ...]:
    if kind != "coming" or not has_pass(event, reply):
        return ()
    drawn = codes.as_png(str(pass_link(invitation)))
    return (mail.Attachment(name="kod.png", kind="image/png", content=drawn),)
