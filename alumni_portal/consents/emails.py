"""Letters about consents: a receipt for every change, and the question whether a yes goes on."""

from collections.abc import Sequence

from alumni_portal.consents.models import ConsentEntry, StandingConsent
from alumni_portal.consents.rules import TITLES, Purpose
from alumni_portal.core import formats, language, tokens
from alumni_portal.core.rendering import link
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of

RENEWAL = "consent-renewal"


def _address(person: Person) -> str | None:
    for kind in (AddressKind.PRIVATE, AddressKind.WORK):
        if found := address_of(person.id, kind):
            return found.address
    return None


def receipt(person: Person, yes: Sequence[ConsentEntry], no: Sequence[Purpose]) -> None:
    """Send what somebody just said yes and no to, word for word. Nothing for no change."""
    to = _address(person)
    if to is None or person.died_on is not None or not (yes or no):
        return
    with language.spoken(person.language):
        values = {
            "name": person.first_name,
            "yes": [_said(entry) for entry in yes],
            "no": [str(TITLES[purpose]) for purpose in no],
            "left": Purpose.MEMBERSHIP in no,
            "url": link("consents.centre"),
        }
    mail.post(
        mail.Draft(
            kind="consents/receipt",
            to=to,
            language=person.language,
            person_id=person.id,
            values=values,
        )
    )


def _said(entry: ConsentEntry) -> str:
    until = formats.date_long(entry.until)
    lasts = (
        _l("Gäller till %(day)s.", day=until) if entry.until else _l("Gäller tills du ändrar dig.")
    )
    return str(
        _l(
            "%(title)s (version %(version)s): ”%(text)s” %(lasts)s",
            title=TITLES[entry.purpose],
            version=entry.wording.version,
            text=entry.wording.text,
            lasts=lasts,
        )
    )


def asks_again(person: Person, consent: StandingConsent) -> None:
    """Ask whether a yes that lapses soon should go on, with a link that needs no sign-in."""
    to = _address(person)
    if to is None:
        return
    signed = tokens.sign(RENEWAL, [person.public_id, consent.purpose, consent.entry_id])
    with language.spoken(person.language):
        values = {
            "name": person.first_name,
            "title": str(TITLES[consent.purpose]),
            "until": formats.date_long(consent.until),
            "is_membership": consent.purpose is Purpose.MEMBERSHIP,
            "url": link("consents.renew", token=signed),
        }
    mail.post(
        mail.Draft(
            kind="consents/asks_again",
            to=to,
            language=person.language,
            person_id=person.id,
            expires_at=consent.until,
            values=values,
        )
    )
