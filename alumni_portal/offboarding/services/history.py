"""One line of a case's history, written where something happens."""

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding.models import Case, CaseEvent, CaseTask, What
from alumni_portal.people.models import Person


def note(
    case: Case, what: What, *, by: Actor, task: CaseTask | None = None, detail: str = ""
) -> None:
    """Add a line to a case's history."""
    db.session.add(
        CaseEvent(
            case_id=case.id,
            what=what,
            actor=by.ref,
            task_id=task.id if task else None,
            detail=detail[:200],
        )
    )


def leaver(person: Person) -> Actor:
    """Return the actor for what a person does by a mailed link, without an account."""
    return Actor(
        ref=person.public_id, person_id=person.id, name=person.name, language=person.language
    )
