"""Many people at once: the wide part of the one door, for files of thousands of rows.

Rows go in by the driver's own `executemany`, a thousand at a time; what the two databases want
differently (marks for values, dates, where ids come from) stands here and nowhere else.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, text

from alumni_portal.core import clock, facts
from alumni_portal.core.db import Base, db, new_public_ids
from alumni_portal.people.facts import EmploymentBegan
from alumni_portal.people.models import BirthDate, EmailAddress, Employment, Person, name_keys
from alumni_portal.people.rules import AddressKind

#: How many people one statement of a fact speaks of.
TOLD_AT_ONCE = 500

_PERSON = (
    "id", "public_id", "first_name", "last_name", "sort_key", "search_name", "language", "phone",
    "created_at", "died_on", "batch",
)  # fmt: skip
_EMPLOYMENT = (
    "id", "public_id", "person_id", "number", "title", "unit_id", "workplace", "agreement_area",
    "kind", "manager_id", "begins_on", "notice_on", "ends_on", "exit_ground", "batch",
)  # fmt: skip
_ADDRESS = (
    "person_id", "kind", "address", "canonical", "verified_at", "retired_at", "created_at", "batch",
)  # fmt: skip
_BIRTH = ("person_id", "born_on", "batch")


class Hire(NamedTuple):
    """One employment to store, with the person when they are new."""

    #: Somebody of this batch who has one employment already; None makes a new person.
    person_id: int | None
    first_name: str
    last_name: str
    language: str
    phone: str
    died_on: date | None
    number: str
    title: str
    unit_id: int | None
    workplace: str
    agreement_area: str
    kind: str
    manager_id: int | None
    begins_on: date
    notice_on: date | None
    ends_on: date | None
    exit_ground: str | None
    #: In canonical form; the employer vouches for the work address, nobody yet for the other.
    work_address: str
    private_address: str
    born_on: date | None


class Writer:
    """Writes rows straight to the database of the transaction under way."""

    def __init__(self) -> None:
        self._connection = db.session.connection()
        self._is_sqlite = self._connection.dialect.name == "sqlite"
        self._mark = "?" if self._is_sqlite else "%s"
        self._cache(64_000)

    def _cache(self, kilobytes: int) -> None:
        """Keep more pages at hand: random ids touch every page of their index."""
        if self._is_sqlite:
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{kilobytes}")

    def rest(self) -> None:
        """Give the memory back when everything is written."""
        self._cache(2_000)

    def day(self, value: date | None) -> object:
        """Return a day as the driver takes it."""
        return value.isoformat() if value is not None and self._is_sqlite else value

    def moment(self, value: datetime) -> object:
        """Return a moment as the driver takes it."""
        if not self._is_sqlite:
            return value
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    def reserve(self, model: type[Base], number: int) -> list[int]:
        """Return ids for so many new rows, in ascending order; the next call gives later ones.

        On SQLite the transaction holds the only lock, so the highest id is the last one.
        """
        table = model.__table__
        if self._is_sqlite:
            last = db.session.scalar(select(func.max(table.c.id))) or 0
            return list(range(last + 1, last + 1 + number))
        sequence = text("SELECT nextval(:name) FROM generate_series(1, :number)")
        values = {"name": f"{model.__tablename__}_id_seq", "number": number}
        return sorted(db.session.scalars(sequence, values))

    def insert(self, model: type[Base], columns: Sequence[str], rows: Iterable[Any]) -> None:
        """Insert rows, tuples in the order of the columns."""
        rows = list(rows)
        if rows:
            marks = ", ".join([self._mark] * len(columns))
            names = ", ".join(columns)
            statement = f"INSERT INTO {model.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own columns
            self._connection.exec_driver_sql(statement, rows)


def hire_many(writer: Writer, hires: Sequence[Hire], *, batch: str) -> list[tuple[int, int]]:
    """Store people and employments that nobody knew, and return (person id, employment id) each.

    The caller has checked that no number begins twice on a day and that work addresses are free.
    It says afterwards with `tell_of` who began to work here.
    """
    new = [hire for hire in hires if hire.person_id is None]
    ids = iter(writer.reserve(Person, len(new)))
    person_ids = [next(ids) if hire.person_id is None else hire.person_id for hire in hires]
    known = [(i, h) for i, h in zip(person_ids, hires, strict=True) if h.person_id is None]
    _insert_people(writer, known, batch)
    employment_ids = writer.reserve(Employment, len(hires))
    _insert_employments(writer, zip(employment_ids, person_ids, hires, strict=True), batch)
    _insert_addresses(writer, zip(person_ids, hires, strict=True), batch)
    born = {i: h.born_on for i, h in known if h.born_on}
    rows = [(person_id, writer.day(day), batch) for person_id, day in born.items()]
    writer.insert(BirthDate, _BIRTH, rows)
    return list(zip(person_ids, employment_ids, strict=True))


def _insert_people(writer: Writer, people: Sequence[tuple[int, Hire]], batch: str) -> None:
    now, day = writer.moment(clock.now()), writer.day
    refs = new_public_ids(len(people))
    rows = [
        (person_id, ref, h.first_name, h.last_name, *name_keys(h.first_name, h.last_name),
         h.language, h.phone, now, day(h.died_on), batch)
        for ref, (person_id, h) in zip(refs, people, strict=True)
    ]  # fmt: skip
    writer.insert(Person, _PERSON, rows)


def _insert_employments(
    writer: Writer, employments: Iterable[tuple[int, int, Hire]], batch: str
) -> None:
    employments = list(employments)
    day, refs = writer.day, new_public_ids(len(employments))
    rows = [
        (employment_id, ref, person_id, h.number, h.title, h.unit_id, h.workplace,
         h.agreement_area, h.kind, h.manager_id, day(h.begins_on), day(h.notice_on),
         day(h.ends_on), h.exit_ground, batch)
        for ref, (employment_id, person_id, h) in zip(refs, employments, strict=True)
    ]  # fmt: skip
    writer.insert(Employment, _EMPLOYMENT, rows)


def _insert_addresses(writer: Writer, hires: Iterable[tuple[int, Hire]], batch: str) -> None:
    now = writer.moment(clock.now())
    work, private = AddressKind.WORK.value, AddressKind.PRIVATE.value
    rows: list[tuple[object, ...]] = []
    for person_id, hire in hires:
        if hire.work_address:
            address = hire.work_address
            rows.append((person_id, work, address, address, now, None, now, batch))
        if hire.private_address:
            address = hire.private_address
            rows.append((person_id, private, address, address, None, None, now, batch))
    writer.insert(EmailAddress, _ADDRESS, rows)


def tell_of(person_ids: Sequence[int]) -> None:
    """Say who has begun to work here, some hundred people a time."""
    for at in range(0, len(person_ids), TOLD_AT_ONCE):
        facts.state(EmploymentBegan(tuple(person_ids[at : at + TOLD_AT_ONCE])))
