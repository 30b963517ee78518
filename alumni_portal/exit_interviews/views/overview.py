from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.permissions import Actor, Permission, current_actor, requires
from alumni_portal.exit_interviews import access
from alumni_portal.exit_interviews.models import Interview, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries import lists, overview
from alumni_portal.exit_interviews.queries.overview import Show, Wanted
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.reading import TRACKS
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import Person, Unit

One = TypeVar("One", Unit, Person)


@dataclass(frozen=True)
class Row:
    """One interview in a list: what it is, and what this reader can do with it."""

    interview: Interview
    may_read: bool
    may_note: bool


@bp.get("/exit-interviews", endpoint="index")
@requires(Permission.EXIT_INTERVIEWS_HOLD)
def index() -> ResponseReturnValue:
    actor = current_actor()
    if actor.may(Permission.EXIT_INTERVIEWS_READ):
        return _all(actor)
    found = lists.own(actor.person_id or 0)
    shown = [_row(actor, one) for one in found if one.person_id != actor.person_id]
    _noted(actor, [one.interview.person_id for one in shown])
    return render_template("exit_interviews/own.html", rows=shown, tracks=TRACKS)


def _all(actor: Actor) -> ResponseReturnValue:
    units, holders = overview.units(), overview.holders()
    unit, holder = _chosen("unit", units), _chosen("holder", holders)
    wanted = _wanted(actor, unit, holder)
    to_book = wanted.show is Show.TO_BOOK
    page = overview.to_book(wanted) if to_book else overview.interviews(wanted)
    _noted(actor, [one.person_id for one in page.rows])
    return render_template(
        "exit_interviews/index.html",
        page=page,
        rows=[_row(actor, one) for one in page.rows if isinstance(one, Interview)],
        cases=[one for one in page.rows if isinstance(one, Case)],
        tracks=TRACKS,
        wanted=wanted,
        counts=overview.counts(wanted),
        units=units,
        holders=holders,
        chosen={"unit": _ref(unit), "holder": _ref(holder)},
    )


def _chosen(name: str, among: Sequence[One]) -> One | None:
    asked = request.args.get(name, "")
    return next((one for one in among if one.public_id == asked), None)


def _ref(one: Unit | Person | None) -> str:
    return one.public_id if one else ""


def _wanted(actor: Actor, unit: Unit | None, holder: Person | None) -> Wanted:
    show = request.args.get("show", "")
    return Wanted(
        reader_id=actor.person_id or 0,
        show=Show(show) if show in set(Show) else Show.OPEN,
        unit_id=unit.id if unit else None,
        holder_id=holder.id if holder else None,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )


def _noted(actor: Actor, person_ids: list[int | None]) -> None:
    access_log.listed(actor, [one for one in person_ids if one is not None], Look.CASE_LIST)


def _row(actor: Actor, one: Interview) -> Row:
    seats = queries.seats(one, actor.person_id)
    holds = one.is_open and Seat.INTERVIEWER in seats and one.track is not Track.QUESTIONNAIRE
    return Row(one, bool(access.seats_now(actor, one)), holds)
