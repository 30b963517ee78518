"""A leaver asks for the link once more: the same work for everybody, the rest in a job (S6)."""

from base64 import b64decode, b64encode

from alumni_portal.core import clock, jobs, tokens
from alumni_portal.offboarding.models import Case, CaseState
from alumni_portal.offboarding.queries import cases as case_queries
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.services.history import leaver
from alumni_portal.offboarding.services.leaver import send_link
from alumni_portal.people import services as people

SEND_NEW_LINK = "offboarding.send_new_link"
_SEALED = "new-link"


def ask_for_new_link(typed: str) -> None:
    """Note that somebody asks. Nothing is looked up, so nothing tells whether there is a case."""
    sealed = b64encode(tokens.seal(_SEALED, typed)).decode()
    jobs.enqueue(SEND_NEW_LINK, {"sealed": sealed})


def send_new_link(sealed: str) -> bool:
    """Send the link to the known mailbox behind an address, if there is a case; say whether."""
    case = _case_behind(tokens.unseal(_SEALED, b64decode(sealed)))
    if case is None:
        return False
    send_link(case, by=leaver(case.person))
    return True


def _case_behind(typed: str) -> Case | None:
    """Return the case that still has a page to show to whoever reads this address."""
    try:
        person_id = links.person_behind(people.canonical_address(typed))
    except people.BadAddress:
        return None
    case = case_queries.standing_case_of(person_id) if person_id else None
    if case is None or case.state is not CaseState.OPEN or case.is_about_death:
        return None
    if links.closes_at(case.last_day) <= clock.now():
        return None
    return case if links.mailbox_of(case, links.addresses_of(case.person_id)) else None
