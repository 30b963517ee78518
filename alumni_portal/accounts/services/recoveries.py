"""Getting back in without the old private address: asked, checked by HR, proved at the new one."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from alumni_portal.accounts import emails, queries
from alumni_portal.accounts.models import AddressRecovery, RecoveryState
from alumni_portal.accounts.services.doors import Door, DoorState
from alumni_portal.accounts.services.given import may_be_given_an_address, take_into_use
from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, NotFound, Refusal
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.people import queries as people
from alumni_portal.people import services as addresses
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import BadAddress, canonical_address, is_work_domain

LIVES = timedelta(days=7)
_WAITS = timedelta(days=30)


def ask_recovery(*, name: str, old: str, new: str, reach: str) -> None:
    """Put a request in HR's queue. Nothing is looked up, so the answer is the same to everybody.

    Raises Refusal (field `new`) when the new address is no address or a work address.
    """
    canonical = _private(new)
    if queries.waiting_recovery(canonical) is not None:
        return
    db.session.add(
        AddressRecovery(
            name=clean_line(name),
            old_address=clean_line(old),
            new_address=clean_line(new),
            new_canonical=canonical,
            reach=clean_line(reach),
        )
    )
    db.session.flush()


def _private(typed: str) -> str:
    try:
        canonical = canonical_address(typed)
    except BadAddress as error:
        raise Refusal(_l("Det där ser inte ut som en e-postadress."), field="new") from error
    if is_work_domain(canonical, settings().work_domains):
        raise Refusal(_l("Det där är en jobbadress. Skriv en privat adress."), field="new")
    return canonical


def confirm_recovery(recovery: AddressRecovery, person: Person, *, by: Actor) -> None:
    """Note that HR has made sure who it is, and send the link to the new address.

    Raises Conflict when somebody else decided meanwhile, Refusal for oneself, for somebody with a
    staff role (whoever gives it away takes over rights), and for an address that is taken.
    """
    if recovery.state is not RecoveryState.ASKED:
        raise Conflict(_l("Den här begäran är redan avgjord."))
    _check(person, recovery.new_address, by)
    address = addresses.give_address(
        person,
        recovery.new_address,
        AddressKind.PRIVATE,
        work_domains=settings().work_domains,
        by=by,
    )
    token = tokens.new_token()
    recovery.person_id, recovery.email_address_id = person.id, address.id
    recovery.state, recovery.token_hash = RecoveryState.CONFIRMED, tokens.digest(token)
    recovery.decided_at, recovery.decided_by = clock.now(), by.ref
    recovery.expires_at = clock.now() + LIVES
    db.session.flush()
    emails.new_address(person, address.address, token, expires_at=recovery.expires_at)
    audit.record("recovery.confirmed", by=by, subject=person.public_id)


def begin_change(person: Person, typed: str, *, by: Actor) -> AddressRecovery:
    """Begin the change of a private address that HR takes from the person themselves.

    Raises Refusal as `ask_recovery` and `confirm_recovery`.
    """
    canonical = _private(typed)
    old = people.address_of(person.id, AddressKind.PRIVATE)
    recovery = AddressRecovery(
        name=person.name,
        old_address=old.address if old else "",
        new_address=clean_line(typed),
        new_canonical=canonical,
        state=RecoveryState.ASKED,
    )
    db.session.add(recovery)
    db.session.flush()
    confirm_recovery(recovery, person, by=by)
    return recovery


def _check(person: Person, new: str, by: Actor) -> None:
    may_be_given_an_address(person, by, field="new")
    owner = people.owner_of(_private(new))
    if owner is not None and owner.person_id != person.id:
        raise Refusal(_l("Den adressen används redan av någon annan."), field="new")
    if owner is not None:
        raise Refusal(_l("Den adressen är redan bekräftad."), field="new")


def refuse_recovery(recovery: AddressRecovery, reason: str, *, by: Actor) -> None:
    """Say no, with a reason that is kept. Nothing is sent: nobody has shown who they are.

    Raises Conflict when somebody else decided meanwhile.
    """
    if recovery.state is not RecoveryState.ASKED:
        raise Conflict(_l("Den här begäran är redan avgjord."))
    recovery.state, recovery.reason = RecoveryState.REFUSED, clean_line(reason)
    recovery.decided_at, recovery.decided_by = clock.now(), by.ref
    db.session.flush()
    audit.record("recovery.refused", by=by, subject=recovery.public_id)


def look_at_recovery(token: str) -> Door:
    """Return what the holder of the link at a new address sees, changing nothing."""
    recovery = queries.recovery_by_token(token)
    if recovery is None:
        return Door(DoorState.UNKNOWN)
    if recovery.state is RecoveryState.PROVED:
        return Door(DoorState.USED)
    late = recovery.expires_at is None or recovery.expires_at <= clock.now()
    open_ = recovery.state is RecoveryState.CONFIRMED and not late
    return Door(DoorState.OPEN if open_ else DoorState.EXPIRED)


def prove_recovery(token: str) -> None:
    """Take the new address into use: the old one is retired and told so, every session ends.

    Raises NotFound when the link is not open, Conflict when the address has become somebody's,
    Refusal when the person has got a staff role meanwhile.
    """
    taken = db.session.scalar(
        update(AddressRecovery)
        .where(
            AddressRecovery.token_hash == tokens.digest(token),
            AddressRecovery.state == RecoveryState.CONFIRMED,
            AddressRecovery.expires_at > clock.now(),
        )
        .values(state=RecoveryState.PROVED, proved_at=clock.now())
        .returning(AddressRecovery.id)
    )
    found = queries.recovery_in_use(taken) if taken else None
    if found is None:
        raise NotFound
    person, address = found
    may_be_given_an_address(person, SYSTEM, field="new")
    take_into_use(person, address, by=SYSTEM)
    audit.record("recovery.proved", by=SYSTEM, subject=person.public_id)


def expire_recoveries(now: datetime) -> int:
    """End what waited too long, forget what was decided 90 days ago, and return how many ended."""
    late = (
        (AddressRecovery.state == RecoveryState.CONFIRMED) & (AddressRecovery.expires_at <= now)
    ) | ((AddressRecovery.state == RecoveryState.ASKED) & (AddressRecovery.asked_at < now - _WAITS))
    ended = db.session.execute(
        update(AddressRecovery)
        .where(late)
        .values(state=RecoveryState.EXPIRED, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(AddressRecovery).where(AddressRecovery.decided_at < now - 3 * _WAITS))
    return int(ended.rowcount)  # type: ignore[attr-defined]  # an update has a row count
