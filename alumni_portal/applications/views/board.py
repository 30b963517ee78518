from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_

from alumni_portal.applications import access, queries
from alumni_portal.applications.forms import BoardForm
from alumni_portal.applications.queries import BOARD, ENDED, STAGES, Card
from alumni_portal.applications.rules import BY_APPLICANT, GOAL_DAYS, MOVES, Stage
from alumni_portal.applications.views import bp
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Actor, Permission, current_actor, requires
from alumni_portal.openings.models import Opening
from alumni_portal.rehire.queries import LEVELS

_READERS = (Permission.APPLICATIONS_READ, Permission.APPLICATIONS_READ_OWN_UNIT)


@bp.get("/applications")
@requires(*_READERS)
def board() -> ResponseReturnValue:
    actor = current_actor()
    form, shown, wanted = _asked(actor)
    lanes = queries.listed(wanted)
    cards = [card for lane in lanes.values() for card in lane]
    _note(actor, cards)
    return render_template(
        "applications/board.html",
        form=form,
        opening=shown,
        lanes=lanes,
        counts=queries.counts(wanted),
        late=queries.waiting(wanted).late,
        hired=queries.hired_for(shown.id) if shown else 0,
        **_parts(actor),
    )


@bp.get("/applications/all")
@requires(*_READERS)
def listing() -> ResponseReturnValue:
    actor = current_actor()
    form, shown, wanted = _asked(actor)
    page = queries.page_of(
        wanted,
        form.wanted_stage(),
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    _note(actor, page.rows)
    return render_template(
        "applications/list.html",
        form=form,
        opening=shown,
        page=page,
        counts=queries.counts(wanted),
        here=_here,
        **_parts(actor),
    )


def _asked(actor: Actor) -> tuple[BoardForm, Opening | None, ColumnElement[bool]]:
    """Return the form of the choice, the one opening chosen if any, and the condition."""
    form = BoardForm(request.args)
    wanted = access.visible(actor)
    own = queries.own_openings(wanted)
    form.opening.choices = options(
        [("", _("Alla tjänster")), *((one.public_id, one.title) for one in own)]
    )
    shown = next((one for one in own if one.public_id == form.opening.data), None)
    if shown is not None:
        wanted = and_(wanted, Opening.id == shown.id)
    if form.who.data == "me":
        wanted = and_(wanted, Opening.recruiter_id == actor.person_id)
    return form, shown, wanted


def _parts(actor: Actor) -> dict[str, Any]:
    return {
        "stages": STAGES,
        "board_stages": BOARD,
        "ended": ENDED,
        "goal": GOAL_DAYS,
        "levels": LEVELS,
        "choices": choices_from,
        "may_decide": access.may_decide(actor),
        "asked": {n: v for n, v in request.args.items() if v and n in {"opening", "who"}},
    }


def choices_from(stage: Stage) -> list[Stage]:
    """Return where staff may move an application from a stage, in the order of the board."""
    return [one for one in Stage if one in MOVES[stage] and (stage, one) not in BY_APPLICANT]


def _note(actor: Actor, cards: list[Card]) -> None:
    people = queries.person_ids_of([card.application for card in cards])
    access_log.listed(actor, people, Look.APPLICATION_LIST)


def _here(**changes: str | None) -> str:
    kept: dict[str, Any] = {
        n: v for n, v in request.args.items() if v and n in {"opening", "who", "stage"}
    }
    return url_for("applications.listing", **{**kept, **changes})
