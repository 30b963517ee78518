"""Letters about newsletters: the HR lead is told of the large ones."""

from collections.abc import Sequence

from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
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
