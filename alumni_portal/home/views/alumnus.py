from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.consents import queries as consents
from alumni_portal.core import clock
from alumni_portal.core.access_log import Seen
from alumni_portal.core.charts.sky import NARROW, WIDE, career_sky
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission, current_actor, signed_in
from alumni_portal.home import queries
from alumni_portal.home.rules import career
from alumni_portal.home.views import bp, wording
from alumni_portal.network.models import Profile
from alumni_portal.network.queries import profile_of
from alumni_portal.people import queries as people
from alumni_portal.people.models import Person
from alumni_portal.people.queries import Period


@bp.get("/home")
@signed_in
def alumnus() -> ResponseReturnValue:
    actor = current_actor()
    person = people.person_and_times(actor.person_id or 0)
    if person is None:
        raise NotFound
    standing = consents.standing(person.id)
    if standing and actor.may(Permission.HOME_ALUMNUS):
        return render_template(
            "home/alumnus.html",
            standing=standing,
            agreed=wording.AGREED,
            **_seen(person),
            **_years(person),
        )
    if actor.is_staff:
        return redirect(url_for("home.staff"), 303)
    return _outside(actor, person)


def _outside(actor: Actor, person: Person) -> str:
    """Show somebody who is signed in but no member what is theirs and how to join."""
    history = consents.history(person.id)
    return render_template(
        "home/outside.html",
        was_member=bool(history),
        is_employed=people.is_employed(person.id),
        wishes=consents.wishes(person.id),
        actor=actor,
        **_seen(person),
        **_years(person),
    )


@dataclass(frozen=True)
class Look:
    """The latest look at a person's data, with the name of who looked."""

    name: str
    seen: Seen
    words: str


def _seen(person: Person) -> dict[str, Any]:
    times, looks = queries.latest_looks(person.id)
    return {
        "person": person,
        "looks": [
            Look(name or _("Någon som slutat"), seen, wording.saw(seen)) for name, seen in looks
        ],
        "times_seen": times,
    }


def _years(person: Person) -> dict[str, Any]:
    """Return the career line: as a drawing, as sentences and in numbers."""
    periods = people.timeline(person.id)
    stays = [Stay(one.begins_on, one.ends_on, one.title) for one in periods]
    today = clock.today()
    profile = profile_of(person.id)
    drawn = {"today": today, "now": _("I dag"), "away": _away(profile, periods)}
    return {
        "profile": profile,  # kept, so that the panels that ask for it find it in the session
        "periods": list(reversed(periods)),
        "wide": career_sky(stays, **drawn, frame=WIDE),
        "narrow": career_sky(stays, **drawn, frame=NARROW),
        "spoken": wording.career_words(periods),
        "lead": wording.lead(career(stays, today=today)),
        "members": queries.members(),
    }


def _away(profile: Profile, periods: list[Period]) -> str:
    """Return what stands at the last departure: where to, when the person has told it."""
    if not periods or periods[-1].ends_on is None:
        return ""
    employer = profile.now_employer
    return _("Till %(employer)s", employer=employer) if employer else _("Slutade")
