"""What is forgotten by the clock: drafts, decided applications, files that nobody owns."""

from datetime import timedelta

from sqlalchemy import delete, select

from alumni_portal.applications import queries, rules
from alumni_portal.applications.models import Applicant, Application, ApplicationDraft, Attachment
from alumni_portal.applications.services import attachments
from alumni_portal.applications.services.applying import drop_draft
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM

BATCH = 200
#: A file is written before its row is lasting; a day later it has one or never will.
_UNOWNED = timedelta(days=1)


def forget_drafts(*, limit: int = BATCH) -> int:
    """Forget drafts that were not saved for thirty days; return how many."""
    query = select(ApplicationDraft).where(
        ApplicationDraft.saved_at <= clock.now() - rules.DRAFT_LIVES
    )
    drafts = list(db.session.scalars(query.order_by(ApplicationDraft.id).limit(limit)))
    for draft in drafts:
        drop_draft(draft)
    if drafts:
        audit.record("applications.drafts_forgotten", by=SYSTEM, drafts=len(drafts))
    return len(drafts)


def forget_applications(*, limit: int = BATCH) -> int:
    """Forget applications that ended without a hire 24 months ago; return how many."""
    ids = queries.to_forget(clock.now(), limit=limit)
    if not ids:
        return 0
    files = select(Attachment).where(Attachment.application_id.in_(ids))
    attachments.forget(db.session.scalars(files).all())
    whose = select(Application.applicant_id).where(Application.id.in_(ids))
    applicants = set(db.session.scalars(whose))
    db.session.execute(delete(Application).where(Application.id.in_(ids)))
    still = select(Application.applicant_id)
    db.session.execute(
        delete(Applicant).where(Applicant.id.in_(applicants), Applicant.id.not_in(still))
    )
    audit.record("applications.forgotten", by=SYSTEM, applications=len(ids))
    return len(ids)


def sweep_files() -> int:
    """Remove files that belong to nobody (a change that was undone); return how many."""
    used, removed = queries.used_files(), 0
    before = (clock.now() - _UNOWNED).timestamp()
    for path in attachments.folder().iterdir():
        if path.name not in used and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
