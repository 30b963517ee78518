"""What happened to applications, for higher slices to react to."""

from dataclasses import dataclass

from alumni_portal.applications.rules import Stage


@dataclass(frozen=True)
class ApplicationSubmitted:
    """People applied; one id for each application."""

    application_ids: tuple[int, ...]


@dataclass(frozen=True)
class ApplicationMoved:
    """Applications came to another stage."""

    application_ids: tuple[int, ...]
    to: Stage


@dataclass(frozen=True)
class ApplicationHired:
    """Applicants were employed; their new employments, whose first day may lie ahead."""

    application_ids: tuple[int, ...]
    employment_ids: tuple[int, ...]
