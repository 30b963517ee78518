"""From wish to membership: one letter after the last day, one reminder, one yes (DESIGN §7.6)."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from alumni_portal.accounts import queries as account_queries
from alumni_portal.accounts import services as accounts
from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import How, Purpose, Wish
from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding import emails
from alumni_portal.offboarding.facts import MemberAdmitted
from alumni_portal.offboarding.models import Case, Invitation, JoinRequest, What
from alumni_portal.offboarding.queries import invitations as queries
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.links import INVITATION_LIVES, LinkState
from alumni_portal.offboarding.services import doors
from alumni_portal.offboarding.services.history import leaver, note
from alumni_portal.offboarding.services.revoking import revoke_invitations
from alumni_portal.people.facts import EmploymentBegan
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.queries import is_employed, owner_of

_DOOR = "welcome"


def _made(person: Person, address: EmailAddress, how: How) -> Invitation:
    public_id, digest = doors.new_door(_DOOR)
    invitation = Invitation(
        public_id=public_id,
        person_id=person.id,
        address_id=address.id,
        how=how,
        token_hash=digest,
        expires_at=clock.now() + INVITATION_LIVES,
    )
    invitation.person, invitation.address = person, address
    return invitation


def token_of(invitation: Invitation) -> str:
    """Return the token of an invitation, to put into one more letter."""
    return doors.token_of(_DOOR, invitation.public_id)


def invite_leaver(case: Case) -> Invitation | None:
    """Ask somebody who has left whether they still want what they ticked.

    Nothing happens when it is not the time: still employed, address not proved, asked already.
    """
    address = links.private_of(links.addresses_of(case.person_id), proved=True)
    if address is None or case.is_about_death or is_employed(case.person_id):
        return None
    if links.newest_invitation(case.person_id) is not None:
        return None
    invitation = _made(case.person, address, How.CONFIRMATION_LETTER)
    invitation.case_id = case.id
    _send(invitation)
    db.session.execute(
        update(Wish).where(Wish.person_id == case.person_id).values(asked_at=clock.now())
    )
    note(case, What.INVITED, by=SYSTEM)
    return invitation


def invite_late_joiner(request: JoinRequest, person: Person, address: EmailAddress) -> Invitation:
    """Ask somebody whom HR recognised what they agree to; nothing is ticked."""
    revoke_invitations([person.id])
    invitation = _made(person, address, How.JOIN_REQUEST)
    invitation.request_id = request.id
    _send(invitation)
    return invitation


def _send(invitation: Invitation) -> None:
    db.session.add(invitation)
    db.session.flush()
    is_late_joiner = invitation.how is How.JOIN_REQUEST
    token = token_of(invitation)
    emails.invitation(invitation, token, is_reminder=False, is_late_joiner=is_late_joiner)
    audit.record("invitation.sent", by=SYSTEM, subject=invitation.person.public_id)


def remind(invitation: Invitation) -> bool:
    """Ask once more, and only once; False when nothing is to be asked any longer."""
    if state_of(invitation) is not LinkState.OPEN or invitation.reminded_at is not None:
        return False
    invitation.reminded_at = clock.now()
    db.session.execute(
        update(Wish).where(Wish.person_id == invitation.person_id).values(reminded_at=clock.now())
    )
    emails.invitation(invitation, token_of(invitation), is_reminder=True, is_late_joiner=False)
    db.session.flush()
    return True


def state_of(invitation: Invitation | None) -> LinkState:
    """Return what the holder of an invitation meets.

    Paused while employed (again): membership starts only after the last day. Revoked when the
    address is no longer the person's: a yes comes from a proved private address or not at all.
    """
    if invitation is None:
        return LinkState.UNKNOWN
    if invitation.revoked_at is not None or invitation.person.died_on is not None:
        return LinkState.REVOKED
    if invitation.answered_at is not None:
        return LinkState.ALREADY_DONE
    if invitation.expires_at <= clock.now():
        return LinkState.EXPIRED
    return _state_of_unanswered(invitation)


def _state_of_unanswered(invitation: Invitation) -> LinkState:
    owner = owner_of(invitation.address.canonical)
    if owner is None or owner.person_id != invitation.person_id:
        return LinkState.REVOKED
    return LinkState.PAUSED if is_employed(invitation.person_id) else LinkState.OPEN


def offered(invitation: Invitation) -> set[Purpose]:
    """Return what stands ticked on the page: what the person has ticked before, or nothing."""
    return {wish.purpose for wish in links.wishes_of(invitation.person_id)}


def accept(invitation: Invitation, purposes: Collection[Purpose], *, language: str) -> bool:
    """Note the yes to these purposes and let the person in; False when it was answered before.

    Raises Refusal (field `membership`) without membership, Conflict when the invitation does not
    stand any longer.
    """
    state = state_of(invitation)
    if state is LinkState.ALREADY_DONE:
        return False
    if state is not LinkState.OPEN:
        raise Conflict(_l("Inbjudan gäller inte längre. Ladda om sidan för att se varför."))
    if Purpose.MEMBERSHIP not in purposes:
        raise Refusal(
            _l("Bocka i medlemskapet för att gå med, eller välj Nej tack."),
            field=Purpose.MEMBERSHIP,
        )
    if not _claim(invitation, has_joined=True):
        return False
    person, by = invitation.person, leaver(invitation.person)
    entries = [
        consents.give(person, purpose, language=language, how=invitation.how, by=by)
        for purpose in Purpose
        if purpose in purposes
    ]
    _forget_wishes([person.id])
    consents.confirm(person, entries)
    _note_in_case(invitation, What.JOINED, by)
    facts.state(MemberAdmitted((person.id,)))
    return True


def decline(invitation: Invitation) -> bool:
    """Note the no and forget what was ticked; False when it was answered before."""
    if state_of(invitation) not in {LinkState.OPEN, LinkState.PAUSED}:
        return False
    if not _claim(invitation, has_joined=False):
        return False
    _forget_wishes([invitation.person_id])
    by = leaver(invitation.person)
    _note_in_case(invitation, What.DECLINED, by)
    audit.record("invitation.declined", by=by, subject=invitation.person.public_id)
    return True


def _claim(invitation: Invitation, *, has_joined: bool) -> bool:
    taken = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.answered_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(answered_at=clock.now(), has_joined=has_joined)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an update has a row count


def _note_in_case(invitation: Invitation, what: What, by: Actor) -> None:
    case = db.session.get(Case, invitation.case_id) if invitation.case_id else None
    if case is not None:
        note(case, what, by=by)
    db.session.flush()


def _forget_wishes(person_ids: Collection[int]) -> None:
    db.session.execute(delete(Wish).where(Wish.person_id.in_(person_ids)))


def forget_old_wishes() -> int:
    """Forget ticks that were never confirmed and return of how many people.

    Sixty days after they were asked about, or after the last day when there was nowhere to ask.
    """
    people = queries.with_stale_wishes(clock.now() - INVITATION_LIVES)
    _forget_wishes(people)
    if people:
        audit.record("wishes.forgotten", by=SYSTEM, count=len(people))
    return len(people)


def admit(fact: ConsentGiven) -> None:
    """React to a yes to membership: the account is opened and becomes an alumnus's."""
    if fact.purpose is not Purpose.MEMBERSHIP:
        return
    for person in db.session.scalars(select(Person).where(Person.id.in_(fact.person_ids))):
        accounts.grant(accounts.open_account(person, by=SYSTEM), Role.ALUMNUS, by=SYSTEM)


def let_go(fact: ConsentEnded) -> None:
    """React to the end of a membership: the account is no alumnus's any longer."""
    if fact.purpose is not Purpose.MEMBERSHIP:
        return
    held = select(Account).where(Account.person_id.in_(fact.person_ids))
    for account in db.session.scalars(held):
        if Role.ALUMNUS in account_queries.roles_of(account.id):
            accounts.revoke(account, Role.ALUMNUS, by=SYSTEM)


def stop_for_employed(fact: EmploymentBegan) -> None:
    """React to an employment: from its first day nobody is asked to join."""
    back = [one for one in fact.person_ids if is_employed(one)]
    if back:
        revoke_invitations(back)
        _forget_wishes(back)
