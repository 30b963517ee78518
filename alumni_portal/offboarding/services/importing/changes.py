"""Changes that an import makes to employments that were there before, and their undoing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding.models import ImportChange
from alumni_portal.offboarding.rules.records import Change, Employee
from alumni_portal.offboarding.services.importing.known_people import note_address
from alumni_portal.people import services as people
from alumni_portal.people.models import (
    AddressKind,
    Employment,
    EmploymentKind,
    ExitGround,
    Person,
)
from alumni_portal.people.services.amendments import Terms, amend_employment

_ENDING = {"ends_on", "notice_on", "exit_ground"}
_DAYS = ("ends_on", "notice_on")
_KEPT = ("exit_ground", "kind", "title", "unit_id", "workplace", "agreement_area", "manager_id")


@dataclass(frozen=True)
class Resolver:
    """How names in a file become rows: of units and of managers."""

    unit_id: Callable[[Employee], int | None]
    person_id: Callable[[str], int | None]


def snapshot(employment: Employment) -> dict[str, Any]:
    """Return what an import may change about an employment, fit for JSON."""
    days = {key: getattr(employment, key) for key in _DAYS}
    return {key: day.isoformat() if day else None for key, day in days.items()} | {
        key: getattr(employment, key) for key in _KEPT
    }


def change_employment(
    employment: Employment,
    record: Employee,
    changes: tuple[Change, ...],
    resolver: Resolver,
    *,
    batch: str,
    by: Actor,
) -> None:
    """Let an employment say what a row says, by the same services as by hand.

    What it was before is kept, so that the import can be undone.
    """
    before = snapshot(employment)
    fields = {change.field for change in changes}
    if fields & _ENDING:
        _end(employment, record, by=by)
    if "private_address" in fields:
        person = db.session.get_one(Person, employment.person_id)
        note_address(person, record.private_address, AddressKind.PRIVATE, batch=batch, by=by)
    if fields - _ENDING - {"private_address"}:
        amend_employment(employment, _terms(employment, record, fields, resolver), by=by)
    after = snapshot(employment)
    db.session.add(
        ImportChange(batch=batch, employment_id=employment.id, before=before, after=after)
    )


def _end(employment: Employment, record: Employee, *, by: Actor) -> None:
    ground = ExitGround(record.exit_ground) if record.exit_ground else employment.exit_ground
    people.end_employment(
        employment,
        ends_on=record.ends_on or employment.ends_on,
        notice_on=record.notice_on or employment.notice_on,
        ground=ground,
        by=by,
    )
    person = db.session.get_one(Person, employment.person_id)
    if ground is ExitGround.DEATH and person.died_on is None and employment.ends_on:
        people.note_death(person, on=min(employment.ends_on, clock.today()), by=by)


def _terms(employment: Employment, record: Employee, fields: set[str], resolver: Resolver) -> Terms:
    texts = {key: getattr(record, key) for key in ("title", "workplace", "agreement_area")}
    terms = replace(
        Terms.of(employment), **{key: text for key, text in texts.items() if key in fields}
    )
    if "employment_kind" in fields and record.employment_kind:
        terms = replace(terms, kind=EmploymentKind(record.employment_kind))
    if "unit" in fields:
        terms = replace(terms, unit_id=resolver.unit_id(record))
    if "manager_number" in fields:
        terms = replace(terms, manager_id=resolver.person_id(record.manager_number))
    return terms


def changes_of(batch: str) -> list[tuple[ImportChange, Employment]]:
    """Return what an import changed, the latest first."""
    rows = db.session.execute(
        select(ImportChange, Employment)
        .join(Employment, Employment.id == ImportChange.employment_id)
        .where(ImportChange.batch == batch)
        .order_by(ImportChange.id.desc())
    )
    return [(change, employment) for change, employment in rows]


def change_back(change: ImportChange, employment: Employment, *, by: Actor) -> None:
    """Let an employment be again what it was before an import."""
    before = change.before
    ending = {key: _day(before[key]) for key in _DAYS}
    ground = ExitGround(before["exit_ground"]) if before["exit_ground"] else None
    if any(before[key] != change.after[key] for key in _ENDING):
        people.end_employment(employment, ground=ground, by=by, **ending)
    terms = {key: before[key] for key in _KEPT if key != "exit_ground"}
    terms["kind"] = EmploymentKind(terms["kind"])
    if Terms(**terms) != Terms.of(employment):
        amend_employment(employment, Terms(**terms), by=by)
    db.session.delete(change)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
