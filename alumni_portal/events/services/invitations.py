"""Inviting by mail: once per person and event, and later those who came since."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.among import AMONG
from alumni_portal.core.among import among as _among
from alumni_portal.core.db import db, new_public_ids
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventInvitation, EventState
from alumni_portal.events.queries import Reachable
from alumni_portal.events.services import mailings, seats
from alumni_portal.mail.models import Mailing


def invite(
    event_id: int,
    *,
    by: Actor,
    among: Collection[int] | None = None,
    expected: int | None = None,
) -> tuple[Mailing, int]:
    """Send everybody who agrees to it an invitation to an event, once; return mailing and number.

    `among` narrows it to some people, `expected` is the number that was said yes to. Asked again
    later it goes to those who have come since. A series has one invitation for all its dates, from
    whichever date it is sent. Raises Refusal when no date is open and ahead, or when there is
    nobody left to ask; Conflict when it is another number by now.
    """
    event = seats.lock(event_id)
    if event.head_id is not None:
        event = seats.lock(event.head_id)
    if event.state is EventState.DRAFT or not queries.dates_ahead(event):
        raise Refusal(_l("Träffen ska vara öppen och inte ha börjat när du bjuder in."))
    people = to_invite(event, among=among, expected=expected)
    turn = queries.latest_round(event.id) + 1
    keys = _write(event, people, turn)
    to = [(one, keys[one.person_id]) for one in people]
    ref = f"{event.public_id}:{turn}"
    mailing = mailings.send(event, mailings.INVITATION, ref, to, by=by)
    db.session.execute(
        update(EventInvitation)
        .where(EventInvitation.event_id == event.id, EventInvitation.round == turn)
        .values(mailing=mailing.public_id)
        .execution_options(synchronize_session=False)
    )
    audit.record("event.invited", by=by, subject=event.public_id, number=len(people))
    return mailing, len(people)


def to_invite(
    event: Event, *, among: Collection[int] | None, expected: int | None
) -> list[Reachable]:
    """Return who is left to ask: as many as were said yes to, or nobody is (Refusal, Conflict)."""
    people = queries.uninvited(event.id, among=among).people
    if not people:
        raise Refusal(_l("Det finns ingen kvar att bjuda in."), field="segment")
    if expected is not None and expected != len(people):
        raise Conflict(
            _l(
                "Inget har skickats. Nu är det %(n)s som får inbjudan. Läs igen och skicka.",
                n=len(people),
            ),
            field="segment",
        )
    return people


def _write(event: Event, people: list[Reachable], turn: int) -> dict[int, EventInvitation]:
    """Write one row each, and return them by person, unattached: only their links are needed.

    Whom an earlier mail did not reach keeps the link, and is asked now.
    """
    now, known = clock.now(), _ask_again(event, people, turn)
    rows: list[dict[str, Any]] = [
        {
            "event_id": event.id,
            "person_id": one.person_id,
            "public_id": public_id,
            "invited_at": now,
            "round": turn,
            "mailing": "",
            "created_at": now,
        }
        for one, public_id in zip(people, new_public_ids(len(people)), strict=True)
    ]
    new = [row for row in rows if row["person_id"] not in known]
    if new:
        db.session.execute(insert(EventInvitation), new)
    for row in rows:
        row["public_id"] = known.get(row["person_id"], row["public_id"])
    return {row["person_id"]: EventInvitation(**row) for row in rows}


def _ask_again(event: Event, people: list[Reachable], turn: int) -> dict[int, str]:
    """Note that those of these people who have an invitation are asked now; return their links."""
    ids = {AMONG: [one.person_id for one in people]}
    theirs = [EventInvitation.event_id == event.id, _among(EventInvitation.person_id)]
    query = select(EventInvitation.person_id, EventInvitation.public_id).where(*theirs)
    known = {row.person_id: row.public_id for row in db.session.execute(query, ids)}
    db.session.execute(
        update(EventInvitation)
        .where(*theirs)
        .values(invited_at=clock.now(), round=turn, mailing="")
        .execution_options(synchronize_session=False),
        ids,
    )
    return known
