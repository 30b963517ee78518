"""Reads about one application, and about what one person has sent or begun."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from alumni_portal.applications.models import (
    Applicant,
    Application,
    ApplicationDraft,
    ApplicationMove,
    Attachment,
)
from alumni_portal.applications.rules import ENDED, KEPT_AFTER_DECISION, Stage
from alumni_portal.core.db import db
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import AddressKind, EmailAddress, Employment, Person


def _whole(query: Select[Application]) -> Select[Application]:
    return (
        query.join(Application.applicant)
        .join(Application.opening)
        .options(
            contains_eager(Application.applicant).joinedload(Applicant.person),
            contains_eager(Application.opening).joinedload(Opening.unit),
            joinedload(Application.criterion),
        )
    )


def find(visible: ColumnElement[bool], public_id: str) -> Application | None:
    """Return an application among the visible ones, with applicant, opening and criterion."""
    return db.session.scalar(
        _whole(select(Application)).where(visible, Application.public_id == public_id)
    )


def own_application(person_id: int, public_id: str) -> Application | None:
    """Return one of a person's own applications."""
    return find(Applicant.person_id == person_id, public_id)


def own_applications(person_id: int) -> list[Application]:
    """Return all that a person has sent, latest first."""
    query = _whole(select(Application)).where(Applicant.person_id == person_id)
    return list(db.session.scalars(query.order_by(Application.id.desc())))


def seen_of(visible: ColumnElement[bool]) -> list[Application]:
    """Return the applications that meet a condition, latest first."""
    query = _whole(select(Application)).where(visible)
    return list(db.session.scalars(query.order_by(Application.id.desc())))


def application_of(person_id: int, opening_id: int) -> Application | None:
    """Return a person's application for an opening, whatever became of it."""
    query = _whole(select(Application)).where(
        Applicant.person_id == person_id, Application.opening_id == opening_id
    )
    return db.session.scalar(query)


def reached_at(person_id: int) -> tuple[Person, str]:
    """Return a person with the proved private address that letters go to, or an empty text."""
    address = and_(
        EmailAddress.person_id == Person.id,
        EmailAddress.kind == AddressKind.PRIVATE,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.retired_at.is_(None),
    )
    row = db.session.execute(
        select(Person, EmailAddress.address)
        .outerjoin(EmailAddress, address)
        .where(Person.id == person_id)
        .order_by(EmailAddress.id.desc())
        .limit(1)
    ).one()
    return row[0], row[1] or ""


def has_applied_to(person_id: int, opening_id: int) -> bool:
    """Say whether a person has an application for an opening that they have not taken back."""
    query = select(
        exists().where(
            Application.applicant_id == Applicant.id,
            Applicant.person_id == person_id,
            Application.opening_id == opening_id,
            Application.stage != Stage.WITHDRAWN,
        )
    )
    return bool(db.session.scalar(query))


def reveals_contact_details(person_id: int) -> bool:
    """Say whether a running application lets recruiters see how a person is reached.

    An ended one reveals nothing any more (permission matrix, row Contact details).
    """
    query = select(Application.id).join(Application.applicant)
    query = query.where(Applicant.person_id == person_id, Application.stage.not_in(ENDED))
    return db.session.scalar(query.limit(1)) is not None


def moves_of(application_id: int) -> list[ApplicationMove]:
    """Return the steps of an application, the latest first."""
    query = select(ApplicationMove).where(ApplicationMove.application_id == application_id)
    return list(db.session.scalars(query.order_by(ApplicationMove.id.desc())))


def employment_of(application: Application) -> Employment | None:
    """Return the employment that came of an application."""
    return (
        db.session.get(Employment, application.employment_id) if application.employment_id else None
    )


def draft_of(person_id: int, opening_id: int) -> ApplicationDraft | None:
    """Return what a person has begun for an opening."""
    return db.session.scalar(
        select(ApplicationDraft).where(
            ApplicationDraft.person_id == person_id, ApplicationDraft.opening_id == opening_id
        )
    )


def drafts_by(person_id: int) -> list[ApplicationDraft]:
    """Return all that a person has begun and not sent, latest first, with the openings."""
    return list(
        db.session.scalars(
            select(ApplicationDraft)
            .where(ApplicationDraft.person_id == person_id)
            .options(joinedload(ApplicationDraft.opening).joinedload(Opening.unit))
            .order_by(ApplicationDraft.saved_at.desc())
        )
    )


def under_way_for(
    person_id: int,
) -> list[tuple[Opening, Application | None, ApplicationDraft | None]]:
    """Return the openings that a person has applied for or begun to, latest first, at once."""
    own = select(Applicant.id).where(Applicant.person_id == person_id).scalar_subquery()
    sent = and_(
        Application.opening_id == Opening.id,
        Application.applicant_id == own,
        Application.stage != Stage.WITHDRAWN,
    )
    begun = and_(ApplicationDraft.opening_id == Opening.id, ApplicationDraft.person_id == person_id)
    rows = db.session.execute(
        select(Opening, Application, ApplicationDraft)
        .select_from(Opening)
        .outerjoin(Application, sent)
        .outerjoin(ApplicationDraft, begun)
        .where(or_(Application.id.is_not(None), ApplicationDraft.id.is_not(None)))
        .order_by(func.coalesce(Application.stage_since, ApplicationDraft.saved_at).desc())
    )
    return [(opening, application, draft) for opening, application, draft in rows]


def attachment_of(application_id: int) -> Attachment | None:
    """Return the file that came with an application."""
    return db.session.scalar(select(Attachment).where(Attachment.application_id == application_id))


def attachment_of_draft(draft_id: int) -> Attachment | None:
    """Return the file that waits with a draft."""
    return db.session.scalar(select(Attachment).where(Attachment.draft_id == draft_id))


def person_ids_of(applications: Collection[Application]) -> list[int]:
    """Return the row ids of the people behind applications, outsiders left out."""
    return [one.applicant.person_id for one in applications if one.applicant.person_id]


def to_forget(moment: datetime, *, limit: int) -> list[int]:
    """Return applications that were decided so long ago that they are to be forgotten."""
    query = (
        select(Application.id)
        .where(Application.stage.in_(ENDED), Application.decided_at <= moment - KEPT_AFTER_DECISION)
        .order_by(Application.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def used_files() -> set[str]:
    """Return the names under which files are stored that belong to somebody."""
    return set(db.session.scalars(select(Attachment.stored_as)))
