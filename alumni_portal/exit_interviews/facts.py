"""What happened to exit interviews, for the slices that must act on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadersNamed:
    """These may read what somebody says on leaving; they decide nothing about that person."""

    about_id: int
    reader_ids: tuple[int, ...]
