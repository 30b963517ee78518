"""What happened to consents, for higher slices to react to."""

from dataclasses import dataclass

from alumni_portal.consents.rules import Purpose


@dataclass(frozen=True)
class ConsentGiven:
    """People said yes to a purpose."""

    person_ids: tuple[int, ...]
    purpose: Purpose


@dataclass(frozen=True)
class ConsentEnded:
    """People's yes to a purpose ended: withdrawn, lapsed or closed."""

    person_ids: tuple[int, ...]
    purpose: Purpose
