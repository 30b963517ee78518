"""Letters about events to those who arrange them."""

from collections.abc import Sequence

from alumni_portal.core.rendering import link
from alumni_portal.events.models import Event
from alumni_portal.mail import services as mail
from alumni_portal.people.models import Person


def not_sent(people: Sequence[Person], event: Event, why: object) -> None:
    """Tell these people that what waited for the morning did not go, and why (a lazy text)."""
    url = link("events.invite", public_id=event.public_id)
    mail.tell_at_work(
        people,
        "events/not_sent",
        lambda one: {"title": event.title_in(one.language), "why": str(why), "url": url},
    )
