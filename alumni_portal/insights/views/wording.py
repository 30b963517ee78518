"""What is said about actions on pages: states, themes, dates."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from alumni_portal.core import clock
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.rules.actions import is_overdue
from alumni_portal.insights.rules.effects import Verdict

#: State → words, look of the pill, icon.
STATES = {
    ActionState.PLANNED: (_l("Planerad"), "", "calendar"),
    ActionState.UNDER_WAY: (_l("Pågår"), "brand", "clock"),
    ActionState.DONE: (_l("Genomförd"), "ok", "check"),
    ActionState.DROPPED: (_l("Nedlagd"), "", "minus"),
}
#: What is said of an effect.
VERDICTS = {
    Verdict.FEWER: _l("Färre nämner temat, och det är mer än slumpen ger."),
    Verdict.MORE: _l("Fler nämner temat, och det är mer än slumpen ger."),
    Verdict.SAME: _l("Skillnaden är inte större än slumpen kan ge."),
    Verdict.NOT_YET: _l("Går inte att säga än. Vi mäter i senare publiceringar."),
    Verdict.TOO_FEW: _l("Går inte att säga: för få svar."),
    Verdict.NO_BEFORE: _l("Går inte att säga: inget är publicerat från tiden före."),
}


def for_actions(rows: Sequence[Action]) -> dict[str, Any]:
    """Return what the templates of actions need to name things."""
    today = clock.today()
    return {
        "states": STATES,
        "verdicts": VERDICTS,
        "effects": queries.effects_of(rows),
        "theme_name": queries.theme_name,
        "late": {
            one.id: (today - one.due_on).days
            for one in rows
            if is_overdue(one.state, one.due_on, today)
        },
    }
