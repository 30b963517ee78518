"""Changes to tips: made, answered by the tipped person, forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from alumni_portal.applications.facts import ApplicationHired
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.offboarding.services.typed import name_of_somebody, told
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import is_open
from alumni_portal.people.models import Person
from alumni_portal.people.services import BadAddress, canonical_address
from alumni_portal.referrals import emails, queries, rules
from alumni_portal.referrals.models import Referral, ReferralState

BATCH = 200
#: Who answers by a mailed link, in the audit chain.
_BY_LINK = Actor(ref="by-link")


@dataclass(frozen=True, kw_only=True)
class Tip:
    """What an alumnus writes about somebody they trust."""

    name: str
    address: str
    why: str = ""
    language: str = "sv"


def tip(referrer: Person, new: Tip, opening: Opening | None, *, by: Actor) -> Referral:
    """Take a tip and tell the tipped person at once: the same work and answer, whoever it is (S57).

    Raises Refusal (field `address`) for what is no address, or the referrer's own; (field `name`)
    for what is no name; (field `opening`) when it has closed meanwhile; after ten tips in a day.
    """
    db.session.execute(select(Person.id).where(Person.id == referrer.id).with_for_update())
    if queries.made_lately(referrer.id, clock.now() - rules.A_DAY) >= rules.MOST_A_DAY:
        raise Refusal(_l("Du har lämnat tio tips det senaste dygnet. Kom tillbaka i morgon."))
    if opening is not None and not is_open(opening):
        raise Refusal(
            _l("Tjänsten har stängt. Välj en annan, eller tipsa utan tjänst."), field="opening"
        )
    canonical = _canonical(referrer, new.address)
    name, why = name_of_somebody(new.name), told(new.why)
    known = queries.known(canonical, opening)
    made = Referral(
        opening_id=opening.id if opening else None,
        by_person_id=referrer.id,
        mark=queries.mark_of(canonical),
        language=new.language,
    )
    if rules.may_be_written_to(known):
        made.name, made.address, made.why = name, clean_line(new.address), why
        made.was_written_to, made.written_once = True, queries.once(made.mark, opening)
    _add(made)
    emails.notice(made, referrer, opening, greeting=name)
    audit.record("referral.made", by=by, subject=made.public_id)
    return made


def _add(made: Referral) -> None:
    """Store a tip; when another one about the same was first this very moment, it goes quiet."""
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:
        made.name = made.address = made.why = ""
        made.was_written_to, made.written_once = False, None
        db.session.add(made)
        db.session.flush()


def _canonical(referrer: Person, typed: str) -> str:
    try:
        canonical = canonical_address(typed)
    except BadAddress as error:
        raise Refusal(_l("Det där ser inte ut som en e-postadress."), field="address") from error
    if queries.is_own_address(referrer.id, canonical):
        raise Refusal(
            _l("Det är din egen adress. Sök gärna tjänsten själv i stället."), field="address"
        )
    return canonical


def confirm(referral: Referral) -> bool:
    """Let the tipped person say yes: from now on recruiters see the tip. False when too late."""
    row = _locked(referral)
    if row.state is not ReferralState.TOLD or not row.was_written_to:
        return False
    row.state, row.answered_at = ReferralState.CONFIRMED, clock.now()
    db.session.flush()
    audit.record("referral.confirmed", by=_BY_LINK, subject=row.public_id)
    return True


def decline(referral: Referral) -> bool:
    """Let the tipped person be deleted at once, before or after a yes. False when it is done."""
    row = _locked(referral)
    if row.state not in {ReferralState.TOLD, ReferralState.CONFIRMED}:
        return False
    row.answered_at = clock.now()
    _forget([row], ReferralState.DECLINED)
    audit.record("referral.declined", by=_BY_LINK, subject=row.public_id)
    return True


def note_contacted(referral: Referral, *, by: Actor) -> None:
    """Note that a recruiter has been in touch. Raises Conflict when the yes was taken back."""
    row = _locked(referral)
    if row.state is not ReferralState.CONFIRMED:
        raise Conflict(_l("Personen har tagit tillbaka sitt ja."))
    row.contacted_at = row.contacted_at or clock.now()
    db.session.flush()
    audit.record("referral.contacted", by=by, subject=row.public_id)


def note_hired(referral: Referral, *, by: Actor) -> None:
    """Note that a tip led to an employment; a reward would begin here. Twice is once.

    Raises Conflict for who has not said yes.
    """
    row = _locked(referral)
    if row.state is ReferralState.HIRED:
        return
    if row.state is not ReferralState.CONFIRMED:
        raise Conflict(_l("Personen har inte tackat ja."))
    row.state, row.ended_at = ReferralState.HIRED, clock.now()
    db.session.flush()
    audit.record("referral.hired", by=by, subject=row.public_id)


def follow_hire(fact: ApplicationHired) -> None:
    """React to an employment: who was tipped about that very opening came by the tip."""
    for row in queries.confirmed_by_hired(fact.application_ids):
        note_hired(row, by=SYSTEM)


def forget_unanswered(*, limit: int = BATCH) -> int:
    """Delete the names and addresses of who did not answer in time, and of old yeses.

    Returns how many; call until it returns nothing.
    """
    now = clock.now()
    rows = queries.unanswered(now, limit=limit) or queries.kept_long_enough(now, limit=limit)
    if rows:
        _forget(rows, ReferralState.EXPIRED)
        audit.record("referrals.expired", by=SYSTEM, number=len(rows))
    return len(rows)


def forget_marks(*, limit: int = BATCH) -> int:
    """Delete marks that are no longer needed and return how many; call until it returns nothing."""
    rows = queries.old_marks(clock.now(), limit=limit)
    for row in rows:
        row.mark, row.written_once = "", None
    db.session.flush()
    return len(rows)


def _forget(rows: Iterable[Referral], state: ReferralState) -> None:
    gone = list(rows)
    for row in gone:
        row.name = row.address = row.why = ""
        row.state, row.ended_at = state, clock.now()
    db.session.flush()
    mail.forget_recipients([row.letter_id for row in gone if row.letter_id])


def _locked(referral: Referral) -> Referral:
    query = select(Referral).where(Referral.id == referral.id).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
