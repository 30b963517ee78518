"""Forgetting, 24 months after, how an employment ended and who was asked to join."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update

from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.offboarding.facts import CasesForgotten
from alumni_portal.offboarding.models import (
    AddressProof,
    Case,
    CaseEvent,
    CaseTask,
    Invitation,
    LeaverLink,
)
from alumni_portal.offboarding.queries import cases as queries
from alumni_portal.offboarding.rules.links import CASES_KEPT


def forget_cases(employment_ids: list[int], *, by: Actor) -> int:
    """Delete the cases of employments whose import is undone, with all that hangs on them."""
    cases = queries.ids_of(employment_ids)
    db.session.execute(delete(Invitation).where(Invitation.case_id.in_(cases)))
    _forget(cases, by=by)
    return len(cases)


def _forget(cases: Sequence[int], *, by: Actor) -> None:
    facts.state(CasesForgotten(tuple(cases)))
    for model in (LeaverLink, AddressProof, CaseEvent, CaseTask):
        db.session.execute(delete(model).where(model.case_id.in_(cases)))
    db.session.execute(delete(Case).where(Case.id.in_(cases)))
    if cases:
        audit.record("cases.forgotten", by=by, count=len(cases))


def forget_old_cases(*, limit: int = 200) -> int:
    """Delete cases 24 months after the last day, links and history with them; return how many.

    An invitation that came of one has a time of its own. Call until it returns nothing.
    """
    old = select(Case.id).where(Case.last_day < clock.today() - CASES_KEPT).limit(limit)
    ids = db.session.scalars(old).all()
    theirs = update(Invitation).where(Invitation.case_id.in_(ids))
    db.session.execute(theirs.values(case_id=None))
    _forget(ids, by=SYSTEM)
    return len(ids)


def forget_old_invitations() -> int:
    """Delete invitations 24 months after they were answered or ran out; return how many."""
    over = func.coalesce(Invitation.answered_at, Invitation.expires_at)
    gone = db.session.execute(delete(Invitation).where(over < clock.now() - CASES_KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
