"""Leavers who asked to be told: kept apart from every answer, read here and nowhere else."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.text import lazy as _l
from alumni_portal.insights import emails, queries
from alumni_portal.insights.models import Action, ActionState, FollowUp
from alumni_portal.insights.rules.actions import quarter_of, quarters_before
from alumni_portal.people.services import BadAddress, canonical_address, is_work_domain

_SEALED = "follow-up"
#: Who has not been told after three years is forgotten.
_KEPT_QUARTERS = 12


def ask(theme: str, address: str, *, language: str) -> str:
    """Note that a leaver wants to be told about a theme; return the mark to take it back by.

    Asking twice is asking once. Raises Refusal (field `theme` or `address`). Nothing is audited:
    a row of the chain would have the moment that the wish itself does not keep.
    """
    if not queries.is_theme(theme):
        raise Refusal(_l("Välj ett tema ur listan."), field="theme")
    try:
        canonical = canonical_address(address)
    except BadAddress as error:
        raise Refusal(_l("Det där ser inte ut som en e-postadress."), field="address") from error
    if is_work_domain(canonical, settings().work_domains):
        raise Refusal(_l("Skriv din privata adress. Den du har på jobbet stängs."), field="address")
    mark = tokens.mac(_SEALED, f"{theme}:{canonical}".encode())
    wish = FollowUp(
        theme=theme,
        address=tokens.seal(_SEALED, address.strip()),
        mark=mark,
        language=language,
        asked_in=quarter_of(clock.today()),
    )
    try:
        with db.session.begin_nested():
            db.session.add(wish)
            db.session.flush()
    except IntegrityError:
        pass  # the same wish stands already
    return mark


def take_back(mark: str) -> None:
    """Forget a wish. Once it is gone, this changes nothing."""
    db.session.execute(delete(FollowUp).where(FollowUp.mark == mark))


def tell_some(action: Action, *, limit: int = 100) -> int:
    """Write to the next who asked about the theme of a closed action, and forget them.

    Letter and deletion are one transaction, so everybody hears once. Returns how many; call until
    it returns nothing. Nothing is audited: that somebody asked, and how many, would be told by it.
    """
    if action.state is not ActionState.DONE:
        return 0
    query = select(FollowUp).where(FollowUp.theme == action.theme).limit(limit)
    waiting = list(db.session.scalars(query.with_for_update(skip_locked=True)))
    for one in waiting:
        emails.changed(action, tokens.unseal(_SEALED, one.address), one.language)
        db.session.delete(one)
    db.session.flush()
    return len(waiting)


def forget_old() -> int:
    """Forget who asked three years ago and was never told; return how many."""
    oldest = quarters_before(quarter_of(clock.today()), _KEPT_QUARTERS)
    result = db.session.execute(
        delete(FollowUp)
        .where(FollowUp.asked_in < oldest)
        .execution_options(synchronize_session=False)
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    if number:
        audit.record("follow_ups.forgotten", by=SYSTEM, number=number)
    return number
