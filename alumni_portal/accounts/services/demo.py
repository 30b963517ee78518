"""The accounts that everybody may use, in the demo and nowhere else."""

from dataclasses import dataclass

from alumni_portal.accounts import queries
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import ROLE_NAMES, Role

#: Shown on the sign-in page of a demo; too short for `set_password`, so refused everywhere else.
DEMO_PASSWORD = "demo-sundmark"  # noqa: S105 - everybody is meant to know it
#: First part of the address → the role that one looks through.
DEMO_ACCOUNTS = {
    "alumn": Role.ALUMNUS,
    "hr": Role.HR,
    "hrchef": Role.HR_LEAD,
    "chef": Role.MANAGER,
    "rekryterare": Role.RECRUITER,
    "dso": Role.DPO,
    "admin": Role.ADMIN,
}


@dataclass(frozen=True)
class DemoDoor:
    """One account to try the portal as."""

    label: object
    address: str


def demo_doors() -> list[DemoDoor]:
    """Return the demo's accounts that are there to be tried; none outside the demo."""
    if not settings().is_demo:
        return []
    domain = settings().work_domains[0]
    wanted = {f"{name}@{domain}": role for name, role in DEMO_ACCOUNTS.items()}
    known = queries.addresses_with_password(wanted)
    return [DemoDoor(ROLE_NAMES[role], one) for one, role in wanted.items() if one in known]
