from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts.queries import names_behind
from alumni_portal.core import language
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import GuideVersion, Track
from alumni_portal.exit_interviews.queries import guides as queries
from alumni_portal.exit_interviews.queries.codes import book
from alumni_portal.exit_interviews.rules import editing
from alumni_portal.exit_interviews.rules import guide as guides
from alumni_portal.exit_interviews.rules.shipped import SHIPPED
from alumni_portal.exit_interviews.views import bp
from alumni_portal.exit_interviews.views.guide_words import (
    WHY,
    Wrongs,
    shown_sections,
    typed_guide,
)

_WRITES = Permission.EXIT_GUIDES_WRITE


def _in_use(track: str) -> tuple[guides.GuideText, int]:
    """Return the guide that is asked now and its number; raises NotFound for no track."""
    if track not in set(Track):
        raise NotFound
    newest = queries.newest_version(Track(track))
    return (guides.read(newest.content), newest.number) if newest else (SHIPPED[Track(track)], 1)


@bp.get("/exit-interviews/guides", endpoint="guides")
@requires(_WRITES)
def index() -> ResponseReturnValue:
    shown = [(track, *_in_use(track)) for track in Track]
    return render_template("exit_interviews/guides.html", guides=shown, spoken=language.current())


def _page(track: str, *, wrong: Wrongs | None = None, said: str = "") -> ResponseReturnValue:
    guide, number = _in_use(track)
    made = queries.versions(Track(track))
    return render_template(
        "exit_interviews/guide.html",
        track=track,
        guide=guide,
        number=number,
        versions=made,
        names=names_behind({one.made_by for one in made}),
        kinds=editing.ADDABLE,
        shown=shown_sections(guide, request.form),
        retired=_retired(track, guide, made),
        book=book(),
        said=said,
        wrong={name: WHY[what] for name, what in (wrong or {}).items()},
        spoken=language.current(),
        typed=request.form,
    )


def _retired(
    track: str, guide: guides.GuideText, made: Sequence[GuideVersion]
) -> dict[str, tuple[str, guides.Question]]:
    earlier = [guides.read(one.content) for one in made]
    return editing.retired(guide, [*earlier, SHIPPED[Track(track)]])


@bp.get("/exit-interviews/guides/<track>", endpoint="guide")
@requires(_WRITES)
def guide_page(track: str) -> ResponseReturnValue:
    return _page(track)


@bp.post("/exit-interviews/guides/<track>", endpoint="change_guide")
@requires(_WRITES)
def change(track: str) -> ResponseReturnValue:
    """Store the changed guide as its next version; a move only shows the new order."""
    guide, _number = _in_use(track)
    if request.form.get("move"):
        return _page(track, said=_("Flyttad. Ordningen gäller när du har sparat."))
    after = request.form.get("after", "")
    retired = _retired(track, guide, queries.versions(Track(track)))
    try:
        with attempt():
            text = typed_guide(guide, request.form, retired, book())
            services.change(
                Track(track),
                text,
                after=int(after) if after.isdigit() else 0,
                note=request.form.get("note", "")[:200].strip(),
                by=current_actor(),
            )
    except editing.BadGuide as bad:
        return _page(track, wrong=bad.fields, said=_("Något behöver rättas."))
    except Refusal as refusal:
        return _page(track, said=str(refusal.message))
    flash(_("En ny version är sparad. Svar som redan finns hör till den gamla."), "ok")
    return redirect(url_for("exit_interviews.guide", track=track), 303)
