"""Tell date columns apart by their order: people are born, begin, give notice and leave."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.dates import StyleGuess, read_date
from alumni_portal.offboarding.rules.profile import Column, Profile

#: So many days lie at least between the usual birth and the usual first day.
_CHILDHOOD = 14 * 365
_ORDER: Mapping[Kind, Mapping[int, tuple[str, ...]]] = {
    Kind.LEAVERS: {
        1: ("ends_on",),
        2: ("begins_on", "ends_on"),
        3: ("begins_on", "notice_on", "ends_on"),
    },
    Kind.STAFF: {1: ("begins_on",)},
    Kind.UNITS: {1: ("valid_from",), 2: ("valid_from", "closes_on")},
}


def date_roles(
    profile: Profile, styles: Mapping[int, StyleGuess], kind: Kind, *, latest: int
) -> dict[int, str]:
    """Return place of a date column → the field its days suggest; nothing when unclear."""
    days = {place: _days(profile.columns[place], guess, latest) for place, guess in styles.items()}
    usual = {place: median(found) for place, found in days.items() if found}
    ordered = sorted(usual, key=usual.__getitem__)
    roles: dict[int, str] = {}
    if kind is not Kind.UNITS and _is_birth(ordered, usual, latest):
        roles[ordered.pop(0)] = "birth_date"
    fields = _ORDER[kind].get(len(ordered), ())
    return roles | dict(zip(ordered, fields, strict=False))


def _days(column: Column, guess: StyleGuess, latest: int) -> list[int]:
    """Return the days of a column, each as often as it stands there."""
    found = []
    for value, times in column.values.items():
        day = read_date(value, guess.style, latest=latest)
        if day:
            found += [day.toordinal()] * times
    return found


def _is_birth(ordered: Sequence[int], usual: Mapping[int, float], latest: int) -> bool:
    if not ordered:
        return False
    first = usual[ordered[0]]
    grown_up = date(latest - 16, 1, 1).toordinal()
    if len(ordered) == 1:
        return first < date(latest - 45, 1, 1).toordinal()
    return first < grown_up and usual[ordered[1]] - first > _CHILDHOOD
