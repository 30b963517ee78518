"""A talk as a calendar file: one VEVENT, stable UID, growing SEQUENCE, nothing injected (S33)."""

import re
from datetime import timedelta
from email.utils import parseaddr

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from alumni_portal.core import clock
from alumni_portal.core.installation import brand, settings
from alumni_portal.exit_interviews.models import Interview, InterviewState
from alumni_portal.mail.services import Attachment

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TITLE = {"sv": "Avgångssamtal", "en": "Exit interview"}


def attached(interview: Interview, *, language: str, address: str, name: str) -> Attachment:
    """Return the invitation to a talk, its update or its end, as it goes with a letter.

    The title says nothing of whose talk it is: calendars are often open to others.
    """
    is_off = interview.state is InterviewState.CANCELLED
    method = "CANCEL" if is_off else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", f"-//{_line(brand().name)} Alumni//exit-interviews//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_entry(interview, language, address, name, is_off=is_off))
    content = bytes(calendar.to_ical())
    return Attachment(name="samtal.ics", kind="text/calendar", content=content, method=method)


def _entry(interview: Interview, language: str, address: str, name: str, *, is_off: bool) -> Entry:
    entry = Entry()
    begins = interview.starts_at or clock.now()
    entry.add("uid", f"{interview.public_id}@{settings().base_url.partition('//')[2]}")
    entry.add("sequence", interview.sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", begins)
    entry.add("dtend", begins + timedelta(minutes=interview.minutes))
    entry.add("summary", _TITLE.get(language, _TITLE["sv"]))
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    where = _line(interview.place) or _line(interview.online_url)
    if where:
        entry.add("location", where)
    entry.add(
        "description",
        "\n\n".join(filter(None, (_line(interview.purpose), _line(interview.online_url)))),
    )
    host = vCalAddress(f"mailto:{_address(parseaddr(settings().mail_from)[1])}")
    host.params["CN"] = vText(_line(f"{brand().name} Alumni").replace('"', "'"))
    entry.add("organizer", host)
    guest = vCalAddress(f"mailto:{_address(address)}")
    guest.params["CN"] = vText(_line(name).replace('"', "'"))
    guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
    entry.add("attendee", guest)
    return entry


def _line(written: str) -> str:
    return " ".join(_CONTROL.sub(" ", written).split())


def _address(written: str) -> str:
    return re.sub(r"[\s:;,\"<>]", "", _CONTROL.sub("", written))
