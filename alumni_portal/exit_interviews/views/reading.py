from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core import language
from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import access, services
from alumni_portal.exit_interviews.models import Interview, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules.guide import Kind
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.form import parts, typed

TRACKS = {
    Track.QUESTIONNAIRE: _l("Enkät"),
    Track.HR: _l("Samtal med HR"),
    Track.MANAGER: _l("Samtal med chefen"),
    Track.PULSE: _l("Uppföljning"),
}


@bp.get("/exit-interviews/<public_id>", endpoint="interview")
@requires(Permission.EXIT_INTERVIEWS_HOLD)
def interview(public_id: str) -> ResponseReturnValue:
    opened = access.open_answers(current_actor(), public_id)
    guide = services.guide_of(opened.interview)
    return render_template(
        "exit_interviews/interview.html",
        interview=opened.interview,
        parts=parts(guide, opened.answers),
        texts=Kind.TEXT,
        tracks=TRACKS,
        spoken=language.current(),
    )


@bp.get("/exit-interviews/<public_id>/notes", endpoint="notes")
@requires(Permission.EXIT_INTERVIEWS_HOLD)
def notes(public_id: str) -> ResponseReturnValue:
    opened = access.open_answers(current_actor(), public_id, holds=True)
    return _notes_page(opened.interview, opened.answers, {})


def _notes_page(
    found: Interview, answers: dict[str, object], wrong: dict[str, object]
) -> ResponseReturnValue:
    said = _("Rättat av den som slutar. Det du skriver här ändrar det inte.")
    remarks = dict.fromkeys(services.corrected(found), said)
    return render_template(
        "exit_interviews/notes.html",
        interview=found,
        parts=parts(services.guide_of(found), answers, wrong or None, remarks=remarks),
        tracks=TRACKS,
        unit_ref=queries.unit_ref(found) if found.track is Track.HR else "",
        wrong=wrong,
        form=PlainForm(),
    )


@bp.post("/exit-interviews/<public_id>/notes", endpoint="write_notes")
@requires(Permission.EXIT_INTERVIEWS_HOLD)
def write(public_id: str) -> ResponseReturnValue:
    found = access.held_by(current_actor(), public_id)
    try:
        with attempt():
            services.save(found, typed(services.guide_of(found)), by_interviewer=True)
    except services.BadAnswers as bad:
        return _notes_page(found, {}, dict(bad.wrong))
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Anteckningarna är sparade."), "ok")
    return redirect(url_for("exit_interviews.notes", public_id=public_id), 303)
