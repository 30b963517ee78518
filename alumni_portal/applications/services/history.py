"""One step of an application: the row, the audit entry, the fact."""

from alumni_portal.applications import rules
from alumni_portal.applications.facts import ApplicationMoved
from alumni_portal.applications.models import Application, ApplicationMove, Stage
from alumni_portal.applications.rules import Blocked
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l

_WORDS = {
    Blocked.NO_SUCH_MOVE: _l("Ansökan kan inte flyttas dit härifrån."),
    Blocked.APPLICANT_ONLY: _l("Det är bara den sökande som kan göra det."),
    Blocked.NO_SEAT_LEFT: _l("Alla platser för tjänsten är tillsatta."),
}


def lock(application: Application, was: Stage | None = None) -> None:
    """Take an application for this change alone.

    Raises Conflict when it does not stand any more where the page showed it.
    """
    db.session.refresh(application, ["stage", "stage_since", "employment_id"], with_for_update=True)
    if was is not None and application.stage is not was:
        raise Conflict(
            _l(
                "Någon hann före. Ansökan står nu i %(stage)s.",
                stage=rules.STAGES[application.stage],
            )
        )


def check(
    application: Application,
    to: Stage,
    *,
    by_applicant: bool = False,
    seats_left: int | None = None,
) -> None:
    """Raise Refusal when an application may not go there: every move is asked here."""
    blocked = rules.may_move(
        application.stage, to, by_applicant=by_applicant, seats_left=seats_left
    )
    if blocked is not None:
        raise Refusal(_WORDS[blocked], field="to")


def step(application: Application, to: Stage, *, by: Actor, told: bool = False) -> None:
    """Put an application into a stage and keep who did it and when."""
    before = application.stage
    application.stage, application.stage_since = to, clock.now()
    ends = to in rules.ENDED or to is Stage.HIRED
    application.decided_at = clock.now() if ends else None
    note(application, before, to, by=by, told=told)
    audit.record("application.moved", by=by, subject=application.public_id, to=to)
    facts.state(ApplicationMoved((application.id,), to))


def note(
    application: Application, before: Stage | None, to: Stage, *, by: Actor, told: bool
) -> None:
    """Write one line of an application's history."""
    db.session.add(
        ApplicationMove(
            application_id=application.id,
            from_stage=before.value if before else None,
            to_stage=to,
            at=clock.now(),
            by_ref=by.ref,
            told=told,
        )
    )
    db.session.flush()
