"""What the leaver does by a mailed link, and the letters that carry it."""

from collections.abc import Collection

from sqlalchemy import update

from alumni_portal.accounts import services as accounts
from alumni_portal.consents import services as consents
from alumni_portal.consents.models import Purpose
from alumni_portal.core import audit, clock, installation, jobs
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding import access, emails
from alumni_portal.offboarding.models import AddressProof, Case, LeaverLink, What
from alumni_portal.offboarding.queries import cases as case_queries
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.rules.case_template import ANSWERED_ITSELF, PROVED_ITSELF
from alumni_portal.offboarding.rules.links import PROOF_LIVES, LinkState
from alumni_portal.offboarding.services import doors
from alumni_portal.offboarding.services.changes import check_open, check_reachable
from alumni_portal.offboarding.services.history import leaver, note
from alumni_portal.offboarding.services.revoking import revoke_links
from alumni_portal.offboarding.services.tasks import tick_by_itself
from alumni_portal.people import services as people
from alumni_portal.people.facts import PrivateAddressProved
from alumni_portal.people.models import AddressKind, EmailAddress
from alumni_portal.people.queries import owner_of

SEND_LINKS = "offboarding.send_links"
_LINKS_A_JOB = 50
_LINK, _PROOF = "leaver", "proof"


def token_of(link: LeaverLink) -> str:
    """Return the token of a leaver's link, to put into one more letter."""
    return doors.token_of(_LINK, link.public_id)


def link_for(case: Case, address: EmailAddress) -> LeaverLink:
    """Return the link of a case to one mailbox, made when there is none."""
    known = links.live_link_to(case.id, address.id)
    if known is not None:
        return known
    public_id, digest = doors.new_door(_LINK)
    link = LeaverLink(
        public_id=public_id,
        case_id=case.id,
        address_id=address.id,
        token_hash=digest,
        expires_at=links.closes_at(case.last_day),
    )
    link.address = address
    db.session.add(link)
    db.session.flush()
    return link


def way_to_page(case: Case) -> tuple[EmailAddress, str] | None:
    """Return where the leaver is written to now and the token of their page, or nothing."""
    address = links.mailbox_of(case, links.addresses_of(case.person_id))
    return (address, token_of(link_for(case, address))) if address is not None else None


def send_link(case: Case, *, by: Actor) -> EmailAddress:
    """Send the leaver the link to their page and return where it went.

    Raises Refusal when there is no address to use: no work address, or the last day has passed
    and no private one is proved. Conflict when the case is over.
    """
    check_open(case)
    if case.is_about_death:
        raise Refusal(_l("Inget skickas till den som har avlidit."))
    address = links.mailbox_of(case, links.addresses_of(case.person_id))
    if address is None:
        raise Refusal(_l("Det finns ingen adress att skicka till. Lägg in en privat adress först."))
    link = link_for(case, address)
    link.sent_at = clock.now()
    emails.leaver_page(case, link, token_of(link))
    note(case, What.LINK_SENT, by=by)
    audit.record("case.link_sent", by=by, subject=case.public_id, kind=address.kind)
    db.session.flush()
    return address


def plan_links(*, by: Actor) -> int:
    """Ask for a link to each leaver who has none yet and return how many; a job sends them."""
    waiting = case_queries.without_link(access.visible_cases(by))
    roles = sorted(by.roles)
    for start in range(0, len(waiting), _LINKS_A_JOB):
        cases = waiting[start : start + _LINKS_A_JOB]
        jobs.enqueue(SEND_LINKS, {"cases": cases, "actor": by.ref, "roles": roles})
    return len(waiting)


def send_first_link(case_id: int, *, by: Actor) -> bool:
    """Send a leaver's first link; False when they have one, or there is nowhere to send it."""
    found = case_queries.by_ids([case_id])
    known = links.live_link_of(case_id)
    if not found or (known is not None and known.sent_at is not None):
        return False
    case = found[0]
    if case.is_about_death or not links.mailbox_of(case, links.addresses_of(case.person_id)):
        return False
    send_link(case, by=by)
    return True


def after_address_proved(fact: PrivateAddressProved) -> None:
    """React to a proved address, whichever way: the task is done, no conflict is left."""
    for case in case_queries.open_cases_of_people(fact.person_ids):
        case.has_address_conflict = False
        tick_by_itself(case, PROVED_ITSELF)


def revoke_all(case: Case, *, by: Actor) -> None:
    """Make every link of a case useless: it may have come into wrong hands."""
    revoke_links(case)
    note(case, What.LINKS_REVOKED, by=by)
    audit.record("case.links_revoked", by=by, subject=case.public_id)
    db.session.flush()


def give_address(case: Case, typed: str, *, by: Actor, through: LeaverLink | None = None) -> str:
    """Note a private address and mail the link that proves it; return what is written there.

    Somebody else's address gets the same answer and no letter; HR sees the conflict. Raises
    Refusal (field `address`) for a work address or no address, and for oneself or somebody with a
    staff role unless it comes through their own link.
    """
    check_reachable(case)
    _check_giver(case, through, by)
    _check_may_change(case, through)
    domains = installation.settings().work_domains
    address = people.give_address(
        case.person, typed, AddressKind.PRIVATE, work_domains=domains, by=by
    )
    if address.kind is not AddressKind.PRIVATE:
        raise Refusal(
            _l("Det där är din jobbadress. Skriv en privat, så når vi dig även efteråt."),
            field="address",
        )
    if address.verified_at is None:
        is_own = through is not None and through.address.is_proved
        note(case, What.ADDRESS_GIVEN, by=by, detail=str(address.id) if is_own else "")
        _send_proof(case, address, by=by)
    return address.address


