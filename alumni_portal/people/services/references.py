"""Which rows of any slice speak of a person or an employment, found by their foreign keys."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Select, Table, delete, select, union, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.core import audit, facts
from alumni_portal.core.db import Base, db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import attempt
from alumni_portal.people.facts import EmploymentBegan, PersonChanged
from alumni_portal.people.models import BirthDate, EmailAddress, Person
from alumni_portal.people.queries import is_employed


def pointing_at(target: type[Base]) -> Iterator[tuple[Table, Column[int]]]:
    """Yield every column of any table that holds the id of a row of this one."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is target.__table__:
                yield table, key.parent


def used_elsewhere(
    target: type[Base], of: Select[int], *, batch: str, besides: Iterable[str] = ()
) -> Iterator[Select[int]]:
    """Yield queries for those of these rows that something outside of an import speaks of.

    `of` selects ids of the target. Rows marked with the same `batch` do not count, nor do the
    tables named in `besides`. The queries are meant for one `union`.
    """
    left_out = set(besides)
    for table, column in pointing_at(target):
        if table.name in left_out:
            continue
        query = select(column).where(column.in_(of))
        if "batch" in table.c:
            query = query.where(table.c.batch.is_distinct_from(batch))
        yield query


def join_people(spare: Person, into: Person, *, by: Actor) -> None:
    """Let two rows of one person be one: everything of the spare one moves, then it is deleted.

    Raises Refusal when both have something that a person can have only once.
    """
    spare_id = spare.id
    try:
        with attempt():
            _drop_twins(spare, into)
            for table, column in pointing_at(Person):
                moved = update(table).where(column == spare.id).values({column.name: into.id})
                db.session.execute(moved)
            db.session.delete(spare)
            db.session.flush()
    except IntegrityError as error:
        raise Refusal(
            _l("Båda har ett eget konto eller en egen profil. Avsluta det ena först.")
        ) from error
    db.session.expire_all()
    audit.record("person.joined", by=by, subject=into.public_id, spare=spare.public_id)
    facts.state(PersonChanged((into.id, spare_id)))
    if is_employed(into.id):
        facts.state(EmploymentBegan((into.id,)))


def _drop_twins(spare: Person, into: Person) -> None:
    """Forget what the spare row says and the other one knows already."""
    if db.session.get(BirthDate, into.id) is not None:
        born = db.session.get(BirthDate, spare.id)
        if born is not None:
            db.session.delete(born)
    known = select(EmailAddress.canonical).where(EmailAddress.person_id == into.id)
    twins = select(EmailAddress.id).where(
        EmailAddress.person_id == spare.id,
        EmailAddress.verified_at.is_(None),
        EmailAddress.canonical.in_(known),
    )
    used = union(*used_elsewhere(EmailAddress, twins, batch=""))
    free = set(db.session.scalars(twins)) - set(db.session.scalars(used))
    db.session.execute(delete(EmailAddress).where(EmailAddress.id.in_(free)))


__all__ = ["join_people", "pointing_at", "used_elsewhere"]
