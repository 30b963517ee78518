"""Store the accepted rows of a file of units: first all of them, then who stands below whom."""

from datetime import date

from sqlalchemy import update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import normalise
from alumni_portal.core.transaction import attempt
from alumni_portal.offboarding.queries.known import Lookup
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.records import Accepted, Effect, UnitRecord
from alumni_portal.offboarding.services.importing.storing import Made, leads_already
from alumni_portal.people import services as people
from alumni_portal.people.models import Person, Unit, UnitVersion


class StoringUnits:
    """Takes accepted rows one by one; everything is stored when `finish` has returned."""

    def __init__(self, batch: str, kind: Kind, lookup: Lookup, *, by: Actor) -> None:
        self.made = Made()
        self._batch, self._kind, self._lookup, self._by = batch, kind, lookup, by
        self._units: list[tuple[Unit, UnitRecord, bool]] = []

    def add(self, accepted: Accepted) -> None:
        """Take one accepted row in."""
        record = accepted.record
        assert isinstance(record, UnitRecord)  # noqa: S101 - people are stored elsewhere
        is_new = accepted.effect is not Effect.CHANGE
        unit = self._opened(record) if is_new else self._known(record)
        self._units.append((unit, record, is_new))
        if not is_new:
            self.made.changed += 1

    def finish(self) -> Made:
        """Store parents, leads and closings, which may name units further down in the file."""
        for unit, record, is_new in self._units:
            parent_id = self._parent_of(unit, record)
            if is_new:
                self._place(unit, parent_id)
            else:
                self._change(unit, record, parent_id)
            self._appoint(unit, record)
        for unit, record, _ in reversed(self._units):
            if record.closes_on and record.closes_on != unit.closed_on:
                self._close(unit, record.closes_on)
        return self.made

    def _opened(self, record: UnitRecord) -> Unit:
        day = record.valid_from or clock.today()
        return self._open(record.name, day, record.code or None)

    def _open(self, name: str, day: date, code: str | None = None) -> Unit:
        unit = people.open_unit(name, by=self._by, on=day, code=code)
        unit.batch = self._batch
        db.session.flush()
        self._lookup.units.add(unit)
        self.made.units += 1
        return unit

    def _known(self, record: UnitRecord) -> Unit:
        ids = self._lookup.units.ids
        unit_id = ids.get(normalise(record.code)) or ids[normalise(record.name)]
        unit = db.session.get_one(Unit, unit_id)
        if record.code and not unit.code:
            unit.code = record.code
        return unit

    def _parent_of(self, unit: Unit, record: UnitRecord) -> int | None:
        if not record.parent:
            return unit.parent_id
        parent_id = self._lookup.unit_id(record.parent)
        if parent_id is None:
            parent_id = self._open(record.parent, unit.opened_on).id
        if self._stands_above(unit.id, parent_id):
            self.made.left_out.append(record.name)
            return unit.parent_id
        return parent_id

    def _stands_above(self, unit_id: int, parent_id: int | None) -> bool:
        """Tell whether a unit would stand below itself."""
        while parent_id is not None and parent_id != unit_id:
            parent_id = db.session.get_one(Unit, parent_id).parent_id
        return parent_id == unit_id

    def _place(self, unit: Unit, parent_id: int | None) -> None:
        unit.parent_id = parent_id
        db.session.execute(
            update(UnitVersion).where(UnitVersion.unit_id == unit.id).values(parent_id=parent_id)
        )
        db.session.flush()

    def _change(self, unit: Unit, record: UnitRecord, parent_id: int | None) -> None:
        if unit.name != record.name or unit.parent_id != parent_id:
            people.change_unit(
                unit, name=record.name, parent_id=parent_id, on=clock.today(), by=self._by
            )

    def _appoint(self, unit: Unit, record: UnitRecord) -> None:
        for number, is_deputy in ((record.lead_number, False), (record.deputy_number, True)):
            person_id = self._lookup.person_ids.get(number) if number else None
            if person_id is None:
                continue
            person = db.session.get_one(Person, person_id)
            if not leads_already(unit, person, is_deputy=is_deputy):
                lead = people.appoint_lead(
                    unit, person, is_deputy=is_deputy, from_on=clock.today(), by=self._by
                )
                lead.batch = self._batch

    def _close(self, unit: Unit, day: date) -> None:
        """Close a unit; one that is in use stays open and is named to HR."""
        try:
            with attempt():
                people.close_unit(unit, on=day, by=self._by)
        except Refusal:
            self.made.left_out.append(unit.name)
