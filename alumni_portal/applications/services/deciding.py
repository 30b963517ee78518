"""What recruiters and HR do: take an application on, or end it with an objective reason."""

from dataclasses import dataclass

from alumni_portal.applications import emails
from alumni_portal.applications.emails import Starts, Why
from alumni_portal.applications.models import Application, Measure, Stage
from alumni_portal.applications.services import history
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.mail.services.letters import Written
from alumni_portal.openings.models import OpeningCriterion
from alumni_portal.openings.queries import criteria_of


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why an application ends: a criterion of the opening, how it stood there, a sentence."""

    criterion: str
    measure: Measure
    reason: str


def will_tell(application: Application, to: Stage) -> bool:
    """Say whether a move sends the applicant a letter, which is shown before it goes."""
    return emails.is_told(application.stage, to)


def preview(
    application: Application,
    to: Stage,
    *,
    greeting: str = "",
    ground: Ground | None = None,
    starts: Starts | None = None,
) -> Written:
    """Return the very letter that a move would send. Nothing is stored.

    Raises Refusal as `decline` when the ground does not hold.
    """
    why = _checked(application, ground)[1] if ground else None
    draft = emails.about(application, to, greeting=greeting, why=why, starts=starts)
    return mail.write(draft.kind, draft.language, draft.values)


def move(
    application: Application,
    to: Stage,
    *,
    by: Actor,
    was: Stage | None = None,
    greeting: str = "",
) -> bool:
    """Move an application; a step on tells the applicant. Return whether a letter went out.

    Raises Refusal when the table of moves does not have it or when it needs more than this
    (ended: `decline`, hired: `hire`), Conflict when somebody moved it meanwhile.
    """
    if to in {Stage.DECLINED, Stage.HIRED}:
        raise Refusal(_l("Det steget behöver fler uppgifter."), field="to")
    history.lock(application, was)
    history.check(application, to)
    told = will_tell(application, to)
    history.step(application, to, by=by, told=told)
    if application.criterion_id is not None:  # taken up again: the old ground is gone
        application.criterion_id, application.measure, application.reason = None, None, ""
    db.session.flush()
    if told:
        mail.post(emails.about(application, to, greeting=greeting))
    return told


def decline(
    application: Application,
    ground: Ground,
    *,
    by: Actor,
    was: Stage | None = None,
    greeting: str = "",
) -> None:
    """End an application with an objective reason, which the applicant is told and can read.

    Raises Refusal at the field when the criterion is not one of the opening's or the sentence is
    missing; Conflict as `move`. Nothing but these three things can be said.
    """
    criterion, why = _checked(application, ground)
    history.lock(application, was)
    history.check(application, Stage.DECLINED)
    application.criterion, application.criterion_id = criterion, criterion.id
    application.measure, application.reason = ground.measure, ground.reason.strip()
    history.step(application, Stage.DECLINED, by=by, told=True)
    audit.record(
        "application.declined",
        by=by,
        subject=application.public_id,
        criterion=criterion.public_id,
        measure=ground.measure,
    )
    mail.post(emails.about(application, Stage.DECLINED, greeting=greeting, why=why))


def _checked(application: Application, ground: Ground) -> tuple[OpeningCriterion, Why]:
    criterion = _criterion(application, ground.criterion)
    if not ground.reason.strip():
        raise Refusal(_l("Skriv en mening om varför, som den sökande får läsa."), field="reason")
    return criterion, Why(criterion.text, ground.measure, ground.reason.strip())


def _criterion(application: Application, public_id: str) -> OpeningCriterion:
    for one in criteria_of(application.opening_id):
        if one.public_id == public_id:
            return one
    raise Refusal(_l("Välj vilket av tjänstens krav som avgjorde."), field="criterion")
