"""What happened to people and employments, for higher slices to react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EmploymentBegan:
    """Somebody was employed; from their first day they are a colleague, not an alumnus."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class EmploymentEnded:
    """The last day of employments was set or moved."""

    employment_ids: tuple[int, ...]


@dataclass(frozen=True)
class PersonChanged:
    """Somebody got another name, or two rows proved to be one person."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class PersonDied:
    """HR learned that somebody has died."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class PrivateAddressProved:
    """Somebody showed that a private address is theirs."""

    person_ids: tuple[int, ...]
