"""This moment and this day inside statements that are built once and asked often.

Building the text of a condition costs more than asking it; what it compares with is read from the
clock when it is asked.
"""

from datetime import date, datetime

from sqlalchemy import BindParameter, Date, bindparam

from alumni_portal.core import clock
from alumni_portal.core.db import UTCDateTime


def this_moment() -> BindParameter[datetime]:
    """Return the moment at which a statement is asked."""
    return bindparam("now", callable_=clock.now, type_=UTCDateTime(), unique=True)


def this_day() -> BindParameter[date]:
    """Return the working day on which a statement is asked."""
    return bindparam("today", callable_=clock.today, type_=Date(), unique=True)
