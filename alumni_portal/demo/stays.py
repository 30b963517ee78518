"""One invented employment."""

from dataclasses import dataclass
from datetime import date

from alumni_portal.people.rules import EmploymentKind, ExitGround


@dataclass(frozen=True)
class InventedStay:
    """One role in one unit. `number` is the employee number, which returns with the person."""

    number: str
    title: str
    unit: str
    place: str
    begins_on: date
    ends_on: date | None = None
    notice_on: date | None = None
    ground: ExitGround | None = None
    kind: EmploymentKind = EmploymentKind.PERMANENT
    agreement: str = "Tjänstemannaavtalet"
