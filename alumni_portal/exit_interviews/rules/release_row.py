"""What one exit gives to a release: no name, no date, no text."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ReleaseRow:
    """One person's exit, as a release may count it (A1, A3)."""

    #: Opaque, the same in every release, and no key leads back from it.
    token: str
    #: Public ids of the units from the company down, as they stood at the exit (I7).
    unit_path: tuple[str, ...]
    #: The quarter of the exit: "2026Q3".
    quarter: str
    #: Years in the last employment: "<1", "1-3", "3-7" or "7+".
    tenure_band: str
    #: "own" (the leaver's own wish) or "other".
    exit_type: str
    answered: bool
    #: Question to answer, 1 to 5 or 0 to 10; only what was answered. Those of the second pulse
    #: stand beside the first as `pulse_<question>`.
    scales: Mapping[str, int] = field(default_factory=dict)
    #: Reasons of the code book, most important first.
    reasons: tuple[str, ...] = ()
    #: Themes that both coders found in the same text, each once, in the order of their codes.
    coded: tuple[str, ...] = ()
    #: The unit that this leaver led: not counted in what its manager sees (A10).
    manager_of: str | None = None
    #: From a file of earlier interviews: whoever brought it in knows each of its answers.
    is_imported: bool = False
