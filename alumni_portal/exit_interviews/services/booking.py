"""Talks: booked from the case, moved and called off, with a calendar file to both."""

from dataclasses import dataclass
from datetime import datetime

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import emails
from alumni_portal.exit_interviews.models import (
    Interview,
    InterviewState,
    Reach,
    Seat,
    Track,
)
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries import staff
from alumni_portal.exit_interviews.rules import MOST_READERS
from alumni_portal.exit_interviews.services import readers
from alumni_portal.exit_interviews.services.opening import new_interview
from alumni_portal.offboarding import services as offboarding
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of


@dataclass(frozen=True, kw_only=True)
class Talk:
    """When, where, how long and why; the form says it all."""

    starts_at: datetime
    minutes: int = 90
    place: str = ""
    online_url: str = ""
    purpose: str = ""


def book(case: Case, track: Track, holder: Person, talk: Talk, *, by: Actor) -> Interview:
    """Book a talk and invite both.

    Raises Refusal (field `holder`) for somebody who is not neutral, or anybody but the nearest
    manager for the manager's guide; (field `day`) for a time that has passed; Conflict when one is
    booked already or the case is over.
    """
    if not case.is_open or case.is_about_death:
        raise Conflict(_l("Ärendet är avslutat."))
    if queries.of_case_and_track(case.id, track) is not None:
        raise Conflict(_l("Det finns redan ett sådant samtal. Ändra det i stället."))
    _check_holder(case, track, holder)
    made = new_interview(case, track)
    made.interviewer, made.reach = holder, Reach.HR_ONLY
    made.person = case.person
    _write(made, talk)
    db.session.flush()
    readers.name(made, _seats(case, track, holder))
    _tell(made, case, "booked")
    audit.record("exit_interview.booked", by=by, subject=made.public_id, track=track)
    db.session.flush()
    return made


def _check_holder(case: Case, track: Track, holder: Person) -> None:
    if track is Track.MANAGER:
        manager = staff.manager_of(case.employment)
        if manager is None or manager.id != holder.id:
            raise Refusal(_l("Chefens samtal hålls av den närmaste chefen."), field="holder")
    elif holder.id not in {who.id for who in staff.interviewers(case.employment)}:
        raise Refusal(_l("Välj någon utanför gruppen: samtalet ska vara neutralt."), field="holder")


def _seats(case: Case, track: Track, holder: Person) -> list[readers.Place]:
    if track is Track.MANAGER:
        return [(holder.id, Seat.INTERVIEWER), (holder.id, Seat.READER), *_one_at_hr(case, holder)]
    others = readers.chosen(case.employment, holder_id=holder.id)
    return [(holder.id, Seat.INTERVIEWER), *others]


def _one_at_hr(case: Case, holder: Person) -> list[readers.Place]:
    others = readers.chosen(case.employment, holder_id=holder.id)
    return [place for place in others if place[1] is Seat.READER][: MOST_READERS - 1]


def _write(made: Interview, talk: Talk) -> None:
    if talk.starts_at <= clock.now():
        raise Refusal(_l("Tiden har redan varit."), field="day")
    if not (talk.place or talk.online_url):
        raise Refusal(_l("Skriv en plats eller en länk till ett videomöte."), field="place")
    made.starts_at, made.minutes = talk.starts_at, talk.minutes
    made.place, made.online_url, made.purpose = talk.place, talk.online_url, talk.purpose


def move(interview: Interview, talk: Talk, case: Case, *, by: Actor) -> None:
    """Give a talk another time or place and tell both. Raises as `book`."""
    if not interview.is_open:
        raise Conflict(_l("Samtalet är avslutat."))
    before = (interview.starts_at, interview.minutes, interview.place, interview.online_url)
    _write(interview, talk)
    if before == (talk.starts_at, talk.minutes, talk.place, talk.online_url):
        return
    interview.sequence += 1
    _tell(interview, case, "moved")
    audit.record("exit_interview.moved", by=by, subject=interview.public_id)
    db.session.flush()


def cancel(interview: Interview, case: Case, *, by: Actor) -> None:
    """Call a talk off and take it out of both calendars. Raises Conflict when it is over."""
    if not interview.is_open:
        raise Conflict(_l("Samtalet är avslutat."))
    interview.state = InterviewState.CANCELLED
    interview.sequence += 1
    _tell(interview, case, "cancelled")
    audit.record("exit_interview.cancelled", by=by, subject=interview.public_id)
    db.session.flush()


def tell_called_off(talk: Interview, *, leaver_too: bool) -> None:
    """Take a talk that nobody holds any more out of the calendars, and say so."""
    talk.sequence += 1
    people = [talk.interviewer, talk.person if leaver_too else None]
    for who in filter(None, people):
        address = address_of(who.id, AddressKind.WORK, proved=False)
        if who.id == talk.person_id:
            address = address_of(who.id, AddressKind.PRIVATE) or address
        if address is not None:
            emails.talk(talk, who, address, what="cancelled")


def _tell(interview: Interview, case: Case, what: str) -> None:
    way = offboarding.way_to_page(case)
    if way is not None:
        url = link("offboarding.leaver_page", token=way[1])
        emails.talk(interview, case.person, way[0], what=what, url=url)
    holder = interview.interviewer
    address = address_of(holder.id, AddressKind.WORK, proved=False) if holder else None
    if holder is not None and address is not None:
        emails.talk(interview, holder, address, what=what)
