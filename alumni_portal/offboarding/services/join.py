"""People who left earlier ask to join; HR says who they are (DESIGN §6, S53)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, update

from alumni_portal.accounts import services as accounts
from alumni_portal.consents.queries import is_member
from alumni_portal.core import audit, clock, installation
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding import emails
from alumni_portal.offboarding.models import Invitation, JoinRequest, JoinState
from alumni_portal.offboarding.queries import join as queries
from alumni_portal.offboarding.rules.links import (
    JOIN_DECISION_LIVES,
    JOIN_PROOF_LIVES,
    JOIN_REQUEST_LIVES,
    LinkState,
)
from alumni_portal.offboarding.services import doors
from alumni_portal.offboarding.services.invitations import invite_late_joiner
from alumni_portal.offboarding.services.typed import employee_number, name_of_somebody, told
from alumni_portal.people import services as people
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import is_employed, owner_of

#: S53: so many letters a day to one address, whoever asks.
LETTERS_A_DAY = 3
_DOOR = "join"


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """What somebody who wants to join has written."""

    name: str
    address: str
    from_year: int | None = None
    until_year: int | None = None
    unit: str = ""
    number: str = ""
    language: str = "sv"


@dataclass(frozen=True, kw_only=True)
class FormerEmployment:
    """What HR writes down about somebody who was not on record."""

    first_name: str
    last_name: str
    number: str
    begins_on: date
    ends_on: date
    title: str = ""
    unit_id: int | None = None


def ask(new: NewRequest) -> None:
    """Take a request and write to the address: the same work and answer, whoever it is.

    Raises Refusal (field `address`) for what is no address, or a work address; (field `name`) for
    what is no name.
    """
    canonical = _canonical(new.address)
    public_id, digest = doors.new_door(_DOOR)
    owner = owner_of(canonical)
    belongs_to_member = owner is not None and is_member(owner.person_id)
    asked = queries.asked_lately(canonical, clock.now() - timedelta(days=1))
    request = JoinRequest(
        name=name_of_somebody(new.name),
        address=clean_line(new.address),
        from_year=new.from_year,
        until_year=new.until_year,
        unit=told(new.unit),
        number=told(new.number),
        language=new.language,
        public_id=public_id,
        canonical=canonical,
        state=JoinState.MEMBER if belongs_to_member else JoinState.UNPROVED,
        token_hash=digest,
        expires_at=clock.now() + JOIN_PROOF_LIVES,
    )
    db.session.add(request)
    db.session.flush()
    if asked >= LETTERS_A_DAY:
        emails.unheard(request)
    elif belongs_to_member:
        emails.already_member(request)
    else:
        emails.prove_join(request, doors.token_of(_DOOR, public_id))


def _canonical(typed: str) -> str:
    try:
        canonical = people.canonical_address(typed)
    except people.BadAddress as error:
        raise Refusal(_l("Det där ser inte ut som en e-postadress."), field="address") from error
    if people.is_work_domain(canonical, installation.settings().work_domains):
        raise Refusal(_l("Det där är en jobbadress. Skriv din privata adress."), field="address")
    return canonical


def prove(door: queries.JoinDoor) -> bool:
    """Note that the address is the asker's: from now on HR sees the request."""
    request = door.request
    if door.state is not LinkState.OPEN or request is None:
        return False
    taken = db.session.execute(
        update(JoinRequest)
        .where(JoinRequest.id == request.id, JoinRequest.proved_at.is_(None))
        .values(proved_at=clock.now(), state=JoinState.WAITING)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an update has a row count


def match(request: JoinRequest, person: Person, *, by: Actor) -> Invitation:
    """Say that a request comes from this person: their address is proved, they are invited.

    Raises Conflict when it was decided before or the address is somebody else's, Refusal when the
    person is employed here, has died, is a member already, or has another address, an account or a
    staff role.
    """
    _check_waits(request)
    if person.died_on is not None:
        raise Refusal(_l("Den personen har avlidit."), field="person")
    if is_employed(person.id):
        raise Refusal(_l("Den personen är anställd här och kan inte gå med än."), field="person")
    if is_member(person.id):
        raise Refusal(_l("Den personen är redan med i nätverket."), field="person")
    owner = owner_of(request.canonical)
    if owner is not None and owner.person_id != person.id:
        raise Conflict(
            _l("Adressen är redan bekräftad av %(name)s.", name=owner.person.name), field="person"
        )
    if owner is None:
        accounts.may_be_given_an_address(person, by, field="person")
        accounts.check_is_new_here(person, request.canonical, field="person")
    domains = installation.settings().work_domains
    address = people.give_address(
        person, request.address, AddressKind.PRIVATE, work_domains=domains, by=by
    )
    accounts.take_into_use(person, address, by=by)
    person.language = request.language
    _decide(request, JoinState.MATCHED, by=by)
    request.person_id = person.id
    audit.record("join.matched", by=by, subject=person.public_id, request=request.public_id)
    return invite_late_joiner(request, person, address)


def register_and_match(request: JoinRequest, new: FormerEmployment, *, by: Actor) -> Invitation:
    """Write down somebody who was not on record, with the employment they had, and invite them.

    Raises Refusal when the employment has not ended, or a date or name is wrong; as `match`.
    """
    _check_waits(request)
    if new.ends_on >= clock.today():
        raise Refusal(_l("Anställningen ska vara slut."), field="ends_on")
    if new.ends_on < new.begins_on:
        raise Refusal(_l("Sista dagen kan inte ligga före första dagen."), field="ends_on")
    person = people.register_person(new.first_name, new.last_name, by=by, language=request.language)
    people.begin_employment(
        person,
        people.NewEmployment(
            number=employee_number(new.number),
            begins_on=new.begins_on,
            ends_on=new.ends_on,
            title=new.title,
            unit_id=new.unit_id,
        ),
        by=by,
    )
    return match(request, person, by=by)


def reject(request: JoinRequest, reason: str, *, by: Actor) -> None:
    """Say that a request comes from nobody who worked here; the asker is told, not why.

    Raises Refusal without a reason, Conflict when it was decided before.
    """
    _check_waits(request)
    text = told(reason)
    if not text:
        raise Refusal(_l("Skriv varför, så att kollegorna förstår."), field="reason")
    request.reason = text
    _decide(request, JoinState.REJECTED, by=by)
    audit.record("join.rejected", by=by, subject=request.public_id)
    emails.join_refused(request)


def _check_waits(request: JoinRequest) -> None:
    if request.state is not JoinState.WAITING:
        raise Conflict(_l("Någon har redan hanterat den här förfrågan."))


def _decide(request: JoinRequest, state: JoinState, *, by: Actor) -> None:
    request.state, request.decided_at, request.decided_by = state, clock.now(), by.ref
    db.session.flush()


def forget_old_requests() -> int:
    """Delete requests that were kept long enough and return how many."""
    ids = queries.stale(clock.now(), unproved=JOIN_REQUEST_LIVES, decided=JOIN_DECISION_LIVES)
    db.session.execute(
        update(Invitation).where(Invitation.request_id.in_(ids)).values(request_id=None)
    )
    db.session.execute(delete(JoinRequest).where(JoinRequest.id.in_(ids)))
    return len(ids)
