"""What happened to exit interviews, for the slices that must act on it."""

from dataclasses import dataclass

from alumni_portal.core.permissions import Actor


@dataclass(frozen=True)
class ReadersNamed:
    """These may read what somebody says on leaving; they decide nothing about that person."""

    about_id: int
    reader_ids: tuple[int, ...]


@dataclass(frozen=True)
class ExitsErased:
    """What these tokens of releases stood for is gone, at the person's own request."""

    tokens: tuple[str, ...]
    by: Actor
