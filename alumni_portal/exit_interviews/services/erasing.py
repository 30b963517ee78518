"""Erasing what somebody said on leaving, because that person asks for it (GDPR Article 17)."""

from sqlalchemy import select

from alumni_portal.core import audit, facts
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.exit_interviews.facts import ExitsErased
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.exit_interviews.queries.release_rows import release_tokens
from alumni_portal.exit_interviews.services.detaching import delete_whole
from alumni_portal.people.models import Person


def erase(person: Person, *, by: Actor) -> int:
    """Delete the interviews that bear a person's name and return how many.

    Figures in which the person is counted are told: they stay while k others stand behind them.
    Answers without a name cannot be found by anybody and stay.
    """
    tokens = release_tokens(person.id)
    ids = db.session.scalars(select(Interview.id).where(Interview.person_id == person.id)).all()
    if not ids:
        return 0
    delete_whole(ids)
    audit.record("exit_interview.erased", by=by, subject=person.public_id, interviews=len(ids))
    facts.state(ExitsErased(tuple(tokens), by))
    return len(ids)
