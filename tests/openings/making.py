"""Openings for tests."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.openings import services
from alumni_portal.openings.models import Opening, OpeningState
from alumni_portal.people.models import Person, Unit
from tests.support.make import Make, days

CRITERIA = ("Högskoleexamen inom elkraft", "Har projekterat ställverk")


def terms(unit: Unit | None, recruiter: Person | None, **changes: Any) -> services.Terms:
    """Return terms that can be published, with something changed."""
    whole = services.Terms(
        title="Elkonstruktör station",
        unit_id=unit.id if unit else None,
        place="Luleå",
        agreement="Teknikavtalet Unionen",
        pay_from=42_000,
        pay_to=55_000,
        text="Du ritar **ställverk** i Norrbotten.",
        closes_on=days(30),
        recruiter_id=recruiter.id if recruiter else None,
        skills=[("Relä och skydd", 3), ("AutoCAD", 1)],
        criteria=CRITERIA,
    )
    return replace(whole, **changes)


def opening(make: Make, *, state: OpeningState = OpeningState.PUBLISHED, **changes: Any) -> Opening:
    """Make an opening in a state, for a unit and by a recruiter of its own unless given."""
    unit = changes.pop("unit", None) or make.unit("Station och ställverk")
    recruiter = changes.pop("recruiter", None) or make.person("Karin Alm")
    with make.work():
        made = services.draft(terms(unit, recruiter, **changes), by=SYSTEM)
        if state is not OpeningState.DRAFT:
            services.publish(made, by=SYSTEM)
        if state is OpeningState.CLOSED:
            services.close(made, by=SYSTEM)
        if state is OpeningState.FILLED:
            services.note_filled(made, by=SYSTEM)
        return made


def now(made: Opening) -> Opening:
    """Return an opening as the database has it."""
    db.session.rollback()  # what other sessions did meanwhile
    query = select(Opening).where(Opening.id == made.id)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def overdue(make: Make, **changes: Any) -> Opening:
    """Make an open opening whose last day was yesterday."""
    made = opening(make, **changes)
    with make.work():
        db.session.get_one(Opening, made.id).closes_on = days(-1)
    return made
