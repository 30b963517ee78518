"""Reads about guides."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import Guide, GuideVersion, Track


def newest_version(track: Track) -> GuideVersion | None:
    """Return the version of a track that is asked now, or nothing before the first use."""
    return db.session.scalar(
        select(GuideVersion)
        .join(Guide, Guide.id == GuideVersion.guide_id)
        .where(Guide.track == track)
        .options(joinedload(GuideVersion.guide))
        .order_by(GuideVersion.number.desc())
        .limit(1)
    )


def versions(track: Track) -> list[GuideVersion]:
    """Return every version of a track, newest first."""
    return list(
        db.session.scalars(
            select(GuideVersion)
            .join(Guide, Guide.id == GuideVersion.guide_id)
            .where(Guide.track == track)
            .order_by(GuideVersion.number.desc())
        )
    )
