from datetime import timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from alumni_portal.accounts.queries import names_behind
from alumni_portal.consents import queries
from alumni_portal.consents.views import bp
from alumni_portal.consents.views.shell import layout
from alumni_portal.core import clock
from alumni_portal.core.access_log import Look
from alumni_portal.core.paging import Page
from alumni_portal.core.permissions import Role, current_actor, signed_in

SENTENCES = {
    Look.CARD: _l("Öppnade ditt kort i katalogen"),
    Look.DIRECTORY: _l("Såg dig i en lista i katalogen"),
    Look.PERSON: _l("Öppnade dina personuppgifter"),
    Look.CASE: _l("Öppnade ärendet om ditt avslut"),
    Look.CASE_LIST: _l("Såg dig i listan över avslut"),
    Look.MATCH: _l("Jämförde dina uppgifter med en inläst fil"),
    Look.DELIVERIES: _l("Såg dig bland mottagarna av ett utskick"),
    Look.EVENT_GUESTS: _l("Såg dig bland gästerna på en träff"),
    Look.PERSON_LIST: _l("Såg dig bland träffarna när hen sökte en person"),
    Look.APPLICATION: _l("Öppnade din ansökan"),
    Look.EXIT_ANSWERS: _l("Läste dina svar från avgångssamtalet"),
    Look.APPLICATION_LIST: _l("Såg dig bland dem som har sökt en tjänst"),
    Look.SEARCH: _l("Såg dig bland träffarna när hen sökte alumner att kontakta om jobb"),
}
ROLES = {
    Role.ALUMNUS: _l("alumn"),
    Role.RECRUITER: _l("rekryterare"),
    Role.MANAGER: _l("chef"),
    Role.INTERVIEWER: _l("samtalsledare"),
    Role.HR: _l("HR"),
    Role.HR_LEAD: _l("HR-chef"),
    Role.ADMIN: _l("administratör"),
    Role.DPO: _l("dataskyddsombud"),
}
_YEAR = timedelta(days=365)
_LATEST = 5


def latest_looks(person_id: int) -> dict[str, Any]:
    """Return the latest looks at a person, as the consent centre shows them beside the consents."""
    found = _page(person_id)
    return {"looks": _lines(found)[:_LATEST], "has_more_looks": len(found.rows) > _LATEST}


def _page(person_id: int, after: str | None = None, before: str | None = None) -> Page[Any]:
    return queries.looks_at(person_id, clock.now() - _YEAR, after=after, before=before)


def _lines(found: Page[Any]) -> list[dict[str, Any]]:
    names = names_behind({row.actor for row in found.rows})
    return [
        {
            "name": names.get(row.actor, "Alumni Portal"),
            "key": row.actor,
            "roles": [ROLES[Role(role)] for role in row.roles.split(",") if role in set(Role)],
            "what": SENTENCES.get(row.look, row.look),
            "at": row.at,
        }
        for row in found.rows
    ]


@bp.get("/consents/looks")
@signed_in
def looks() -> ResponseReturnValue:
    person_id = current_actor().person_id or 0
    found = _page(person_id, request.args.get("after"), request.args.get("before"))
    return render_template("consents/looks.html", layout=layout(), looks=_lines(found), page=found)
