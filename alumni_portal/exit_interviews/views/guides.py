from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts.queries import names_behind
from alumni_portal.core import language
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Track
from alumni_portal.exit_interviews.queries import guides as queries
from alumni_portal.exit_interviews.rules import editing
from alumni_portal.exit_interviews.rules import guide as guides
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.shipped import SHIPPED
from alumni_portal.exit_interviews.views import bp

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


def _page(track: str, wrong: str = "") -> ResponseReturnValue:
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
        wrong=wrong,
        spoken=language.current(),
        typed=request.form,
    )


@bp.get("/exit-interviews/guides/<track>", endpoint="guide")
@requires(_WRITES)
def guide_page(track: str) -> ResponseReturnValue:
    return _page(track)


@bp.post("/exit-interviews/guides/<track>", endpoint="change_guide")
@requires(_WRITES)
def change(track: str) -> ResponseReturnValue:
    guide, _number = _in_use(track)
    after = request.form.get("after", "")
    try:
        with attempt():
            text = editing.edited(
                guide, _words(guide), dropped=request.form.getlist("drop"), added=_added()
            )
            services.change(
                Track(track),
                text,
                after=int(after) if after.isdigit() else 0,
                note=request.form.get("note", "")[:200].strip(),
                by=current_actor(),
            )
    except ValueError:
        return _page(track, _("Varje fråga behöver ord på båda språken."))
    except Refusal as refusal:
        return _page(track, str(refusal.message))
    flash(_("En ny version är sparad. Svar som redan finns hör till den gamla."), "ok")
    return redirect(url_for("exit_interviews.guide", track=track), 303)


def _words(guide: guides.GuideText) -> dict[str, Words]:
    form = request.form
    return {
        one.code: Words(
            form.get(f"{one.code}-sv", one.text.sv)[:300].strip(),
            form.get(f"{one.code}-en", one.text.en)[:300].strip(),
        )
        for one in guide.questions()
    }


def _added() -> editing.Added | None:
    form = request.form
    words = Words(form.get("new-sv", "")[:300].strip(), form.get("new-en", "")[:300].strip())
    if not (words.sv or words.en):
        return None
    kind = form.get("new-kind", "")
    if kind not in editing.ADDABLE:
        raise ValueError(kind)
    return editing.Added(section=form.get("new-section", ""), kind=guides.Kind(kind), text=words)
