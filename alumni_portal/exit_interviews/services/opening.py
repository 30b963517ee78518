"""Asking a leaver: the questionnaire is opened, its readers are named, the leaver is written to."""

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.models import Interview, Reach, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries import staff
from alumni_portal.exit_interviews.rules import timing
from alumni_portal.exit_interviews.services import readers
from alumni_portal.exit_interviews.services.guides import version_in_use
from alumni_portal.offboarding import services as offboarding
from alumni_portal.offboarding.models import Case


def open_questionnaire(case: Case, *, by: Actor) -> Interview:
    """Open the questionnaire of a case and write to the leaver.

    Raises Refusal when nobody at HR may read it or there is nowhere to write, Conflict when it is
    open already or the case is over.
    """
    if not case.is_open or not timing.may_be_asked(case.kind):
        raise Conflict(_l("Ärendet är avslutat."))
    if queries.of_case_and_track(case.id, Track.QUESTIONNAIRE) is not None:
        raise Conflict(_l("Enkäten är redan öppnad."))
    way = offboarding.way_to_page(case)
    if way is None:
        raise Refusal(_l("Det finns ingen adress att skicka till. Lägg in en privat adress först."))
    made = new_interview(case, Track.QUESTIONNAIRE)
    made.asked_on = clock.today()
    db.session.flush()
    _name_readers(made, case)
    emails.questionnaire(case, made, way[0], way[1])
    audit.record("exit_interview.opened", by=by, subject=made.public_id)
    db.session.flush()
    return made


def new_interview(case: Case, track: Track) -> Interview:
    """Return a new interview of a case, following its employment and the guide in use."""
    version = version_in_use(track)
    made = Interview(
        track=track,
        case_id=case.id,
        person_id=case.person_id,
        employment_id=case.employment_id,
        version_id=version.id,
        language=case.person.language,
        closes_on=timing.closes_on(case.last_day),
        created_on=clock.today(),
    )
    made.version = version
    db.session.add(made)
    return made


def _name_readers(made: Interview, case: Case) -> None:
    seats = readers.chosen(case.employment)
    manager = staff.manager_of(case.employment)
    if manager is not None:
        seats.append((manager.id, Seat.MANAGER))
    readers.name(made, seats)


def open_due() -> int:
    """Open every questionnaire whose day has come and return how many; the rest waits for HR."""
    opened = 0
    for case in queries.cases_to_ask(clock.today()):
        due = timing.ask_on(case.kind, case.last_day)
        if due is None or clock.today() < due or offboarding.way_to_page(case) is None:
            continue
        if not staff.neutral(case.employment):
            continue
        open_questionnaire(case, by=SYSTEM)
        opened += 1
    return opened


def remind_due() -> int:
    """Remind leavers who have not sent in, them alone, and return how many."""
    sent = 0
    for one in queries.to_remind(clock.today()):
        if one.asked_on is None or one.case_id is None or one.reach is Reach.AGGREGATE:
            continue
        if not timing.reminder_due(one.asked_on, one.reminders, clock.today()):
            continue
        case = queries.case_of(one.case_id)
        way = offboarding.way_to_page(case) if case and case.is_open else None
        one.reminders += 1
        if case is not None and way is not None:
            emails.questionnaire(case, one, way[0], way[1], is_reminder=True)
            sent += 1
    db.session.flush()
    return sent
