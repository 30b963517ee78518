"""Who sees which part of a profile: circles, each holding the ones before it."""

from enum import StrEnum


class Audience(StrEnum):
    """Who may see a field. The person chooses; nobody else sees it until then (GDPR art. 25.2)."""

    ONLY_ME = "only_me"
    #: Alumni who worked in the same unit at the same time.
    SAME_UNIT = "same_unit"
    ALUMNI = "alumni"
    #: All alumni and, while `recruiter_contact` stands, staff who may read the directory.
    RECRUITERS = "recruiters"


class ViewerKind(StrEnum):
    """In which capacity somebody looks at a card."""

    SAME_UNIT = "same_unit"
    ALUMNUS = "alumnus"
    #: Staff looking at somebody who agreed to be contacted by recruiters.
    RECRUITER = "recruiter"
    #: Staff looking at somebody who did not.
    STAFF = "staff"


class Field(StrEnum):
    """A part of the profile with an audience of its own."""

    ROLES = "roles"
    HEADLINE = "headline"
    WORK = "work"
    CITY = "city"
    ABOUT = "about"
    SKILLS = "skills"
    TOPICS = "topics"
    LINKS = "links"


class Reach(StrEnum):
    """How far a word of the directory's index carries: an audience, or everybody."""

    #: Name and unit: known to every member, and to the employer anyway.
    EVERYONE = "everyone"
    RECRUITERS = "recruiters"
    ALUMNI = "alumni"
    SAME_UNIT = "same_unit"


class Since(StrEnum):
    """When a skill was gained, seen from the last day here."""

    THEN = "then"
    SINCE_LEFT = "since_left"


_SEEN_BY: dict[Audience, frozenset[ViewerKind]] = {
    Audience.ONLY_ME: frozenset(),
    Audience.SAME_UNIT: frozenset({ViewerKind.SAME_UNIT}),
    Audience.ALUMNI: frozenset({ViewerKind.SAME_UNIT, ViewerKind.ALUMNUS}),
    Audience.RECRUITERS: frozenset(
        {ViewerKind.SAME_UNIT, ViewerKind.ALUMNUS, ViewerKind.RECRUITER}
    ),
}


def is_visible(audience: Audience, viewer: ViewerKind) -> bool:
    """Say whether a viewer of this kind may see a field with this audience."""
    return viewer in _SEEN_BY[audience]


def reach_of(audience: Audience) -> Reach | None:
    """Return how far the words of a field carry; nothing for what only its owner sees."""
    return None if audience is Audience.ONLY_ME else Reach(audience.value)


def reaches(viewer: ViewerKind) -> frozenset[Reach]:
    """Return which words of the index a viewer of this kind may find somebody by."""
    seen = {reach_of(one) for one in Audience if is_visible(one, viewer)}
    return frozenset({Reach.EVERYONE, *(one for one in seen if one is not None)})
