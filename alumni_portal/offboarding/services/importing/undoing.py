"""Undo an import: exactly what it made goes, except what somebody has worked with since."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, delete, or_, select, union

from alumni_portal.core import audit, clock
from alumni_portal.core.access_log import AccessSubject
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import Base, db
from alumni_portal.core.errors import Conflict
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding.models import (
    Case,
    CaseEvent,
    ImportBatch,
    ImportChange,
    ImportMatch,
    ImportState,
    MatchState,
    What,
)
from alumni_portal.offboarding.services.forgetting import forget_cases
from alumni_portal.offboarding.services.importing.changes import (
    change_back,
    changes_of,
    snapshot,
)
from alumni_portal.offboarding.services.importing.undoing_units import drop_units
from alumni_portal.people.models import (
    AddressKind,
    BirthDate,
    EmailAddress,
    Employment,
    Person,
    UnitLead,
)
from alumni_portal.people.services.references import used_elsewhere

T = TypeVar("T")
_AT_ONCE = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Pairs that HR may compare are judged by what HR said, not by merely being there.
_PAIRS = ("import_match",)


@dataclass
class Plan:
    """What undoing an import would take away, and what it would leave."""

    people: set[int] = field(default_factory=set)
    employments: set[int] = field(default_factory=set)
    #: People who stay, because something has happened with them since.
    kept: set[int] = field(default_factory=set)
    changes: list[tuple[ImportChange, Employment]] = field(default_factory=list)
    #: Changed employments that somebody has changed again since: they stay as they are.
    changed_since: int = 0


def plan(batch: ImportBatch) -> Plan:
    """Return what undoing an import would do. Raises Conflict when it is not stored."""
    if batch.state is not ImportState.STORED:
        raise Conflict(_l("Den här inläsningen är redan ångrad, eller inte klar."))
    ref = batch.public_id
    people = set(db.session.scalars(select(Person.id).where(Person.batch == ref)))
    jobs = select(Employment.id, Employment.person_id, Employment.manager_id)
    rows = db.session.execute(jobs.where(Employment.batch == ref)).all()
    owner_of = {row.id: row.person_id for row in rows}
    touched = set(db.session.scalars(union(*_touched(batch))))
    kept = touched & (people | set(owner_of.values()))
    bosses = [(row.person_id, row.manager_id) for row in rows if row.manager_id in people]
    kept = _with_managers(kept, bosses)
    changes = changes_of(ref)
    ours = [(one, job) for one, job in changes if snapshot(job) == one.after]
    return Plan(
        people=people - kept,
        employments={one for one, owner in owner_of.items() if owner not in kept},
        kept=kept,
        changes=ours,
        changed_since=len(changes) - len(ours),
    )


def _with_managers(kept: set[int], bosses: Collection[tuple[int, int]]) -> set[int]:
    """Return who is kept, with the managers of this import whom they still have."""
    while more := {boss for person, boss in bosses if person in kept} - kept:
        kept = kept | more
    return kept


def _touched(batch: ImportBatch) -> Iterator[Select[int]]:
    """Yield queries for the people with whom something has happened since the import."""
    ref = batch.public_id
    people = select(Person.id).where(Person.batch == ref)
    employments = select(Employment.id).where(Employment.batch == ref)
    yield from used_elsewhere(Person, people, batch=ref, besides=_PAIRS)
    for used in used_elsewhere(Employment, employments, batch=ref):
        yield select(Employment.person_id).where(Employment.id.in_(used))
    addresses = select(EmailAddress.id).where(EmailAddress.batch == ref)
    for used in used_elsewhere(EmailAddress, addresses, batch=ref):
        yield select(EmailAddress.person_id).where(EmailAddress.id.in_(used))
    yield select(EmailAddress.person_id).where(
        EmailAddress.batch == ref,
        EmailAddress.kind == AddressKind.PRIVATE,
        EmailAddress.verified_at.is_not(None),
    )
    yield select(ImportMatch.other_id).where(
        ImportMatch.batch == ref, ImportMatch.state == MatchState.SAME
    )
    yield (
        select(Case.person_id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(Case.batch == ref, CaseEvent.what != What.OPENED)
    )
    yield from _named(batch)


def _named(batch: ImportBatch) -> Iterator[Select[int]]:
    """Yield queries for people whom, or whose employments, the audit chain speaks of since."""
    moment = (batch.stored_at or batch.created_at) - _EPOCH
    since = moment // timedelta(microseconds=1)
    subjects = select(AuditEntry.subject).where(AuditEntry.at_us > since)
    yield select(Person.id).where(Person.public_id.in_(subjects))
    yield select(Employment.person_id).where(Employment.public_id.in_(subjects))
    yield select(Case.person_id).where(Case.public_id.in_(subjects))


def undo(batch: ImportBatch, *, by: Actor) -> Plan:
    """Take away what an import made and change back what it changed.

    Whoever was worked with since stays, and is named in the plan that is returned.
    """
    found = plan(batch)
    ref = batch.public_id
    _forget_cases(found, ref, by=by)
    for change, employment in found.changes:
        change_back(change, employment, by=by)
    db.session.flush()
    _drop_people(found, ref)
    kept_units = drop_units(ref)
    batch.state, batch.undone_at = ImportState.UNDONE, clock.now()
    batch.figures = (batch.figures or {}) | {"undone": _figures(found, kept_units)}
    audit.record(
        "import.undone",
        by=by,
        subject=ref,
        persons=len(found.people),
        employments=len(found.employments),
        kept=len(found.kept),
    )
    db.session.flush()
    return found


def _figures(found: Plan, kept_units: int) -> dict[str, int]:
    return {
        "persons": len(found.people),
        "employments": len(found.employments),
        "changed_back": len(found.changes),
        "changed_since": found.changed_since,
        "kept": len(found.kept),
        "kept_units": kept_units,
    }


def _forget_cases(found: Plan, ref: str, *, by: Actor) -> None:
    changed = {employment.id for _, employment in found.changes}
    query = select(Case.employment_id, Case.person_id).where(Case.batch == ref)
    ids = [
        employment_id
        for employment_id, person_id in db.session.execute(query)
        if employment_id in found.employments
        or (employment_id in changed and person_id not in found.kept)
    ]
    for some in _parts(ids):
        forget_cases(list(some), by=by)


def _drop_people(found: Plan, ref: str) -> None:
    """Delete in the order in which rows point at each other."""
    for some in _parts(sorted(found.people)):
        pairs = or_(ImportMatch.person_id.in_(some), ImportMatch.other_id.in_(some))
        db.session.execute(delete(ImportMatch).where(pairs))
    _delete(ImportMatch, ImportMatch.batch == ref, ImportMatch.state != MatchState.SAME)
    _delete(UnitLead, UnitLead.batch == ref, UnitLead.person_id.not_in(found.kept))
    addresses = select(EmailAddress.id).where(
        EmailAddress.batch == ref, EmailAddress.person_id.not_in(found.kept)
    )
    used = union(*used_elsewhere(EmailAddress, addresses, batch=ref))
    ids = set(db.session.scalars(addresses)) - set(db.session.scalars(used))
    _delete_ids(EmailAddress, ids)
    _delete(BirthDate, BirthDate.batch == ref, BirthDate.person_id.not_in(found.kept))
    _delete_ids(Employment, found.employments)
    for some in _parts(sorted(found.people)):
        db.session.execute(delete(AccessSubject).where(AccessSubject.person_id.in_(some)))
    _delete_ids(Person, found.people)
    db.session.expire_all()


def _delete(model: type[Base], *conditions: object) -> None:
    statement = delete(model).where(*conditions)  # type: ignore[arg-type]  # conditions
    db.session.execute(statement.execution_options(synchronize_session=False))


def _delete_ids(model: type[Employment | Person | EmailAddress], ids: Iterable[int]) -> None:
    for some in _parts(sorted(ids)):
        _delete(model, model.id.in_(some))


def _parts(values: Collection[T]) -> list[list[T]]:
    found = list(values)
    return [found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE)]


def still_there(batch: ImportBatch, *, limit: int = 100) -> list[Person]:
    """Return people whom an import made and who are still here, by name."""
    query = select(Person).where(Person.batch == batch.public_id)
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id).limit(limit)))


def named(ids: Collection[int], *, limit: int = 100) -> list[Person]:
    """Return some of these people, by name."""
    query = select(Person).where(Person.id.in_(sorted(ids)[:_AT_ONCE]))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id).limit(limit)))
