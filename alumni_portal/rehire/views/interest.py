from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents import queries as consents
from alumni_portal.consents import services as consent_services
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core import clock, language
from alumni_portal.core.db import db
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import current_actor, signed_in
from alumni_portal.people.models import Person, Unit
from alumni_portal.rehire import queries, rules, services
from alumni_portal.rehire.forms.interest import FOLLOWS, InterestForm, Start
from alumni_portal.rehire.models import Interest
from alumni_portal.rehire.views import bp
from alumni_portal.rehire.views.shell import layout


@bp.route("/interest", methods=["GET", "POST"])
@signed_in
def interest() -> ResponseReturnValue:
    person = db.session.get_one(Person, current_actor().person_id)
    standing = consents.standing(person.id)
    mine, units = queries.interest_of(person.id), queries.units_wanted(person.id)
    form = InterestForm(data=_as_it_is(mine, units))
    offered = queries.units_to_choose()
    form.units.choices = options((unit.public_id, unit.path) for unit in offered)
    if form.validate_on_submit():
        with form.attempt():
            _keep(person, form, units, offered)
            flash(_("Ditt svar är sparat."), "ok")
            return redirect(url_for("rehire.interest"), 303)
    words = consent_services.words_now(Purpose.RECRUITER_CONTACT, language.current())
    form.show(words.fingerprint)
    return render_template(
        "rehire/interest.html",
        layout=layout(),
        form=form,
        follows=FOLLOWS,
        is_member=Purpose.MEMBERSHIP in standing,
        agreed=standing.get(Purpose.RECRUITER_CONTACT),
        words=words,
        **_shown(mine, units),
    )


def _as_it_is(mine: Interest | None, units: list[Unit]) -> dict[str, Any]:
    if mine is None:
        return {}
    comes = mine.from_on if mine.from_on and mine.from_on > clock.today() else None
    return {
        "level": mine.level.value,
        "start": Start.DAY if comes else Start.ANY,
        "from_on": comes,
        "hours": mine.hours.value,
        "places": mine.places,
        "units": [unit.public_id for unit in units],
    }


def _shown(mine: Interest | None, units: list[Unit]) -> dict[str, Any]:
    """Return what stands now, as the member reads it and as recruiters do."""
    return {
        "mine": mine,
        "units": units,
        "levels": rules.LEVELS,
        "hours": rules.HOURS,
        "stands": mine is not None and rules.is_standing(mine.expires_at, clock.now()),
        "is_found": mine is not None
        and rules.is_findable(mine.level, mine.expires_at, clock.now()),
    }


def _keep(
    person: Person, form: InterestForm, units: list[Unit], offered: list[queries.UnitChoice]
) -> None:
    """Do what the form says: the answer, and the consent when it was ticked."""
    by = current_actor()
    ids = {one.public_id: one.id for one in offered}
    chosen = [ids[one] for one in form.units.data or () if one in ids]
    kept = [unit.id for unit in units] if form.only_level.data else chosen
    services.answer_interest(person, _said(form, kept), by=by)
    if form.agree.data:
        services.let_recruiters_write(
            person,
            language=language.current(),
            wording=form.wording.data or "",
            how=How.CONSENT_CENTRE,
            by=by,
        )


def _said(form: InterestForm, unit_ids: list[int]) -> services.Answer:
    return services.Answer(
        level=form.chosen,
        from_on=form.begins(clock.today()),
        hours=form.hours_chosen,
        places=form.places.data or "",
        unit_ids=unit_ids,
    )
