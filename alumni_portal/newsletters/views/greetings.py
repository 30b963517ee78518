"""Greetings after somebody's last day, as HR sets them up and follows them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import clock
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.newsletters import services
from alumni_portal.newsletters.forms import GreetingForm, GreetingPlanForm, WroteBackForm
from alumni_portal.newsletters.models import GreetingPlan
from alumni_portal.newsletters.queries import LANGUAGES, greeted, greetings, left_out
from alumni_portal.newsletters.views import bp
from alumni_portal.newsletters.views.composing import FRAMED
from alumni_portal.newsletters.views.reading import previewed


@bp.route("/newsletters/greetings", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def greet() -> ResponseReturnValue:
    known = greetings.plan()
    plan, texts = _plan_form(known), services.greeting_texts(known)
    forms = [
        GreetingForm(step, said, services.greeting_version(said)) for step, said in texts.items()
    ]
    sent = next((form for form in forms if form.is_sent), plan)
    if sent.is_submitted() and sent.validate():
        with sent.attempt():
            _keep(sent)
            return redirect(url_for("newsletters.greet"), 303)
    _begin_again(forms, known)
    since = clock.now() - greeted.TOLD
    return render_template(
        "newsletters/greeting/plan.html",
        plan=plan,
        forms=forms,
        known=known,
        ahead=greetings.ahead(known),
        told=greeted.told(since),
        left_out=left_out.left_out(since),
        reasons=left_out.LEFT_OUT,
    )


def _plan_form(known: GreetingPlan | None) -> GreetingPlanForm:
    stands = {"is_on": known.is_on, "reply_to": known.reply_to} if known else {}
    sent = request.form if "step" not in request.form and request.method == "POST" else None
    return GreetingPlanForm(sent, data=stands)


def _begin_again(forms: list[GreetingForm], known: GreetingPlan | None) -> None:
    """Let what is typed go on from what is saved now: saved again, it holds."""
    texts = services.greeting_texts(known)
    for form in forms:
        form.version.data = services.greeting_version(texts[form.step])


def _keep(sent: GreetingPlanForm | GreetingForm) -> None:
    """Do what the pressed button says: save, and perhaps try what was saved."""
    by = current_actor()
    if isinstance(sent, GreetingPlanForm):
        is_on = bool(sent.is_on.data)
        services.set_up_greetings(is_on=is_on, reply_to=sent.reply_to.data or "", by=by)
        flash(_("Hälsningarna är på.") if is_on else _("Hälsningarna är av. Inget går."), "ok")
        return
    began_with = sent.version.data or ""
    services.write_greeting(sent.step, sent.words, began_with=began_with, by=by)
    spoken = request.form.get("try", "")
    if spoken in LANGUAGES:
        to = services.try_greeting(sent.step, spoken, by=by)
        flash(_("Texten är sparad. Provet är på väg till %(address)s.", address=to), "ok")
    else:
        flash(_("Texten är sparad."), "ok")


@bp.get("/newsletters/greetings/<step>")
@requires(Permission.NEWSLETTERS_SEND)
def show_greeting(step: str) -> ResponseReturnValue:
    spoken, words = _asked(step)
    page = render_template(
        "newsletters/greeting/show.html", step=int(step), words=words, spoken=spoken
    )
    return page, FRAMED


@bp.get("/newsletters/greetings/<step>/preview")
@requires(Permission.NEWSLETTERS_SEND)
def preview_greeting(step: str) -> ResponseReturnValue:
    spoken, words = _asked(step)
    said = _("Visas med uppgifter för en påhittad mottagare, %(name)s.", name="Karin")
    return previewed(services.greeting_tried_on(spoken, words), said)


def _asked(step: str) -> tuple[str, services.Words]:
    """Return the language that is asked for and what a greeting says in it, or answer with 404."""
    texts = {str(one): said for one, said in services.greeting_texts(greetings.plan()).items()}
    if step not in texts:
        raise NotFound
    asked = request.args.get("language", "")
    spoken = asked if asked in LANGUAGES else LANGUAGES[0]
    return spoken, texts[step][spoken]


@bp.route("/newsletters/greetings/wrote-back", methods=["GET", "POST"])
@requires(Permission.NEWSLETTERS_SEND)
def wrote_back() -> ResponseReturnValue:
    form = WroteBackForm()
    if form.validate_on_submit():
        with form.attempt():
            name = services.note_reply(form.address.data or "", by=current_actor())
            flash(_("%(name)s får inga fler hälsningar.", name=name), "ok")
            return redirect(url_for("newsletters.greet"), 303)
    return render_template("newsletters/greeting/wrote_back.html", form=form)
