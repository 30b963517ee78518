from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents.queries import is_member
from alumni_portal.core import clock
from alumni_portal.core.charts import sky
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.db import db
from alumni_portal.core.permissions import current_actor, signed_in
from alumni_portal.network import queries, rules, services
from alumni_portal.network.forms import AUDIENCES, FIELDS, ProfileForm, VisibilityForm
from alumni_portal.network.models import Audience, Field, Since, Topic, ViewerKind
from alumni_portal.network.rules import TOPICS, skill_names
from alumni_portal.network.views import bp
from alumni_portal.network.views.shell import layout
from alumni_portal.people.models import Person
from alumni_portal.people.queries import Period, timeline

#: As whom the preview may look: words of the address.
PREVIEWS = {
    "same-unit": ViewerKind.SAME_UNIT,
    "alumni": ViewerKind.ALUMNUS,
    "recruiters": ViewerKind.RECRUITER,
}


def _me() -> Person:
    return db.session.get_one(Person, current_actor().person_id)


@bp.get("/profile")
@signed_in
def profile() -> ResponseReturnValue:
    person = _me()
    mine = queries.profile_of(person.id)
    skills, topics = queries.skills_of(person.id), queries.topics_of(person.id)
    times = timeline(person.id)
    return render_template(
        "network/profile.html",
        layout=layout(),
        person=person,
        profile=mine,
        skills=skills,
        topics=[TOPICS[one] for one in topics],
        times=times,
        left=rules.steps_left(queries.filled(mine, skills, topics)),
        steps=len(rules.Step),
        fields=FIELDS,
        audiences=AUDIENCES,
        is_member=is_member(person.id),
        is_stale=rules.is_stale(mine.confirmed_at, clock.now()),
        **_skies(times, mine.now_employer),
    )


def _skies(times: list[Period], employer: str) -> dict[str, object]:
    stays = [Stay(one.begins_on, one.ends_on, one.title) for one in times]
    away = _("Till %(employer)s", employer=employer) if employer else ""
    drawn = {
        frame.name: sky.career_sky(
            stays, today=clock.today(), now=_("I dag"), away=away, frame=frame
        )
        for frame in (sky.WIDE, sky.NARROW)
    }
    return {"wide": drawn["wide"], "narrow": drawn["narrow"]}


@bp.route("/profile/edit", methods=["GET", "POST"])
@signed_in
def edit_profile() -> ResponseReturnValue:
    person = _me()
    form = ProfileForm(data=_as_it_is(person.id))
    if form.validate_on_submit():
        with form.attempt():
            _keep(person, form)
            flash(_("Profilen är sparad."), "ok")
            return redirect(url_for("network.profile"), 303)
    return render_template(
        "network/edit.html",
        layout=layout(),
        form=form,
        is_member=is_member(person.id),
        suggestions=queries.suggested_skills(),
    )


def _as_it_is(person_id: int) -> dict[str, object]:
    mine, skills = queries.profile_of(person_id), queries.skills_of(person_id)
    return {
        "headline": mine.headline,
        "now_title": mine.now_title,
        "now_employer": mine.now_employer,
        "city": mine.city,
        "about": mine.about,
        "links": mine.links,
        "skills_then": ", ".join(skills[Since.THEN]),
        "skills_since": ", ".join(skills[Since.SINCE_LEFT]),
        "topics": [one.value for one in queries.topics_of(person_id)],
    }


def _keep(person: Person, form: ProfileForm) -> None:
    by = current_actor()
    texts = services.Texts(
        headline=form.headline.data or "",
        now_title=form.now_title.data or "",
        now_employer=form.now_employer.data or "",
        city=form.city.data or "",
        about=form.about.data or "",
        links=form.links.data or "",
    )
    services.describe(person, texts, by=by)
    skills = {
        Since.THEN: skill_names(form.skills_then.data or ""),
        Since.SINCE_LEFT: skill_names(form.skills_since.data or ""),
    }
    services.choose_skills(person, skills, by=by)
    services.choose_topics(person, {Topic(one) for one in form.topics.data or ()}, by=by)


@bp.route("/profile/visibility", methods=["GET", "POST"])
@signed_in
def choose_visibility() -> ResponseReturnValue:
    person = _me()
    mine = queries.profile_of(person.id)
    form = VisibilityForm(data={str(one): mine.audience(one).value for one in Field})
    if form.validate_on_submit():
        with form.attempt():
            chosen = {one: Audience(form[one.value].data) for one in Field}
            services.choose_audiences(person, chosen, by=current_actor())
            flash(_("Sparat. Det gäller från och med nu."), "ok")
            return redirect(url_for("network.choose_visibility"), 303)
    return render_template(
        "network/visibility.html",
        layout=layout(),
        form=form,
        fields=FIELDS,
        audiences=AUDIENCES,
        is_member=is_member(person.id),
    )


@bp.get("/profile/preview")
@signed_in
def preview() -> ResponseReturnValue:
    person_id = current_actor().person_id or 0
    chosen = request.args.get("as", "")
    chosen = chosen if chosen in PREVIEWS else "alumni"
    return render_template(
        "network/preview.html",
        layout=layout(),
        card=queries.own_card(person_id, PREVIEWS[chosen]),
        chosen=chosen,
        topics=TOPICS,
        is_member=is_member(person_id),
    )


@bp.post("/profile/confirm")
@signed_in
def confirm_profile() -> ResponseReturnValue:
    services.confirm(_me(), by=current_actor())
    flash(_("Tack! Nu syns det att profilen stämmer."), "ok")
    return redirect(url_for("network.profile"), 303)
