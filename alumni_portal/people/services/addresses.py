"""Addresses: noted, proved, retired."""

from sqlalchemy import select, update

from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.people import queries
from alumni_portal.people.facts import PrivateAddressProved
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.rules import (
    AddressKind,
    BadAddress,
    canonical_address,
    is_work_domain,
)


def give_address(
    person: Person, typed: str, kind: AddressKind, *, work_domains: tuple[str, ...], by: Actor
) -> EmailAddress:
    """Note an address of a person, not yet proved, and return it.

    An unproved address of the same kind is replaced. Raises Refusal (field `address`) when it is
    no address, or when a private address is a work address.
    """
    try:
        canonical = canonical_address(typed)
    except BadAddress as error:
        raise Refusal(_l("Det där ser inte ut som en e-postadress."), field="address") from error
    if kind is AddressKind.PRIVATE and is_work_domain(canonical, work_domains):
        raise Refusal(
            _l("Det där är en jobbadress. Den slutar fungera när du slutar, så skriv en privat."),
            field="address",
        )
    known = db.session.scalar(
        select(EmailAddress).where(
            EmailAddress.person_id == person.id,
            EmailAddress.canonical == canonical,
            EmailAddress.retired_at.is_(None),
        )
    )
    if known is not None:
        return known
    _retire_unproved(person.id, kind)
    address = EmailAddress(
        person_id=person.id, kind=kind, address=clean_line(typed), canonical=canonical
    )
    db.session.add(address)
    db.session.flush()
    audit.record("address.noted", by=by, subject=person.public_id, kind=kind)
    return address


def _retire_unproved(person_id: int, kind: AddressKind) -> None:
    db.session.execute(
        update(EmailAddress)
        .where(
            EmailAddress.person_id == person_id,
            EmailAddress.kind == kind,
            EmailAddress.verified_at.is_(None),
            EmailAddress.retired_at.is_(None),
        )
        .values(retired_at=clock.now())
    )


def prove_address(address: EmailAddress, *, by: Actor) -> None:
    """Note that an address was shown to be the person's; older ones of its kind are retired.

    Raises Conflict when somebody else has proved the same address.
    """
    owner = queries.owner_of(address.canonical)
    if owner is not None and owner.id != address.id:
        if owner.person_id != address.person_id:
            raise Conflict(_l("Den adressen används redan av någon annan. Kontakta HR."))
        return
    db.session.execute(
        update(EmailAddress)
        .where(
            EmailAddress.person_id == address.person_id,
            EmailAddress.kind == address.kind,
            EmailAddress.id != address.id,
            EmailAddress.retired_at.is_(None),
        )
        .values(retired_at=clock.now())
    )
    address.verified_at = clock.now()
    db.session.flush()
    audit.record("address.proved", by=by, subject=_owner(address), kind=address.kind)
    if address.kind is AddressKind.PRIVATE:
        facts.state(PrivateAddressProved((address.person_id,)))


def retire_address(address: EmailAddress, *, by: Actor) -> None:
    """End the use of an address (work address after the last day, lost private address)."""
    address.retired_at = clock.now()
    db.session.flush()
    audit.record("address.retired", by=by, subject=_owner(address), kind=address.kind)


def _owner(address: EmailAddress) -> str:
    return db.session.get_one(Person, address.person_id).public_id


def retire_work_addresses_of_leavers() -> int:
    """Release work addresses whose owner has no running employment and return how many (S27)."""
    result = db.session.execute(
        update(EmailAddress)
        .where(
            EmailAddress.kind == AddressKind.WORK,
            EmailAddress.retired_at.is_(None),
            EmailAddress.person_id.in_(queries.leavers()),
        )
        .values(retired_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an update has a row count
