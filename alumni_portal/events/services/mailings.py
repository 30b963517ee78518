"""Mails to many about an event: in Swedish and English, through the mail engine, once each."""

from collections.abc import Collection

from markupsafe import Markup

from alumni_portal.consents.models import Purpose
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import Link, link
from alumni_portal.events import emails, queries
from alumni_portal.events.models import Event, EventInvitation
from alumni_portal.events.queries import Reachable
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import Mailing

INVITATION, REMINDER, THANKS = "events/invitation", "events/reminder", "events/thanks"
#: Addresses that stand in for slots while the letter is drawn: a slot is no address to Markdown.
_STANDS_FOR = {
    "https://reply-link.invalid/": "{{reply_link}}",
    "https://calendar-link.invalid/": "{{calendar_link}}",
    "https://unsubscribe.invalid/": "{{unsubscribe}}",
}


def editions(event: Event, kind: str = INVITATION) -> list[mail.Edition]:
    """Return a mail about an event as it will be sent, in Swedish and in English."""
    dates = queries.dates_of(event)
    return [_edition(event, dates, kind, language) for language in ("sv", "en")]


def _edition(event: Event, dates: list[Event], kind: str, language: str) -> mail.Edition:
    reply_link, calendar_link, unsubscribe = map(Link, _STANDS_FOR)
    written = mail.write(
        kind,
        language,
        {
            "first_name": Markup("{{first_name}}"),
            "title": _plain(event.title_in(language)),
            "text": Markup(_plain(event.text_in(language))),
            "thanks": Markup(_plain(event.thanks)),
            "when": emails.when_in(event, language),
            "dates": [emails.when_in(one, language) for one in dates] if len(dates) > 1 else [],
            "place": _plain(event.place),
            "reply_by": event.reply_by,
            "capacity": event.capacity,
            "events_link": link("events.index"),
            "reply_link": reply_link,
            "calendar_link": calendar_link,
            "unsubscribe": unsubscribe,
        },
    )
    html, text = written.html, written.text
    for address, slot in _STANDS_FOR.items():
        html, text = html.replace(address, slot), text.replace(address, slot)
    return mail.Edition(language=language, subject=written.subject, html=html, text=text)


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
) -> Mailing:
    """Begin a mailing about an event to these people: whoever withdraws before it goes gets none.

    The same `kind` and `ref` is the same mailing, sent once. Raises Refusal when `to` is empty.
    """
    return mail.begin(
        kind=kind,
        ref=ref,
        purpose=Purpose.EVENTS,
        editions=editions(event, kind),
        recipients=[_recipient(one, invitation) for one, invitation in to],
        by=by,
    )


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
