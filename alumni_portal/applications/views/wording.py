"""The way of an application, step by step, as the applicant reads it."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.applications.models import Application, ApplicationMove
from alumni_portal.applications.rules import BOARD, Stage
from alumni_portal.core.formats import date_long

#: The steps of the way, as the applicant knows them.
_STEPS = {
    Stage.SUBMITTED: _l("Skickad"),
    Stage.SCREENING: _l("Samtal"),
    Stage.INTERVIEW: _l("Intervju"),
    Stage.OFFER: _l("Erbjudande"),
    Stage.HIRED: _l("Tillbaka hos oss"),
    Stage.DECLINED: _l("Besked"),
    Stage.WITHDRAWN: _l("Tillbakatagen"),
}


def path_of(
    application: Application, moves: Sequence[ApplicationMove]
) -> list[tuple[str, str, str]]:
    """Return the way of an application: (done|now|later, step, when), in order."""
    when = {move.to_stage: date_long(move.at) for move in reversed(moves)}
    stage = application.stage
    if stage not in BOARD:
        been = [one for one in BOARD if one in when]
        path = [("done", str(_STEPS[one]), when[one]) for one in been]
        return [*path, ("now", str(_STEPS[stage]), when.get(stage, ""))]
    here = BOARD.index(stage)
    path = []
    for place, one in enumerate(BOARD):
        state = "done" if place < here else "now" if place == here else "later"
        small = when.get(one, "") if place <= here else ""
        if one is Stage.SCREENING and stage is Stage.SUBMITTED:
            small = _("Inom fem arbetsdagar")
        path.append((state, str(_STEPS[one]), small))
    return path
