"""Mails to many about an event: in Swedish and English, through the mail engine, once each."""

import re
from collections.abc import Collection, Sequence

from markupsafe import Markup

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock
from alumni_portal.core.installation import settings
from alumni_portal.core.night import NIGHT, Quiet
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import Link, link
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventInvitation, EventPicture
from alumni_portal.events.queries import Reachable
from alumni_portal.events.rules import agenda_of, rests_at_night
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing
from alumni_portal.people.queries import person_by_id, unit_by_id

INVITATION, REMINDER, THANKS = "events/invitation", "events/reminder", "events/thanks"
#: To those who were asked and have not answered: another time or place, or the end.
MOVED, CALLED_OFF = "events/moved", "events/called_off"
#: To everybody who was asked to a series: it has one more date.
NEW_DATE = "events/new_date"
#: A picture stands on a line of its own; the plain text goes without it.
_SHOWS = re.compile(r"^!\[.*\]\(https://.*\)\n+", re.MULTILINE)
_LOOKS = 'width="524" style="max-width:100%;height:auto;border-radius:10px"'
#: Mails that bring the entry to a calendar, or take it out again.
_WITH_CALENDAR = frozenset({INVITATION, MOVED, CALLED_OFF, NEW_DATE})
#: Addresses that stand in for slots while the letter is drawn: a slot is no address to Markdown.
_STANDS_FOR = {
    "https://reply-link.invalid/": "{{reply_link}}",
    "https://calendar-link.invalid/": "{{calendar_link}}",
    "https://unsubscribe.invalid/": "{{unsubscribe}}",
}


def editions(
    event: Event,
    kind: str = INVITATION,
    dates: Sequence[Event] = (),
    shown: EventPicture | None = None,
) -> list[mail.Edition]:
    """Return a mail about an event as it will be sent, in Swedish and in English.

    `shown` is the picture in it, which the text that HR reads before is without.
    `dates` are the dates of the series that it is about: those ahead when nothing else is said.
    """
    about = dates or queries.dates_ahead(event) or [event]
    return [_edition(event, about, kind, language, shown) for language in ("sv", "en")]


def _edition(
    event: Event, dates: Sequence[Event], kind: str, language: str, shown: EventPicture | None
) -> mail.Edition:
    reply_link, calendar_link, unsubscribe = map(Link, _STANDS_FOR)
    first, places = dates[0], {emails.where_in(one, language) for one in dates}
    place = places.pop() if len(places) == 1 else ""
    written = mail.write(
        kind,
        language,
        {
            "first_name": Markup("{{first_name}}"),
            "title": _plain(event.title_in(language)),
            "text": Markup(_plain(event.words("text", language))),
            "thanks": Markup(_plain(event.words("thanks", language))),
            "agenda": _agenda(event, language),
            "host": _host(event),
            "when": emails.when_in(first, language),
            **_picture(shown, language),
            "dates": _dates(dates, language, with_place=not place) if len(dates) > 1 else [],
            "place": _plain(place),
            "new": emails.new_in(dates, language),
            "reason": _plain(first.words("cancel_reason", language)),
            "reply_by": emails.closes_in(first, language),
            "capacity": first.capacity,
            "events_link": link("events.index"),
            "reply_link": reply_link,
            "calendar_link": calendar_link,
            "unsubscribe": unsubscribe,
        },
    )
    return mail.Edition(
        language=language,
        subject=written.subject,
        html=_with_slots(written.html.replace("<img ", f"<img {_LOOKS} ")),
        text=_with_slots(_SHOWS.sub("", written.text)),
        files=_files(event, dates, language) if kind in _WITH_CALENDAR else (),
    )


def _with_slots(drawn: str) -> str:
    """Return a drawn letter with the slots in it that addresses stood in for."""
    for address, slot in _STANDS_FOR.items():
        drawn = drawn.replace(address, slot)
    return drawn


def _agenda(event: Event, language: str) -> list[str]:
    """Return the points of the agenda, one a line."""
    sign = ":" if language == "en" else "."
    return [
        _plain(f"{one.at:%H{sign}%M} {', '.join(filter(None, (one.what, one.more)))}")
        if one.at
        else _plain(f"{one.what}:")
        for one in agenda_of(event.words("agenda", language))
    ]


def _host(event: Event) -> str:
    """Return who receives the guests: a person, a unit, or both."""
    host = person_by_id(event.host_id) if event.host_id else None
    names = (host.name if host else "", unit.name if (unit := unit_by_id(event.unit_id)) else "")
    return _plain(", ".join(filter(None, names)))


def _dates(dates: Sequence[Event], language: str, *, with_place: bool) -> list[str]:
    """Return the dates of a series, each with its place when they are not in one place."""
    whens = [emails.when_in(one, language) for one in dates]
    if not with_place:
        return whens
    places = [_plain(emails.where_in(one, language)) for one in dates]
    return [", ".join(filter(None, both)) for both in zip(whens, places, strict=True)]


def _picture(shown: EventPicture | None, language: str) -> dict[str, str]:
    """Return the address of the picture and its words, or nothing where no mail would show it.

    A mail is read far from here: only an address of https is shown without a warning.
    """
    if shown is None or not settings().base_url.startswith("https://"):
        return {"picture": "", "picture_alt": ""}
    alt = (shown.alt_en if language == "en" else "") or shown.alt
    address = link("events.picture", public_id=shown.public_id)
    return {"picture": address, "picture_alt": _plain(alt)}


def _files(event: Event, dates: Sequence[Event], language: str) -> tuple[mail.Attachment, ...]:
    """Return the calendar file, whose link leads to a page behind the sign-in: it is for all."""
    url = link("events.event", public_id=event.public_id)
    return (emails.file_for_all(dates, url=url, language=language),)


def _plain(written: str) -> str:
    """Return a text in which nothing is a slot."""
    return written.replace("{{", "{ {").replace("}}", "} }")


def send(
    event: Event,
    kind: str,
    ref: str,
    to: Collection[tuple[Reachable, EventInvitation]],
    *,
    by: Actor,
    dates: Sequence[Event] = (),
) -> Mailing:
    """Begin a mailing about an event to these people: whoever withdraws before it goes gets none.

    The same `kind` and `ref` is the same mailing, sent once. Raises Refusal when `to` is empty.
    """
    shown = queries.picture_of(event) if kind == INVITATION else None
    return mail.begin(
        kind=kind,
        ref=ref,
        purpose=Purpose.EVENTS,
        editions=editions(event, kind, dates, shown),
        recipients=recipients(to),
        quiet=_rest(dates or queries.dates_ahead(event) or [event]),
        by=by,
    )


def _rest(dates: Sequence[Event]) -> Quiet | None:
    soonest = min(one.starts_at for one in dates)
    rests = rests_at_night(clock.now(), soonest)
    return NIGHT if rests else None


def recipients(to: Collection[tuple[Reachable, EventInvitation]]) -> list[mail.Recipient]:
    """Return these people as a mailing knows them: the address of now, and their links."""
    return [_recipient(one, invitation) for one, invitation in to]


def _recipient(one: Reachable, invitation: EventInvitation) -> mail.Recipient:
    return mail.Recipient(
        person_id=one.person_id,
        address=one.address,
        language=one.language,
        values={
            "first_name": one.first_name,
            "reply_link": emails.reply_link(invitation),
            "calendar_link": emails.calendar_link(invitation),
        },
    )
