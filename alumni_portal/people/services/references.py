"""Which rows of any slice speak of a person or an employment, found by their foreign keys."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Column, Table, select, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.core import audit, facts
from alumni_portal.core.db import Base, db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.core.transaction import attempt
from alumni_portal.people.facts import EmploymentBegan
from alumni_portal.people.models import BirthDate, EmailAddress, Person
from alumni_portal.people.queries import is_employed

_AT_ONCE = 1_000


def pointing_at(target: type[Base]) -> Iterator[tuple[Table, Column[int]]]:
    """Yield every column of any table that holds the id of a row of this one."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is target.__table__:
                yield table, key.parent


def used_elsewhere(
    target: type[Base], ids: Collection[int], *, batch: str, besides: Iterable[str] = ()
) -> set[int]:
    """Return which of these rows something speaks of that did not come with the same import.

    Rows marked with the same `batch` do not count, nor do the tables named in `besides`.
    """
    left_out, wanted, used = set(besides), sorted(ids), set[int]()
    for table, column in pointing_at(target):
        if table.name in left_out:
            continue
        for at in range(0, len(wanted), _AT_ONCE):
            query = select(column).where(column.in_(wanted[at : at + _AT_ONCE])).distinct()
            if "batch" in table.c:
                query = query.where(table.c.batch.is_distinct_from(batch))
            used.update(db.session.scalars(query))
    return used


def join_people(spare: Person, into: Person, *, by: Actor) -> None:
    """Let two rows of one person be one: everything of the spare one moves, then it is deleted.

    Raises Refusal when both have something that a person can have only once.
    """
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
    if is_employed(into.id):
        facts.state(EmploymentBegan((into.id,)))


def _drop_twins(spare: Person, into: Person) -> None:
    """Forget what the spare row says and the other one knows already."""
    if db.session.get(BirthDate, into.id) is not None:
        born = db.session.get(BirthDate, spare.id)
        if born is not None:
            db.session.delete(born)
    known = select(EmailAddress.canonical).where(EmailAddress.person_id == into.id)
    twins = select(EmailAddress).where(
        EmailAddress.person_id == spare.id,
        EmailAddress.verified_at.is_(None),
        EmailAddress.canonical.in_(known),
    )
    ids = [one.id for one in db.session.scalars(twins)]
    for twin_id in set(ids) - used_elsewhere(EmailAddress, ids, batch=""):
        db.session.delete(db.session.get_one(EmailAddress, twin_id))
    db.session.flush()


__all__ = ["join_people", "pointing_at", "used_elsewhere"]
