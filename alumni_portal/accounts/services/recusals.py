"""Who may not decide on whom. The reason stands elsewhere, and is nobody's business here."""

from collections.abc import Collection

from sqlalchemy import insert, select

from alumni_portal.accounts.models import Recusal
from alumni_portal.core import clock
from alumni_portal.core.db import db


def recuse(about_id: int, person_ids: Collection[int]) -> None:
    """Keep people out of decisions on a person from today; those who are already stay so."""
    known = set(db.session.scalars(select(Recusal.person_id).where(Recusal.about_id == about_id)))
    new = sorted(set(person_ids) - known - {about_id})
    if new:
        db.session.execute(
            insert(Recusal),
            [{"person_id": one, "about_id": about_id, "since_on": clock.today()} for one in new],
        )
