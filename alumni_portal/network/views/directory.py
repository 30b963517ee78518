from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from alumni_portal.core import clock
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.charts.strip import career_strip, shared_axis
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.network import access
from alumni_portal.network.forms import DirectoryForm
from alumni_portal.network.queries import Card
from alumni_portal.network.rules import TOPICS
from alumni_portal.network.views import bp
from alumni_portal.network.views.shell import layout
from alumni_portal.people.queries import open_units


@bp.get("/colleagues")
@requires(Permission.DIRECTORY_READ)
def directory() -> ResponseReturnValue:
    form = DirectoryForm(request.args)
    form.unit.choices = [
        SelectChoice("", _("Alla avdelningar")),
        *(SelectChoice(unit.public_id, unit.name) for unit in open_units()),
    ]
    form.validate()
    found, cards = access.directory(
        current_actor(),
        form.wanted(),
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return render_template(
        "network/directory.html",
        layout=layout(),
        form=form,
        found=found,
        hits=_with_strips(cards),
        here=_here,
    )


def _here(**changes: str | None) -> str:
    """Return this search's address with something changed; pages start anew unless kept."""
    moves = {"after", "before"}
    kept: dict[str, Any] = {n: v for n, v in request.args.items() if v and n not in moves}
    return url_for("network.directory", **{**kept, **changes})


def _with_strips(cards: list[Card]) -> list[tuple[Card, object]]:
    careers = [[Stay(p.begins_on, p.ends_on, p.title) for p in card.periods] for card in cards]
    axis = shared_axis(careers, today=clock.today())
    return [(card, career_strip(stays, axis)) for card, stays in zip(cards, careers, strict=True)]


@bp.get("/colleagues/<public_id>")
@requires(Permission.DIRECTORY_READ)
def card(public_id: str) -> ResponseReturnValue:
    card = access.card(current_actor(), public_id)
    return render_template(
        "network/card.html",
        layout=layout(),
        card=card,
        topics=TOPICS,
        is_me=card.person_id == current_actor().person_id,
    )