def _check_giver(case: Case, through: LeaverLink | None, by: Actor) -> None:
    """Let only somebody's own proved mailbox change the address of who holds a staff role (S20)."""
    if through is None:
        accounts.may_be_given_an_address(case.person, by)
    elif not through.address.is_proved:
        accounts.refuse_staff(case.person)


def _check_may_change(case: Case, through: LeaverLink | None) -> None:
    """After the last day the old mailbox at work no longer decides where letters go."""
    if through is None or through.address.kind is not AddressKind.WORK:
        return
    has_private = links.private_of(links.addresses_of(case.person_id), proved=True) is not None
    if has_private and clock.today() > case.last_day:
        raise Refusal(
            _l("Byt adress från länken i din privata e-post, eller hör av dig till HR."),
            field="address",
        )


def send_proof_again(case: Case, *, by: Actor) -> str:
    """Mail the proof of the waiting private address once more and return the address.

    Raises Refusal when no address waits.
    """
    check_reachable(case)
    waiting = links.private_of(links.addresses_of(case.person_id), proved=False)
    if waiting is None:
        raise Refusal(_l("Det finns ingen adress som väntar på att bekräftas."), field="address")
    _send_proof(case, waiting, by=by)
    return waiting.address


def _send_proof(case: Case, address: EmailAddress, *, by: Actor) -> None:
    _revoke_proofs(case)
    public_id, digest = doors.new_door(_PROOF)
    token = doors.token_of(_PROOF, public_id)
    owner = owner_of(address.canonical)
    case.has_address_conflict = owner is not None and owner.person_id != case.person_id
    if case.has_address_conflict:
        note(case, What.ADDRESS_CONFLICT, by=by)
        emails.prove_address(case, None, address.address, token)
        return
    proof = AddressProof(
        case_id=case.id,
        address_id=address.id,
        token_hash=digest,
        expires_at=clock.now() + PROOF_LIVES,
    )
    proof.address = address
    db.session.add(proof)
    db.session.flush()
    emails.prove_address(case, proof, address.address, token)


def _revoke_proofs(case: Case) -> None:
    db.session.execute(
        update(AddressProof)
        .where(
            AddressProof.case_id == case.id,
            AddressProof.used_at.is_(None),
            AddressProof.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )


def prove(door: links.ProofDoor) -> str | None:
    """Use a mailed proof up and return the token of the leaver's page, sent there from now on.

    Nothing when it is not open, or somebody pressed first. Raises Conflict when the address has
    become somebody else's meanwhile, Refusal when HR gave it and the person has a staff role now.
    """
    if door.state is not LinkState.OPEN or door.proof is None or door.case is None:
        return None
    if not _claim(door.proof):
        return None
    case, by = door.case, leaver(door.case.person)
    if not links.was_given_by_the_leaver(case.id, door.proof.address_id):
        accounts.refuse_staff(case.person)
    accounts.take_into_use(case.person, door.proof.address, by=by)
    case.has_address_conflict = False
    tick_by_itself(case, PROVED_ITSELF, by=by)
    note(case, What.ADDRESS_PROVED, by=by)
    link = link_for(case, door.proof.address)
    link.sent_at = clock.now()
    emails.leaver_page(case, link, token_of(link))
    return token_of(link)


def _claim(proof: AddressProof) -> bool:
    taken = db.session.execute(
        update(AddressProof)
        .where(
            AddressProof.id == proof.id,
            AddressProof.used_at.is_(None),
            AddressProof.revoked_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an update has a row count


def note_conflict(case: Case) -> None:
    """Let HR see that somebody else has proved the address that the leaver gave."""
    case.has_address_conflict = True
    note(case, What.ADDRESS_CONFLICT, by=leaver(case.person))
    db.session.flush()


def answer(case: Case, purposes: Collection[Purpose], *, language: str, by: Actor) -> None:
    """Keep what a leaver would say yes to once they have left: wishes, not consents.

    Raises Refusal (field `membership`) when something is wanted without membership, Conflict when
    the case is over or the question has already been asked by letter.
    """
    check_reachable(case)
    if purposes and Purpose.MEMBERSHIP not in purposes:
        raise Refusal(
            _l("Det andra hör till nätverket. Bocka i medlemskapet också, eller inget alls."),
            field=Purpose.MEMBERSHIP,
        )
    if links.newest_invitation(case.person_id) is not None:
        raise Conflict(_l("Vi har redan skickat inbjudan till din privata adress. Svara i den."))
    consents.wish(case.person, purposes, language=language, by=by)
    case.answered_at = clock.now()
    tick_by_itself(case, ANSWERED_ITSELF, by=by)
    note(case, What.ANSWERED, by=by, detail="yes" if purposes else "no")
    db.session.flush()
