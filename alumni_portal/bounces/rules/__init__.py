"""Pure decisions about what comes back: what it says, and what it means for an address."""

from alumni_portal.bounces.rules.kinds import Kind, Outcome, Severity, Verdict, Way
from alumni_portal.bounces.rules.reading import Read, read
from alumni_portal.bounces.rules.scoring import Score, counted, is_enough, severity_of, status_in

__all__ = [
    "Kind",
    "Outcome",
    "Read",
    "Score",
    "Severity",
    "Verdict",
    "Way",
    "counted",
    "is_enough",
    "read",
    "severity_of",
    "status_in",
]
