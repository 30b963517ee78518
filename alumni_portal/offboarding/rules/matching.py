"""Who in a file is who: repeated rows, numbers used twice, people we seem to know."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.differences import differences
from alumni_portal.offboarding.rules.names import same_person_named
from alumni_portal.offboarding.rules.records import (
    Change,
    Effect,
    Employee,
    Known,
    KnownPerson,
    MatchProposal,
    Note,
    Reason,
    Repeated,
)


class _Seen(NamedTuple):
    """The first employment that a file tells of a number, and whose it is."""

    row: int
    number: str
    first_name: str
    last_name: str
    private_address: str
    birth_date: date | None
    begins_on: date
    ends_on: date | None


class People:
    """The people of a file as far as it was read, and those who are stored.

    Most rows tell of somebody new: what is kept of them is small, and looked at only when a
    number or an address comes again.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._by_number: dict[str, _Seen] = {}
        self._by_address: dict[str, _Seen] = {}
        #: Further employments under a number: first day → last day and row.
        self._further: dict[tuple[str, date], tuple[date | None, int]] = {}
        #: Number and the number, or key of the stored person, that it is proposed to be.
        self._joined: list[tuple[str, str]] = []

    def has_number(self, number: str) -> bool:
        """Tell whether a number belongs to somebody stored or in the file."""
        return number in self._by_number or number in self._known.people

    def look(self, row: int, record: Employee) -> Repeated | Reason | Note | None:
        """Compare a row with what is known under its number.

        Repeated: the same first and last day, in the file or stored. A reason: it contradicts
        an earlier row, or the number is somebody else's. A note: the name has changed.
        """
        if not self.has_number(record.employee_number):
            return None
        return self._repetition(row, record) or self._conflict(record)

    def _repetition(self, row: int, record: Employee) -> Repeated | Reason | None:
        number, begins_on = record.employee_number, record.begins_on
        seen = self._by_number.get(number)
        earlier = self._further.get((number, begins_on))
        if seen is not None and seen.begins_on == begins_on:
            earlier = (seen.ends_on, seen.row)
        if earlier is not None:
            ends_on, of_row = earlier
            return Repeated(row, of_row) if ends_on == record.ends_on else Reason.OTHER_LAST_DAY
        return Repeated(row, None) if self._says_nothing_new(record) else None

    def _says_nothing_new(self, record: Employee) -> bool:
        key = (record.employee_number, record.begins_on)
        if key in self._known.stored:
            return not self.changes(record)
        stored = self._known.employments.get(key)
        return stored is not None and stored == record.ends_on

    def changes(self, record: Employee) -> tuple[Change, ...]:
        """Return what a record would change about the same employment as it is stored."""
        stored = self._known.stored.get((record.employee_number, record.begins_on))
        return differences(record, stored, self._known.people) if stored else ()

    def _conflict(self, record: Employee) -> Note | Reason | None:
        number = record.employee_number
        seen = self._by_number.get(number)
        other = seen or self._known.people[number]
        first, last = record.first_name, record.last_name
        if first == other.first_name and last == other.last_name:
            return None
        if same_person_named(first, last, other.first_name, other.last_name):
            return Note.NAME_DIFFERS
        if self._proved_same(record, seen) or self._shares_address(record):
            return Note.NAME_DIFFERS
        return Reason.SOMEBODY_ELSES_NUMBER

    def _proved_same(self, record: Employee, seen: _Seen | None) -> bool:
        if seen is None:
            return False
        same_day = bool(record.birth_date) and record.birth_date == seen.birth_date
        address = record.private_address
        return same_day or (bool(address) and address == seen.private_address)

    def _shares_address(self, record: Employee) -> bool:
        stored = self._known.people.get(record.employee_number)
        return stored is not None and stored in self._known.addresses.get(
            record.private_address, ()
        )

    def remember(self, row: int, record: Employee) -> MatchProposal | Note | None:
        """Take an accepted row in; return whom it looks like, or that the address is shared."""
        number, address = record.employee_number, record.private_address
        seen = _Seen(
            row,
            number,
            record.first_name,
            record.last_name,
            address,
            record.birth_date,
            record.begins_on,
            record.ends_on,
        )
        if self._by_number.setdefault(number, seen) is not seen:
            self._further[number, record.begins_on] = (record.ends_on, row)
        if not address:
            return None
        first = self._by_address.setdefault(address, seen)
        if first.number != number:
            return self._compared_with_row(seen, first)
        stored = self._known.addresses.get(address)
        return self._compared_with_stored(seen, stored) if stored else None

    def _compared_with_row(self, seen: _Seen, first: _Seen) -> MatchProposal | Note:
        if not _same_name(seen, first):
            return Note.ADDRESS_OF_SOMEBODY_ELSE
        self._joined.append((seen.number, first.number))
        return MatchProposal(seen.row, first.row, None)

    def _compared_with_stored(
        self, seen: _Seen, stored: Sequence[KnownPerson]
    ) -> MatchProposal | Note | None:
        own = self._known.people.get(seen.number)
        others = [person for person in stored if own is None or person.ref != own.ref]
        for person in others:
            if _same_name(seen, person):
                self._joined.append((seen.number, _stored_key(person)))
                return MatchProposal(seen.row, None, person.ref)
        return Note.ADDRESS_OF_SOMEBODY_ELSE if others else None

    def count(self) -> int:
        """Return how many people the accepted rows are about, every proposal confirmed."""
        groups: dict[str, str] = {}

        def root(key: str) -> str:
            while key in groups:
                key = groups[key]
            return key

        def join(one: str, other: str) -> None:
            one, other = root(one), root(other)
            if one != other:
                groups[one] = other

        for number in self._by_number:
            if stored := self._known.people.get(number):
                join(number, _stored_key(stored))
        for number, other in self._joined:
            join(number, other)
        return len({root(number) for number in self._by_number})

    def effect(self, record: Employee) -> Effect:
        """Return what storing the record does."""
        if not self.has_number(record.employee_number):
            return Effect.NEW_PERSON
        key = (record.employee_number, record.begins_on)
        return Effect.CHANGE if key in self._known.employments else Effect.NEW_EMPLOYMENT


def _same_name(one: _Seen, other: _Seen | KnownPerson) -> bool:
    return normalise(f"{one.first_name} {one.last_name}") == normalise(
        f"{other.first_name} {other.last_name}"
    )


def _stored_key(person: KnownPerson) -> str:
    """Return a key that no employee number can be."""
    return f"\n{person.ref}"
