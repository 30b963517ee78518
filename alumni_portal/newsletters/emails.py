"""Letters about newsletters: the HR lead is told of the large ones."""

from collections.abc import Sequence

from alumni_portal.core import formats, language
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import HELD
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of


def tell_of_many(people: Sequence[Person], title: str, number: int, *, by: Actor) -> None:
    """Tell each of these that a newsletter goes to many; whoever sent it knows already."""
    for one in people:
        found = address_of(one.id, AddressKind.WORK)
        if found is None or one.id == by.person_id:
            continue
        mail.post(
            mail.Draft(
                kind="newsletters/many",
                to=found.address,
                language=one.language,
                person_id=one.id,
                values={
                    "name": one.first_name,
                    "title": title,
                    "number": number,
                    "by": by.name,
                    "url": link("newsletters.manage"),
                },
            )
        )


def ask_about_held(people: Sequence[Person], newsletter: Newsletter) -> None:
    """Ask these people what should become of a newsletter that did not go when it was planned."""
    for one in people:
        found = address_of(one.id, AddressKind.WORK)
        if found is None:
            continue
        with language.spoken(one.language):
            values = {
                "name": one.first_name,
                "title": newsletter.title,
                "why": str(HELD[newsletter.held_why]) if newsletter.held_why else "",
                "planned": formats.date_time(newsletter.planned_at),
                "url": link("newsletters.plan", public_id=newsletter.public_id),
            }
        mail.post(
            mail.Draft(
                kind="newsletters/held",
                to=found.address,
                language=one.language,
                person_id=one.id,
                values=values,
            )
        )
