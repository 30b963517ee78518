"""What a letter shows in lists: what is on offer now, and what was chosen for it before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.events import queries as events
from alumni_portal.events.models import Event, EventState
from alumni_portal.newsletters.rules import Kind, Off, Pick
from alumni_portal.openings import queries as openings
from alumni_portal.openings.models import Opening

_CHOICES = 20


@dataclass(frozen=True)
class Listed:
    """What lists of a letter may show, and how all that was chosen stands, by public id."""

    openings: dict[str, Opening]
    events: dict[str, Event]
    picks: dict[str, Pick]


def openings_to_choose() -> list[Opening]:
    """Return the openings that can be shown in a newsletter now."""
    return openings.open_openings(_CHOICES)


def events_to_choose() -> list[Event]:
    """Return the events that can be shown in a newsletter now."""
    return events.coming(_CHOICES)


def openings_of(refs: Collection[str]) -> dict[str, Opening]:
    """Return openings that were ever public, by their public ids."""
    query = select(Opening).where(Opening.public_id.in_(list(refs)))
    found = db.session.scalars(query) if refs else ()
    return {one.public_id: one for one in found if one.published_at}


def events_of(refs: Collection[str]) -> dict[str, Event]:
    """Return events that were ever open, by their public ids."""
    query = select(Event).where(Event.public_id.in_(list(refs)))
    found = db.session.scalars(query) if refs else ()
    return {one.public_id: one for one in found if one.opened_at}


def dates_of(refs: Collection[str]) -> Select[int]:
    """Return the select of the ids of these events and of all other dates of their series."""
    heads = select(func.coalesce(Event.head_id, Event.id)).where(Event.public_id.in_(list(refs)))
    return select(Event.id).where(or_(Event.id.in_(heads), Event.head_id.in_(heads)))


def listed(chosen: Mapping[str, Collection[str]]) -> Listed:
    """Return what was chosen for lists of a letter: public ids by kind."""
    jobs = openings_of(chosen.get(Kind.OPENINGS, ()))
    meetings = events_of(chosen.get(Kind.EVENTS, ()))
    picks = {
        **{ref: Pick("", Off.GONE) for refs in chosen.values() for ref in refs},
        **{ref: Pick(_label(one), _off_opening(one)) for ref, one in jobs.items()},
        **{ref: Pick(_label(one), _off_event(one)) for ref, one in meetings.items()},
    }
    return Listed(jobs, meetings, picks)


def offered(
    chosen: Mapping[str, Collection[str]], known: Mapping[str, Pick]
) -> dict[str, list[tuple[str, str]]]:
    """Return what stands to choose in lists of these kinds: what is on offer, and what was chosen.

    What is off by now stays among it, so that nobody loses it without seeing. `known` is how
    things stand that were looked up before.
    """
    jobs = openings_to_choose() if Kind.OPENINGS in chosen else []
    meetings = events_to_choose() if Kind.EVENTS in chosen else []
    found: dict[str, list[tuple[str, str]]] = {
        Kind.OPENINGS: [(one.public_id, _label(one)) for one in jobs],
        Kind.EVENTS: [(one.public_id, _label(one)) for one in meetings],
    }
    shown = {ref for those in found.values() for ref, _name in those}
    left = {kind: [ref for ref in refs if ref not in shown] for kind, refs in chosen.items()}
    new = {kind: [ref for ref in refs if ref not in known] for kind, refs in left.items()}
    picks = {**listed(new).picks, **known}
    for kind, refs in left.items():
        found[kind] += [(ref, picks[ref].label) for ref in dict.fromkeys(refs)]
    return found


def _label(one: Opening | Event) -> str:
    return ", ".join(filter(None, (one.title, one.place)))


def _off_opening(one: Opening) -> Off | None:
    return None if openings.is_open(one) else Off.CLOSED


def _off_event(one: Event) -> Off | None:
    if one.state is EventState.CANCELLED:
        return Off.CANCELLED
    coming = one.state is EventState.OPEN and one.ends_at > clock.now()
    return None if coming else Off.OVER
