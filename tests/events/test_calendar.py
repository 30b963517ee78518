"""Calendar files: one VEVENT, a stable name for it, a number that grows, nothing injected (S33)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from dateutil.tz import tzical  # type: ignore[import-untyped]  # comes with icalendar
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alumni_portal.events.emails.calendar import Holder, feed, file_of
from alumni_portal.events.models import Answer, Event, EventState
from tests.support.covers import covers

BEGINS = datetime(2027, 1, 21, 12, tzinfo=UTC)
URL = "http://localhost/events/abc"
#: What breaks out of a line, a quoted value or a component, in every mixture.
EVIL = st.text(
    st.sampled_from("ab å;:,\\\"'\r\n\t\x00\x0b\x0c\x1c\x85\u2028\u2029")
    | st.characters(codec="utf-8"),
    max_size=60,
) | st.sampled_from(
    ["x\r\nEND:VEVENT\r\nBEGIN:VALARM", "x\rATTENDEE:mailto:tjuv@post.example", "\nMETHOD:CANCEL"]
)


def made(**more: object) -> Event:
    return Event(
        **{
            "public_id": "abcdefgh234567",
            "title": "Frukost",
            "title_en": "",
            "text": "Kom!",
            "text_en": "",
            "agenda": "",
            "agenda_en": "",
            "directions": "",
            "directions_en": "",
            "starts_at": BEGINS,
            "ends_at": BEGINS + timedelta(hours=2),
            "place": "Malmö",
            "address": "",
            "online_url": "https://moten.example/7",
            "sequence": 0,
            "state": EventState.OPEN,
            **more,
        }
    )


def drawn(event: Event, *, language: str = "sv", **holder: object) -> Calendar:
    parsed = Calendar.from_ical(
        file_of(event, url=URL, language=language, holder=Holder(**holder))  # type: ignore[arg-type]  # as Holder
    )
    assert isinstance(parsed, Calendar)
    return parsed


def entry(calendar: Calendar) -> Any:
    (found,) = calendar.walk("VEVENT")
    return found


@covers("S33")
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(evil=st.tuples(EVIL, EVIL, EVIL, EVIL), name=EVIL, box=EVIL)
def test_nothing_that_is_written_becomes_a_line_of_its_own(
    inside: Flask, evil: tuple[str, str, str, str], name: str, box: str
) -> None:
    title, text, place, link = evil
    event = made(title=title, text=text, place=place, online_url=link)
    calendar = drawn(event, answer=Answer.YES, address=f"{box}@post.example", name=name)
    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    found = entry(calendar)
    assert not found.subcomponents
    assert found["UID"] == "abcdefgh234567@localhost"
    assert found["URL"] == URL
    assert calendar["METHOD"] == "REQUEST"
    assert not isinstance(found["ATTENDEE"], list)
    assert found["ATTENDEE"].startswith("mailto:")
    assert set(calendar) == {"PRODID", "VERSION", "METHOD"}


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@covers("S33")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.integers(0, 80), text=st.lists(st.sampled_from([FAMILY, "å", "\\n", ";", ","])))
def test_a_long_line_is_folded_between_signs_and_reads_as_it_was_written(
    inside: Flask, before: int, text: list[str]
) -> None:
    written = "x" * before + "".join(text) + FAMILY * 9 + "slut"
    event = made(title=written, text=written, place=written)
    lines = file_of(event, url=URL, language="sv", holder=Holder()).split(b"\r\n")
    assert all(len(line) <= 75 and line.decode("utf-8", "strict") is not None for line in lines)
    found = entry(drawn(event))
    assert str(found["SUMMARY"]) == str(found["LOCATION"]) == written
    assert str(found["DESCRIPTION"]).startswith(written)


@pytest.mark.parametrize(
    ("state", "answer", "method", "status"),
    [
        (EventState.OPEN, None, "PUBLISH", "TENTATIVE"),
        (EventState.OPEN, Answer.YES, "PUBLISH", "CONFIRMED"),
        (EventState.OPEN, Answer.WAITING, "PUBLISH", "TENTATIVE"),
        (EventState.OPEN, Answer.NO, "CANCEL", "CANCELLED"),
        (EventState.OPEN, Answer.LAPSED, "CANCEL", "CANCELLED"),
        (EventState.CANCELLED, Answer.YES, "CANCEL", "CANCELLED"),
    ],
)
def test_what_the_file_asks_the_calendar_to_do(
    inside: Flask, state: EventState, answer: Answer | None, method: str, status: str
) -> None:
    calendar = drawn(made(state=state), answer=answer)
    assert calendar["METHOD"] == method
    assert entry(calendar)["STATUS"] == status
    assert "ATTENDEE" not in entry(calendar)


def test_the_same_event_keeps_its_name_and_its_number_grows(inside: Flask) -> None:
    before, after = entry(drawn(made())), entry(drawn(made(sequence=1)))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["DTSTART"].dt == BEGINS


def test_the_link_to_join_stands_only_in_the_file_of_somebody_who_comes(inside: Flask) -> None:
    assert "moten.example" in str(entry(drawn(made(), answer=Answer.YES))["DESCRIPTION"])
    assert "moten.example" not in str(drawn(made(place="")).to_ical())


def test_the_file_speaks_the_readers_language(inside: Flask) -> None:
    event = made(title_en="Breakfast", text_en="Come!")
    assert entry(drawn(event, language="en"))["SUMMARY"] == "Breakfast"
    assert entry(drawn(event))["SUMMARY"] == "Frukost"


def as_read_by_another(written: bytes) -> dict[str, str]:
    """Return the properties of the VEVENT, read line by line as RFC 5545 3.1 says, by no library.

    Fails for what strict readers refuse: a bare line break, a line over 75 octets.
    """
    lines = written.split(b"\r\n")
    assert not [one for one in lines if b"\r" in one or b"\n" in one or len(one) > 75]
    text = written.decode().replace("\r\n ", "")
    inside = text.partition("BEGIN:VEVENT\r\n")[2].partition("END:VEVENT\r\n")[0]
    return {
        name: value
        for name, _colon, value in (one.partition(":") for one in inside.splitlines())
        if name
    }


@pytest.mark.parametrize("month", [1, 3, 7, 10])
def test_another_reader_finds_the_same_moments_in_summer_and_in_winter(
    inside: Flask, month: int
) -> None:
    begins = datetime(2027, month, 31, 12, tzinfo=UTC)
    event = made(
        starts_at=begins, ends_at=begins + timedelta(hours=2), title="Å, ä; och ö " + "x" * 90
    )
    written = file_of(event, url=URL, language="sv", holder=Holder(answer=Answer.YES))
    zone = tzical(StringIO(written.decode().replace("\r\n ", ""))).get("Europe/Stockholm")
    found = as_read_by_another(written)
    at = datetime.fromisoformat(found["DTSTART;TZID=Europe/Stockholm"])
    assert at.replace(tzinfo=zone).astimezone(UTC) == begins
    assert found["SUMMARY"].startswith("Å\\, ä\\; och ö x")
    assert found["SEQUENCE"] == "0"


def test_a_calendar_that_is_followed_holds_many_events_and_nobody_elses_name(
    inside: Flask,
) -> None:
    events = [(made(), Answer.YES), (made(public_id="b", state=EventState.CANCELLED), Answer.YES)]
    calendar = Calendar.from_ical(feed(events, url_of=lambda _one: URL, language="sv"))
    found = calendar.walk("VEVENT")
    assert [str(one["STATUS"]) for one in found] == ["CONFIRMED", "CANCELLED"]
    assert len({str(one["UID"]) for one in found}) == 2
    assert not [one for one in found if "ATTENDEE" in one]
    assert len(calendar.walk("VTIMEZONE")) == 1
