"""Ending what mailed links open: the leaver's page, proofs of addresses, invitations."""

from sqlalchemy import update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.offboarding.models import AddressProof, Case, Invitation, LeaverLink


def revoke_links(case: Case) -> None:
    """End every link to the leaver's page and every open proof of an address."""
    for model in (LeaverLink, AddressProof):
        db.session.execute(
            update(model)
            .where(model.case_id == case.id, model.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )


def revoke_invitations(person_ids: list[int]) -> None:
    """End every unanswered invitation to these people."""
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.person_id.in_(person_ids),
            Invitation.answered_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )
