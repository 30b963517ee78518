"""Units, their history, and who leads them."""

from datetime import date, timedelta

from sqlalchemy import func, or_, select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line, normalise
from alumni_portal.core.text import lazy as _l
from alumni_portal.people.models import Employment, Person, Unit, UnitLead, UnitVersion


def open_unit(
    name: str, *, by: Actor, on: date, code: str | None = None, parent_id: int | None = None
) -> Unit:
    """Open a unit under a parent and return it. Raises Refusal without a name."""
    cleaned = clean_line(name)
    if not cleaned:
        raise Refusal(_l("Skriv vad avdelningen heter."), field="name")
    unit = Unit(
        name=cleaned, search_name=normalise(cleaned), code=code, parent_id=parent_id, opened_on=on
    )
    db.session.add(unit)
    db.session.flush()
    db.session.add(UnitVersion(unit_id=unit.id, name=cleaned, parent_id=parent_id, valid_from=on))
    audit.record("unit.opened", by=by, subject=unit.public_id)
    return unit


def change_unit(unit: Unit, *, name: str, parent_id: int | None, on: date, by: Actor) -> None:
    """Rename or move a unit from a day on; what it was before stays on record.

    Raises Refusal without a name, when it would stand below itself, and for a day to come or
    before its latest change: names of the past are facts.
    """
    cleaned = clean_line(name)
    if not cleaned:
        raise Refusal(_l("Skriv vad avdelningen heter."), field="name")
    if parent_id is not None and parent_id in _below(unit.id):
        raise Refusal(_l("En avdelning kan inte ligga under sig själv."), field="parent")
    latest = db.session.scalar(
        select(func.max(UnitVersion.valid_from)).where(UnitVersion.unit_id == unit.id)
    )
    if on > clock.today() or (latest is not None and on < latest):
        raise Refusal(
            _l("Välj en dag från den senaste ändringen till och med i dag."), field="valid_from"
        )
    version = db.session.scalar(
        select(UnitVersion).where(UnitVersion.unit_id == unit.id, UnitVersion.valid_from == on)
    )
    if version is None:
        version = UnitVersion(unit_id=unit.id, valid_from=on)
        db.session.add(version)
    unit.name = version.name = cleaned
    unit.search_name = normalise(unit.name)
    unit.parent_id = version.parent_id = parent_id
    db.session.flush()
    audit.record("unit.changed", by=by, subject=unit.public_id)


def _below(unit_id: int) -> set[int]:
    found = {unit_id}
    while more := set(
        db.session.scalars(select(Unit.id).where(Unit.parent_id.in_(found), Unit.id.not_in(found)))
    ):
        found |= more
    return found


def close_unit(unit: Unit, *, on: date, by: Actor) -> None:
    """Close a unit from a day on. Who left it keeps it.

    Raises Refusal while people still work in it, or a unit below it is open, after that day.
    """
    if on < unit.opened_on:
        raise Refusal(_l("Avdelningen hade inte öppnat då."), field="closed_on")
    still = select(Employment.id).where(
        Employment.unit_id.in_(_below(unit.id)),
        or_(Employment.ends_on.is_(None), Employment.ends_on > on),
    )
    if db.session.scalar(still.limit(1)) is not None:
        raise Refusal(
            _l("Några arbetar kvar här efter den dagen. Flytta dem först."), field="closed_on"
        )
    below = select(Unit.id).where(
        Unit.parent_id == unit.id, or_(Unit.closed_on.is_(None), Unit.closed_on > on)
    )
    if db.session.scalar(below.limit(1)) is not None:
        raise Refusal(
            _l("Det finns öppna avdelningar under den här. Stäng eller flytta dem först."),
            field="closed_on",
        )
    unit.closed_on = on
    db.session.flush()
    audit.record("unit.closed", by=by, subject=unit.public_id)


def appoint_lead(
    unit: Unit, person: Person, *, is_deputy: bool, from_on: date, by: Actor
) -> UnitLead:
    """Let a person lead a unit, or stand in; a new lead follows the one before."""
    if not is_deputy:
        for lead in db.session.scalars(
            select(UnitLead).where(
                UnitLead.unit_id == unit.id,
                UnitLead.is_deputy.is_(False),
                UnitLead.until_on.is_(None),
            )
        ):
            lead.until_on = max(lead.from_on, from_on - timedelta(days=1))
    lead = UnitLead(unit_id=unit.id, person_id=person.id, is_deputy=is_deputy, from_on=from_on)
    db.session.add(lead)
    db.session.flush()
    audit.record("unit.lead_appointed", by=by, subject=unit.public_id, person=person.public_id)
    return lead


def dismiss_lead(lead: UnitLead, *, until_on: date, by: Actor) -> None:
    """End somebody's lead of a unit. Raises Refusal for a day before it began."""
    if until_on < lead.from_on:
        raise Refusal(_l("Uppdraget hade inte börjat då."), field="until_on")
    lead.until_on = until_on
    db.session.flush()
    unit = db.session.get_one(Unit, lead.unit_id)
    audit.record("unit.lead_ended", by=by, subject=unit.public_id)
