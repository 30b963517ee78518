"""What happened to letters, for higher slices to react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LettersKeptBack:
    """Letters of one kind to these people were not sent: at that moment they might not be."""

    kind: str
    person_ids: tuple[int, ...]
