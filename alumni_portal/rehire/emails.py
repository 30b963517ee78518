"""Letters about coming back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alumni_portal.core import formats, language, tokens
from alumni_portal.core.rendering import Link, link
from alumni_portal.mail import services as mail
from alumni_portal.mail.services import Written
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of
from alumni_portal.rehire.models import Contact, Interest
from alumni_portal.rehire.queries import Reachable
from alumni_portal.rehire.rules import LEVELS

RENEWAL = "interest-renewal"
ANSWER = "contact-answer"
CONTACT = "rehire/contact"
_BLANK = "..."


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands in a letter to a candidate: to whom, from whom, why, about which opening."""

    person: Person
    by: Person
    reason: str
    opening: Opening | None


def still_so(person: Person, interest: Interest) -> None:
    """Ask whether an answer that lapses soon still holds; the link needs no sign-in."""
    signed = tokens.sign(RENEWAL, [person.public_id, interest.answered_at.isoformat()])
    with language.spoken(person.language):
        values = {
            "name": person.first_name,
            "level": str(LEVELS[interest.level]),
            "answered": formats.date_long(interest.answered_at),
            "until": formats.date_long(interest.expires_at),
            "url": link("rehire.renew_interest", token=signed),
        }
    _post("rehire/still_so", person, values, AddressKind.PRIVATE, until=interest.expires_at)


def _post(
    kind: str,
    person: Person,
    values: dict[str, Any],
    at: AddressKind,
    *,
    until: datetime | None = None,
) -> bool:
    """Post a letter to somebody at home or at work; False when no address is known there."""
    to = address_of(person.id, at)
    if to is None:
        return False
    mail.post(
        mail.Draft(
            kind=kind,
            to=to.address,
            language=person.language,
            person_id=person.id,
            expires_at=until,
            values=values,
        )
    )
    return True


def token_of(contact: Contact) -> str:
    """Return the token with which the one written to answers; it opens nothing else."""
    return tokens.sign(ANSWER, contact.public_id)


def contact_of(token: str) -> str | None:
    """Return the public id of the letter that a token answers, or nothing for another's token."""
    found = tokens.unsign(ANSWER, token)
    return found if isinstance(found, str) else None


def previewed(words: Words) -> Written:
    """Return the very letter that would go; its link leads nowhere yet."""
    return mail.write(CONTACT, words.person.language, _values(words, _nowhere()))


def _nowhere() -> Link:
    """Return an address that looks like the one of a letter and opens nothing."""
    return link("rehire.answer_contact", token=_BLANK)


def asks(contact: Contact, words: Words) -> bool:
    """Send a recruiter's letter to a candidate; False when no address is known."""
    url = link("rehire.answer_contact", token=token_of(contact))
    return _post(CONTACT, words.person, _values(words, url), AddressKind.PRIVATE)


def _values(words: Words, url: Link) -> dict[str, Any]:
    opening = words.opening
    with language.spoken(words.person.language):
        return {
            "name": words.person.first_name,
            "recruiter": words.by.name,
            "reason": words.reason,
            "title": opening.title if opening else "",
            "place": opening.place if opening else "",
            "pay": pay_of(opening) if opening else "",
            "opening_url": link("openings.opening", public_id=opening.public_id) if opening else "",
            "url": url,
        }


def pay_of(opening: Opening) -> str:
    """Return the pay range of an opening as it is written, or nothing while it has none."""
    if opening.pay_from is None or opening.pay_to is None:
        return ""
    if opening.pay_from == opening.pay_to:
        return formats.number(opening.pay_from)
    return f"{formats.number(opening.pay_from)}–{formats.number(opening.pay_to)}"


def interested(person: Person, by: Person, reach: Reachable, contact: Contact) -> None:
    """Tell the candidate how to reach the recruiter, and the recruiter where the answer is.

    No private address travels in a letter: the recruiter reads it in the portal, which notes it.
    """
    told = {"name": person.first_name, "recruiter": reach.name}
    _post(
        "rehire/you_are_interested",
        person,
        {**told, "address": reach.address, "phone": reach.phone},
        AddressKind.PRIVATE,
    )
    url = link("rehire.sent_contact", public_id=contact.public_id)
    values = {"name": by.first_name, "candidate": person.name, "url": url}
    _post("rehire/they_are_interested", by, values, AddressKind.WORK)
