"""Letters about coming back."""

from alumni_portal.core import formats, language, tokens
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of
from alumni_portal.rehire.models import Interest
from alumni_portal.rehire.rules import LEVELS

RENEWAL = "interest-renewal"


def still_so(person: Person, interest: Interest) -> None:
    """Ask whether an answer that lapses soon still holds; the link needs no sign-in."""
    to = address_of(person.id, AddressKind.PRIVATE)
    if to is None:
        return
    signed = tokens.sign(RENEWAL, [person.public_id, interest.answered_at.isoformat()])
    with language.spoken(person.language):
        values = {
            "name": person.first_name,
            "level": str(LEVELS[interest.level]),
            "answered": formats.date_long(interest.answered_at),
            "until": formats.date_long(interest.expires_at),
            "url": link("rehire.renew_interest", token=signed),
        }
    mail.post(
        mail.Draft(
            kind="rehire/still_so",
            to=to.address,
            language=person.language,
            person_id=person.id,
            expires_at=interest.expires_at,
            values=values,
        )
    )
