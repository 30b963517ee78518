"""Reads about mailed links: what a token stands for, where a leaver is written to."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from alumni_portal.consents.models import Wish
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.offboarding.models import (
    AddressProof,
    Case,
    CaseEvent,
    Invitation,
    LeaverLink,
    What,
)
from alumni_portal.offboarding.rules.links import (
    LEAVER_LINK_LIVES,
    LinkState,
    Mailbox,
    Mailed,
    mailbox,
    state_of,
)
from alumni_portal.people.models import AddressKind, EmailAddress, Employment


@dataclass(frozen=True)
class LeaverDoor:
    """What the holder of a leaver's link meets."""

    state: LinkState
    link: LeaverLink | None = None
    case: Case | None = None


def closes_at(last_day: date) -> datetime:
    """Return when the leaver's page closes for good: at the end of the last of the four weeks."""
    day = last_day + LEAVER_LINK_LIVES + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=clock.HOME)


def leaver_door(token: str) -> LeaverDoor:
    """Return what a leaver's link leads to, changing nothing."""
    link = db.session.scalar(
        select(LeaverLink)
        .where(LeaverLink.token_hash == tokens.digest(token))
        .options(joinedload(LeaverLink.address))
    )
    state = state_of(_mailed(link), clock.now())
    if link is None:
        return LeaverDoor(state)
    case = db.session.scalar(
        select(Case)
        .where(Case.id == link.case_id)
        .options(
            joinedload(Case.employment).joinedload(Employment.unit),
            joinedload(Case.person),
            joinedload(Case.hr),
            selectinload(Case.tasks),
        )
    )
    return LeaverDoor(state, link, case)


def _mailed(link: LeaverLink | AddressProof | None) -> Mailed | None:
    if link is None:
        return None
    return Mailed(link.expires_at, getattr(link, "used_at", None), link.revoked_at)


def live_link_of(case_id: int) -> LeaverLink | None:
    """Return the newest link of a case that still opens, with its address."""
    return db.session.scalar(
        select(LeaverLink)
        .where(LeaverLink.case_id == case_id, LeaverLink.revoked_at.is_(None))
        .options(joinedload(LeaverLink.address))
        .order_by(LeaverLink.id.desc())
        .limit(1)
    )


def live_link_to(case_id: int, address_id: int) -> LeaverLink | None:
    """Return the link of a case to one mailbox, if there is one that still opens."""
    return db.session.scalar(
        select(LeaverLink)
        .where(
            LeaverLink.case_id == case_id,
            LeaverLink.address_id == address_id,
            LeaverLink.revoked_at.is_(None),
        )
        .options(joinedload(LeaverLink.address))
    )


def addresses_of(person_id: int) -> list[EmailAddress]:
    """Return the addresses that are a person's now, newest first."""
    return list(
        db.session.scalars(
            select(EmailAddress)
            .where(EmailAddress.person_id == person_id, EmailAddress.retired_at.is_(None))
            .order_by(EmailAddress.id.desc())
        )
    )


def person_behind(canonical: str) -> int | None:
    """Return whose address this is: a work address as the employer has it, or a proved one."""
    return db.session.scalar(
        select(EmailAddress.person_id)
        .where(
            EmailAddress.canonical == canonical,
            EmailAddress.retired_at.is_(None),
            or_(EmailAddress.verified_at.is_not(None), EmailAddress.kind == AddressKind.WORK),
        )
        .order_by(EmailAddress.verified_at.is_(None), EmailAddress.id)
        .limit(1)
    )


def private_of(addresses: list[EmailAddress], *, proved: bool) -> EmailAddress | None:
    """Return the private address among these that is proved, or that waits to be."""
    for address in addresses:
        if address.kind is AddressKind.PRIVATE and (address.verified_at is not None) is proved:
            return address
    return None


def mailbox_of(case: Case, addresses: list[EmailAddress]) -> EmailAddress | None:
    """Return the address a leaver is written to now, or nothing."""
    private = private_of(addresses, proved=True)
    work = next((a for a in addresses if a.kind is AddressKind.WORK), None)
    where = mailbox(
        has_proved_private=private is not None,
        has_work=work is not None,
        last_day=case.last_day,
        today=clock.today(),
    )
    return {Mailbox.PRIVATE: private, Mailbox.WORK: work, Mailbox.NOWHERE: None}[where]


def newest_proof(case_id: int) -> AddressProof | None:
    """Return the newest mailed proof of a case that was not replaced, with its address."""
    return db.session.scalar(
        select(AddressProof)
        .where(AddressProof.case_id == case_id, AddressProof.revoked_at.is_(None))
        .options(joinedload(AddressProof.address))
        .order_by(AddressProof.id.desc())
        .limit(1)
    )


def was_given_by_the_leaver(case_id: int, address_id: int) -> bool:
    """Say whether the leaver gave this address through a link in a mailbox proved to be theirs."""
    query = select(CaseEvent.id).where(
        CaseEvent.case_id == case_id,
        CaseEvent.what == What.ADDRESS_GIVEN,
        CaseEvent.detail == str(address_id),
    )
    return db.session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class ProofDoor:
    """What the holder of an address proof meets."""

    state: LinkState
    proof: AddressProof | None = None
    case: Case | None = None


def proof_door(token: str) -> ProofDoor:
    """Return what a mailed proof leads to, changing nothing."""
    proof = db.session.scalar(
        select(AddressProof)
        .where(AddressProof.token_hash == tokens.digest(token))
        .options(joinedload(AddressProof.address))
    )
    if proof is None:
        return ProofDoor(LinkState.UNKNOWN)
    case = db.session.scalar(
        select(Case)
        .where(Case.id == proof.case_id)
        .options(joinedload(Case.person), joinedload(Case.hr), selectinload(Case.tasks))
    )
    return ProofDoor(state_of(_mailed(proof), clock.now()), proof, case)


def wishes_of(person_id: int) -> list[Wish]:
    """Return what a person has ticked and not yet confirmed."""
    return list(db.session.scalars(select(Wish).where(Wish.person_id == person_id)))


def _invitations() -> Select[Invitation]:
    return select(Invitation).options(joinedload(Invitation.person), joinedload(Invitation.address))


def invitation_by(token: str) -> Invitation | None:
    """Return the invitation of a token, with person and address, whatever its state."""
    return db.session.scalar(_invitations().where(Invitation.token_hash == tokens.digest(token)))


def invitation(invitation_id: int) -> Invitation | None:
    """Return an invitation with person and address."""
    return db.session.scalar(_invitations().where(Invitation.id == invitation_id))


def newest_invitation(person_id: int) -> Invitation | None:
    """Return the newest invitation of a person that was not taken back."""
    return db.session.scalar(
        _invitations()
        .where(Invitation.person_id == person_id, Invitation.revoked_at.is_(None))
        .order_by(Invitation.id.desc())
        .limit(1)
    )
