"""The one way to the case of a page: whoever opens it leaves a row that the person can see."""

from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.permissions import Actor
from alumni_portal.offboarding import access
from alumni_portal.offboarding.models import Case


def case_for(actor: Actor, public_id: str) -> Case:
    """Return the case of a page and note who opened it (S17); NotFound as `access.case_for`."""
    case = access.case_for(actor, public_id)
    access_log.opened(actor, case.person_id, Look.CASE)
    return case
