"""Dates of a case as a calendar file."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event

from alumni_portal.core import clock, language
from alumni_portal.core.installation import brand, settings
from alumni_portal.offboarding.models import Case, CaseTask
from alumni_portal.offboarding.rules.case_template import title_of


def of_cases(cases: Iterable[tuple[Case, Iterable[CaseTask]]]) -> bytes:
    """Return the last days and everything left to do, one event for each, as iCalendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{brand().name} Alumni//offboarding//")
    calendar.add("version", "2.0")
    for case, tasks in cases:
        for public_id, day, title in _dates(case, tasks):
            calendar.add_component(_event(case, public_id, day, title))
    return bytes(calendar.to_ical())


def _dates(case: Case, tasks: Iterable[CaseTask]) -> Iterator[tuple[str, date, str]]:
    name = case.person.name
    yield case.public_id, case.last_day, _("%(name)s: sista dagen", name=name)
    for task in tasks:
        if task.is_left:
            title = title_of(task.key, task.written, language.current())
            yield task.public_id, task.due_on, f"{name}: {title}"


def _event(case: Case, public_id: str, day: date, title: str) -> Event:
    host = settings().base_url.partition("//")[2]
    event = Event()
    event.add("uid", f"{public_id}@{host}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("url", url_for("offboarding.case", public_id=case.public_id, _external=True))
    event.add("transp", "TRANSPARENT")
    return event
