"""Work by the clock: leavers lose what came with the employment, old things are forgotten."""

from datetime import timedelta
from typing import Any

from alumni_portal.accounts import services
from alumni_portal.core import clock, limits
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.people import services as people

_KEPT = timedelta(days=30)
_LIMITS_KEPT = timedelta(days=2)


def release_leavers(run: JobRun) -> dict[str, Any]:
    """Take staff roles and work addresses from those whose last day has passed (S27)."""
    with unit():
        result = {
            "roles": services.end_rights_of_leavers(),
            "addresses": people.retire_work_addresses_of_leavers(),
        }
        run.finish(result)
    return result


def forget(run: JobRun) -> dict[str, Any]:
    """Forget old sessions, sign-in links, kept forms, counted tries and undecided requests."""
    now = clock.now()
    with unit():
        result = {
            "sessions": services.forget_sessions(now - _KEPT),
            "forms": services.forget_forms(),
            "tries": limits.forget_before(now - _LIMITS_KEPT),
            "recoveries": services.expire_recoveries(now),
        }
        run.finish(result)
    return result
