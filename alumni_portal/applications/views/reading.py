from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.accounts.queries import names_behind
from alumni_portal.applications import access, queries, services
from alumni_portal.applications.models import Application
from alumni_portal.applications.queries import STAGES
from alumni_portal.applications.rules import HOURS, MEASURES, STARTS
from alumni_portal.applications.views import bp
from alumni_portal.applications.views.board import choices_from
from alumni_portal.applications.views.own import sent
from alumni_portal.applications.views.shell import strip_of
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import Actor, Permission, current_actor, requires
from alumni_portal.people.models import AddressKind
from alumni_portal.people.queries import address_of, timeline

_READERS = (Permission.APPLICATIONS_READ, Permission.APPLICATIONS_READ_OWN_UNIT)


@bp.get("/applications/<public_id>")
@requires(*_READERS)
def application(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.application_for(actor, public_id)
    periods = timeline(found.applicant.person_id or 0)
    moves = queries.moves_of(found.id)
    may_read = access.may_read_what_is_written(found)
    return render_template(
        "applications/application.html",
        application=found,
        opening=found.opening,
        periods=list(reversed(periods)),
        strip=strip_of(periods),
        moves=moves,
        names=names_behind({one.by_ref for one in moves}),
        may_read=may_read,
        reach=_reach(found) if access.may_reach(actor, found) else None,
        file=queries.attachment_of(found.id) if access.may_open_file(actor, found) else None,
        **_deciding(actor, found),
        may_correct=actor.may(Permission.PEOPLE_WRITE),
        stages=STAGES,
        starts=STARTS,
        hours=HOURS,
        measures=MEASURES,
        employment=queries.employment_of(found),
    )


def _deciding(actor: Actor, found: Application) -> dict[str, object]:
    """Return which moves a reader may make, and whether a colleague must make them instead."""
    may_decide = access.may_decide(actor)
    recused = may_decide and access.is_recused(actor, found)
    return {
        "choices": choices_from(found.stage) if may_decide and not recused else [],
        "recused": recused,
    }


def _reach(found: Application) -> dict[str, str]:
    """Return how an applicant is reached: the private address as it is now, and the phone."""
    person = found.applicant.person
    if person is None:
        return {"address": found.applicant.address, "phone": ""}
    address = address_of(person.id, AddressKind.PRIVATE)
    return {"address": address.address if address else "", "phone": person.phone}


@bp.get("/applications/<public_id>/attachment")
@requires(*_READERS)
def attachment(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.application_for(actor, public_id)
    if not access.may_open_file(actor, found):
        raise NotFound
    return sent(queries.attachment_of(found.id))


@bp.post("/applications/<public_id>/history")
@requires(Permission.PEOPLE_WRITE)
def settle_history(public_id: str) -> ResponseReturnValue:
    actor = current_actor()
    found = access.application_for(actor, public_id)
    services.settle_history(found, by=actor)
    return redirect(url_for("applications.application", public_id=public_id), 303)
