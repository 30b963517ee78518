from collections.abc import Sequence

from alumni_portal.core import clock
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.charts.strip import Strip, career_strip, shared_axis
from alumni_portal.core.permissions import current_actor
from alumni_portal.people.queries import Period


def layout() -> str:
    """Return the shell of this reader."""
    return "layouts/staff.html" if current_actor().is_staff else "layouts/alumni.html"


def strip_of(periods: Sequence[Period]) -> Strip:
    """Return a career as one thin line."""
    stays = [Stay(one.begins_on, one.ends_on, one.title) for one in periods]
    return career_strip(stays, shared_axis([stays], today=clock.today()))
