"""Addresses that get no mailings: nobody reads them, or whoever does wants none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.core.db import db, new_public_ids
from alumni_portal.mail.models import NOBODY_READS, SuppressedBy, Suppression
from alumni_portal.mail.queries import canonical
from alumni_portal.people.facts import PrivateAddressProved
from alumni_portal.people.models import EmailAddress

_AT_ONCE = 500


def suppress(
    address: str, reason: str, *, source: SuppressedBy = SuppressedBy.RELAY, by: str = ""
) -> bool:
    """Keep mailings from an address from now on and say whether that is new.

    Letters still go: somebody asked for those. That somebody wants no mail outweighs that nobody
    is there: the latter ends with a proof of the opposite.
    """
    known = {"reason": reason[:200], "source": source, "by": by}
    try:
        with db.session.begin_nested():
            db.session.add(Suppression(canonical=canonical(address), **known))
    except IntegrityError:  # it is so already
        if source not in NOBODY_READS:
            db.session.execute(
                update(Suppression)
                .where(
                    Suppression.canonical == canonical(address),
                    Suppression.source.in_(NOBODY_READS),
                )
                .values(**known)
            )
        return False
    return True


@dataclass(frozen=True)
class Barred:
    """An address (in its canonical form) that is to get no mailings, why, and since when."""

    canonical: str
    reason: str
    source: SuppressedBy
    at: datetime


def suppress_all(barred: Iterable[Barred], *, by: str) -> int:
    """Keep mailings from many addresses and return how many are new.

    As with one: that somebody wants no mail outweighs that nobody is there.
    """
    wanted = {one.canonical: one for one in barred}
    known = _known(sorted(wanted))
    new = [one for ref, one in wanted.items() if ref not in known]
    if new:
        refs = new_public_ids(len(new))
        rows = [
            {**_columns(one, by), "canonical": one.canonical, "public_id": ref}
            for one, ref in zip(new, refs, strict=True)
        ]
        db.session.execute(insert(Suppression), rows)
    for row in known.values():
        if row.source in NOBODY_READS and wanted[row.canonical].source not in NOBODY_READS:
            for name, value in _columns(wanted[row.canonical], by).items():
                setattr(row, name, value)
    return len(new)


def _known(addresses: Sequence[str]) -> dict[str, Suppression]:
    found: dict[str, Suppression] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        some = addresses[start : start + _AT_ONCE]
        query = select(Suppression).where(Suppression.canonical.in_(some))
        found |= {one.canonical: one for one in db.session.scalars(query)}
    return found


def _columns(one: Barred, by: str) -> dict[str, object]:
    return {"reason": one.reason[:200], "source": one.source, "by": by, "at": one.at}


def lift(address: str, *, only_by: SuppressedBy | None = None) -> bool:
    """Let mailings go to an address again and say whether they were kept from it.

    `only_by`: only when it is so because of that.
    """
    theirs = delete(Suppression).where(Suppression.canonical == canonical(address))
    if only_by is not None:
        theirs = theirs.where(Suppression.source == only_by)
    gone = db.session.execute(theirs)
    return bool(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count


def lift_for_proved(fact: PrivateAddressProved) -> None:
    """React to a proved address: somebody is there after all.

    A complaint, and what HR wrote down, was never about that; it stays.
    """
    proved = select(EmailAddress.canonical).where(
        EmailAddress.person_id.in_(fact.person_ids), EmailAddress.verified_at.is_not(None)
    )
    db.session.execute(
        delete(Suppression).where(
            Suppression.canonical.in_(proved), Suppression.source.in_(NOBODY_READS)
        )
    )
