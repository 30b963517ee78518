"""What is said about actions on pages: states, themes, dates."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core import clock
from alumni_portal.core.formats import percent
from alumni_portal.core.permissions import Actor, Permission, current_actor
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState
from alumni_portal.insights.rules.actions import is_overdue
from alumni_portal.insights.rules.effects import Verdict
from alumni_portal.people.queries import open_units

#: State → words, look of the pill, icon.
STATES = {
    ActionState.PLANNED: (_l("Planerad"), "", "calendar"),
    ActionState.UNDER_WAY: (_l("Pågår"), "brand", "clock"),
    ActionState.DONE: (_l("Genomförd"), "ok", "check"),
    ActionState.DROPPED: (_l("Nedlagd"), "", "minus"),
}
#: Questions from 1 (does not hold at all) to 5 (holds fully), as the leaver reads them.
QUESTIONS = {
    "competence": _l("Jag fick använda det jag kan"),
    "expectations": _l("Jobbet blev som jag hade väntat mig"),
    "workload": _l("Jag hann med mitt arbete"),
    "balance": _l("Jobbet gick ihop med resten av livet"),
    "leadership": _l("Min närmaste chef gav mig det stöd jag behövde"),
    "recognition": _l("Det jag gjorde blev sett"),
    "development": _l("Jag utvecklades i mitt arbete"),
    "climate": _l("Vi hade det bra tillsammans i gruppen"),
    "processes": _l("Arbetssätt och beslut hjälpte mig att göra ett bra jobb"),
}
#: What is said of an effect.
VERDICTS = {
    Verdict.FEWER: _l("Färre slutar mest av det skälet, och det är mer än slumpen ger."),
    Verdict.MORE: _l("Fler slutar mest av det skälet, och det är mer än slumpen ger."),
    Verdict.SAME: _l("Skillnaden är inte större än slumpen kan ge."),
    Verdict.NOT_YET: _l("Går inte att säga än. Vi mäter i senare publiceringar."),
    Verdict.TOO_FEW: _l("Går inte att säga: för få svar."),
    Verdict.NO_BEFORE: _l("Går inte att säga: inget är publicerat från tiden före."),
    Verdict.NOTHING: _l("Nedlagd, så det finns inget att mäta."),
    Verdict.FOR_HR: _l("Gäller en avdelning. HR ser siffran."),
}


def quarter_words(quarter: str) -> str:
    """Return a quarter as people write it: Kv 3 2026."""
    return _("Kv %(number)s %(year)s", number=quarter[5:], year=quarter[:4])


def place_words(place: str, names: Mapping[str, str]) -> str:
    """Return what a division is called, by its public id; without one it is the whole company."""
    return names.get(place, "") or _("Hela företaget")


def unit_names() -> dict[str, str]:
    """Return public id to name of the open units."""
    return {unit.public_id: unit.name for unit in open_units()}


def of_backing(backing: queries.Backing | None) -> str:
    """Return in words who stands behind a theme, or nothing when too few do (A9)."""
    if backing is None:
        return ""
    return _(
        "Texten får handla om: %(place)s. Minst %(people)s personer står bakom temat i "
        "publiceringen för %(quarter)s.",
        place=place_words(backing.place, unit_names() if backing.place else {}),
        people=backing.people,
        quarter=quarter_words(backing.quarter),
    )


def sees_units(actor: Actor) -> bool:
    """Say whether a reader may see what is about one unit: HR and who watches over releases."""
    return actor.may(Permission.INSIGHTS_READ)


def told_effect(effect: queries.Effect) -> str:
    """Return what everybody is told of an effect, or nothing while it cannot be told."""
    if effect.change is None:
        return ""
    shares = _(
        "Det var det viktigaste skälet för ungefär %(before)s av dem som slutade. "
        "Nu är det ungefär %(after)s.",
        before=percent(effect.change.before.share),
        after=percent(effect.change.after.share),
    )
    return f"{shares} {VERDICTS[effect.verdict]}"


def for_actions(rows: Sequence[Action]) -> dict[str, Any]:
    """Return what the templates of actions need to name things."""
    today = clock.today()
    return {
        "states": STATES,
        "verdicts": VERDICTS,
        "effects": queries.effects_of(rows, whole=sees_units(current_actor())),
        "theme_name": queries.theme_name,
        "late": {
            one.id: (today - one.due_on).days
            for one in rows
            if is_overdue(one.state, one.due_on, today)
        },
    }
