"""An event as a calendar file: one VEVENT, stable UID, growing SEQUENCE, nothing injected (S33).

Times are the employer's, with the rules of its zone in the file: a calendar on another continent
shows them right, also after the rules of that place have changed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from icalendar import (
    Calendar,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)
from icalendar import Event as Entry

from alumni_portal.core import clock
from alumni_portal.core.installation import brand, settings
from alumni_portal.events.models import Answer, Event, EventState
from alumni_portal.mail.services import Attachment

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_STATUS = {
    Answer.YES: "CONFIRMED",
    Answer.WALKED_IN: "CONFIRMED",
    Answer.NO: "CANCELLED",
    Answer.LAPSED: "CANCELLED",
}


#: How often a calendar that follows somebody's address asks again.
_ASKS_AGAIN = timedelta(hours=4)
#: Summer time in the European Union since 1996 (directive 2000/84/EC): last Sundays, 01.00 UTC.
_SUMMER, _WINTER = datetime(1996, 3, 31, 2), datetime(1996, 10, 27, 3)  # noqa: DTZ001 - RFC 5545 3.6.5
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose calendar it is: what they answered, and the address that is asked to come."""

    answer: Answer | None = None
    #: Makes the file a request to this person; without, it only tells of the event.
    address: str = ""
    name: str = ""
    #: Many at once (RFC 5545 3.2.3): a copy that is the same for all names none of them.
    is_group: bool = False


def file_of(event: Event, *, url: str, language: str, holder: Holder) -> bytes:
    """Return an event as iCalendar (RFC 5545, 5546): for whoever comes, with the online link.

    A cancelled event, or one that the holder will not come to, is a CANCEL that takes it out.
    """
    calendar = _calendar(method_of(event, holder))
    entry = _entry(event, url=url, language=language, comes=holder.answer is Answer.YES)
    entry.add("status", _status(event, holder))
    if holder.address:
        _invite(entry, holder)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def file_for_all(dates: Sequence[Event], *, url: str, language: str) -> Attachment:
    """Return the file that goes with every copy of a mail to many: nobody's address stands in it.

    One event is a request (or, called off, a cancel) to the members as a group: RFC 5546 3.2.2 asks
    for an attendee. The dates of a series are entries of their own, which only a PUBLISH may hold.
    """
    if len(dates) == 1:
        (event,) = dates
        address = parseaddr(settings().mail_from)[1]
        group = Holder(address=address, name=f"{brand().name} Alumni", is_group=True)
        return attached(event, url=url, language=language, holder=group)
    content = feed(((one, None) for one in dates), url_of=lambda _one: url, language=language)
    return Attachment(name=name_of(dates[0]), kind="application/ics", content=content)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{_line(brand().name)} Alumni//events//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(home_zone())
    return calendar


def feed(
    entries: Iterable[tuple[Event, Answer | None]],
    *,
    url_of: Callable[[Event], str],
    language: str,
) -> bytes:
    """Return many events as one calendar that a program follows, or that holds a whole series."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _line(f"{brand().name} Alumni"))
    calendar.add("refresh-interval", _ASKS_AGAIN, parameters={"value": "DURATION"})
    for event, answer in entries:
        holder = Holder(answer=answer)
        comes = answer is Answer.YES
        entry = _entry(event, url=url_of(event), language=language, comes=comes)
        entry.add("status", _status(event, holder))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _status(event: Event, holder: Holder) -> str:
    if _is_off(event, holder):
        return "CANCELLED"
    return _STATUS.get(holder.answer or Answer.WAITING, "TENTATIVE")


def home_zone() -> Timezone:
    """Return the employer's time zone with its rules (RFC 5545 3.6.5)."""
    zone = Timezone()
    zone.add("tzid", str(clock.HOME))
    for kind, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", _SUMMER, 3, _HOUR, 2 * _HOUR),
        (TimezoneStandard(), "CET", _WINTER, 10, 2 * _HOUR, _HOUR),
    ):
        kind.add("dtstart", begins)
        kind.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        kind.add("tzname", name)
        kind.add("tzoffsetfrom", before)
        kind.add("tzoffsetto", after)
        zone.add_component(kind)
    return zone


def method_of(event: Event, holder: Holder) -> str:
    """Return what the holder's calendar is to do with the file (RFC 5546 1.4)."""
    return "CANCEL" if _is_off(event, holder) else "REQUEST" if holder.address else "PUBLISH"


def _is_off(event: Event, holder: Holder) -> bool:
    says_no = _STATUS.get(holder.answer or Answer.YES) == "CANCELLED"
    return event.state is EventState.CANCELLED or says_no


def name_of(event: Event) -> str:
    """Return what the file is called."""
    return f"traff-{clock.local(event.starts_at):%Y-%m-%d}.ics"


def attached(event: Event, *, url: str, language: str, holder: Holder) -> Attachment:
    """Return the file as it goes with a letter to its holder."""
    return Attachment(
        name=name_of(event),
        kind="text/calendar",
        content=file_of(event, url=url, language=language, holder=holder),
        method=method_of(event, holder),
    )


def _entry(event: Event, *, url: str, language: str, comes: bool) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.public_id}@{settings().base_url.partition('//')[2]}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", clock.local(event.starts_at))
    entry.add("dtend", clock.local(event.ends_at))
    entry.add("summary", _line(event.title_in(language)))
    link = _line(event.online_url) if comes else ""
    if place := _line(event.where(language)) or link:
        entry.add("location", place)
    words = (_text(event.words(name, language)) for name in ("text", "agenda", "directions"))
    about = [*words, link, url]
    entry.add("description", "\n\n".join(part for part in about if part))
    entry.add("url", _line(url).replace(" ", "%20"))
    return entry


def _invite(entry: Entry, holder: Holder) -> None:
    host = vCalAddress(f"mailto:{_address(parseaddr(settings().mail_from)[1])}")
    host.params["CN"] = vText(_quotable(f"{brand().name} Alumni"))
    entry.add("organizer", host)
    guest = vCalAddress(f"mailto:{_address(holder.address)}")
    guest.params["CN"] = vText(_quotable(holder.name))
    if holder.is_group:
        guest.params["CUTYPE"] = vText("GROUP")
    guest.params["PARTSTAT"] = vText("ACCEPTED" if holder.answer is Answer.YES else "NEEDS-ACTION")
    guest.params["RSVP"] = vText("FALSE")
    entry.add("attendee", guest)


def _line(written: str) -> str:
    return " ".join(_CONTROL.sub(" ", written).split())


def _text(written: str) -> str:
    return _CONTROL.sub("", written.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _quotable(written: str) -> str:
    return _line(written).replace('"', "'")


def _address(written: str) -> str:
    return re.sub(r"[\s:;,\"<>]", "", _CONTROL.sub("", written))
