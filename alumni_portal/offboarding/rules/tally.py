"""Count what a check found: the figures of the dry run and the summary that is printed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from alumni_portal.offboarding.rules.records import (
    Accepted,
    Attention,
    Checked,
    Effect,
    Employee,
    MatchProposal,
    Note,
    Rejected,
    Repeated,
)


@dataclass(slots=True)
class Tally:
    """What was found so far; complete when the check is at its end."""

    rows: int = 0
    accepted: int = 0
    #: Accepted rows whose last day has passed: person and employment only.
    already_left: int = 0
    effects: Counter[Effect] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    matches: list[MatchProposal] = field(default_factory=list)
    warnings: list[tuple[int, Attention]] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)
    #: Names of units that are not known → how many rows name them.
    new_units: Counter[str] = field(default_factory=Counter)
    #: Managers' numbers that are neither stored nor in the file → how many rows name them.
    managers_not_found: Counter[str] = field(default_factory=Counter)
    #: People whom the accepted rows are about, every proposal confirmed.
    persons: int = 0

    def add(self, checked: Checked) -> None:
        """Count one checked row."""
        self.rows += 1
        if isinstance(checked, Accepted):
            self._accept(checked)
        elif isinstance(checked, Rejected):
            self.rejected.append(checked)
        else:
            self.repeated.append(checked)

    def _accept(self, checked: Accepted) -> None:
        self.accepted += 1
        self.effects[checked.effect] += 1
        if isinstance(checked.record, Employee) and checked.record.already_left:
            self.already_left += 1
        if checked.warnings:
            self.warnings.extend((checked.row, warning) for warning in checked.warnings)
        if checked.notes:
            self.notes.extend((checked.row, note) for note in checked.notes)
        if checked.match:
            self.matches.append(checked.match)

    def summary(self) -> dict[str, Any]:
        """Return the figures as `leavers import --json` prints them (docs/formats)."""
        return {
            "rows": self.rows,
            "rejected": [
                {"row": one.row, "column": one.column, "reason": one.reason.value}
                for one in self.rejected
            ],
            "repeated_rows": [one.row for one in self.repeated],
            "earlier_employments_of_a_known_person": [one.row for one in self.matches],
            "warnings": [{"row": row, "warning": warning.value} for row, warning in self.warnings],
            "employments": self.accepted,
            "persons_after_confirmed_matches": self.persons,
        }
