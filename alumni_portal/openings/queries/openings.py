"""Reads about openings; everybody may know of published ones, staff of all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.core import clock, paging
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page
from alumni_portal.network.models import Skill
from alumni_portal.openings import rules
from alumni_portal.openings.models import (
    Opening,
    OpeningCriterion,
    OpeningSkill,
    OpeningState,
)


@dataclass(frozen=True)
class SkillWanted:
    """A skill that an opening wants, and how much it weighs (1–3)."""

    skill_id: int
    name: str
    weight: int


def is_open(opening: Opening) -> bool:
    """Say whether somebody may apply for an opening today."""
    return rules.is_open(opening.state, opening.closes_on, clock.today())


def was_public(opening: Opening) -> bool:
    """Say whether an opening was ever shown to the world."""
    return opening.published_at is not None


def _with_unit() -> Select[Opening]:
    return select(Opening).options(joinedload(Opening.unit))


def _open(today: date) -> Select[Opening]:
    return (
        _with_unit()
        .where(
            Opening.state == OpeningState.PUBLISHED,
            or_(Opening.closes_on.is_(None), Opening.closes_on >= today),
        )
        .order_by(Opening.closes_on, Opening.id)
    )


def published() -> list[Opening]:
    """Return the openings that can be applied for today, with their units, soonest closed first."""
    return list(db.session.scalars(_open(clock.today())))


def open_openings(limit: int) -> list[Opening]:
    """Return the first of the openings that can be applied for today, with their units."""
    return list(db.session.scalars(_open(clock.today()).limit(limit)))


def opening(public_id: str) -> Opening | None:
    """Return the opening with this public id, in whatever state, with its unit."""
    return db.session.scalar(_with_unit().where(Opening.public_id == public_id))


def opening_by_id(opening_id: int | None) -> Opening | None:
    """Return an opening by its row id, with its unit."""
    return db.session.scalar(_with_unit().where(Opening.id == opening_id))


def openings_by_id(opening_ids: Collection[int]) -> dict[int, Opening]:
    """Return openings by their row ids, with their units."""
    rows = db.session.scalars(_with_unit().where(Opening.id.in_(opening_ids)))
    return {one.id: one for one in rows}


def skills_of(opening_ids: Collection[int]) -> dict[int, list[SkillWanted]]:
    """Return the skills that openings want, the weightiest first; openings without are left out."""
    rows = db.session.execute(
        select(OpeningSkill.opening_id, OpeningSkill.skill_id, Skill.name, OpeningSkill.weight)
        .join(Skill, Skill.id == OpeningSkill.skill_id)
        .where(OpeningSkill.opening_id.in_(opening_ids))
        .order_by(OpeningSkill.opening_id, OpeningSkill.weight.desc(), OpeningSkill.place)
    )
    found: dict[int, list[SkillWanted]] = defaultdict(list)
    for row in rows:
        found[row.opening_id].append(SkillWanted(row.skill_id, row.name, row.weight))
    return dict(found)


def criteria_of(opening_id: int) -> list[OpeningCriterion]:
    """Return what everybody who applies is measured by, in the order it was written."""
    return list(
        db.session.scalars(
            select(OpeningCriterion)
            .where(OpeningCriterion.opening_id == opening_id)
            .order_by(OpeningCriterion.place)
        )
    )


def past(today: date, *, limit: int) -> list[Opening]:
    """Return published openings whose last day is over."""
    return list(
        db.session.scalars(
            select(Opening)
            .where(Opening.state == OpeningState.PUBLISHED, Opening.closes_on < today)
            .order_by(Opening.id)
            .limit(limit)
        )
    )


def counts() -> dict[OpeningState, int]:
    """Return how many openings stand in each state."""
    rows = db.session.execute(select(Opening.state, func.count()).group_by(Opening.state))
    return {row[0]: row[1] for row in rows}


def openings_page(
    state: OpeningState | None, *, after: str | None = None, before: str | None = None
) -> Page[Opening]:
    """Return one page of all openings, or of those in one state, the newest first."""
    query = _with_unit()
    if state is not None:
        query = query.where(Opening.state == state)
    newest = -Opening.id
    found = paging.page(query, [newest], lambda row: [-row[0].id], after=after, before=before)
    return Page([row[0] for row in found.rows], found.next, found.previous)
