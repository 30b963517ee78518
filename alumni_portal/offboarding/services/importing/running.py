"""One pass over the rows of a file: judged, and stored when that is wanted."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding.queries.known import Lookup
from alumni_portal.offboarding.rules.checking import Check, check
from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.reading import Table
from alumni_portal.offboarding.rules.records import Accepted, Checked, Effect
from alumni_portal.offboarding.rules.tally import Tally
from alumni_portal.offboarding.services.importing.storing import Made, Storing
from alumni_portal.offboarding.services.importing.storing_units import StoringUnits

#: How many different names of units or managers the figures keep.
_NAMED = 100


class Run:
    """A pass over the rows of a file, one by one; `figures` are complete at its end."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        *,
        work_domains: Collection[str],
        batch: str = "",
        store_as: Actor | None = None,
    ) -> None:
        lookup = Lookup(mapping.kind, batch=batch)
        self._storing: Storing | StoringUnits | None = None
        if store_as is not None:
            kind = StoringUnits if mapping.kind is Kind.UNITS else Storing
            self._storing = kind(batch, mapping.kind, lookup, by=store_as)
        self._check: Check = check(
            lookup.ahead_of(table, mapping),
            mapping,
            today=clock.today(),
            known=lookup.known,
            work_domains=work_domains,
        )
        self.made: Made | None = None

    @property
    def tally(self) -> Tally:
        """Return what was counted; complete when the rows are at an end."""
        return self._check.tally

    def __iter__(self) -> Iterator[Checked]:
        with _no_collector():
            yield from self._rows()

    def _rows(self) -> Iterator[Checked]:
        storing = self._storing
        for checked in self._check:
            if storing is not None and isinstance(checked, Accepted):
                storing.add(checked)
            yield checked
        if storing is not None:
            self.made = storing.finish()

    def finished(self) -> dict[str, Any]:
        """Read the rows that are left and return the figures."""
        for _ in self:
            pass
        return figures_of(self.tally, self.made)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Let the collector of cycles rest: it would walk over all that is remembered, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def figures_of(tally: Tally, made: Made | None = None) -> dict[str, Any]:
    """Return the figures of a run, fit for JSON and for the pages."""
    found = {
        "rows": tally.rows,
        "accepted": tally.accepted,
        "new_persons": tally.effects[Effect.NEW_PERSON],
        "new_employments": tally.effects[Effect.NEW_EMPLOYMENT],
        "new": tally.accepted - tally.effects[Effect.CHANGE],
        "changed": tally.effects[Effect.CHANGE],
        "repeated": len(tally.repeated),
        "rejected": len(tally.rejected),
        "matches": len(tally.matches),
        "already_left": tally.already_left,
        "warnings": len(tally.warnings),
        "notes": len(tally.notes),
        "noted_rows": len({row for row, _ in (*tally.warnings, *tally.notes)}),
        "persons": tally.persons,
        "new_units": dict(tally.new_units.most_common(_NAMED)),
        "managers_not_found": dict(tally.managers_not_found.most_common(_NAMED)),
    }
    return found | ({"made": vars(made)} if made is not None else {})


def is_as_shown(before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Say whether what was stored is what HR saw before they said yes."""
    keys = ("accepted", "new_persons", "changed", "repeated", "rejected", "matches", "already_left")
    return before is not None and all(before[key] == after[key] for key in keys)
