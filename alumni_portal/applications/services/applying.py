"""What the applicant does: begins, sends, takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from alumni_portal.applications import emails, queries, rules
from alumni_portal.applications.facts import ApplicationSubmitted
from alumni_portal.applications.models import (
    Applicant,
    Application,
    ApplicationDraft,
    Attachment,
    Hours,
    Stage,
    Start,
)
from alumni_portal.applications.rules import NotNow
from alumni_portal.applications.services import attachments, history
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import AddressKind, Employment, Person
from alumni_portal.people.queries import address_of

_NOT_NOW = {
    NotNow.WORKS_HERE: _l(
        "Du arbetar här i dag. Prata med din chef eller HR om du vill byta roll."
    ),
    NotNow.NEVER_HERE: _l("Den här vägen är för dig som har arbetat här och slutat."),
}
CLOSED = _l("Tjänsten har stängt för ansökningar. Ditt utkast finns kvar i 30 dagar.")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What somebody writes when they apply. Earlier pay is not among it."""

    can_begin: Start
    hours: Hours
    now_doing: str = ""
    learned: Sequence[str] = ()
    why: str = ""
    #: What is wrong in the history we hold; empty when it is right.
    history_wrong: str = ""


def save_draft(
    person: Person, opening: Opening, answers: dict[str, Any], *, by: Actor
) -> ApplicationDraft:
    """Keep what somebody has filled in so far, whatever is still missing; return the draft."""
    _queue_up(person)
    draft = queries.draft_of(person.id, opening.id)
    if draft is None:
        draft = ApplicationDraft(person_id=person.id, opening_id=opening.id, answers=answers)
        db.session.add(draft)
    draft.answers, draft.saved_at = dict(answers), clock.now()
    db.session.flush()
    audit.record("application.drafted", by=by, subject=opening.public_id)
    return draft


def drop_draft(draft: ApplicationDraft) -> None:
    """Forget what somebody has begun, with its file."""
    attachments.forget(db.session.scalars(_files_of(draft)).all())
    db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.id == draft.id))


def _files_of(draft: ApplicationDraft) -> Any:  # noqa: ANN401 - a select
    return select(Attachment).where(Attachment.draft_id == draft.id)


def submit(
    person: Person, opening: Opening, answers: Answers, *, by: Actor
) -> tuple[Application, bool]:
    """Send an application and its receipt; return it, and whether this call sent it.

    Sent twice (double click, two tabs, back button) it is one application with one receipt.
    Raises Refusal for who may not apply now, at `opening` when the opening is closed, and when
    there is no proved address to answer to.
    """
    _queue_up(person)
    known = queries.application_of(person.id, opening.id)
    if known is not None and known.stage is not Stage.WITHDRAWN:
        return known, False
    _check(person, opening)
    applicant = _applicant(person)
    application = known or Application(opening_id=opening.id, applicant_id=applicant.id)
    application.opening, application.applicant = opening, applicant
    _write(application, answers)
    if known is None:
        application.criterion = None
        db.session.add(application)
        db.session.flush()
        history.note(application, None, Stage.SUBMITTED, by=by, told=True)
        audit.record("application.submitted", by=by, subject=application.public_id)
    else:
        application.submitted_at = clock.now()
        history.check(application, Stage.SUBMITTED, by_applicant=True)
        history.step(application, Stage.SUBMITTED, by=by, told=True)
    _take_over_draft(person, opening, application)
    emails.received(application)
    facts.state(ApplicationSubmitted((application.id,)))
    return application, True


def _queue_up(person: Person) -> None:
    """Let two answers of one person (a double click) come one after the other."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def _check(person: Person, opening: Opening) -> None:
    rows = db.session.execute(
        select(Employment.begins_on, Employment.ends_on).where(Employment.person_id == person.id)
    )
    times = [(row.begins_on, row.ends_on) for row in rows]
    not_now = rules.reason_not_to_apply(times, today=clock.today())
    if not_now is not None:
        raise Refusal(_NOT_NOW[not_now])
    db.session.refresh(opening, ["state", "closes_on"])
    if not openings.is_open(opening):
        raise Refusal(CLOSED, field="opening")


def _applicant(person: Person) -> Applicant:
    address = address_of(person.id, AddressKind.PRIVATE)
    if address is None:
        raise Refusal(
            _l("Vi har ingen bekräftad privat adress att svara till. Hör av dig till HR.")
        )
    found = db.session.scalar(select(Applicant).where(Applicant.person_id == person.id))
    if found is None:
        found = Applicant(person_id=person.id)
        db.session.add(found)
    found.name, found.address, found.language = person.name, address.address, person.language
    found.person = person
    db.session.flush()
    return found


def _write(application: Application, answers: Answers) -> None:
    application.now_doing = clean_line(answers.now_doing)[:200]
    application.learned = [clean_line(one)[:200] for one in answers.learned if clean_line(one)]
    application.can_begin, application.hours = answers.can_begin, answers.hours
    application.why = answers.why.strip()
    application.history_wrong = answers.history_wrong.strip()
    application.history_settled_at = None


def _take_over_draft(person: Person, opening: Opening, application: Application) -> None:
    draft = queries.draft_of(person.id, opening.id)
    if draft is None:
        return
    file = queries.attachment_of_draft(draft.id)
    if file is not None:
        file.draft_id, file.application_id = None, application.id
        db.session.flush()
    db.session.delete(draft)
    db.session.flush()


def withdraw(application: Application, *, by: Actor) -> None:
    """Take an application back in one step; what was written in it is gone at once.

    Raises Conflict when it has been decided meanwhile.
    """
    history.lock(application)
    if application.stage is Stage.WITHDRAWN:
        return
    if Stage.WITHDRAWN not in rules.MOVES[application.stage]:
        raise Conflict(_l("Ansökan är redan avgjord och kan inte tas tillbaka."))
    history.check(application, Stage.WITHDRAWN, by_applicant=True)
    application.now_doing = application.why = application.history_wrong = ""
    application.learned = []
    file = queries.attachment_of(application.id)
    attachments.forget([file] if file else [])
    history.step(application, Stage.WITHDRAWN, by=by)


def settle_history(application: Application, *, by: Actor) -> None:
    """Note that HR has looked at what an applicant said is wrong in the history."""
    application.history_settled_at = clock.now()
    db.session.flush()
    audit.record("application.history_settled", by=by, subject=application.public_id)
