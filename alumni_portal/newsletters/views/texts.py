"""The plain text of an edition: made from the blocks until somebody writes another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import services
from alumni_portal.newsletters.forms import TextForm
from alumni_portal.newsletters.queries import NAMES
from alumni_portal.newsletters.views import bp
from alumni_portal.newsletters.views.composing import draft


@bp.route("/newsletters/<public_id>/text/<spoken>", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_DRAFT)
def text(public_id: str, spoken: str) -> ResponseReturnValue:
    newsletter = draft(public_id)
    if spoken not in newsletter.content.languages:
        raise NotFound
    own = newsletter.content.texts.get(spoken)
    made = services.plain_text(newsletter.content, spoken)
    form = TextForm(data={"text": own.text if own else made, "version": newsletter.version})
    if form.validate_on_submit():
        with form.attempt():
            anew = form.do.data == "anew"
            wanted, began = "" if anew else form.text.data or "", form.version.data
            services.write_text(newsletter, spoken, wanted, by=current_actor(), began_with=began)
            flash(_("Texten görs av blocken igen.") if anew else _("Texten är sparad."), "ok")
            return redirect(url_for("newsletters.text", public_id=public_id, spoken=spoken), 303)
    overtaken = form.is_submitted() and form.version.data != newsletter.version
    form.version.data, form.version.raw_data = newsletter.version, None
    return render_template(
        "newsletters/text.html",
        newsletter=newsletter,
        form=form,
        spoken=spoken,
        names=NAMES,
        own=newsletter.content.texts.get(spoken),
        theirs=_theirs(spoken, newsletter.content, made) if overtaken else None,
    )


def _theirs(spoken: str, content: services.Content, made: str) -> list[tuple[object, str]]:
    saved = content.texts.get(spoken)
    return [(NAMES[spoken], saved.text if saved else made)]
