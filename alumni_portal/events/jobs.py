"""Events by the clock: offers that lapse, letters about changes, what is over and forgotten."""

from datetime import datetime
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.held_pictures import forget_held
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.transaction import unit
from alumni_portal.events import queries, services
from alumni_portal.events.rules import THANKS_WITHIN

_SOME = 100


def pass_on_seats(run: JobRun) -> dict[str, Any]:
    """Pass offered seats on that nobody took in time, one after the other."""
    passed = 0
    while due := queries.expired_offers(clock.now(), limit=_SOME):
        for event_id, person_id in due:
            with unit():
                passed += services.let_lapse(event_id, person_id)
        run.progress(passed, passed)
    return {"passed_on": passed}


def tell(run: JobRun) -> dict[str, Any]:
    """Tell everybody who was asked: letters to those who answered, one mail to the others."""
    event_id, told = run.args["event"], 0
    if dates := run.args.get("dates"):
        at = datetime.fromisoformat(run.args["changed_at"])
        with unit():
            languages = run.args.get("languages", tuple(LANGUAGES))
            told = services.tell_asked(event_id, dates, changed_at=at, languages=languages)
    while True:
        with unit():
            some = services.tell_some(event_id, date_ids=dates or (), limit=_SOME)
        if not some:
            return {"told": told}
        told += some
        run.progress(told, told)


def finish_cancelled(run: JobRun) -> dict[str, Any]:
    """End mailings of an event that was called off while copies were in hand."""
    with unit():
        left = services.end_mailings(run.args["mailings"], turn=run.args["turn"])
    return {"left": left}


def send_waiting(run: JobRun) -> dict[str, Any]:
    """Send what HR sent last night and what waited for the morning."""
    with unit():
        at = datetime.fromisoformat(run.args["at"])
        return {"sent": services.send_waiting(run.args["event"], at)}


def tell_again(run: JobRun) -> dict[str, Any]:
    """Tell in the morning whom a letter did not reach and HR wrote to again last night."""
    with unit():
        return {"told": services.tell_waiting(run.args["event"])}


def end_past(run: JobRun) -> dict[str, Any]:
    """Note which events are over."""
    del run
    ended = 0
    while True:
        with unit():
            some = services.end_past()
        if not some:
            return {"ended": ended}
        ended += some


def remind(run: JobRun) -> dict[str, Any]:
    """Remind those who were asked and have not answered, once per event."""
    reminded = 0
    for event_id in queries.to_remind(clock.now()):
        with unit():
            reminded += services.remind(event_id)
        run.progress(reminded, reminded)
    return {"reminded": reminded}


def thank(run: JobRun) -> dict[str, Any]:
    """Thank those who were there, the morning after."""
    thanked = 0
    for event_id in queries.to_thank(clock.now() - THANKS_WITHIN):
        with unit():
            thanked += services.thank(event_id)
        run.progress(thanked, thanked)
    return {"thanked": thanked}


def forget(run: JobRun) -> dict[str, Any]:
    """Forget food and access, old replies, calendars of no member, pictures that were held."""
    with unit():
        found = {
            "needs": services.forget_needs(),
            "replies": services.forget_replies(),
            "feeds": services.forget_feeds(),
            "pictures": forget_held(),
        }
        run.finish(dict(found))
    return dict(found)
