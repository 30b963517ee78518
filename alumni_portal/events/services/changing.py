"""Changing an event, or how and where all coming dates of a series are; who comes is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from alumni_portal.events.rules import QUIET, News, Said, news_of, texts_in, with_earlier
from alumni_portal.events.services import seats, series
from alumni_portal.events.services.planning import Plan, check, check_complete, tell, values_of
from alumni_portal.people.models import Person


@dataclass(frozen=True)
class Changed:
    """An event that was changed: whether somebody is to be told of it, and how many are."""

    event: Event
    is_news: bool
    told: int


def change(
    event_id: int,
    wanted: Plan,
    *,
    for_all: bool = False,
    tells: bool = False,
    tell_at: datetime | None = None,
    by: Actor,
) -> Changed:
    """Change an event. Who comes is told when time or place is another; more seats are passed on.

    Of another place or address in English alone only those are told who read English. Of another
    title, agenda or directions nobody is told unless `tells` says so.

    Of a series title, text and hosts are those of all dates; how and where people meet is this
    date's own, or with `for_all` the same on all that are ahead. `tell_at` is when the letters go;
    nothing: at once. Raises Refusal when it is over or cancelled, when fewer seats are wanted than
    are taken, or when nobody could take part from elsewhere any more and somebody has said so.
    """
    check(wanted)
    dates = series.lock_ahead(event_id) if for_all or tells else [seats.lock(event_id)]
    event = next(one for one in dates if one.id == event_id)
    alike = dates if for_all else [event]
    _check_change(event, wanted, alike)
    before = {one.id: _said(one) for one in dates}
    for name, value in values_of(wanted).items():
        setattr(event, name, value)
    series.share(event)
    series.take_along(event, [one for one in alike if one.id != event_id])
    if event.state is EventState.OPEN:
        check_complete(event)
        seats.pass_on(event)
    news = {one.id: news_of(before[one.id], _said(one), asked=tells) for one in dates}
    changed = _tell(event, dates, news, tell_at)
    texts = ", ".join(texts_in(news.values())) if changed.is_news else ""
    named = {"texts": texts} if texts else {}
    audit.record("event.changed", by=by, subject=event.public_id, sequence=event.sequence, **named)
    return changed


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


def _said(event: Event) -> Said:
    """Return what an event says to those who read each language."""
    same = (event.starts_at, event.ends_at, event.kind, event.online_url)
    return Said(
        loud={
            language: (*same, event.words("place", language), event.words("address", language))
            for language in LANGUAGES
        },
        quiet={
            language: {name: event.words(name, language) for name in QUIET}
            for language in LANGUAGES
        },
    )


def _tell(
    event: Event, dates: Sequence[Event], news: Mapping[int, News], tell_at: datetime | None
) -> Changed:
    told = {one.id: news[one.id].languages for one in dates}
    moved = [one for one in dates if one.state is EventState.OPEN and told[one.id]]
    if not moved:
        return Changed(event, is_news=False, told=0)
    untold = queries.dates_untold(moved)
    for one in moved:
        one.news = with_earlier(one.news if one.id in untold else {}, news[one.id].new)
        one.sequence += 1
        _leave_in_peace(one, told[one.id])
    languages = frozenset[str]().union(*(told[one.id] for one in moved))
    tell(moved[0], [one.id for one in moved], tell_at, languages=languages)
    number = queries.readers(moved).count(told).total()
    return Changed(event, is_news=True, told=number)


def _leave_in_peace(event: Event, languages: Collection[str]) -> None:
    """Note that those who read another language know all there is to know, if they did before."""
    others = select(Person.id).where(Person.language.not_in(languages))
    knew = update(Reply).where(
        Reply.event_id == event.id,
        Reply.told_sequence == event.sequence - 1,
        Reply.person_id.in_(others),
    )
    db.session.execute(knew.values(told_sequence=event.sequence))
