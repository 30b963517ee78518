"""Trying a newsletter on oneself or on colleagues, with a receiver's values."""

from dataclasses import replace

from sqlalchemy import delete, insert

from alumni_portal.audiences.queries import Member
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.core import access_log, audit
from alumni_portal.core.access_log import Look
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.language import spoken
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.models import Newsletter, Tester
from alumni_portal.newsletters.services.rendering import SLOTS, edition, values_of
from alumni_portal.newsletters.services.sending import LINKS, example
from alumni_portal.newsletters.services.writing import refuse_sent
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of

TEST = "newsletters/test"
_OWN = (AddressKind.WORK, AddressKind.PRIVATE)


def send_test(
    newsletter: Newsletter, language: str, *, by: Actor, to_group: bool = False, name: str = ""
) -> list[str]:
    """Send a newsletter in one language to whoever asks, or to all testers, as a receiver gets it.

    `name` chooses the receiver by name; the ways out are the tester's own. Returns the addresses.
    Raises Refusal when a slot is unknown, nobody has that name, or there is no proved address.
    """
    refuse_sent(newsletter)
    made = edition(newsletter, language)
    if (made.slots - set(SLOTS)) | (made.link_slots - LINKS):
        raise Refusal(_l("Brevet har ett fält som inte finns. Se kontrollerna."))
    one = example(newsletter, name)
    if name and one is None:
        raise Refusal(_l("Ingen av mottagarna heter så."), field="name")
    if one is not None:
        access_log.opened(by, one.person_id, Look.DELIVERIES)
    own = db.session.get_one(Person, by.person_id)
    people = queries.testers() if to_group else [own]
    sent = [_post(newsletter, made, person, one) for person in people]
    found = [address for address in sent if address]
    if not found:
        raise Refusal(
            _l("Testgruppen är tom.") if to_group else _l("Du har ingen bekräftad adress.")
        )
    audit.record("newsletter.tested", by=by, subject=newsletter.public_id, number=len(found))
    return found


def _post(newsletter: Newsletter, made: mail.Edition, to: Person, one: Member | None) -> str:
    """Post a copy with somebody's values to a tester, and return where it went."""
    address = next(filter(None, (address_of(to.id, kind) for kind in _OWN)), None)
    if address is None:
        return ""
    names = (one.first_name, one.last_name) if one else (to.first_name, to.last_name)
    whose = one.person_id if one else to.id
    values = values_of(*names, newsletter, queries.last_units(whose).get(whose, ""))
    preview = link("newsletters.preview", public_id=newsletter.public_id, language=made.language)
    values["web_version"] = preview
    values["preferences"] = consents.preferences_link(to.public_id, newsletter.public_id)
    values["unsubscribe"] = mail.way_out_of(to.public_id, Purpose.NEWSLETTER, newsletter.public_id)
    mail.post_written(
        _marked(made.filled(values), made.language),
        kind=TEST,
        to=address.address,
        language=made.language,
        person_id=to.id,
    )
    return address.address


def _marked(written: mail.Written, language: str) -> mail.Written:
    """Return a copy whose subject says that it is a test."""
    with spoken(language):
        return replace(written, subject=str(_l("Prov: %(subject)s", subject=written.subject)))


def choose_testers(public_ids: list[str], *, by: Actor) -> int:
    """Let the group of testers be these colleagues (public ids) and return how many they are."""
    chosen = [one.id for one in queries.possible_testers() if one.public_id in public_ids]
    db.session.execute(delete(Tester))
    if chosen:
        db.session.execute(insert(Tester), [{"person_id": one} for one in chosen])
    audit.record("newsletter.testers_chosen", by=by, subject="testers", number=len(chosen))
    return len(chosen)


def forget_testers() -> int:
    """Take those off the group of testers who are no longer at HR, and return how many."""
    stay = [one.id for one in queries.possible_testers()]
    gone = db.session.execute(delete(Tester).where(Tester.person_id.not_in(stay)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
