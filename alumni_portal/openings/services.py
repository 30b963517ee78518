"""Changes to openings: written, published, closed, filled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, insert, select

from alumni_portal.core import audit, clock, facts
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor
from alumni_portal.core.text import clean_line, normalise
from alumni_portal.core.text import lazy as _l
from alumni_portal.network.services import skill_ids
from alumni_portal.openings import queries, rules
from alumni_portal.openings.facts import OpeningClosed, OpeningPublished
from alumni_portal.openings.models import (
    EmploymentKind,
    Hours,
    Opening,
    OpeningCriterion,
    OpeningSkill,
    OpeningState,
)
from alumni_portal.openings.rules import Missing, Stated

BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Terms:
    """All that an opening says. Earlier pay is not among it, of anybody."""

    title: str
    unit_id: int | None = None
    place: str = ""
    workplace: str = ""
    agreement_area: str = ""
    agreement: str = ""
    pay_from: int | None = None
    pay_to: int | None = None
    text: str = ""
    hours: Hours = Hours.FULL
    kind: EmploymentKind = EmploymentKind.PERMANENT
    seats: int = 1
    closes_on: date | None = None
    recruiter_id: int | None = None
    manager_id: int | None = None
    names_recruiter: bool = False
    #: Names and weights, in the order they were written.
    skills: Sequence[tuple[str, int]] = field(default=())
    criteria: Sequence[str] = field(default=())


_LINES = ("title", "place", "workplace", "agreement_area", "agreement")
_PLAIN = (
    "unit_id",
    "pay_from",
    "pay_to",
    "hours",
    "kind",
    "seats",
    "closes_on",
    "recruiter_id",
    "manager_id",
    "names_recruiter",
)


def missing(terms: Terms) -> list[Missing]:
    """Return everything that would keep an opening with these terms from being published."""
    stated = Stated(
        title=terms.title,
        place=terms.place,
        agreement=terms.agreement,
        pay_from=terms.pay_from,
        pay_to=terms.pay_to,
        text=terms.text,
        seats=terms.seats,
        closes_on=terms.closes_on,
        has_unit=terms.unit_id is not None,
        has_recruiter=terms.recruiter_id is not None,
        criteria=len([one for one in terms.criteria if clean_line(one)]),
    )
    return rules.reasons_not_to_publish(stated, today=clock.today())


def terms_of(opening: Opening) -> Terms:
    """Return the terms of an opening as they stand."""
    names = (*_LINES, *_PLAIN, "text")
    wanted = queries.skills_of([opening.id]).get(opening.id, [])
    return Terms(
        **{name: getattr(opening, name) for name in names},
        skills=[(one.name, one.weight) for one in wanted],
        criteria=[one.text for one in queries.criteria_of(opening.id)],
    )


def draft(terms: Terms, *, by: Actor) -> Opening:
    """Write a new opening that only staff see. Raises Refusal without a title, or for bad pay."""
    opening = Opening(title="")
    _write(opening, terms)
    db.session.add(opening)
    db.session.flush()
    _want_skills(opening, terms.skills)
    _set_criteria(opening, terms.criteria)
    audit.record("opening.drafted", by=by, subject=opening.public_id)
    return opening


def change(opening: Opening, terms: Terms, *, by: Actor) -> None:
    """Let an opening say something else.

    Raises Refusal at the field for bad pay, for other criteria than those it was published with,
    and for anything that an open one may not lack; Conflict once it is closed.
    """
    if opening.state not in {OpeningState.DRAFT, OpeningState.PUBLISHED}:
        raise Conflict(_l("Tjänsten är stängd och kan inte ändras längre."))
    if opening.state is OpeningState.PUBLISHED:
        _keep_promises(opening, terms)
    _write(opening, terms)
    _want_skills(opening, terms.skills)
    if opening.state is OpeningState.DRAFT:
        _set_criteria(opening, terms.criteria)
    db.session.flush()
    audit.record("opening.changed", by=by, subject=opening.public_id)


def _keep_promises(opening: Opening, terms: Terms) -> None:
    fixed = [one.text for one in queries.criteria_of(opening.id)]
    if [clean_line(one) for one in terms.criteria if clean_line(one)] != fixed:
        raise Refusal(
            _l("Kraven låstes när tjänsten publicerades. Alla ska bedömas efter samma krav."),
            field="criteria",
        )
    for lack in missing(terms):
        raise Refusal(lack.message, field=lack.field)


def _write(opening: Opening, terms: Terms) -> None:
    wrong = rules.wrong_pay(terms.pay_from, terms.pay_to)
    if wrong is not None:
        raise Refusal(wrong.message, field=wrong.field)
    if not clean_line(terms.title):
        raise Refusal(_l("Ge tjänsten en titel."), field="title")
    for name in _LINES:
        setattr(opening, name, clean_line(getattr(terms, name)))
    for name in _PLAIN:
        setattr(opening, name, getattr(terms, name))
    opening.text = terms.text.strip()


def _want_skills(opening: Opening, skills: Iterable[tuple[str, int]]) -> None:
    wanted = {normalise(name): (clean_line(name), weight) for name, weight in skills}
    wanted.pop("", None)
    known = skill_ids({key: name for key, (name, _weight) in wanted.items()})
    db.session.execute(delete(OpeningSkill).where(OpeningSkill.opening_id == opening.id))
    rows = [
        {"opening_id": opening.id, "skill_id": known[key], "weight": weight, "place": place}
        for place, (key, (_name, weight)) in enumerate(wanted.items())
    ]
    if rows:
        db.session.execute(insert(OpeningSkill), rows)


def _set_criteria(opening: Opening, criteria: Iterable[str]) -> None:
    db.session.execute(delete(OpeningCriterion).where(OpeningCriterion.opening_id == opening.id))
    texts = [clean_line(one) for one in criteria if clean_line(one)]
    rows = [
        {"public_id": new_public_id(), "opening_id": opening.id, "text": text, "place": place}
        for place, text in enumerate(texts)
    ]
    if rows:
        db.session.execute(insert(OpeningCriterion), rows)


def publish(opening: Opening, *, by: Actor) -> None:
    """Show an opening to the world and fix its criteria.

    Raises Refusal at the first field that lacks something, Conflict when it is no draft.
    """
    locked = _locked(opening)
    if locked.state is not OpeningState.DRAFT:
        raise Conflict(_l("Tjänsten är redan publicerad eller stängd."))
    for lack in missing(terms_of(locked)):
        raise Refusal(lack.message, field=lack.field)
    locked.state, locked.published_at = OpeningState.PUBLISHED, clock.now()
    db.session.flush()
    audit.record("opening.published", by=by, subject=locked.public_id)
    facts.state(OpeningPublished((locked.id,)))


def close(opening: Opening, *, by: Actor) -> None:
    """Take no more applications. Raises Conflict when it is not open."""
    locked = _locked(opening)
    if locked.state is not OpeningState.PUBLISHED:
        raise Conflict(_l("Tjänsten är inte öppen."))
    _end([locked], OpeningState.CLOSED)
    audit.record("opening.closed", by=by, subject=locked.public_id)


def note_filled(opening: Opening, *, by: Actor) -> None:
    """Note that everybody who was sought is hired; does nothing the second time.

    Raises Conflict for a draft, to which nobody can have applied.
    """
    locked = _locked(opening)
    if locked.state is OpeningState.FILLED:
        return
    if locked.state is OpeningState.DRAFT:
        raise Conflict(_l("Tjänsten är inte publicerad."))
    _end([locked], OpeningState.FILLED)
    audit.record("opening.filled", by=by, subject=locked.public_id)


def close_past(*, limit: int = BATCH) -> int:
    """Close openings whose last day is over and return how many; call until it returns nothing."""
    rows = queries.past(clock.today(), limit=limit)
    if rows:
        _end(rows, OpeningState.CLOSED)
        refs = [one.public_id for one in rows]
        audit.record("openings.closed", by=SYSTEM, openings=refs)
    return len(rows)


def _locked(opening: Opening) -> Opening:
    query = select(Opening).where(Opening.id == opening.id).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def _end(openings: Sequence[Opening], state: OpeningState) -> None:
    moment = clock.now()
    were_open = [one.id for one in openings if one.state is OpeningState.PUBLISHED]
    for one in openings:
        one.state, one.closed_at = state, one.closed_at or moment
    db.session.flush()
    if were_open:
        facts.state(OpeningClosed(tuple(were_open)))
