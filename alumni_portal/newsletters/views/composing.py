from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.audiences import queries as audiences
from alumni_portal.audiences.models import Segment
from alumni_portal.consents.models import LetterTopic
from alumni_portal.core.db import new_public_id
from alumni_portal.core.errors import Conflict, NotFound
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.headers import POLICY
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.forms import BlockForm, ComposerForm, NewForm
from alumni_portal.newsletters.models import Newsletter, NewsletterState
from alumni_portal.newsletters.queries import KINDS, LANGUAGES, NAMES, Kind
from alumni_portal.newsletters.services import Content
from alumni_portal.newsletters.views import bp

#: The preview is a page of its own in a frame: a mail brings its own style.
FRAMED = {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"}


@bp.get("/newsletters/manage")
@requires(Permission.NEWSLETTERS_DRAFT)
def manage() -> ResponseReturnValue:
    page = queries.sent(after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "newsletters/manage.html",
        drafts=queries.drafts(),
        waiting=queries.waiting_ones(),
        held=queries.HELD,
        sent=queries.with_progress(page.rows),
        page=page,
    )


@bp.route("/newsletters/new", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_DRAFT)
def new() -> ResponseReturnValue:
    form = NewForm()
    if form.validate_on_submit():
        begun = services.begin(form.title.data or "", by=current_actor())
        return redirect(url_for("newsletters.edit", public_id=begun.public_id), 303)
    return render_template("newsletters/new.html", form=form)


def draft(public_id: str) -> Newsletter:
    """Return a newsletter that can still be changed; a sent one is a Conflict."""
    found = queries.newsletter(public_id)
    if found is None:
        raise NotFound
    if found.state is NewsletterState.SENT:
        raise Conflict(_("Brevet är redan skickat."))
    if found.is_waiting:
        raise Conflict(_("Brevet är planerat. Gör det till utkast igen om du vill ändra."))
    return found


@bp.route("/newsletters/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_DRAFT)
def edit(public_id: str) -> ResponseReturnValue:
    newsletter = draft(public_id)
    segments = audiences.segments()
    form = _composer(newsletter, segments)
    if _is_sound(newsletter, form):
        with form.attempt():
            ids = {one.public_id: one.id for one in segments}
            return redirect(_saved(newsletter, form, ids.get(form.segment.data or "")), 303)
    overtaken = form.is_submitted() and form.version.data != newsletter.version
    form.begin_again(newsletter)
    ready = services.make_ready(newsletter)
    page = render_template(
        "newsletters/edit.html",
        form=form,
        newsletter=newsletter,
        ready=ready,
        spoken=_spoken(),
        look=request.args.get("look", ""),
        choices=queries.offered(form.chosen, ready.picks),
        kinds=KINDS,
        names=NAMES,
        reasons=audiences.REASONS,
        theirs=queries.differences(newsletter.content, form.content) if overtaken else None,
    )
    return page, FRAMED


def _composer(newsletter: Newsletter, segments: Sequence[Segment]) -> ComposerForm:
    chosen = next((one.public_id for one in segments if one.id == newsletter.segment_id), "")
    return ComposerForm(newsletter, [(one.public_id, one.name) for one in segments], chosen)


def _spoken() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _is_sound(newsletter: Newsletter, form: ComposerForm) -> bool:
    """Check what was typed; a picture that was chosen is kept, whatever else is wrong."""
    if not form.is_submitted():
        return False
    is_valid = form.validate()
    if "csrf_token" in form.errors:
        return False
    return _pictures_kept(newsletter, form) and is_valid


def _pictures_kept(newsletter: Newsletter, form: ComposerForm) -> bool:
    for block in form.blocks:
        if block.uploaded is not None:
            with block.attempt():
                added = services.add_picture(newsletter, block.uploaded.read())
                block.picture.data = added.public_id
        elif not _own_picture(newsletter, block):
            block.picture.data = ""
    return not any(block.errors for block in form.blocks)


def _own_picture(newsletter: Newsletter, block: BlockForm) -> bool:
    ref = block.picture.data or ""
    return not ref or queries.has_picture(newsletter.id, ref)


def _saved(newsletter: Newsletter, form: ComposerForm, segment_id: int | None) -> str:
    """Save what is written, do what the pressed button says, and return where to go on."""
    content, anchor = _done(form.content, form.do.data or "save", form.kind.data)
    services.save(
        newsletter,
        title=form.title.data or "",
        content=content,
        segment_id=segment_id,
        by=current_actor(),
        began_with=form.version.data or "",
    )
    _choose(newsletter, form)
    if form.do.data in {"save", "send", "plan"}:
        services.ask_for_links(newsletter)
    here: dict[str, Any] = {"language": _spoken(), "look": request.args.get("look") or None}
    if form.do.data == "test":
        to = services.send_test(newsletter, _spoken(), by=current_actor())
        flash(_("Provet är på väg till %(address)s.", address=", ".join(to)), "ok")
    elif form.do.data == "links":
        services.ask_for_links(newsletter, anew=True)
        flash(_("Länkarna kontrolleras. Ladda om sidan om en stund."), "ok")
    elif form.do.data in {"send", "plan"}:
        return url_for(f"newsletters.{form.do.data}", public_id=newsletter.public_id)
    elif form.do.data == "save":
        flash(_("Utkastet är sparat."), "ok")
    return url_for("newsletters.edit", public_id=newsletter.public_id, **here, _anchor=anchor)


def _choose(newsletter: Newsletter, form: ComposerForm) -> None:
    services.choose_receivers(
        newsletter,
        LetterTopic(form.topic.data),
        spares_recent=bool(form.spares_recent.data),
        spares_second=bool(form.spares_second.data),
    )
    services.show_to_all(newsletter, yes=bool(form.shown_to_all.data))
    services.choose_reply_to(newsletter, form.reply_to.data or "")


def _done(content: Content, do: str, kind: str) -> tuple[Content, str | None]:
    verb, _colon, block_id = do.partition(":")
    if verb == "add":
        added = new_public_id()
        return content.with_added(Kind(kind), added), f"block-{added}"
    if verb == "remove":
        return content.without(block_id), "blocks"
    if verb in {"up", "down"}:
        return content.with_moved(block_id, -1 if verb == "up" else 1), f"block-{block_id}"
    return content, None


@bp.route("/newsletters/<public_id>/discard", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_DRAFT)
def discard(public_id: str) -> ResponseReturnValue:
    newsletter, form = draft(public_id), PlainForm()
    if form.validate_on_submit():
        services.discard(newsletter, by=current_actor())
        flash(_("Utkastet är borttaget."), "ok")
        return redirect(url_for("newsletters.manage"), 303)
    return render_template("newsletters/discard.html", newsletter=newsletter, form=form)
