"""Openings and events that a letter shows: whether one can still apply for them, or go there."""

from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Off(StrEnum):
    """Why something that was chosen is not shown any more."""

    CANCELLED = "cancelled"
    OVER = "over"
    CLOSED = "closed"
    GONE = "gone"


OFF = {
    Off.CANCELLED: _l("inställd"),
    Off.OVER: _l("har redan varit"),
    Off.CLOSED: _l("stängd"),
    Off.GONE: _l("finns inte längre"),
}


@dataclass(frozen=True)
class Pick:
    """Something that was chosen for a letter."""

    name: str
    off: Off | None = None

    @property
    def label(self) -> str:
        """Return its name, with the state it is in when it is not on offer."""
        if self.off is None:
            return self.name
        return f"{self.name} ({OFF[self.off]})" if self.name else str(OFF[self.off])
