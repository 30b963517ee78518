"""Reads about files of earlier interviews."""

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import SurveyImport

_MOST = 100


def survey_import(public_id: str) -> SurveyImport | None:
    """Return a file by its public id."""
    return db.session.scalar(select(SurveyImport).where(SurveyImport.public_id == public_id))


def survey_imports() -> list[SurveyImport]:
    """Return the latest files, without their rows' meaning being looked into."""
    query = select(SurveyImport).order_by(SurveyImport.id.desc()).limit(_MOST)
    return list(db.session.scalars(query))
