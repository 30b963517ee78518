"""Changing an event, or how and where all coming dates of a series are; who comes is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.events import queries
from alumni_portal.events.models import Event, EventKind, EventState, Reply
from alumni_portal.events.rules import languages_told
from alumni_portal.events.services import seats, series
from alumni_portal.events.services.planning import Plan, check, check_complete, tell, values_of
from alumni_portal.people.models import Person


def change(
    event_id: int,
    wanted: Plan,
    *,
    for_all: bool = False,
    tell_at: datetime | None = None,
    by: Actor,
) -> Event:
    """Change an event. Who comes is told when time or place is another; more seats are passed on.

    Of another place or address in English alone only those are told who read English.

    Of a series title, text and hosts are those of all dates; how and where people meet is this
    date's own, or with `for_all` the same on all that are ahead. `tell_at` is when the letters go;
    nothing: at once. Raises Refusal when it is over or cancelled, when fewer seats are wanted than
    are taken, or when nobody could take part from elsewhere any more and somebody has said so.
    """
    check(wanted)
    dates = series.lock_ahead(event_id) if for_all else [seats.lock(event_id)]
    event = next(one for one in dates if one.id == event_id)
    _check_change(event, wanted, dates)
    before = {one.id: _told_of(one) for one in dates}
    for name, value in values_of(wanted).items():
        setattr(event, name, value)
    series.share(event)
    series.take_along(event, [one for one in dates if one.id != event_id])
    if event.state is EventState.OPEN:
        check_complete(event)
        seats.pass_on(event)
    news = {one.id: languages_told(before[one.id], _told_of(one)) for one in dates}
    _tell([one for one in dates if one.state is EventState.OPEN and news[one.id]], news, tell_at)
    audit.record("event.changed", by=by, subject=event.public_id, sequence=event.sequence)
    return event


def _check_change(event: Event, wanted: Plan, dates: Sequence[Event]) -> None:
    if event.state not in {EventState.DRAFT, EventState.OPEN} or event.starts_at <= clock.now():
        raise Refusal(_l("Träffen går inte att ändra längre."))
    if wanted.capacity is not None and wanted.capacity < event.seats_taken:
        raise Refusal(
            _l("Så många platser är redan upptagna. Skriv minst lika många."), field="capacity"
        )
    if wanted.kind is EventKind.MEETING and queries.some_take_part_remotely(dates):
        raise Refusal(
            _l(
                "Någon är anmäld på distans, så träffen kan inte bli bara på plats. Behåll På plats"
                " och på distans, eller ställ in träffen och planera en ny."
            ),
            field="kind",
        )


def _told_of(event: Event) -> dict[str, tuple[object, ...]]:
    """Return what those are told of a change who read a language."""
    same = (event.starts_at, event.ends_at, event.kind, event.online_url)
    return {
        language: (*same, event.words("place", language), event.words("address", language))
        for language in LANGUAGES
    }


def _tell(moved: list[Event], news: Mapping[int, frozenset[str]], tell_at: datetime | None) -> None:
    for one in moved:
        one.sequence += 1
        _leave_in_peace(one, news[one.id])
    if moved:
        languages = frozenset[str]().union(*(news[one.id] for one in moved))
        tell(moved[0], [one.id for one in moved], tell_at, languages=languages)


def _leave_in_peace(event: Event, languages: Collection[str]) -> None:
    """Note that those who read another language know all there is to know, if they did before."""
    others = select(Person.id).where(Person.language.not_in(languages))
    knew = update(Reply).where(
        Reply.event_id == event.id,
        Reply.told_sequence == event.sequence - 1,
        Reply.person_id.in_(others),
    )
    db.session.execute(knew.values(told_sequence=event.sequence))
