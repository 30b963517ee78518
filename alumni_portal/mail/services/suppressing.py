"""Addresses that get no mailings: their server said that nobody is there."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from alumni_portal.core.db import db
from alumni_portal.mail.models import Suppression
from alumni_portal.mail.queries import canonical
from alumni_portal.people.facts import PrivateAddressProved
from alumni_portal.people.models import EmailAddress


def suppress(address: str, reason: str) -> None:
    """Keep mailings from an address from now on. Letters still go: somebody asked for those."""
    try:
        with db.session.begin_nested():
            db.session.add(Suppression(canonical=canonical(address), reason=reason[:200]))
    except IntegrityError:  # it is so already
        return


def lift_for_proved(fact: PrivateAddressProved) -> None:
    """React to a proved address: somebody is there after all."""
    proved = select(EmailAddress.canonical).where(
        EmailAddress.person_id.in_(fact.person_ids), EmailAddress.verified_at.is_not(None)
    )
    db.session.execute(delete(Suppression).where(Suppression.canonical.in_(proved)))
