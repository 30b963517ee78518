"""Once a day, never at night: whoever's turn it is gets a greeting, each of them once."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, insert

from alumni_portal.consents import services as consents
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.installation import brand
from alumni_portal.core.night import NIGHT, is_quiet
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.mail import services as mail
from alumni_portal.newsletters.models import (
    Greeting,
    GreetingPlan,
    GreetingsLeftOut,
    GreetingStop,
)
from alumni_portal.newsletters.queries import greetings as reads
from alumni_portal.newsletters.queries.greeted import KIND
from alumni_portal.newsletters.queries.greetings import Turn
from alumni_portal.newsletters.rules.greeting_words import LANGUAGES, texts_of
from alumni_portal.newsletters.rules.greetings import GREETINGS
from alumni_portal.newsletters.services.from_greetings import greeting_stamper, note_answers
from alumni_portal.newsletters.services.greeting_letters import edition
from alumni_portal.newsletters.services.greetings import locked_plan
from alumni_portal.newsletters.services.left_out import note_closed


def greet() -> dict[int, int]:
    """Begin what is due today and return how many letters of each greeting.

    While greetings are off it is only noted who is left out. The row of the plan is held meanwhile
    and remembers the day: two workers greet once, and the key of `greeting` keeps anybody from
    getting the same one twice whatever happens.
    """
    known = reads.plan()
    if known is None or known.on_since is None or is_quiet(clock.now()):
        return {}
    plan, today = locked_plan(), clock.today()
    if today in {plan.ran_on, plan.off_since}:  # turned off today, they may go on today
        return {}
    note_answers()
    begun = _whose_turn_it_is(plan)
    note_closed(plan)
    plan.ran_on = today
    db.session.flush()
    return begun


def _whose_turn_it_is(plan: GreetingPlan) -> dict[int, int]:
    if not plan.is_on or plan.on_since is None:
        return {}
    due = reads.turns(plan.on_since, until=clock.today())
    by_step = groupby(sorted(due, key=_step), key=_step)
    return {step: _begin(plan, step, list(some)) for step, some in by_step}


def _step(turn: Turn) -> int:
    return turn.coming.step


def _begin(plan: GreetingPlan, step: int, turns: Sequence[Turn]) -> int:
    said, ref = texts_of(plan.texts)[step], f"{step}-{clock.today():%Y%m%d}"
    mailing = mail.begin(
        kind=KIND,
        ref=ref,
        purpose=GREETINGS,
        editions=[edition(one, said[one], reply_to=plan.reply_to) for one in LANGUAGES],
        recipients=_recipients(step, ref, turns),
        quiet=NIGHT,
        by=SYSTEM,
    )
    own = {"step": step, "mailing_id": mailing.id, "at": clock.now()}
    db.session.execute(
        insert(Greeting),
        [{"employment_id": one.employment_id, "person_id": one.person_id, **own} for one in turns],
    )
    audit.record("greetings.sent", by=SYSTEM, subject=mailing.public_id, number=len(turns))
    return len(turns)


def _recipients(step: int, ref: str, turns: Sequence[Turn]) -> list[mail.Recipient]:
    stamp, name = greeting_stamper(), brand().name
    return [
        mail.Recipient(
            person_id=one.person_id,
            address=one.address,
            language=one.language,
            values={
                "first_name": one.first_name,
                "brand": name,
                "reader": stamp(one.public_id, one.employment, step),
                "preferences": consents.preferences_link(one.public_id, ref),
            },
        )
        for one in turns
    ]


def forget_greetings(before: datetime) -> int:
    """Forget who was greeted, and whose greetings ended, before a moment; return how many rows."""
    gone = 0
    for model in (Greeting, GreetingStop):
        done = db.session.execute(delete(model).where(model.at < before))
        gone += int(done.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
    told = GreetingsLeftOut.on < clock.local(before).date()
    db.session.execute(delete(GreetingsLeftOut).where(told))
    return gone
