"""Letters about events to those who arrange them."""

from collections.abc import Sequence

from alumni_portal.core.language import spoken
from alumni_portal.core.rendering import link
from alumni_portal.events.models import Event
from alumni_portal.mail import services as mail
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of


def not_sent(people: Sequence[Person], event: Event, why: object) -> None:
    """Tell these people that what waited for the morning did not go, and why (a lazy text)."""
    for one in people:
        found = address_of(one.id, AddressKind.WORK)
        if found is None:
            continue
        with spoken(one.language):
            values = {
                "name": one.first_name,
                "title": event.title_in(one.language),
                "why": str(why),
                "url": link("events.invite", public_id=event.public_id),
            }
        mail.post(
            mail.Draft(
                kind="events/not_sent",
                to=found.address,
                language=one.language,
                person_id=one.id,
                values=values,
            )
        )
