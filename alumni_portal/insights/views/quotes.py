from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import audit, transaction
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import unit
from alumni_portal.insights import queries, services
from alumni_portal.insights.models import Action
from alumni_portal.insights.views import bp
from alumni_portal.insights.views.actions import found


@bp.route("/insights/actions/<public_id>/quotes", methods=["GET", "POST"])
@requires(Permission.EXIT_ACTIONS_WRITE)
def quotes(public_id: str) -> ResponseReturnValue:
    one = found(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        mark = request.form.get("mark", "")
        with unit():
            services.quote(one, mark, by=current_actor())
        flash(_("Citatet står i utkastet.") if mark else _("Utkastet har inget citat."), "ok")
        return redirect(url_for("insights.publication", public_id=public_id), 303)
    return render_template("insights/quotes.html", one=one, form=form, **_shown(one))


def _shown(one: Action) -> dict[str, Any]:
    """Return the quotes on the theme of an action; that they were read is noted."""
    allowed, actor, noted = queries.quotes(one.theme), current_actor(), one.public_id
    theme = one.theme
    note: Callable[[], Any] = lambda: audit.record(  # noqa: E731 - called when the page is made
        "quotes.read", by=actor, subject=noted, theme=theme
    )
    transaction.afterwards(note)
    return {
        "quotes": [(services.mark_of(quote), quote) for quote in allowed],
        "chosen": one.publication.quote if one.publication else "",
        "theme_name": queries.theme_name,
    }
