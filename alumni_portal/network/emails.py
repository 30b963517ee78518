"""Letters about profiles."""

from alumni_portal.core import tokens
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.network.models import Profile
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of

STILL_RIGHT = "profile-still-right"


def still_right(person: Person, profile: Profile) -> None:
    """Ask once a year whether a profile still holds; the link needs no sign-in."""
    address = address_of(person.id, AddressKind.PRIVATE)
    if address is None:
        return
    signed = tokens.sign(STILL_RIGHT, person.public_id)
    mail.post(
        mail.Draft(
            kind="network/still_right",
            to=address.address,
            language=person.language,
            person_id=person.id,
            values={
                "name": person.first_name,
                "title": profile.now_title,
                "employer": profile.now_employer,
                "city": profile.city,
                "url": link("network.still_right", token=signed),
            },
        )
    )
