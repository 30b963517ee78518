"""What changes about an employment while it lasts: title, unit, workplace, manager."""

from dataclasses import dataclass

from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.people.models import Employment
from alumni_portal.people.rules import EmploymentKind


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an employment is about, its days and its end left aside."""

    title: str
    unit_id: int | None
    workplace: str
    agreement_area: str
    kind: EmploymentKind
    manager_id: int | None

    @classmethod
    def of(cls, employment: Employment) -> "Terms":
        """Return the terms of an employment as they stand."""
        return cls(**{name: getattr(employment, name) for name in cls.__dataclass_fields__})


def amend_employment(employment: Employment, terms: Terms, *, by: Actor) -> None:
    """Let an employment have other terms from now on."""
    for name in Terms.__dataclass_fields__:
        setattr(employment, name, getattr(terms, name))
    db.session.flush()
    audit.record("employment.amended", by=by, subject=employment.public_id)
