"""What happened to openings, for higher slices to react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpeningPublished:
    """Openings can be applied for from now on."""

    opening_ids: tuple[int, ...]


@dataclass(frozen=True)
class OpeningClosed:
    """Openings can no longer be applied for: closed by hand, by their last day, or filled."""

    opening_ids: tuple[int, ...]
