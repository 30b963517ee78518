"""How many greetings were left out is noted: when their time is over, or cut short."""

from datetime import date, timedelta

from sqlalchemy import select

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.newsletters.models import GreetingPlan, GreetingsLeftOut
from alumni_portal.newsletters.queries import left_out
from alumni_portal.newsletters.rules.left_out import closing, cut_short

_DAY = timedelta(days=1)


def note_closed(plan: GreetingPlan) -> None:
    """Note how many greetings had their last chance by today, and what kept them.

    The row of the plan is held, and says when this was looked at last.
    """
    if plan.on_since is not None:
        ranges = closing(plan.on_since, _looked_on(plan, plan.on_since), clock.today())
        _note(plan, ranges)


def note_cut_short(plan: GreetingPlan) -> None:
    """Note how many lose their greeting because greetings that were off are turned on today.

    The row of the plan is held, and still says since when they are off.
    """
    if plan.on_since is not None:
        _note(plan, cut_short(plan.on_since, _looked_on(plan, plan.on_since), clock.today()))


def _looked_on(plan: GreetingPlan, begun_on: date) -> date:
    return plan.ran_on or begun_on


def _note(plan: GreetingPlan, ranges: list[tuple[int, date, date]]) -> None:
    today = clock.today()
    query = select(GreetingsLeftOut).where(GreetingsLeftOut.on == today)
    found = left_out.closed(ranges, off_since=plan.off_since)
    known = {(one.step, one.why): one for one in db.session.scalars(query)} if found else {}
    for (step, why), number in found.items():
        if (row := known.get((step, why))) is not None:
            row.number += number
        else:
            db.session.add(GreetingsLeftOut(on=today, step=step, why=why, number=number))
    db.session.flush()
